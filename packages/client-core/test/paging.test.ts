import { expect, test } from 'vitest';
import { walkPages } from '../src/index.ts';

test.each([
  { name: 'from 0', first: 0, last: 2, want: [0, 1, 2] },
  { name: 'from 1', first: 1, last: 3, want: [1, 2, 3] },
  { name: 'one page', first: 0, last: 0, want: [0] },
])('walks the pages, $name', async ({ first, last, want }) => {
  const pages: number[] = [];
  for await (const page of walkPages(async (number) => number, { first, hasNext: (_, number) => number < last }))
    pages.push(page);
  expect(pages).toEqual(want);
});

test('fetches no page that nobody asks for', async () => {
  const fetched: number[] = [];
  const fetchPage = async (number: number) => {
    fetched.push(number);
    return number;
  };
  for await (const page of walkPages(fetchPage, { first: 0, hasNext: () => true })) if (page === 1) break;
  expect(fetched).toEqual([0, 1]);
});
