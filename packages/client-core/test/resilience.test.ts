import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { basic, type Hooks } from '../src/index.ts';
import { callsTo, localServer, rejection, service } from './helpers.ts';

const failed = (status: number, headers = {}) => ({ status, headers, body: { message: 'No.' } });
const done = { body: { things: [] } };

describe('the wait before a read is sent again', () => {
  const now = Date.parse('2025-03-07T09:12:45Z');
  beforeEach(() => void vi.useFakeTimers({ now }));
  afterEach(() => void vi.useRealTimers());

  /** How long the client waits after each of these responses, in milliseconds. */
  async function waits(replies: Parameters<typeof service>[0], options: Parameters<typeof service>[1] = {}) {
    const seen: number[] = [];
    const { calls } = service(replies, { ...options, hooks: { retry: ({ wait }) => seen.push(wait) } });
    const call = calls.get('/things').catch(() => {});
    await vi.runAllTimersAsync();
    await call;
    return seen;
  }

  test('doubles, with chance, up to eight seconds', async () => {
    const many = await Promise.all(
      Array.from({ length: 20 }, () => waits([failed(500)], { retries: 8, deadline: 10_000_000 })),
    );
    const longest = [250, 500, 1000, 2000, 4000, 8000, 8000, 8000];
    for (const seen of many) {
      expect(seen).toHaveLength(8);
      for (const [index, wait] of seen.entries()) {
        expect(wait).toBeLessThanOrEqual(longest[index] ?? 0);
        expect(wait).toBeGreaterThanOrEqual((longest[index] ?? 0) / 2);
      }
    }
    expect(new Set(many.map(([first]) => first)).size).toBeGreaterThan(10);
  });

  test.each([
    { given: '7', want: [7000] },
    { given: '0', want: [0] },
    { given: '1.5', want: [1500] },
    { given: 'Fri, 07 Mar 2025 09:12:55 GMT', want: [10_000] },
    { given: 'Fri, 07 Mar 2025 09:00:00 GMT', want: [0] },
    // Longer than a minute: the call fails at once, and says how long the service wants to be left alone.
    { given: '86400', want: [] },
    { given: 'Sat, 08 Mar 2025 09:12:45 GMT', want: [] },
  ])('is what Retry-After says: $given', async ({ given, want }) => {
    // The deadline would end the call as well, were it not longer.
    const options = { deadline: 200_000_000 };
    expect(await waits([failed(503, { 'retry-after': given }), done], options)).toEqual(want);
  });

  test('is by the clock of the service where Retry-After is a date', async () => {
    const headers = { 'retry-after': 'Fri, 07 Mar 2025 10:12:50 GMT', date: 'Fri, 07 Mar 2025 10:12:45 GMT' };
    expect(await waits([failed(429, headers), done])).toEqual([5000]);
  });

  test.each(['soon', '-5', ''])('is the usual where Retry-After is %j', async (given) => {
    const [wait = 0] = await waits([failed(503, { 'retry-after': given }), done]);
    expect(wait).toBeGreaterThanOrEqual(125);
    expect(wait).toBeLessThanOrEqual(250);
  });

  test('that the service asks for is in the error of a call that does not wait', async () => {
    const { calls, sent } = service([failed(429, { 'retry-after': '86400' })]);
    expect(await rejection(calls.get('/things'))).toMatchObject({ status: 429, retryAfter: 86_400_000 });
    expect(sent).toHaveLength(1);
  });

  test('that would pass the deadline is not waited', async () => {
    const { calls, sent } = service([failed(503, { 'retry-after': '50' })], { deadline: 40_000 });
    expect(await rejection(calls.get('/things'))).toMatchObject({ status: 503 });
    expect(sent).toHaveLength(1);
    expect(Date.now()).toBe(now);
  });
});

describe('the settings of one call', () => {
  test('replace those of the client', async () => {
    const { calls, sent } = service([failed(500)], { retries: 5 });
    await rejection(calls.get('/things', { retries: 0 }));
    expect(sent).toHaveLength(1);
    const slow = service([], { fetch: () => new Promise(() => {}), retries: 0 });
    expect(await rejection(slow.calls.get('/things', { timeout: 15 }))).toMatchObject({
      message: expect.stringContaining('within 15 ms'),
    });
    expect(await rejection(slow.calls.get('/things', { deadline: 15 }))).toMatchObject({
      message: expect.stringContaining('within 15 ms'),
    });
  });

  test('that are undefined do not', async () => {
    const { calls, sent } = service([failed(500)], { retries: 0 });
    await rejection(calls.get('/things', { retries: undefined, timeout: undefined, signal: undefined }));
    expect(sent).toHaveLength(1);
  });

  test('add headers, but not other credentials', async () => {
    const { calls, sent } = service([done], { credentials: basic('a', 'b') });
    await calls.get('/things', { headers: { 'X-Trace': '7', authorization: 'Bearer mine', empty: undefined } });
    expect(sent[0]?.headers).toEqual({ 'x-trace': '7', authorization: `Basic ${btoa('a:b')}` });
  });

  test.each([{ timeout: 0 }, { retries: -1 }, { deadline: Number.NaN }])('that are out of range: %j', async (given) => {
    const { calls, sent } = service([done]);
    expect(await rejection(calls.get('/things', given))).toMatchObject({ code: 'invalid_configuration' });
    expect(sent).toEqual([]);
  });
});

describe('withResponse', () => {
  test('gives the data and the response', async () => {
    const { calls } = service([{ ...done, headers: { 'x-request-id': '7' } }]);
    const { data, response, call } = await calls.get('/things').withResponse();
    expect([data, response.status, response.headers.get('x-request-id')]).toEqual([{ things: [] }, 200, '7']);
    expect(call.url).toBe('https://service.example/things');
  });

  test('rejects as the call does, once', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', listen);
    const { calls, sent } = service([failed(404)]);
    expect(await rejection(calls.get('/things').withResponse())).toMatchObject({ status: 404 });
    expect(await rejection(calls.get('/things'))).toMatchObject({ status: 404 });
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('unhandledRejection', listen);
    expect([unhandled, sent.length]).toEqual([[], 2]);
  });
});

describe('hooks', () => {
  test('see each attempt, and no credential', async () => {
    const seen: unknown[] = [];
    const hooks: Hooks = {
      request: ({ call, attempt }) => seen.push(`request ${attempt} ${call.method} ${call.path}`),
      response: ({ attempt, status, headers, duration }) =>
        seen.push(`response ${attempt} ${status} ${headers.get('x-id')} ${duration >= 0}`),
      retry: ({ attempt, error, wait }) => seen.push(`retry ${attempt} ${error.name} ${wait}`),
    };
    const url = await localServer((_, response) => {
      const first = seen.length === 1;
      response.writeHead(first ? 503 : 200, { 'x-id': '7', 'retry-after': '0' }).end(first ? '' : '{}');
    });
    await callsTo(url, { hooks, credentials: basic('maya', 'key-to-hide') }).get('/things');
    expect(seen).toEqual([
      'request 1 get /things',
      'response 1 503 7 true',
      'retry 1 ServerError 0',
      'request 2 get /things',
      'response 2 200 7 true',
    ]);
  });

  test('get events without credentials', async () => {
    const events: unknown[] = [];
    const record = (event: unknown) => void events.push(event);
    const { calls } = service([failed(503), done], {
      hooks: { request: record, response: record, retry: record },
      credentials: basic('maya', 'key-to-hide'),
    });
    await calls.get('/things', { query: { since: 'query-to-hide' } });
    expect(events).toHaveLength(5);
    expect(JSON.stringify(events)).not.toMatch(/to-hide|Basic|maya/);
  });

  test('that throw fail the call, which is not sent again', async () => {
    const { calls, sent } = service([done], {
      hooks: {
        response: () => {
          throw new Error('the log is full');
        },
      },
    });
    expect(await rejection(calls.get('/things'))).toMatchObject({ message: 'the log is full' });
    expect(sent).toHaveLength(1);
  });
});
