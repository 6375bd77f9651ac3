/** Ten calls with the generated client of version 2.0. Each prints a line of JSON. */

import { ApiError, createClient, OPERATIONS, type Ops } from './client.ts';

const { COMM100_URL: serverUrl = '', COMM100_EMAIL: username = '', COMM100_API_KEY: password = '' } = process.env;
const client = createClient<Ops>(OPERATIONS, { serverUrl, auth: { basic: { username, password } } });

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

const as = (auth: { bearer: string } | { basic: { username: string; password: string } }) =>
  createClient<Ops>(OPERATIONS, { serverUrl, auth });

await call('token', async () => {
  const body = new URLSearchParams({
    grant_type: 'password',
    email: username,
    password: process.env.COMM100_PASSWORD ?? '',
  });
  const token = await client.getAgentToken({ body });
  const me = await as({ bearer: token.access_token }).getOwnProfile();
  return { type: token.token_type, email: me.email };
});

await call('list', async () => {
  const pages: number[] = [];
  while (true) {
    const page = await client.listChats({
      query: {
        timeFrom: '2025-03-03T00:00:00',
        timeTo: '2025-03-03T23:59:59',
        pageIndex: pages.length,
        pageSize: 8,
      },
    });
    pages.push(page.chats.length);
    if (page.nextPage === '') return { total: page.total, pages };
  }
});

await call('item', async () => {
  const support = await client.getDepartment({ path: { id: 1 } });
  return { name: support.name, agents: support.agents };
});

await call('report', async () => {
  const rows = await client.getChatVolumeReport({
    query: { timeFrom: '2025-03-03T00:00:00', timeTo: '2025-03-07T23:59:59', group: 'day' },
  });
  return rows.map((row) => row.chats);
});

await call('conditions', async () => {
  const page = await client.listChats({
    query: {
      timeFrom: '2025-03-03T00:00:00',
      timeTo: '2025-03-07T23:59:59',
      'conditions[0][field]': 'email',
      'conditions[0][operate]': 'contains',
      'conditions[0][value]': 'grace.hall@',
    },
  });
  return page.chats.map((chat) => [chat.id, chat.name]);
});

await call('creation', async () => {
  const made = await client.createDepartment({ body: { name: 'Returns', agents: [2, 3] } });
  return { id: made.id, name: made.name, agents: made.agents };
});

await call('form', async () => {
  const ids = ['c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001', 'c8a4e1d0-2f6b-4d39-9b15-71e0a3c50002'];
  await client.deleteChats({ body: new URLSearchParams(ids.map((id, index) => [`ids[${index}]`, id])) });
  const after = ids.map(async (id) => [id, (await rejected(client.getChat({ path: { id } }))).status]);
  return Object.fromEntries(await Promise.all(after));
});

await call('401', () => rejected(as({ bearer: 'not-a-token' }).getDepartment({ path: { id: 1 } })));

const priya = { username: 'priya.nair@larkspur.example', password: '00000000000000000000000000000005' };
await call('403', () => rejected(as({ basic: priya }).getDepartment({ path: { id: 1 } })));

await call('404', () => rejected(client.getDepartment({ path: { id: 99 } })));
