import { createTestClient, createTestClientV1 } from '@comm100-openapi/client-testing';
import { createClient as createClientV1 } from '@comm100-openapi/client-v1';
import { createClient, ForbiddenError, UnauthorizedError } from '@comm100-openapi/client-v2';
import { expect, test } from 'vitest';

// What is expected is from spec/demo/company.yaml.

// Types forbid most of these; a program in JavaScript gets the error.
test.each<{ given: object | null; want: RegExp }>([
  { given: { agnet: 'maya.brooks@larkspur.example' }, want: /no setting 'agnet'\. There are: agent, / },
  { given: { dailyquota: 5 }, want: /no setting 'dailyquota'\. There are: .*\bdailyQuota\b/ },
  { given: { retries: 0 }, want: /no setting 'retries'\. There are: agent, auth, client, mock, companyFile, .*today/ },
  { given: null, want: /The settings are null/ },
  { given: { dailyQuota: '5' }, want: /'dailyQuota' is not a number/ },
  { given: { agent: null }, want: /'agent' is not a string/ },
  { given: { edition: 'gold' }, want: /no edition 'gold'\. Use .*enterprise/ },
  { given: { mock: {} }, want: /'mock' is not the mock of a test client/ },
  { given: { client: { retires: 0 } }, want: /The option 'retires' does not exist\. Those of a client are .*retries/ },
  { given: { client: { baseUrl: 'http://127.0.0.1' } }, want: /'client\.baseUrl' is not a setting of a test/ },
  { given: { client: { fetch } }, want: /'client\.fetch' is not a setting of a test/ },
  { given: { agent: 'nobody@larkspur.example' }, want: /'nobody@larkspur\.example'\. There are: maya\.brooks@/ },
  // Exists only in the examples that create an agent.
  { given: { agent: 'jonas.weber@larkspur.example' }, want: /There are: (?!.*jonas)/ },
  { given: { mock: createTestClient().mock, edition: 'team' }, want: /exists already\. Leave out edition/ },
  { given: { today: 'tomorrow' }, want: /tomorrow/ },
])('$want', ({ given, want }) => {
  expect(() => createTestClient(given as object)).toThrow(want);
  expect(() => createTestClientV1(given as object)).toThrow(want);
});

test.each([
  { name: 'version 1.0', create: createClientV1 },
  { name: 'version 2.0', create: createClient },
])('a client of $name without options says how it is made', ({ create }) => {
  const want = "The option 'auth' is missing. Give it as in createClient({ auth: { type: 'basic', email, apiKey } }).";
  for (const options of [undefined, null, {}, 'hosted.comm100.com'])
    expect(() => create(options as never)).toThrow(want);
});

test('each test client has a company of its own', async () => {
  const one = createTestClient();
  const other = createTestClient();
  await one.client.departments.delete(2);
  one.mock.on('departments.get').reply(404);
  one.mock.clock.set(Date.UTC(2025, 2, 5));
  one.mock.faults.set(['status=500']);
  expect((await other.client.departments.list()).map(({ name }) => name)).toEqual(['Support', 'Sales', 'Billing']);
  expect((await other.client.departments.get(1)).name).toBe('Support');
  expect(new Date(other.mock.clock.now()).toISOString()).toBe('2025-03-07T14:00:00.000Z');
  expect(one.mock.requests.length).toBe(1);
  expect(other.mock.requests.length).toBe(2);
});

test('a reset ends all that a test has done', async () => {
  const { client, mock } = createTestClient({ client: { retries: 0 } });
  const stub = mock.on('departments.get').reply(404);
  mock.faults.set(['status=500']);
  mock.clock.set(Date.UTC(2025, 2, 5));
  await expect(client.departments.list()).rejects.toThrow();
  mock.reset();
  expect(mock.requests).toEqual([]);
  expect((await client.departments.get(1)).name).toBe('Support');
  expect(new Date(mock.clock.now()).toISOString()).toBe('2025-03-07T14:00:00.000Z');
  // A stub that is still at hand can be used again.
  stub.reply('dailyQuota');
  await expect(client.departments.get(1)).rejects.toThrow(ForbiddenError);
});

test('clients of both versions and of several agents share a company', async () => {
  const { client, mock } = createTestClient();
  const { client: v1 } = createTestClientV1({ mock, agent: 'tom.okafor@larkspur.example' });
  await client.departments.create({ name: 'Returns' });
  expect((await v1.departments.list()).map(({ name }) => name)).toContain('Returns');
  expect(mock.requests.map(({ name, path }) => [name, path])).toEqual([
    ['departments.create', '/api/v2/livechat/departments'],
    ['departments.list', '/api/v1/livechat/departments'],
  ]);
});

test('the requests as the service reads them', async () => {
  const { client, mock } = createTestClient();
  await client.departments.update(1, { description: 'Orders' });
  await client.chats.list({ keywords: 'two boots', pageSize: 1 });
  await mock.fetch('https://comm100.test/api/v2/nothing');
  expect(mock.requests).toEqual([
    {
      name: 'departments.update',
      method: 'PUT',
      path: '/api/v2/livechat/departments/1',
      query: {},
      body: { description: 'Orders' },
      status: 200,
      message: undefined,
    },
    {
      name: 'chats.list',
      method: 'GET',
      path: '/api/v2/livechat/chats',
      query: { keywords: 'two boots', pageSize: '1', pageIndex: '0' },
      body: undefined,
      status: 200,
      message: undefined,
    },
    expect.objectContaining({ name: undefined, path: '/api/v2/nothing', status: 404 }),
  ]);
});

test('what the company is like', async () => {
  const { client } = createTestClient({ dailyQuota: 1, today: '2026-01-15' });
  await client.departments.list();
  await expect(client.departments.list()).rejects.toMatchObject({ reason: 'quota' });
  const { client: other } = createTestClient({ auth: { type: 'token', token: 'wrong' } });
  await expect(other.departments.list()).rejects.toThrow(UnauthorizedError);
});

test('a test that has a page needs no setting for it', async () => {
  // The mark of a page, as jsdom makes it.
  Reflect.set(globalThis, 'document', {});
  try {
    expect((await createTestClient().client.departments.get(1)).name).toBe('Support');
    expect((await createTestClientV1().client.departments.get(1)).name).toBe('Support');
  } finally {
    Reflect.deleteProperty(globalThis, 'document');
  }
});

test('fetch takes what the global one takes, so that it can replace it', async () => {
  const { mock } = createTestClient();
  const auth = { type: 'basic', email: 'maya.brooks@larkspur.example', apiKey: '0'.repeat(31).concat('1') } as const;
  const client = createClient({ auth, fetch: ({ url }, init) => mock.fetch(new URL(url), init) });
  expect((await client.departments.create({ name: 'Returns' })).name).toBe('Returns');
});
