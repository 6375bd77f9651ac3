import { InvalidResponseError } from './errors.ts';
import type { Call, CallSettings, Calls, PagedCall, Pages } from './types.ts';

/** How the pages of a list are numbered. */
export interface Paging<Envelope> {
  /** The query parameter with the number of the page. */
  parameter: string;
  /** The number of the first page. */
  first: number;
  /** Whether there is a page after this one. */
  hasNext(page: Envelope, number: number): boolean;
}

interface ListOptions extends CallSettings {
  query?: Record<string, unknown> | undefined;
}

type Get = (path: string, options: object) => Call<object>;

/** Sends the call of a list by its path. `items` is the field of a page that has the items. */
export type SendList = (path: string, options: ListOptions, items: string) => PagedCall<object, unknown>;

/** Reads pages, from the first that the options ask for. @param sent The call of that one, where it has been sent already. */
async function* readPages<Envelope>(
  get: Get,
  paging: Paging<Envelope>,
  path: string,
  options: ListOptions,
  sent?: Call<object>,
): AsyncGenerator<object, void, undefined> {
  let before: string | undefined;
  for (let number = firstOf(paging, options); ; number++) {
    const { data, response, call } = await (sent ?? get(path, at(paging, options, number))).withResponse();
    sent = undefined;
    const lists = Object.values(data).filter(Array.isArray);
    // The addresses of the neighbours differ even where a service ignores the number of the page.
    const items = JSON.stringify(lists);
    // Nothing after nothing is the end of a list, whatever the service says follows.
    if (items === before && lists.every(({ length }) => !length)) return;
    if (items === before)
      throw new InvalidResponseError(
        call,
        { status: response.status, headers: new Headers(), body: undefined },
        `the items of page ${number - 1} again as page ${number}. The list would not end.`,
      );
    yield data;
    if (!paging.hasNext(data as Envelope, number)) return;
    before = items;
  }
}

const firstOf = ({ parameter, first }: Paging<never>, { query }: ListOptions) => Number(query?.[parameter] ?? first);

const at = ({ parameter }: Paging<never>, options: ListOptions, number: number) => ({
  ...options,
  query: { ...options.query, [parameter]: number },
});

/** Builds `pages`, which fetches a list page by page. */
export function createPages<Paths extends object, Envelope>(
  calls: Calls<Paths>,
  paging: Paging<Envelope>,
): Pages<Paths, Envelope> {
  const pages = (path: string, options: ListOptions = {}) =>
    readPages(calls.get as unknown as Get, paging, path, options);
  // TypeScript cannot check a path that is a type parameter; the signature of `pages` has checked it.
  return { pages: pages as unknown as Pages<Paths, Envelope>['pages'] };
}

/** Builds the calls of lists by name: one page as a promise, all items in a loop, all pages by `pages()`. */
export function createLists<Envelope>(calls: { readonly get: unknown }, paging: Paging<Envelope>): SendList {
  const get = calls.get as Get;
  return (path, options, items) => {
    const call = get(path, at(paging, options, firstOf(paging, options)));
    const pages = () => {
      // A loop that begins later gets the error of the first page.
      call.catch(() => {});
      return readPages(get, paging, path, options, call);
    };
    async function* itemsOf() {
      for await (const page of pages()) yield* (page as Record<string, unknown[]>)[items] ?? [];
    }
    return Object.assign(call, { pages, [Symbol.asyncIterator]: itemsOf });
  };
}

/** Builds `report`: an ordinary read with more exact types. */
export function createReports<Report>(calls: { readonly get: unknown }): { report: Report } {
  return { report: calls.get as Report };
}
