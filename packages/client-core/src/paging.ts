import type { Calls, Pages } from './types.ts';

/** How a list is walked. */
export interface Paging<Envelope> {
  /** The query parameter that numbers the pages. */
  parameter: string;
  /** Number of the first page. */
  first: number;
  /** Whether a page has a next one. */
  hasNext(page: Envelope, number: number): boolean;
}

/** The walk over the paged lists of a description. */
export function createPages<Paths extends object, Envelope>(
  calls: Calls<Paths>,
  { parameter, first, hasNext }: Paging<Envelope>,
): Pages<Paths, Envelope> {
  // TypeScript cannot follow a path that is still a parameter; the signature of `pages` has checked it.
  const get = calls.get as unknown as (path: string, options: object) => Promise<Envelope>;

  async function* pages(path: string, { query, ...rest }: { query?: Record<string, number> } = {}) {
    for (let number = query?.[parameter] ?? first; ; number++) {
      const page = await get(path, { ...rest, query: { ...query, [parameter]: number } });
      yield page;
      if (!hasNext(page, number)) return;
    }
  }
  return { pages: pages as unknown as Pages<Paths, Envelope>['pages'] };
}

/** Reports are ordinary reads; only their types know more. */
export function createReports<Report>(calls: { readonly get: unknown }): { report: Report } {
  return { report: calls.get as Report };
}
