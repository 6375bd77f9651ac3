import { createTestClient } from '@comm100-openapi/client-testing';
import { createClient } from '@comm100-openapi/client-v2';
import { expect, test } from 'vitest';
import { readRows, syncAgents } from '../sync-agents.ts';

// The agents are those of spec/demo/company.yaml: Maya, Tom, Elena, Noah and Priya.

const head = 'email,displayName,firstName,lastName,title,state';
const maya = 'maya.brooks@larkspur.example,Maya,Maya,Brooks,Head of support,active';
const jonas = 'jonas.weber@larkspur.example,Jonas,Jonas,Weber,Seasonal agent,active';
const list = (...lines: string[]) => readRows([head, ...lines].join('\n'));

test.each([
  { given: 'email,displayName,state\n', want: 'The list has no column firstName, lastName, title.' },
  {
    given: `${head}\n${maya.replace('active', 'locked')}`,
    want: "Line 2: the state 'locked' is neither active nor left.",
  },
  {
    given: `${head}\n${maya}\n${jonas}\n${maya.toUpperCase().replace('ACTIVE', 'left')}`,
    want: 'Line 4: MAYA.BROOKS@LARKSPUR.EXAMPLE is in line 2 already.',
  },
])('$want', ({ given, want }) => {
  expect(() => readRows(given)).toThrow(want);
});

test('agents are created, changed, kept and deleted, and nothing is written twice', async () => {
  const { client, mock } = createTestClient();
  const rows = list(
    maya,
    'tom.okafor@larkspur.example,Tom,Thomas,Okafor,Support agent,active',
    jonas,
    'noah.lindqvist@larkspur.example,,,,,left',
    'nobody@larkspur.example,,,,,left',
  );
  const did = async (mayDelete: boolean) => (await syncAgents(client, rows, { mayDelete })).map((each) => each.did);
  expect(await did(false)).toEqual(['nothing', 'updated', 'created', 'kept', 'nothing']);
  expect(await did(true)).toEqual(['nothing', 'nothing', 'nothing', 'deleted', 'nothing']);
  expect(await did(true)).toEqual(['nothing', 'nothing', 'nothing', 'nothing', 'nothing']);
  expect((await client.agents.get(2)).firstName).toBe('Thomas');
  await expect(client.agents.get(4)).rejects.toMatchObject({ code: 'not_found' });
  const writes = mock.requests.filter(({ method }) => method !== 'GET').map(({ name }) => name);
  expect(writes).toEqual(['agents.update', 'agents.create', 'agents.delete']);
});

test('an agent who is locked is unlocked', async () => {
  const { client, mock } = createTestClient();
  const email = 'tom.okafor@larkspur.example';
  for (let attempt = 0; attempt < 20 && !(await client.agents.get(2)).isLocked; attempt++) {
    const auth = { type: 'oauth', email, password: `wrong ${attempt}` } as const;
    await createClient({ auth, fetch: mock.fetch })
      .agents.list()
      .catch(() => {});
  }
  expect((await client.agents.get(2)).isLocked).toBe(true);
  const rows = list(`${email},Tom,Tom,Okafor,Support agent,active`);
  expect(await syncAgents(client, rows)).toEqual([{ email, did: 'unlocked' }]);
  expect((await client.agents.get(2)).isLocked).toBe(false);
});

test('an email that another agent has, and an agent who is gone, fail alone', async () => {
  const { client, mock } = createTestClient();
  const { agents, ...page } = await client.agents.list();
  const without = agents.filter(({ firstName }) => firstName !== 'Tom');
  // Tom is created, and Elena deleted, after the list was read.
  mock.on('agents.list').reply(200, { ...page, agents: without });
  await client.agents.delete(3);
  const outcomes = await syncAgents(
    client,
    list(
      'tom.okafor@larkspur.example,Tom,Tom,Okafor,Support agent,active',
      'elena.fischer@larkspur.example,Elena,Elena,Fischer,Head of sales,active',
      jonas,
    ),
  );
  expect(outcomes).toEqual([
    {
      email: 'tom.okafor@larkspur.example',
      did: 'failed',
      reason: "Parameter 'email' is the email of another agent.",
    },
    {
      email: 'elena.fischer@larkspur.example',
      did: 'failed',
      reason: 'The requested resource could not be found.',
    },
    { email: 'jonas.weber@larkspur.example', did: 'created' },
  ]);
});

test('what fails for one agent fails for all: without the permission, nothing is tried', async () => {
  const { client, mock } = createTestClient({ agent: 'priya.nair@larkspur.example' });
  await expect(syncAgents(client, list(jonas))).rejects.toMatchObject({ reason: 'permission' });
  expect(mock.requests.length).toBe(1);
});
