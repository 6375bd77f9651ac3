import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCalls, fetchedBearer } from '../src/index.ts';
import { type Options, type Paths, type Reply, service } from './helpers.ts';

const failed = { status: 503, body: { message: 'No.' } };
const missing = { status: 404, body: { message: 'No.' } };
const done = { body: { things: [] } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How many requests each of some calls sends, one call after the other. */
async function requestsOf(count: number, replies: Reply[], options: Options) {
  const { calls, sent } = service(replies, options);
  const seen: number[] = [];
  for (let call = 0; call < count; call++) {
    const before = sent.length;
    const ended = calls.get('/things').catch(() => {});
    await vi.runAllTimersAsync();
    await ended;
    seen.push(sent.length - before);
  }
  return seen;
}

test.each<{ name: string; count: number; replies: Reply[]; options: Options; want: number[] }>([
  {
    name: 'in an outage, calls are soon sent once',
    count: 5,
    replies: [failed],
    options: { retryBudget: 5 },
    want: [3, 3, 2, 1, 1],
  },
  {
    name: 'five successes give back a retry',
    count: 9,
    replies: [failed, failed, ...Array<Reply>(5).fill(done), failed],
    options: { retryBudget: 1 },
    // The first call fails twice; of those that fail at the end, the first has a retry.
    want: [2, 1, 1, 1, 1, 1, 2, 1, 1],
  },
  {
    name: 'four do not',
    count: 6,
    replies: [failed, failed, ...Array<Reply>(4).fill(done), failed],
    options: { retryBudget: 1 },
    want: [2, 1, 1, 1, 1, 1],
  },
  {
    name: 'successes do not save up more than there was',
    count: 21,
    replies: [...Array<Reply>(20).fill(done), failed],
    options: { retryBudget: 1 },
    want: [...Array<number>(20).fill(1), 2],
  },
  {
    name: 'an error that the service means is no success',
    count: 7,
    replies: [failed, failed, ...Array<Reply>(5).fill(missing), failed],
    options: { retryBudget: 1 },
    want: [2, 1, 1, 1, 1, 1, 1],
  },
  {
    name: 'a broken connection counts',
    count: 2,
    replies: [new Error('x')],
    options: { retryBudget: 1 },
    want: [2, 1],
  },
  {
    name: 'without a budget nothing is sent again',
    count: 1,
    replies: [failed],
    options: { retryBudget: 0 },
    want: [1],
  },
])('$name', async ({ count, replies, options, want }) => {
  expect(await requestsOf(count, replies, options)).toEqual(want);
});

test('the budget is of the client: a hundred retries for all its calls, those at the same time too', async () => {
  const { calls, sent } = service([failed]);
  const all = Promise.allSettled(Array.from({ length: 1000 }, () => calls.get('/things')));
  await vi.runAllTimersAsync();
  await all;
  expect(sent).toHaveLength(1100);
});

test('requests for a token take from the same budget', async () => {
  const sent: string[] = [];
  const tokens = [503, 200];
  const calls = createCalls<Paths>({
    baseUrl: 'https://service.example',
    formBodies: {},
    results: {},
    retryBudget: 1,
    credentials: (open) => fetchedBearer(() => open.post('/things', { body: { name: 'x' } }) as never),
    fetch: async ({ method }) => {
      sent.push(method);
      return Response.json({ token: 'x' }, { status: method === 'POST' ? (tokens.shift() ?? 0) : 503 });
    },
  });
  const ended = calls.get('/things').catch(() => {});
  await vi.runAllTimersAsync();
  await ended;
  expect(sent).toEqual(['POST', 'POST', 'GET']);
});

test.each([-1, Number.NaN])('a budget of %s is an error', (retryBudget) => {
  expect(() => service([done], { retryBudget })).toThrow(`retryBudget ${retryBudget} is not a number from 0`);
});
