import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as core from '../src/index.ts';
import { basic, fetchedBearer } from '../src/index.ts';
import { type Options, type Reply, rejection, service } from './helpers.ts';

const failing = (reply: Reply, options: Options = {}) =>
  rejection(service([reply], { retries: 0, ...options }).calls.get('/things'));

describe('what the service says', () => {
  test.each([
    { given: { code: 404000, message: 'No such thing.' }, want: { code: 404000, message: 'No such thing.' } },
    { given: { Message: 'No such thing.' }, want: { message: 'No such thing.' } },
    { given: { ErrorMessage: 'No such thing.' }, want: { message: 'No such thing.' } },
    {
      given: { error: 'invalid_grant', error_description: 'No such agent.' },
      want: { message: 'No such agent.' },
    },
    { given: { error: 'invalid_grant' }, want: { message: 'invalid_grant' } },
    { given: { error_code: 17, error_message: 'No such thing.' }, want: { code: 17, message: 'No such thing.' } },
    { given: { error: { code: '17', message: 'No such thing.' } }, want: { code: 17, message: 'No such thing.' } },
    { given: { type: 'about:blank', title: 'Not Found' }, want: { message: 'Not Found' } },
    { given: 'No such thing.', want: { message: 'No such thing.' } },
    { given: ['x'], want: {} },
    { given: { message: '' }, want: {} },
    { given: null, want: {} },
  ])('$given', async ({ given, want }) => {
    const error = await failing({ status: 404, body: given });
    expect(error).toMatchObject({ code: 'not_found', serviceCode: undefined, ...renamed(want) });
  });

  test.each([
    { name: 'text', text: 'No such\nthing.', want: 'No such thing.' },
    {
      name: 'a page',
      text: '<html><head><title>502 Bad Gateway</title></head><body>…</body></html>',
      want: '502 Bad Gateway',
    },
    { name: 'a page without a title', text: '<p>x</p>', want: undefined },
    { name: 'nothing', text: '', want: undefined },
    { name: 'a long text', text: 'x'.repeat(9000), want: 'x'.repeat(500) },
  ])('$name', async ({ text, want }) => {
    const error = (await failing({ status: 404, text })) as core.ApiError;
    expect(error.serviceMessage).toBe(want);
    expect(error.message).toBe(`GET /things failed with status 404: ${want ?? 'the response gives no reason'}`);
  });

  const renamed = ({ code, message }: { code?: number; message?: string }) => ({
    ...(code !== undefined && { serviceCode: code }),
    serviceMessage: message,
  });
});

describe('the reason of a 403', () => {
  const at = 'Fri, 07 Mar 2025 23:59:58 GMT';
  test.each([
    { message: 'You do not have the permission to access this resource.', want: 'permission' },
    { message: 'Only a partner may access this resource.', want: 'permission' },
    { message: 'Permission denied', want: 'permission' },
    { message: 'This resource is not available in your edition.', want: 'edition' },
    { message: 'Please upgrade your plan.', want: 'edition' },
    { message: 'The daily limit of API requests has been exceeded. It is reset at 0:00 UTC.', want: 'quota' },
    { message: 'API quota used up', want: 'quota' },
    { message: 'No.', want: 'unknown' },
    { message: undefined, want: 'unknown' },
  ])('$message', async ({ message, want }) => {
    const error = (await failing({ status: 403, body: { message }, headers: { date: at } })) as core.ForbiddenError;
    expect(error.reason).toBe(want);
    // By the clock of the service, not of this machine.
    expect(error.resetsAt?.toISOString()).toBe(want === 'quota' ? '2025-03-08T00:00:00.000Z' : undefined);
  });
});

describe('an error', () => {
  test('has what a report of it needs', async () => {
    const body = { message: 'No.', filler: 'x'.repeat(5000) };
    const { calls } = service([{ status: 404, body, headers: { 'x-request-id': '7', 'set-cookie': 'a=b' } }]);
    const error = (await rejection(calls.get('/things/{id}', { path: { id: 'a/b' } }))) as core.ApiError;
    expect(error).toMatchObject({
      status: 404,
      call: {
        method: 'get',
        path: '/things/{id}',
        url: 'https://service.example/things/a%2Fb',
        origin: 'https://service.example',
      },
    });
    expect(error.headers.get('x-request-id')).toBe('7');
    expect(error.headers.has('set-cookie')).toBe(false);
    expect(error.body).toBe(JSON.stringify(body).slice(0, 2000));
  });

  // A minifier renames classes; the name and the stack must not follow.
  test.each(
    Object.entries(core).filter(([name]) => /^(?!Comm100|Api).*Error$/.test(name)) as [string, { prototype: Error }][],
  )('%s has its name as text', (name, Class) => {
    const Renamed = { x: class extends (Class as never as { new (...args: unknown[]): Error }) {} }.x;
    const error = new Renamed({ method: 'get', path: '/things' }, { status: 1, headers: new Headers() }, {});
    expect([error.name, error.stack?.slice(0, name.length)]).toEqual([name, name]);
  });
});

describe('nothing secret is shown', () => {
  const secret = 'hunter2"é';
  const key = 'key-to-hide-0001';
  /** What a log could have of an error. */
  const shown = (error: unknown): string => {
    const { message, stack, cause, headers, body } = error as core.ApiError;
    return [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), message, stack, cause, body]
      .concat(inspect(headers && [...headers]))
      .map(String)
      .join('\n');
  };
  const form = (text: string) => [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)];
  const blob = Buffer.from(`maya@larkspur.example:${key}`).toString('base64');

  test.each<{ name: string; reply: Reply }>([
    {
      name: 'a header and a text that repeat the key',
      reply: { status: 401, text: `bad: ${key}`, headers: { 'x-echo': key } },
    },
    {
      name: 'a message that repeats the header',
      reply: { status: 401, body: { message: `bad header Basic ${blob}` } },
    },
    { name: 'a page with the request', reply: { status: 500, text: `<pre>authorization: Basic ${blob}</pre>` } },
    { name: 'an address with the key', reply: { status: 400, text: `/x?apiKey=${encodeURIComponent(key)}&a=b` } },
    { name: 'no JSON', reply: { status: 200, text: `welcome ${key}` } },
    {
      name: 'an error of fetch that has the address',
      reply: new TypeError('request to https://service.example/things?since=query-to-hide failed, reason: reset'),
    },
    {
      name: 'an error of fetch that has the request',
      reply: Object.assign(new TypeError(`bad value ${key}`, { cause: { message: `Basic ${blob}` } }), {
        request: { headers: { authorization: `Basic ${blob}` } },
      }),
    },
  ])('$name', async ({ reply }) => {
    const { calls, sent } = service([reply], { credentials: basic('maya@larkspur.example', key), retries: 0 });
    const error = await rejection(calls.get('/things', { query: { since: 'query-to-hide' } }));
    expect(sent[0]?.headers.authorization).toBe(`Basic ${blob}`);
    expect(error).toBeInstanceOf(core.Comm100Error);
    for (const text of [key, blob, 'query-to-hide']) expect(shown(error)).not.toContain(text);
  });

  test('of a body with a password that is sent back', async () => {
    for (const text of form(secret)) {
      const { calls } = service([{ status: 400, text: `'${text}' is too short` }]);
      const error = await rejection(calls.post('/things', { body: { name: 'x', newPassword: secret } as never }));
      expect(shown(error)).toContain('is too short');
      for (const hidden of form(secret)) expect(shown(error)).not.toContain(hidden);
    }
  });

  test.each([
    { given: '{"id":1,"api_key":"aaaa1111","name":"Maya"}', want: '{"id":1,"api_key":"***","name":"Maya"}' },
    { given: '{"access_token": "aaaa1111', want: '{"access_token": "***"' },
    { given: 'token=aaaa1111&name=Maya', want: 'token=***&name=Maya' },
    { given: 'Bearer aaaa1111.b-c_d', want: 'Bearer ***' },
  ])('of a body that has somebody else’s secret: $given', async ({ given, want }) => {
    expect(await failing({ status: 500, text: given })).toMatchObject({ body: want });
  });

  test.each<{ name: string; reply: Reply }>([
    { name: 'that is no JSON', reply: { text: 'your token is aaaa1111' } },
    { name: 'that is cut off', reply: { text: '{"token":"aaaa1111' } },
    { name: 'with an error', reply: { status: 400, text: '{"message":"No.","hint":"aaaa1111"}' } },
  ])('of the response to a request for a token $name', async ({ reply }) => {
    const { calls: open } = service([reply], { forTokens: true, retries: 0 });
    const credentials = fetchedBearer(() => open.post('/things', { body: { name: secret } }) as never);
    const error = await rejection(service([], { credentials }).calls.get('/things'));
    expect(error).toMatchObject({ call: { method: 'post' }, body: undefined });
    expect(shown(error)).not.toContain('aaaa1111');
  });

  test('of a header that cannot be sent', async () => {
    const { calls, sent } = service([{ body: {} }]);
    const error = await rejection(calls.get('/things', { headers: { 'x-key': `${key}\nb` } }));
    expect(error).toMatchObject({ code: 'invalid_value', message: expect.stringContaining('the header x-key') });
    expect(shown(error)).not.toContain(key);
    expect(sent).toEqual([]);
  });
});
