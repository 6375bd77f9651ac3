import { describe, expect, test } from 'vitest';
import { createMock, type MockOptions } from '../src/index.ts';
import { admin, basicHeader, bundles, company } from './helpers.ts';

const departments = '/api/v2/livechat/departments';
const chats = '/api/v2/livechat/chats';
const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

function mockFor(options: Partial<MockOptions> = {}) {
  const mock = createMock({ bundles, company, mode: 'example', ...options });
  return async (path: string, { headers = {}, ...init }: RequestInit & { headers?: Record<string, string> } = {}) => {
    const request = new Request(`http://mock.test${path}`, {
      ...init,
      headers: { authorization: basicHeader(admin), ...headers },
    });
    const response = await mock.fetch(request);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
}
const send = mockFor();

describe('links of pages lead to the mock and keep the filters', () => {
  test.each([
    { path: `${chats}?pageSize=1`, want: `pageIndex=1&pageSize=1` },
    {
      path: `${chats}?PAGESIZE=1&timezone=%2B02:00`,
      want: `pageIndex=1&pageSize=1&timezone=%2B02%3A00`,
    },
  ])('$path', async ({ path, want }) => {
    const { body } = await send(path);
    expect(body.nextPage).toBe(`http://mock.test/api/v2.0/livechat/chats?${want}`);
    const next = await send(body.nextPage.slice('http://mock.test'.length));
    expect(next.status).toBe(200);
    expect(next.headers.get('comm100-mock-spelling')).toBeNull();
  });

  test('no address of the service is left in any response of a list', async () => {
    const { body } = await send(chats);
    expect(JSON.stringify(body)).toContain('http://mock.test/api/v2.0/livechat/download');
    expect(JSON.stringify(body)).not.toContain('comm100.com');
  });
});

describe('paths that real callers use', () => {
  test.each([
    { path: '/accountwebapi/api/v2/account/agents/me', status: 200 },
    { path: '/livechatwebapi/api/v2.0/livechat/departments', status: 200 },
    { path: '/LiveChatAPI/api/v1/livechat/departments', status: 200 },
    { path: '/otherwebapi/api/v2/livechat/departments', status: 404 },
    { path: '/api/v2/livechat/%64epartments', status: 200 },
    { path: '/api/v2//livechat/departments', status: 404 },
  ])('$path', async ({ path, status }) => expect((await send(path)).status).toBe(status));

  test.each(['/api/v3/livechat/chats', '/api/v4/global/agents', '/livechatwebapi/api/v3/x'])(
    '%s is of a version that is not described',
    async (path) => {
      const [version] = /\d/.exec(path) ?? [];
      expect((await send(path)).body).toEqual({
        code: 404_000,
        message: `Version ${version} of the API is not described here, only 1.0 and 2.0.`,
      });
    },
  );
});

describe('values of parameters are compared by value, not as text', () => {
  const visitor = '/api/v2/livechat/visitors/3b6f0c52-9d1e-4a57-8c20-5a1d7e4f000';
  test.each([
    { first: `${chats}?departmentId=1`, second: `${chats}?departmentId=2`, same: `${chats}?departmentId=02` },
    { first: `${visitor}1`, second: `${visitor}3`, same: `${visitor.replace('3b6f0c52', '3B6F0C52')}3` },
  ])('$same', async ({ first, second, same }) => {
    const { body } = await send(second);
    expect(body).not.toEqual((await send(first)).body);
    expect((await send(same)).body).toEqual(body);
  });
});

test('HEAD is GET without the body', async () => {
  const [head, get] = [await send(departments, { method: 'HEAD' }), await send(departments)];
  expect({ ...head, headers: [...head.headers] }).toEqual({ status: 200, headers: [...get.headers], body: undefined });
});

test('a response says where its data is from', async () => {
  const answer = async (path: string, prefer?: string) =>
    (await send(path, prefer ? { headers: { prefer } } : {})).headers.get('comm100-mock-answer');
  expect(await answer(departments)).toBe('example');
  expect(await answer(departments, 'dynamic=true')).toBe('made-up');
  expect(await answer(departments, 'code=403')).toBe('example');
  const state = mockFor({
    providers: [{ kind: 'state', answer: (_, { examples }) => examples[0]?.payload }],
  });
  expect((await state(departments)).headers.get('comm100-mock-answer')).toBe('state');
});

test('a response without a body has no content type', async () => {
  const { status, headers, body } = await send('/api/v1/livechat/cannedMessages/1', { method: 'DELETE' });
  expect([status, headers.get('content-type'), body]).toEqual([200, null, undefined]);
});

describe('an Accept header', () => {
  test.each([
    { accept: 'json', status: 200 },
    { accept: '*/*;q=0.1', status: 200 },
    { accept: 'text/html, application/*', status: 200 },
    { accept: 'application/json;q=0', status: 400 },
    { accept: 'text/html', status: 400 },
    { accept: ',;/=', status: 200 },
  ])('$accept: $status', async ({ accept, status }) => {
    expect((await send(departments, { headers: { accept } })).status).toBe(status);
  });
});

test('pages of any origin can call the mock, and read its headers and errors', async () => {
  const origin = 'http://localhost:5173';
  const asked = { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization' };
  const preflight = await send(departments, { method: 'OPTIONS', headers: asked });
  expect([preflight.status, preflight.body, preflight.headers.get('access-control-allow-headers')]).toEqual([
    204,
    undefined,
    'authorization',
  ]);
  const error = await send(departments, { headers: { origin, authorization: '' } });
  expect(error.status).toBe(401);
  expect(error.headers.get('access-control-allow-origin')).toBe(origin);
  expect(error.headers.get('access-control-expose-headers')).toContain('comm100-mock-answer');
});

describe('inputs that are large or odd get an error, or a response, in bounded time and length', () => {
  const post = (body: string, type = json, path = departments) =>
    send(path, { method: 'POST', body, headers: { 'content-type': type } });
  const mebibyte = 1024 * 1024;
  test.each([
    { name: 'a body that is too large', body: 'x'.repeat(mebibyte + 1), status: 413 },
    { name: 'a form with too many fields', body: 'a=1&'.repeat(40_000), type: form, status: 400 },
    { name: 'a form that repeats one field', body: 'agents=1&'.repeat(1999), type: form, status: 400 },
    { name: 'a form with a long list', body: `name=x&agents=${'1,'.repeat(500_000)}1`, type: form, status: 400 },
    { name: 'wrong entries', body: `{"name":"x","agents":[${'"x",'.repeat(19_000)}1]}`, status: 400 },
    {
      name: 'unknown fields',
      body: `{"name":"x"${Array.from({ length: 19_000 }, (_, n) => `,"x${n}":1`).join('')}}`,
      status: 200,
    },
    { name: 'too many entries', body: `{"name":"x","agents":[${'1,'.repeat(200_000)}1]}`, status: 400 },
    { name: 'commas in text', body: JSON.stringify({ name: ','.repeat(500_000) }), status: 200 },
    { name: 'lists in lists', body: '['.repeat(mebibyte), status: 400 },
    {
      name: 'lists in lists in an unknown field',
      body: `{"name":"x","y":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      status: 400,
    },
    { name: 'brackets in text', body: JSON.stringify({ name: '[['.repeat(1000) }), status: 200 },
    { name: 'one text', body: JSON.stringify({ name: '\\"'.repeat(mebibyte / 8) }), status: 200 },
    { name: 'nothing but quotes', body: '"'.repeat(mebibyte), status: 400 },
    { name: 'a name that is long', body: `{"name":"x","${'y'.repeat(500_000)}":1}`, status: 200 },
    { name: 'a query that is long', body: '{"name":"x"}', path: `${departments}?${'a=1&'.repeat(5000)}`, status: 414 },
    { name: 'keys in keys', body: '{"name":"x"}', path: `${departments}?a${'[b]'.repeat(1000)}=1`, status: 200 },
  ])('$name', async ({ body, type, path, status }) => {
    const response = await post(body, type, path);
    expect(response.status).toBe(status);
    expect(JSON.stringify(response.body).length).toBeLessThan(10_000);
    expect(response.headers.get('comm100-mock-spelling')?.length ?? 0).toBeLessThan(4001);
  });

  test('an error names twenty things at most', async () => {
    const { body } = await post(`{"name":"x","agents":[${'"x",'.repeat(1000)}1]}`);
    expect(body.message.match(/Parameter/g)).toHaveLength(20);
  });
});
