/** How a paged list is walked: where it starts, and whether a page has a next one. */
export interface Paging<Page> {
  /** Number of the first page. */
  first: number;
  hasNext(page: Page, number: number): boolean;
}

/** Fetches the pages of a list one after the other, each when it is asked for. */
export async function* walkPages<Page>(
  fetchPage: (number: number) => Promise<Page>,
  { first, hasNext }: Paging<Page>,
): AsyncGenerator<Page, void, undefined> {
  for (let number = first; ; number++) {
    const page = await fetchPage(number);
    yield page;
    if (!hasNext(page, number)) return;
  }
}
