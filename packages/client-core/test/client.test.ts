import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ApiError,
  Comm100Error,
  ConfigurationError,
  ConnectionError,
  createCalls,
  fetchedBearer,
  InvalidValueError,
  TimeoutError,
} from '../src/index.ts';
import { callsTo, localServer, rejection, service } from './helpers.ts';

const failed = (status: number) => ({ status, body: { code: status * 1000, message: 'No.' } });
const broken = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:4010') });

describe('a request', () => {
  test.each([
    {
      name: 'path parameters are encoded',
      call: (calls: ReturnType<typeof service>['calls']) => calls.get('/things/{id}', { path: { id: 'a/b+c%@d' } }),
      want: { method: 'GET', url: 'https://service.example/things/a%2Fb%2Bc%25%40d', body: '' },
    },
    {
      name: 'a plus in a query is encoded',
      call: (calls: ReturnType<typeof service>['calls']) => calls.get('/things', { query: { since: '+08:00' } }),
      want: { url: 'https://service.example/things?since=%2B08%3A00' },
    },
    {
      name: 'a list of objects becomes numbered fields',
      call: (calls: ReturnType<typeof service>['calls']) =>
        calls.get('/things', { query: { conditions: [{ field: 'email', value: 'a&b' }] } }),
      want: { url: 'https://service.example/things?conditions[0][field]=email&conditions[0][value]=a%26b' },
    },
    {
      name: 'a list repeats its name, and what is undefined or null is left out',
      call: (calls: ReturnType<typeof service>['calls']) =>
        calls.get('/things', { query: { tags: ['a', 'b c'], page: undefined, since: null } as never }),
      want: { url: 'https://service.example/things?tags=a&tags=b%20c' },
    },
    {
      name: 'a body is JSON',
      call: (calls: ReturnType<typeof service>['calls']) => calls.post('/things', { body: { name: 'x' } }),
      want: { method: 'POST', body: '{"name":"x"}', headers: { 'content-type': 'application/json' } },
    },
    {
      name: 'a body that is described as a form is sent as a form, lists comma-separated, undefined left out',
      call: (calls: ReturnType<typeof service>['calls']) =>
        calls.put('/things/{id}', { path: { id: '1' }, body: { tags: [1, 2], ...({ name: undefined } as object) } }),
      want: { method: 'PUT', body: 'tags=1,2', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    },
  ])('$name', async ({ call, want }) => {
    const { calls, sent } = service([{ body: {} }]);
    await call(calls);
    expect(sent).toMatchObject([want]);
  });

  test('a form can number the entries of a list', async () => {
    const { calls, sent } = service([{ body: {} }], { formBodies: { 'PUT /things/{id}': 'index' } });
    await calls.put('/things/{id}', { path: { id: '1' }, body: { tags: [7, 8] } });
    expect(decodeURIComponent(sent[0]?.body ?? '')).toBe('[0]=7&[1]=8');
  });
});

describe('what is not sent, because it would be a different call', () => {
  // DELETE /things/ is about the list where DELETE /things/{id} is about one thing, and `..` is another path.
  test.each([{ id: '' }, { id: '.' }, { id: '..' }, { id: undefined as never }, { id: null as never }])(
    'the path parameter $id',
    async ({ id }) => {
      const { calls, sent } = service([{ body: {} }]);
      const error = await rejection(calls.delete('/things/{id}', { path: { id } }));
      expect(error).toBeInstanceOf(InvalidValueError);
      expect((error as Error).message).toMatch(/^DELETE \/things\/\{id\} cannot be sent: path\.id is (''|'\.|missing)/);
      expect(sent).toEqual([]);
    },
  );

  // Behind the name of the host, it would be a part of this name, and the credentials would go to another host.
  test.each([{ path: 'things' }, { path: '.evil.example/things' }, { path: '@evil.example/' }, { path: undefined }])(
    'the path $path',
    async ({ path }) => {
      const { calls, sent } = service([{ body: {} }]);
      const error = await rejection(calls.get(path as '/things'));
      expect(error).toBeInstanceOf(InvalidValueError);
      expect((error as Error).message).toBe(`GET ${path} cannot be sent: a path begins with /.`);
      expect(sent).toEqual([]);
    },
  );

  test('no path parameters at all', async () => {
    const { calls, sent } = service([{ body: {} }]);
    expect(await rejection(calls.get('/things/{id}', {} as never))).toBeInstanceOf(InvalidValueError);
    expect(sent).toEqual([]);
  });

  test.each([
    { query: { since: new Date(0) }, want: 'query.since is Date. Give text' },
    { query: { since: Number.NaN }, want: 'query.since is Number' },
    { query: { since: { from: 1 } }, want: 'query.since is Object' },
    { query: { conditions: [{ field: 'a', value: new Date(0) }] }, want: 'query.conditions[0][value] is Date' },
  ])('the query $query', async ({ query, want }) => {
    const { calls, sent } = service([{ body: {} }]);
    const error = await rejection(calls.get('/things', { query: query as never }));
    expect(error).toBeInstanceOf(InvalidValueError);
    expect((error as Error).message).toContain(`GET /things cannot be sent: ${want}`);
    expect(sent).toEqual([]);
  });

  // A request without a body may mean everything there is.
  test.each([{ tags: [] }, {}, undefined])('a numbered list without entries: %j', async (body) => {
    const { calls, sent } = service([{ body: {} }], { formBodies: { 'PUT /things/{id}': 'index' } });
    const error = await rejection(calls.put('/things/{id}', { path: { id: '1' }, body: body as never }));
    expect(error).toMatchObject({ code: 'invalid_value', message: expect.stringContaining('has no entries') });
    expect(sent).toEqual([]);
  });

  test('a form with a date', async () => {
    const { calls, sent } = service([{ body: {} }]);
    const error = await rejection(
      calls.put('/things/{id}', { path: { id: '1' }, body: { name: new Date(0) as never } }),
    );
    expect(error).toMatchObject({ code: 'invalid_value', message: expect.stringContaining('body.name is Date') });
    expect(sent).toEqual([]);
  });

  test('a body that JSON cannot express', async () => {
    const { calls, sent } = service([{ body: {} }]);
    const body: { name: string; self?: unknown } = { name: 'x' };
    body.self = body;
    const error = await rejection(calls.post('/things', { body }));
    expect(error).toBeInstanceOf(InvalidValueError);
    expect((error as Error).message).toMatch(/^POST \/things cannot be sent: Converting circular structure/);
    expect(sent).toEqual([]);
  });

  test.each([
    { options: { timeout: 0 }, want: 'timeout 0 is not' },
    { options: { timeout: Number.POSITIVE_INFINITY }, want: 'timeout Infinity is not' },
    { options: { timeout: 2 ** 31 }, want: 'from 1 to 2147483647' },
    { options: { deadline: 0.5 }, want: 'deadline 0.5 is not' },
    { options: { retries: -1 }, want: 'retries -1 is not' },
    { options: { retries: Number.NaN }, want: 'retries NaN is not' },
  ])('any call of a client with $options', ({ options, want }) => {
    const create = () => createCalls({ baseUrl: 'https://service.example', formBodies: {}, results: {}, ...options });
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(want);
  });
});

describe('a response', () => {
  test.each([
    { name: 'JSON', reply: { body: { id: 1 } }, want: { id: 1 } },
    { name: 'a JSON string', reply: { body: 'Gone.' }, want: 'Gone.' },
  ])('$name', async ({ reply, want }) => {
    const { calls } = service([reply]);
    expect(await calls.get('/things')).toEqual(want);
  });

  test.each([
    { status: 400, code: 'bad_request', name: 'BadRequestError' },
    { status: 401, code: 'unauthorized', name: 'UnauthorizedError' },
    { status: 403, code: 'forbidden', name: 'ForbiddenError' },
    { status: 404, code: 'not_found', name: 'NotFoundError' },
    { status: 500, code: 'server_error', name: 'ServerError' },
    { status: 502, code: 'server_error', name: 'ServerError' },
    { status: 418, code: 'unexpected_status', name: 'UnexpectedStatusError' },
  ])('$status becomes $name', async ({ status, code, name }) => {
    const { calls } = service([failed(status)], { retries: 0 });
    const error = await rejection(calls.get('/things/{id}', { path: { id: 'secret-id' } }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status, code, name, serviceCode: status * 1000, serviceMessage: 'No.' });
    expect((error as Error).message).toBe(`GET /things/{id} failed with status ${status}: No.`);
  });

  test('no response is an error that names the reason', async () => {
    const { calls } = service([broken], { retries: 0 });
    const error = await rejection(calls.get('/things'));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      message: 'GET /things got no complete response: connect ECONNREFUSED 127.0.0.1:4010',
      cause: { message: 'fetch failed', cause: { message: 'connect ECONNREFUSED 127.0.0.1:4010' } },
    });
  });
});

describe('sending again', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    { name: 'a read after a 500', replies: [failed(500), { body: { things: [1] } }], want: 2 },
    { name: 'a read after a 429', replies: [failed(429), { body: { things: [1] } }], want: 2 },
    { name: 'a read after a broken connection', replies: [broken, broken, { body: { things: [1] } }], want: 3 },
  ])('$name', async ({ replies, want }) => {
    const { calls, sent } = service(replies);
    const response = calls.get('/things');
    await vi.runAllTimersAsync();
    expect(await response).toEqual({ things: [1] });
    expect(sent).toHaveLength(want);
  });

  test.each([
    { name: 'a read, three times at most', method: 'get', reply: failed(503), want: 3 },
    { name: 'not a read after a 403', method: 'get', reply: failed(403), want: 1 },
    { name: 'a write not at all', method: 'post', reply: failed(500), want: 1 },
    { name: 'a write not at all, though the connection broke', method: 'post', reply: broken, want: 1 },
  ])('$name', async ({ method, reply, want }) => {
    const { calls, sent } = service([reply]);
    const failing = rejection(method === 'get' ? calls.get('/things') : calls.post('/things', { body: { name: 'x' } }));
    await vi.runAllTimersAsync();
    expect(await failing).toBeInstanceOf(Comm100Error);
    expect(sent).toHaveLength(want);
  });
});

describe('aborting', () => {
  const never = (request: Request) =>
    new Promise<Response>((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)));

  test('a call that takes too long is an error that names the limit', async () => {
    const { calls } = service([], { fetch: never, timeout: 20, retries: 0 });
    const error = await rejection(calls.get('/things'));
    expect(error).toBeInstanceOf(TimeoutError);
    expect((error as Error).message).toContain('within 20 ms');
  });

  test('a call that its caller aborts rejects with the reason of the caller', async () => {
    const controller = new AbortController();
    const { calls } = service([], { fetch: never });
    const failing = rejection(calls.get('/things', { signal: controller.signal }));
    controller.abort(new Error('changed my mind'));
    expect(await failing).toMatchObject({ message: 'changed my mind' });
  });

  test('a wait for a token is aborted, and the next call still gets the token', async () => {
    const controller = new AbortController();
    let give = (_: { token: string }) => {};
    const credentials = fetchedBearer(() => new Promise((resolve) => (give = resolve)));
    const { calls, sent } = service([{ body: { things: [] } }], { credentials });
    const failing = rejection(calls.get('/things', { signal: controller.signal }));
    controller.abort(new Error('changed my mind'));
    expect(await failing).toMatchObject({ message: 'changed my mind' });
    expect(sent).toEqual([]);
    const next = calls.get('/things');
    give({ token: 'late' });
    expect(await next).toEqual({ things: [] });
    expect(sent).toMatchObject([{ headers: { authorization: 'Bearer late' } }]);
  });

  test('nothing is sent after the caller has aborted', async () => {
    const { calls, sent } = service([{ body: {} }]);
    const signal = AbortSignal.abort(new Error('gone'));
    expect(await rejection(calls.get('/things', { signal }))).toMatchObject({ message: 'gone' });
    expect(sent).toEqual([]);
  });

  test('a body that is still arriving is aborted', async () => {
    const controller = new AbortController();
    const url = await localServer((_, response) => {
      response.write('{');
      setTimeout(() => controller.abort(new Error('changed my mind')), 20);
    });
    const failing = rejection(callsTo(url).get('/things', { signal: controller.signal }));
    expect(await failing).toMatchObject({ message: 'changed my mind' });
  });

  test('a wait before a read is sent again is aborted', async () => {
    const controller = new AbortController();
    const { calls, sent } = service([{ ...failed(503), headers: { 'retry-after': '60' } }]);
    const failing = rejection(calls.get('/things', { signal: controller.signal }));
    await vi.waitUntil(() => sent.length === 1);
    controller.abort(new Error('changed my mind'));
    expect(await failing).toMatchObject({ message: 'changed my mind' });
  });
});
