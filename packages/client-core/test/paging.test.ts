import { expect, test } from 'vitest';
import { createPages } from '../src/index.ts';
import { type Paths, service } from './helpers.ts';

/** A list whose pages are numbered by `page` from `first` to `last`; each page contains only its own number. */
function list(last: number, first: number) {
  const { calls, sent } = service(Array.from({ length: 20 }, (_, index) => ({ body: { things: [first + index] } })));
  const { pages } = createPages<Paths, { things: number[] }>(calls, {
    parameter: 'page',
    first,
    hasNext: (_, number) => number < last,
  });
  return { pages, requested: () => sent.map(({ url }) => new URL(url).search) };
}

test.each([
  { name: 'from 0', first: 0, last: 2, want: ['?page=0', '?page=1', '?page=2'] },
  { name: 'from 1', first: 1, last: 2, want: ['?page=1', '?page=2'] },
  { name: 'one page', first: 0, last: 0, want: ['?page=0'] },
])('reads the pages $name', async ({ first, last, want }) => {
  const { pages, requested } = list(last, first);
  const seen: number[] = [];
  for await (const { things } of pages('/things')) seen.push(...things);
  expect(requested()).toEqual(want);
  expect(seen).toHaveLength(want.length);
});

test('starts with the page of the query, and keeps the rest of the query', async () => {
  const { pages, requested } = list(4, 0);
  for await (const _ of pages('/things', { query: { page: 3, since: 'x' } }));
  expect(requested()).toEqual(['?page=3&since=x', '?page=4&since=x']);
});

test('fetches no page that the loop does not need', async () => {
  const { pages, requested } = list(9, 0);
  for await (const { things } of pages('/things')) if (things[0] === 1) break;
  expect(requested()).toEqual(['?page=0', '?page=1']);
});
