import { describe, expect, test } from 'vitest';
import { createLists, createPages } from '../src/index.ts';
import { type Paths, type Reply, rejection, service } from './helpers.ts';

interface Page {
  things: number[];
  next: string;
}

const paging = { parameter: 'page', first: 0, hasNext: (page: Page) => page.next !== '' };

/** A list with these pages, numbered from `first`. Each names a next page but the last. */
function list(pages: number[][], first = 0) {
  const replies = pages.map(
    (things, index): Reply => ({ body: { things, next: pages[index + 1] ? `/${index + 1}` : '' } }),
  );
  return listOf(replies, first);
}

function listOf(replies: Reply[], first = 0) {
  const { calls, sent } = service(replies, { retries: 0 });
  return {
    pages: createPages<Paths, { things: number[] }>(calls, { ...paging, first } as never).pages,
    list: (query?: Record<string, unknown>, settings = {}) =>
      createLists(calls, { ...paging, first } as never)('/things', { ...settings, query }, 'things'),
    requested: () => sent.map(({ url }) => new URL(url).search),
  };
}

async function all(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

describe('pages by path', () => {
  test.each([
    { name: 'from 0', first: 0, pages: [[1], [2], [3]], want: ['?page=0', '?page=1', '?page=2'] },
    { name: 'from 1', first: 1, pages: [[1], [2]], want: ['?page=1', '?page=2'] },
    { name: 'one page', first: 0, pages: [[1]], want: ['?page=0'] },
    { name: 'an empty list', first: 0, pages: [[]], want: ['?page=0'] },
  ])('reads $name', async ({ first, pages, want }) => {
    const { pages: read, requested } = list(pages, first);
    const seen: number[] = [];
    for await (const { things } of read('/things')) seen.push(...things);
    expect(requested()).toEqual(want);
    expect(seen).toEqual(pages.flat());
  });

  test('starts with the page of the query, and keeps the rest of the query', async () => {
    const { pages, requested } = list([[1], [2]]);
    for await (const _ of pages('/things', { query: { page: 3, since: 'x' } }));
    expect(requested()).toEqual(['?page=3&since=x', '?page=4&since=x']);
  });

  test('sends nothing before the loop, and fetches no page that the loop does not need', async () => {
    const { pages, requested } = list([[1], [2], [3]]);
    const read = pages('/things');
    expect(requested()).toEqual([]);
    for await (const { things } of read) if (things[0] === 2) break;
    expect(requested()).toEqual(['?page=0', '?page=1']);
  });
});

describe('a list by name', () => {
  test.each([
    { name: 'several pages', pages: [[1, 2], [3], [4, 5]] },
    { name: 'a page', pages: [[1]] },
    { name: 'nothing', pages: [[]] },
  ])('gives each item once: $name', async ({ pages }) => {
    const { list: send, requested } = list(pages);
    expect(await all(send())).toEqual(pages.flat());
    expect(requested()).toHaveLength(pages.length);
  });

  test('is one page where it is awaited', async () => {
    const { list: send, requested } = list([[1], [2]]);
    expect(await send({ since: 'x' })).toEqual({ things: [1], next: '/1' });
    expect(requested()).toEqual(['?since=x&page=0']);
  });

  test('gives its pages', async () => {
    const { list: send } = list([[1], [2]]);
    expect(await all(send().pages())).toEqual([
      { things: [1], next: '/1' },
      { things: [2], next: '' },
    ]);
  });

  test('can be awaited and read on, with no page requested twice', async () => {
    const { list: send, requested } = list([[1], [2]]);
    const call = send({ page: 4 });
    await call;
    expect(await all(call)).toEqual([1, 2]);
    expect(requested()).toEqual(['?page=4', '?page=5']);
  });

  test('stops where the loop stops', async () => {
    const { list: send, requested } = list([[1, 2], [3], [4]]);
    for await (const item of send()) if (item === 3) break;
    expect(requested()).toEqual(['?page=0', '?page=1']);
  });

  test('fails where a page fails, after the items before it', async () => {
    const { list: send } = listOf([{ body: { things: [1], next: '/1' } }, { status: 404 }]);
    const seen: unknown[] = [];
    const read = (async () => {
      for await (const item of send()) seen.push(item);
    })();
    expect(await rejection(read)).toMatchObject({ code: 'not_found' });
    expect(seen).toEqual([1]);
  });

  test('gives the failure of its first page to a loop that begins late, and nobody else', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', listen);
    const pages = listOf([{ status: 404 }])
      .list()
      .pages();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await rejection(pages.next())).toMatchObject({ code: 'not_found' });
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
  });

  test('passes the settings of the call on to each page', async () => {
    const { list: send, requested } = list([[1], [2]]);
    const controller = new AbortController();
    const read = (async () => {
      for await (const _ of send(undefined, { signal: controller.signal })) controller.abort(new Error('enough'));
    })();
    expect(await rejection(read)).toMatchObject({ message: 'enough' });
    expect(requested()).toHaveLength(1);
  });
});

describe('a list that would not end', () => {
  const next = { next: '/next' };

  test('because the service ignores the number of the page is an error', async () => {
    const { list: send, requested } = listOf([{ body: { things: [1, 2], ...next } }]);
    const seen: unknown[] = [];
    const read = (async () => {
      for await (const item of send()) seen.push(item);
    })();
    expect(await rejection(read)).toMatchObject({
      code: 'invalid_response',
      message: expect.stringContaining('the items of page 0 again as page 1'),
    });
    expect(seen).toEqual([1, 2]);
    expect(requested()).toHaveLength(2);
  });

  test('because empty pages name a next one ends', async () => {
    const { list: send, requested } = listOf([{ body: { things: [1], ...next } }, { body: { things: [], ...next } }]);
    expect(await all(send())).toEqual([1]);
    expect(requested()).toHaveLength(3);
  });

  test('does not end at one empty page', async () => {
    const { list: send } = listOf([
      { body: { things: [1], ...next } },
      { body: { things: [], ...next } },
      { body: { things: [2], next: '' } },
    ]);
    expect(await all(send())).toEqual([1, 2]);
  });
});
