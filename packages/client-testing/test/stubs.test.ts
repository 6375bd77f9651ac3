import { createTestClient, createTestClientV1 } from '@comm100-openapi/client-testing';
import { ConnectionError, ForbiddenError, NotFoundError, ServerError } from '@comm100-openapi/client-v2';
import { describe, expect, test } from 'vitest';

// What is expected is from spec/demo/company.yaml and from the texts of spec/common.

describe('a stub that cannot be', () => {
  const { mock } = createTestClient();
  // Types forbid most of these; a program in JavaScript, or with a name from a file, gets the error.
  const on = mock.on as (name?: string) => {
    reply(given?: string | number | object, body?: unknown): void;
    delay(time: unknown): void;
    times(count: unknown): void;
  };
  test.each([
    { given: () => on('chat.list'), want: /no method 'chat\.list'.*departments, .*reports/ },
    { given: () => on('chats.lst'), want: /no method 'chats\.lst'\. Of chats there are: chats\.list, .*chats\.get/ },
    { given: () => on('toString'), want: /no method 'toString'/ },
    { given: () => on('chats.list').reply('notFound'), want: /no example 'notFound'\. There are: .*dailyQuota/ },
    { given: () => on('departments.get').reply(200), want: /has a body where the status is 200/ },
    { given: () => on('departments.get').reply(200, { id: 1 }), want: /for 200\. Parameter 'name' is required/ },
    { given: () => on('departments.get').reply(404, { error: 'no' }), want: /for 404\. Parameter 'code' is required/ },
    { given: () => on(), want: /no method 'undefined'/ },
    {
      given: () => on('departments.get').reply(409),
      want: /getDepartment has no response with the status 409\. It has 200, 400, 401, 403, 404, 500\. .*give a Response/,
    },
    { given: () => on('departments.get').reply(503, { code: 503000, message: 'No.' }), want: /the status 503/ },
    { given: () => on('departments.list').reply(404), want: /listDepartments has no response with the status 404/ },
    { given: () => on('departments.get').reply(), want: /the status undefined/ },
    {
      given: () => on('departments.get').reply('notFound', {}),
      want: /'notFound' has a body already.* reply\(404, body\)/,
    },
    { given: () => on('departments.get').delay('2s'), want: /The delay 2s is not a number of milliseconds/ },
    { given: () => on('departments.get').delay(-1), want: /The delay -1 is not/ },
    { given: () => on('departments.get').times('all'), want: /1 request or more, not for all/ },
    { given: () => on('departments.get').times(0), want: /1 request or more, not for 0/ },
    { given: () => on('departments.get').reply({ status: 404 }), want: /a status or a Response, not another object/ },
  ])('$want', ({ given, want }) => {
    expect(given).toThrow(want);
  });
});

test('a named error of the description', async () => {
  const { client, mock } = createTestClient();
  mock.on('departments.list').reply('dailyQuota');
  const error = await client.departments.list().catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ForbiddenError);
  expect(error).toMatchObject({ reason: 'quota', serviceCode: 403000 });
  expect((await client.departments.get(1)).name).toBe('Support');
});

test('a named example of a success', async () => {
  const { client, mock } = createTestClient();
  mock.on('departments.get').reply('support');
  expect((await client.departments.get(999)).name).toBe('Support');
});

test('a status with a body, and with the documented error', async () => {
  const { client, mock } = createTestClient({ client: { retries: 0 } });
  mock.on('departments.list').reply(200, []).once();
  expect(await client.departments.list()).toEqual([]);
  mock.on('departments.get').reply(404).once();
  await expect(client.departments.get(1)).rejects.toThrow(NotFoundError);
  mock.on('departments.get').reply(500).once();
  await expect(client.departments.get(1)).rejects.toMatchObject({ status: 500, serviceCode: 500000 });
});

test('a response of one’s own', async () => {
  const { client, mock } = createTestClient({ client: { retries: 0 } });
  mock.on('chats.list').reply(new Response('<html>', { status: 502, headers: { 'retry-after': '7' } }));
  for (const _ of [1, 2]) {
    await expect(client.chats.list()).rejects.toMatchObject({ status: 502, retryAfter: 7000, body: '<html>' });
  }
});

test('stubs for a number of requests go first, in their order, then the last of the others', async () => {
  const { client, mock } = createTestClient({ client: { retries: 0 } });
  const stub = mock.on('departments.get');
  mock.on('departments.get').reply('permission');
  mock.on('departments.get').reply('notFound');
  mock.on('departments.get').once().reply('dailyQuota');
  mock.on('departments.get').reply(500).times(2);
  const codes: unknown[] = [];
  for (let count = 0; count < 5; count++) {
    codes.push(await client.departments.get(1).then(String, ({ reason, status }) => reason ?? status));
  }
  expect(codes).toEqual(['quota', 500, 500, 404, 404]);
  stub.reset();
  expect((await client.departments.get(1)).name).toBe('Support');
});

test('a stub that no request has got is among the unused', async () => {
  const { client, mock } = createTestClient({ client: { retries: 0 } });
  mock.on('departments.get').reply(404).times(2);
  mock.on('chats.list').reply('dailyQuota');
  mock.on('agents.list').reply('permission').reset();
  expect(mock.unused).toEqual(['departments.get', 'chats.list']);
  await expect(client.chats.list()).rejects.toThrow(ForbiddenError);
  await expect(client.departments.get(1)).rejects.toThrow(NotFoundError);
  expect(mock.unused).toEqual(['departments.get']);
  await expect(client.departments.get(1)).rejects.toThrow(NotFoundError);
  expect(mock.unused).toEqual([]);
});

test('a broken connection, and a client that tries again', async () => {
  const { client, mock } = createTestClient();
  mock.on('departments.list').networkError().once();
  expect((await client.departments.list()).length).toBe(3);
  mock.on('departments.create').networkError();
  await expect(client.departments.create({ name: 'Returns' })).rejects.toThrow(ConnectionError);
  expect(mock.requests.map(({ name, status }) => [name, status])).toEqual([
    ['departments.list', 0],
    ['departments.list', 200],
    ['departments.create', 0],
  ]);
});

test('a delay before the response of the sandbox', async () => {
  const { client, mock } = createTestClient({ client: { retries: 0, timeout: 50 } });
  mock.on('departments.list').delay(60_000);
  await expect(client.departments.list()).rejects.toMatchObject({ code: 'timed_out' });
  mock.on('departments.list').delay(1).once();
  expect((await client.departments.list()).length).toBe(3);
});

test('what the service would reject is rejected, and leaves the stub for the next request', async () => {
  const { client, mock } = createTestClient({ agent: 'priya.nair@larkspur.example' });
  mock.on('agents.list').reply(500).once();
  await expect(client.agents.list()).rejects.toMatchObject({ reason: 'permission' });
  const { client: asMaya } = createTestClient({ mock, client: { retries: 0 } });
  await expect(asMaya.agents.list()).rejects.toThrow(ServerError);
});

test('version 1.0 has its own names', async () => {
  const { client, mock } = createTestClientV1();
  mock.on('agents.get').reply('notFound');
  await expect(client.agents.get('tom.okafor@larkspur.example')).rejects.toMatchObject({ code: 'not_found' });
});
