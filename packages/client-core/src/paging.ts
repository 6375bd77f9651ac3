import type { Calls, Pages } from './types.ts';

/** How the pages of a list are numbered. */
export interface Paging<Envelope> {
  /** The query parameter with the number of the page. */
  parameter: string;
  /** The number of the first page. */
  first: number;
  /** Whether there is a page after this one. */
  hasNext(page: Envelope, number: number): boolean;
}

/** Builds `pages`, which fetches a list page by page. */
export function createPages<Paths extends object, Envelope>(
  calls: Calls<Paths>,
  { parameter, first, hasNext }: Paging<Envelope>,
): Pages<Paths, Envelope> {
  // TypeScript cannot check a path that is a type parameter; the signature of `pages` has checked it.
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

/** Builds `report`: an ordinary read with more exact types. */
export function createReports<Report>(calls: { readonly get: unknown }): { report: Report } {
  return { report: calls.get as Report };
}
