/** Ten calls with the generated client of version 1.0. Each prints a line of JSON. */

import { ApiError, createClient, OPERATIONS, type Ops } from './client.ts';

const { COMM100_URL: serverUrl = '', COMM100_EMAIL: username = '', COMM100_API_KEY: password = '' } = process.env;
const as = (basic: { username: string; password: string }) =>
  createClient<Ops>(OPERATIONS, { serverUrl, auth: { basic } });
const client = as({ username, password });

/** Prints what an action returns, or why it failed. */
async function call(name: string, action: () => unknown): Promise<void> {
  try {
    console.log(JSON.stringify({ call: name, ok: true, detail: await action() }));
  } catch (error) {
    console.log(JSON.stringify({ call: name, ok: false, detail: String(error) }));
  }
}

/** The status and the code with which the service rejects an action. */
async function rejected(action: Promise<unknown>): Promise<{ status: number; code: unknown }> {
  const error: unknown = await action.then(
    () => new Error('it was not rejected'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw error;
  return { status: error.status, code: (error.body as { code: unknown }).code };
}

const report = (timeFrom: string) =>
  client.getChatVolumeReport({ query: { timeFrom, timeTo: '2025-03-07T23:59:59', group: 'day' } });

await call('list', async () => {
  const pages: number[] = [];
  while (true) {
    const page = await client.listChats({
      query: { date_from: '2025-03-03', date_to: '2025-03-03', page: pages.length + 1 },
    });
    pages.push(page.chats.length);
    if (pages.length >= page.pages) return { total: page.total, pages };
  }
});

await call('item', async () => {
  const support = await client.getDepartment({ path: { id: 1 } });
  return { name: support.name, members: support.members };
});

await call('report', async () => (await report('2025-03-03T00:00:00')).map((row) => row.chats));

await call('filter', async () => {
  const page = await client.listOfflineMessages({
    query: { date_from: '2025-03-06', date_to: '2025-03-07', department: 3 },
  });
  return page.offline_messages.map((message) => [message.id, message.name]);
});

await call('creation', async () => {
  const made = await client.createDepartment({ body: new URLSearchParams({ name: 'Returns', members: '2,3' }) });
  return { id: made.id, name: made.name, members: made.members };
});

await call('form', async () => {
  const tom = await client.updateAgent({
    path: { email: 'tom.okafor@larkspur.example' },
    body: new URLSearchParams({ is_admin: 'true', title: 'Help & advice', departments: [1, 3].join(',') }),
  });
  return { id: tom.id, title: tom.title, departments: tom.departments, isAdmin: tom.is_admin };
});

await call('400', () => rejected(report('yesterday')));
await call('401', () => rejected(as({ username, password: 'wrong' }).getDepartment({ path: { id: 1 } })));

const priya = { username: 'priya.nair@larkspur.example', password: '00000000000000000000000000000005' };
await call('403', () => rejected(as(priya).listAgents()));

await call('404', () => rejected(client.getDepartment({ path: { id: 99 } })));
