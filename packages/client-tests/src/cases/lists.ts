import type { Case, World } from '../suite.ts';

const page = (ids: number[], nextPage = '/next') => ({
  json: { total: 9, previousPage: '', nextPage, chats: ids.map((id) => ({ id })) },
});

/** The ids of all chats; where the list fails, those before it and the code of the error. */
async function ids({ client }: World, query = {}, stopAt?: number) {
  const seen: unknown[] = [];
  try {
    for await (const { id } of client.chats.list(query)) {
      seen.push(id);
      if ((id as unknown) === stopAt) break;
    }
  } catch (error) {
    seen.push((error as { code: string }).code);
  }
  return seen;
}

const request = (search: string) => `GET /api/v2/livechat/chats?${search} Bearer t0`;

export const lists: readonly Case[] = [
  {
    name: 'a list of three pages: each item once, each page once',
    script: { replies: [page([1, 2]), page([3]), page([4], '')] },
    run: (world) => ids(world, { pageSize: 2 }),
    want: {
      value: [1, 2, 3, 4],
      sent: [0, 1, 2].map((index) => request(`pageSize=2&pageIndex=${index}`)),
    },
  },
  {
    name: 'a list whose loop stops requests no further page',
    script: { replies: [page([1, 2]), page([3]), page([4], '')] },
    run: (world) => ids(world, {}, 3),
    want: { value: [1, 2, 3], sent: 2 },
  },
  {
    name: 'a list whose service repeats one page ends with an error',
    script: { replies: [page([1, 2])] },
    run: (world) => ids(world),
    want: { value: [1, 2, 'invalid_response'], sent: 2 },
  },
  {
    name: 'a list whose empty pages go on ends',
    script: { replies: [page([1]), page([])] },
    run: (world) => ids(world),
    want: { value: [1], sent: 3 },
  },
  {
    name: 'a list with one empty page in it goes on',
    script: { replies: [page([1]), page([]), page([2], '')] },
    run: (world) => ids(world),
    want: { value: [1, 2], sent: 3 },
  },
  {
    name: 'a list whose page breaks: the page is sent again, and no item is lost or given twice',
    script: { replies: [page([1]), { ...page([2]), breaks: 'in body' }, page([2]), { status: 503 }, page([3], '')] },
    run: (world) => ids(world),
    want: { value: [1, 2, 3], sent: 5 },
  },
  {
    name: 'a list whose page fails gives the items before it, then the error',
    script: { replies: [page([1]), { status: 404 }] },
    run: (world) => ids(world),
    want: { value: [1, 'not_found'], sent: 2 },
  },
];
