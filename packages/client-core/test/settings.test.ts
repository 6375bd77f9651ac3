import { expect, test } from 'vitest';
import { ConfigurationError, checkOptions, createLists, createMethods, InvalidValueError } from '../src/index.ts';
import { rejection, service } from './helpers.ts';

// What a program in JavaScript gives; the types forbid it.

const auth = { type: 'basic' };

test.each<{ given: Record<string, unknown>; want: string }>([
  { given: { auth: 'key-to-hide' }, want: "'auth' is not of the type object." },
  {
    given: { auth, timout: 5 },
    want: "'timout' does not exist. Those of a client are domain, baseUrl, auth, retries, ",
  },
  { given: { auth, token: 'key-to-hide' }, want: "'token' does not exist" },
  { given: { auth, toString: 5 }, want: "'toString' does not exist" },
  { given: { auth, domain: 5 }, want: "'domain' is not of the type string." },
  { given: { auth, baseUrl: new URL('http://127.0.0.1') }, want: "'baseUrl' is not of the type string." },
  { given: { auth, timeout: '5000' }, want: "'timeout' is not of the type number." },
  { given: { auth, retries: false }, want: "'retries' is not of the type number." },
  { given: { auth, fetch: null }, want: "'fetch' is not of the type function." },
  { given: { auth, dangerouslyAllowBrowser: 'false' }, want: "'dangerouslyAllowBrowser' is not of the type boolean." },
  { given: { auth, hooks: null }, want: "'hooks' is not of the type object." },
  { given: { auth, hooks: () => {} }, want: "'hooks' is not of the type object." },
  {
    given: { auth, hooks: { onRetry() {} } },
    want: "'onRetry' does not exist. Those of hooks are request, response, ",
  },
  { given: { auth, hooks: { retry: true } }, want: "'retry' is not of the type function." },
])('a client with $given', ({ given, want }) => {
  expect(() => checkOptions(given)).toThrow(ConfigurationError);
  expect(() => checkOptions(given)).toThrow(want);
  expect(() => checkOptions(given)).not.toThrow('key-to-hide');
});

test('options that are undefined are as if they were not given', () => {
  const given: object = { auth, timeout: undefined, hooks: undefined, other: undefined };
  expect(checkOptions(given)).toBe(undefined);
});

/** The methods of an API with one group. */
function methods() {
  const { calls, sent } = service([{ body: {} }]);
  const rows = 'get get /things/{id}\ndelete delete /things/{id}\nupdate put+ /things/{id}\nlist get+ /things things';
  const lists = createLists(calls, { parameter: 'page', first: 0, hasNext: () => false });
  type Methods = { things: Record<string, (...values: unknown[]) => unknown> };
  return { ...createMethods<Methods>({ things: rows }, calls, lists), sent };
}

test.each([
  { given: { id: 1 }, want: "'id' does not exist. Those of a call are retries, timeout, deadline, signal, headers." },
  { given: { timeout: '5000' }, want: "'timeout' is not of the type number." },
  { given: { signal: 'stop' }, want: "'signal' is not of the type object." },
  { given: { signal: new AbortController() }, want: "'signal' is not an AbortSignal" },
  { given: { headers: new Headers({ a: 'b' }) }, want: "'headers' is not a plain object" },
  { given: { headers: [['a', 'b']] }, want: "'headers' is not a plain object" },
])('a call with $given', ({ given, want }) => {
  const { things, sent } = methods();
  expect(() => things.get?.(1, given)).toThrow(ConfigurationError);
  expect(() => things.get?.(1, given)).toThrow(want);
  expect(sent).toEqual([]);
});

test.each([
  { method: 'get', values: [1, 'x'], want: 'GET /things/{id} takes (id, options). ' },
  { method: 'delete', values: [1, 2, 3], want: 'DELETE /things/{id} takes (id, options). ' },
  { method: 'update', values: [1, 'Support'], want: 'PUT /things/{id} takes (id, body, options). ' },
  { method: 'update', values: [1, {}, {}, {}], want: 'PUT /things/{id} takes (id, body, options). ' },
  { method: 'list', values: ['Support'], want: 'GET /things takes (query, options). ' },
])('the method $method with $values', ({ method, values, want }) => {
  const { things, sent } = methods();
  expect(() => things[method]?.(...values)).toThrow(InvalidValueError);
  expect(() => things[method]?.(...values)).toThrow(want);
  expect(sent).toEqual([]);
});

test('a loop over a call without pages', async () => {
  const { calls } = service([{ status: 404 }]);
  const loop = async () => {
    for await (const _ of calls.get('/things') as unknown as AsyncIterable<unknown>);
  };
  const error = await rejection(loop());
  expect(error).toBeInstanceOf(InvalidValueError);
  expect((error as Error).message).toBe('GET /things has no pages. Await it: for (const item of await …).');
});
