import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ApiError,
  basic,
  Comm100Error,
  ConfigurationError,
  ConnectionError,
  createCalls,
  fetchedBearer,
  InvalidResponseError,
  InvalidValueError,
  TimeoutError,
} from '../src/index.ts';
import { type Paths, rejection, service } from './helpers.ts';

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
      expect((error as Error).message).toMatch(/^DELETE \/things\/\{id\} cannot be sent: path\.id is '/);
      expect(sent).toEqual([]);
    },
  );

  test('no path parameters at all', async () => {
    const { calls, sent } = service([{ body: {} }]);
    expect(await rejection(calls.get('/things/{id}', {} as never))).toBeInstanceOf(InvalidValueError);
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
    { options: { retries: -1 }, want: 'retries -1 is not' },
    { options: { retries: Number.NaN }, want: 'retries NaN is not' },
  ])('any call of a client with $options', ({ options, want }) => {
    const create = () => createCalls({ baseUrl: 'https://service.example', formBodies: {}, ...options });
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(want);
  });
});

describe('redirects', () => {
  // With a real server, because only a real fetch follows redirects.
  let server: Server;
  let url = '';
  const seen: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      if (request.url?.startsWith('/elsewhere')) response.end('{"things":[1]}');
      else response.writeHead(request.method === 'PUT' ? 307 : 302, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    seen.length = 0;
  });
  const calls = () => createCalls<Paths>({ baseUrl: url, formBodies: {} });

  test('of a read are followed', async () => {
    expect(await calls().get('/things')).toEqual({ things: [1] });
    expect(seen).toEqual(['GET /things', 'GET /elsewhere']);
  });

  // fetch would send a GET in place of the POST and report a success, and send the body of the PUT to another host.
  test.each([
    { send: () => calls().post('/things', { body: { name: 'x' } }), want: 302 },
    { send: () => calls().put('/things/{id}', { path: { id: '1' }, body: {} }), want: 307 },
  ])('of a write are not followed: $want', async ({ send, want }) => {
    expect(await rejection(send())).toMatchObject({ code: 'unexpected_status', status: want });
    expect(seen).toHaveLength(1);
  });
});

describe('a response', () => {
  test.each([
    { name: 'JSON', reply: { body: { id: 1 } }, want: { id: 1 } },
    { name: 'a JSON string', reply: { body: 'Gone.' }, want: 'Gone.' },
    { name: 'nothing', reply: { text: '' }, want: undefined },
    {
      name: 'nothing, with a content-length of 0',
      reply: { text: '', headers: { 'content-length': '0' } },
      want: undefined,
    },
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

  test.each([
    { name: 'no body', reply: { status: 404 } },
    { name: 'HTML', reply: { status: 404, text: '<html>' } },
    { name: 'JSON of another shape', reply: { status: 404, body: ['x'] } },
  ])('an error response with $name still becomes an error', async ({ reply }) => {
    const { calls } = service([reply]);
    expect(await rejection(calls.get('/things'))).toMatchObject({ code: 'not_found', serviceCode: undefined });
  });

  test('a success that may be text is text where it is not JSON', async () => {
    const { calls } = service([{ text: '<div>' }, { text: '"<div>"' }], { textResponses: ['GET /things'] });
    expect(await calls.get('/things')).toBe('<div>');
    expect(await calls.get('/things')).toBe('<div>');
  });

  test('a success that is not JSON is an error of its own', async () => {
    const { calls } = service([{ text: '<html>' }]);
    const error = await rejection(calls.get('/things'));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect((error as Error).message).toContain(
      'GET /things got a response with status 200 and a body that is not JSON',
    );
  });

  test('no response is an error that names the reason', async () => {
    const { calls } = service([broken], { retries: 0 });
    const error = await rejection(calls.get('/things'));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      message: 'GET /things got no response: connect ECONNREFUSED 127.0.0.1:4010',
      cause: broken,
    });
  });

  test('no credential shows in an error', async () => {
    const { calls } = service([failed(401)], { credentials: basic('maya@larkspur.example', 'key-to-hide') });
    const error = (await rejection(calls.get('/things', { query: { since: 'query-to-hide' } }))) as Error;
    const shown = `${error.message} ${JSON.stringify(error)} ${error.stack}`;
    expect(error).toBeInstanceOf(Comm100Error);
    expect(shown).not.toMatch(/to-hide|Basic |maya/);
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

  test('after the time that the service requests', async () => {
    const { calls, sent } = service([{ ...failed(503), headers: { 'retry-after': '7' } }, { body: { things: [] } }]);
    const response = calls.get('/things');
    await vi.advanceTimersByTimeAsync(6_900);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    await response;
    expect(sent).toHaveLength(2);
  });
});

describe('aborting', () => {
  const never = (request: Request) =>
    new Promise<Response>((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)));

  test('a call that takes too long is an error that names the limit', async () => {
    const { calls } = service([], { fetch: never, timeout: 20 });
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

  test('a wait before a read is sent again is aborted', async () => {
    const controller = new AbortController();
    const { calls, sent } = service([{ ...failed(503), headers: { 'retry-after': '60' } }]);
    const failing = rejection(calls.get('/things', { signal: controller.signal }));
    await vi.waitUntil(() => sent.length === 1);
    controller.abort(new Error('changed my mind'));
    expect(await failing).toMatchObject({ message: 'changed my mind' });
  });
});
