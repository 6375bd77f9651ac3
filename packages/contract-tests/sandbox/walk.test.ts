import { createClient as createV1 } from '@comm100-openapi/client-v1';
import { createClient as createV2, NotFoundError, UnauthorizedError } from '@comm100-openapi/client-v2';
import { createMock } from '@comm100-openapi/mock-core';
import { type Company, loadDemo } from '@comm100-openapi/mock-server';
import { expect, test } from 'vitest';
import { basic } from '../src/harness.ts';
import { sandbox } from './harness.ts';

// What a developer of a dashboard for agents does on a first day, through the typed clients.

type Agents = Company['agents'];
const [maya, tom] = loadDemo().company.agents as readonly [Agents[number], Agents[number]];
const mock = sandbox();

/** Clients of a company of their own. */
function clients(world: string) {
  const options = {
    baseUrl: 'http://127.0.0.1',
    retries: 0,
    fetch: mock.sandbox.world(world).fetch,
  };
  return {
    v1: createV1({ ...options, auth: basic(maya) }),
    v2: createV2({ ...options, auth: basic(maya) }),
    asTom: (auth: Parameters<typeof createV2>[0]['auth'] = basic(tom)) => createV2({ ...options, auth }),
  };
}

const departments = '/api/v2/livechat/departments';
const department = '/api/v2/livechat/departments/{id}';

test('a department is created, listed, changed and removed, and only that one', async () => {
  const { v1, v2 } = clients('departments');
  const { id } = await v2.post(departments, { body: { name: 'Returns', agents: [2] } });
  expect((await v2.get(departments)).map(({ name }) => name)).toEqual(['Support', 'Sales', 'Billing', 'Returns']);
  expect((await v1.get('/api/v1/livechat/departments')).map(({ name }) => name)).toContain('Returns');
  await expect(v2.get(department, { path: { id: 999 } })).rejects.toThrow(NotFoundError);
  expect((await v2.put(department, { path: { id: 2 }, body: { description: 'Before a purchase' } })).id).toBe(2);
  expect((await v2.get(department, { path: { id: 2 } })).description).toBe('Before a purchase');
  expect((await v2.get(department, { path: { id: 1 } })).description).toBe('Orders, deliveries and gear questions');
  expect(await v2.delete(department, { path: { id: 2 } })).toBe("Department '2' has been removed.");
  expect((await v2.get(departments)).map((each) => each.id)).toEqual([1, 3, id]);
});

test('Tom is Tom', async () => {
  const { asTom, v2 } = clients('me');
  expect((await asTom().get('/api/v2/account/agents/me')).displayName).toBe('Tom');
  await asTom().put('/api/v2/account/agents/me', { body: { displayName: 'Thomas' } });
  expect((await v2.get('/api/v2/account/agents/{id}', { path: { id: 2 } })).displayName).toBe('Thomas');
});

test('filters filter, and a loop over pages ends', async () => {
  const { v2 } = clients('chats');
  const names = async (query: object) => {
    const found: string[] = [];
    for await (const page of v2.pages('/api/v2/livechat/chats', { query: { pageSize: 1, ...query } })) {
      found.push(...page.chats.map(({ name }) => name));
    }
    return found;
  };
  expect(await names({})).toEqual(['Grace Hall', 'Hiro Tanaka']);
  expect(await names({ keywords: 'boots' })).toEqual(['Hiro Tanaka']);
  expect(await names({ timeFrom: '2025-03-08T00:00:00', timeTo: '2025-03-09T00:00:00' })).toEqual([]);
  let pages = 0;
  for (let pageIndex = 0; ; pageIndex++) {
    const { chats } = await v2.get('/api/v2/livechat/chats', { query: { pageIndex, pageSize: 1 } });
    if (chats.length === 0) break;
    pages++;
  }
  expect(pages).toBe(2);
});

test('a changed password and a reset key count at once', async () => {
  const { v1, v2, asTom } = clients('credentials');
  const me = '/api/v2/account/agents/me';
  const oauth = (password: string) => asTom({ type: 'oauth', email: tom.email, password });
  await v2.post('/api/v2/account/agents/{id}/password', { path: { id: 2 }, body: { password: 'another-1' } });
  await expect(oauth(tom.password).get(me)).rejects.toThrow(UnauthorizedError);
  expect((await oauth('another-1').get(me)).id).toBe(2);
  const { api_key: apiKey } = await v1.put('/api/v1/livechat/operators/{email}/reset_api_key', {
    path: { email: tom.email },
  });
  await expect(asTom().get(me)).rejects.toThrow(UnauthorizedError);
  expect((await asTom({ type: 'basic', email: tom.email, apiKey }).get(me)).id).toBe(2);
});

test('a report is about its range, and its parts make up its whole, in both versions', async () => {
  const options = { baseUrl: 'http://127.0.0.1', retries: 0, fetch: createMock(loadDemo()).fetch, auth: basic(maya) };
  const { reports } = createV2(options);
  const volume = (timeFrom: string, timeTo: string) => reports.chatVolume({ timeFrom, timeTo, group: 'day' });
  const week = await volume('2025-03-03T00:00:00', '2025-03-08T00:00:00');
  const [monday] = await volume('2025-03-03T00:00:00', '2025-03-04T00:00:00');
  expect(week.map(({ chats }) => chats)).toEqual([20, 18, 17, 19, 11]);
  expect(monday?.chats).toBe(20);
  expect((await volume('2024-03-04T00:00:00', '2024-03-05T00:00:00')).map(({ chats }) => chats)).toEqual([0]);
  const range = { timeFrom: '2025-03-03T00:00:00', timeTo: '2025-03-08T00:00:00' };
  const parts = await createV1(options).reports.chatVolume({ ...range, group: 'department' });
  expect(parts.reduce((sum, { chats }) => sum + chats, 0)).toBe(85);
});
