import { describe, expect, test } from 'vitest';
import { createMock, type Mock, type MockOptions, type Sandbox } from '../../src/index.ts';
import { admin, basicHeader, bundles, company, migration } from '../helpers.ts';

function sandboxWith(options: Partial<MockOptions> = {}): Mock {
  return createMock({ bundles, company, migration, mode: 'sandbox', ...options });
}

/** A call of version 2.0 in a world. @returns the status and what came */
async function call({ fetch }: Sandbox, line: string, body?: object, authorization = basicHeader(admin)) {
  const [method = '', path = ''] = line.split(' ');
  const headers = { authorization, 'content-type': 'application/json' };
  const request = new Request(`http://mock.example/api/v2/${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  const response = await fetch(request);
  return { status: response.status, value: await response.json() };
}

async function names(sandbox: Sandbox): Promise<string[]> {
  const { value } = await call(sandbox, 'GET livechat/departments');
  return value.map(({ name }: { name: string }) => name);
}

const create = (sandbox: Sandbox, name: string) => call(sandbox, 'POST livechat/departments', { name });
const start = ['Support', 'Sales', 'Billing'];

describe('a reset', () => {
  test('brings back what was changed and removed, of one world', async () => {
    const { sandbox } = sandboxWith({ dailyQuota: 10 });
    const other = sandbox.world('other');
    for (const each of [sandbox, other]) {
      await call(each, 'PUT livechat/departments/1', { name: 'Help' });
      await call(each, 'DELETE livechat/departments/3');
      await create(each, 'Returns');
      each.clock.set(0);
    }
    const time = sandbox.world('new').clock.now();
    sandbox.reset();
    expect(await names(sandbox)).toEqual(start);
    expect(sandbox.clock.now()).toBe(time);
    expect(await names(other)).toEqual(['Help', 'Sales', 'Returns']);
    // Of the quota of 10, four requests are used.
    for (let count = 0; count < 6; count++) expect((await call(other, 'GET livechat/departments/1')).status).toBe(200);
    expect((await call(other, 'GET livechat/departments/1')).status).toBe(403);
    for (let count = 0; count < 9; count++)
      expect((await call(sandbox, 'GET livechat/departments/1')).status).toBe(200);
  });

  test('leaves tokens valid, each in its world', async () => {
    const { sandbox } = sandboxWith();
    const form = new URLSearchParams({ grant_type: 'password', email: admin.email, password: admin.password });
    const token = await sandbox.fetch(new Request('http://mock.example/oauth/token', { method: 'POST', body: form }));
    const { access_token } = await token.json();
    const bearer = `Bearer ${access_token}`;
    sandbox.reset();
    expect((await call(sandbox, 'GET livechat/departments', undefined, bearer)).status).toBe(200);
    expect((await call(sandbox.world('other'), 'GET livechat/departments', undefined, bearer)).status).toBe(401);
  });
});

describe('a snapshot', () => {
  test('is JSON, and brings back all that requests see, also in another world and another mock', async () => {
    const { sandbox } = sandboxWith();
    await call(sandbox, 'PUT livechat/departments/1', { name: 'Help' });
    await call(sandbox, 'DELETE livechat/departments/3');
    await create(sandbox, 'Returns');
    sandbox.clock.set(Date.UTC(2025, 5, 1));
    sandbox.faults.set(['delay=0']);
    const snapshot = sandbox.snapshot();
    const saved = JSON.parse(JSON.stringify(snapshot));
    expect(saved).toEqual(snapshot);

    await call(sandbox, 'DELETE livechat/departments/1');
    await create(sandbox, 'More');
    sandbox.reset();
    for (const each of [sandbox, sandbox.world('other'), sandboxWith().sandbox]) {
      each.restore(saved);
      expect(await names(each)).toEqual(['Help', 'Sales', 'Returns']);
      expect(each.clock.now()).toBe(Date.UTC(2025, 5, 1));
      expect(each.faults.list).toEqual(['delay=0']);
      expect(each.snapshot()).toEqual(snapshot);
    }
  });

  test('neither changes with the world, nor does the world change with it', async () => {
    const { sandbox } = sandboxWith();
    const { value } = await create(sandbox, 'Returns');
    const snapshot = sandbox.snapshot();
    const mutable = JSON.parse(JSON.stringify(snapshot));
    sandbox.restore(mutable);
    mutable.changed.departments[value.id].name = 'Other';
    expect(await names(sandbox)).toEqual([...start, 'Returns']);
    await call(sandbox, `PUT livechat/departments/${value.id}`, { name: 'Changed' });
    expect(snapshot.changed.departments?.[value.id]).toMatchObject({ name: 'Returns' });
    Object.assign(sandbox.snapshot().changed.departments?.[value.id] ?? {}, { name: 'Other' });
    expect(await names(sandbox)).toEqual([...start, 'Changed']);
  });

  test('that is wrong changes nothing', async () => {
    const { sandbox } = sandboxWith();
    await create(sandbox, 'Returns');
    const before = sandbox.snapshot();
    const deep = JSON.parse(`${'{"a":'.repeat(70)}1${'}'.repeat(70)}`);
    for (const wrong of [
      undefined,
      {},
      { ...before, changed: { departments: { 1: null, 2: 7 } } },
      { ...before, changed: { departments: { 1: { name: new Date() } } } },
      { ...before, changed: { bans: { 1: deep } } },
      { ...before, changed: { chats: { x: { id: 'x' } } } },
      { ...before, changed: { agents: { 1: {} } } },
      { ...before, changed: { __proto__: null, '': {} } },
      { ...before, faults: ['explode'] },
      { ...before, clock: { time: '2025-03-07T14:00:00Z' } },
    ]) {
      expect(() => sandbox.restore(wrong)).toThrow(RangeError);
      expect(sandbox.snapshot()).toEqual(before);
    }
  });
});

test('the company as it is can be taken as a file to start with', async () => {
  const { sandbox, fetch } = sandboxWith();
  await create(sandbox, 'Returns');
  const response = await fetch(new Request('http://mock.example/__mock/company'));
  const file = await response.json();
  expect(file).toEqual(sandbox.exportCompany());
  expect(await names(sandboxWith({ companyFile: file }).sandbox)).toEqual([...start, 'Returns']);
  const without = createMock({ bundles, company, mode: 'example' });
  const rejected = await without.fetch(new Request('http://mock.example/__mock/company'));
  expect([rejected.status, await rejected.json()]).toEqual([
    400,
    { code: 400_000, message: 'There is no company to export.' },
  ]);
});

test('the overview follows what requests change', async () => {
  const { sandbox } = sandboxWith();
  const { departments, chats } = sandbox.overview;
  // As the company of the description has it.
  expect(departments.map(({ name, agents }) => [name, agents.map((agent) => `${agent.name} ${agent.status}`)])).toEqual(
    [
      ['Support', ['Maya online', 'Tom away', 'Priya offline']],
      ['Sales', ['Maya online', 'Elena online']],
      ['Billing', ['Noah offline']],
    ],
  );
  expect(chats.day).toBe('2025-03-07');
  expect(chats.total).toBe(chats.byHour.reduce((sum, count) => sum + count));
  expect(chats.byHour[9]).toBeGreaterThan(0);
  expect((await call(sandbox, 'PUT livechat/agents/1', { status: 'away' })).status).toBe(200);
  expect(sandbox.overview.departments[1]?.agents[0]?.status).toBe('away');
  const [first] = (await call(sandbox, 'GET livechat/chats')).value.chats;
  expect((await call(sandbox, `DELETE livechat/chats/${first.id}`)).status).toBe(200);
  expect(sandbox.overview.chats.total).toBe(chats.total - 1);
  sandbox.clock.set(Date.UTC(2025, 2, 8));
  expect(sandbox.overview.chats).toEqual({ day: '2025-03-08', total: 0, byHour: Array(24).fill(0) });
});

describe('200 worlds', () => {
  test('do not see each other, in whatever order requests come', async () => {
    const { sandbox } = sandboxWith();
    const worlds = Array.from({ length: 200 }, (_, index) => sandbox.world(`world ${index}`));
    // All at once, and in turns: a state that was shared would be seen.
    await Promise.all(
      worlds.map(async (world, index) => {
        for (let count = 0; count <= index % 3; count++) await create(world, `${index} ${count}`);
        if (index % 2 === 0) await call(world, 'DELETE livechat/departments/2');
        world.clock.set(index * 1000);
        world.faults.set([`delay=${index % 5}`]);
      }),
    );
    for (const [index, world] of worlds.entries()) {
      const own = Array.from({ length: (index % 3) + 1 }, (_, count) => `${index} ${count}`);
      const kept = start.filter((name) => index % 2 === 1 || name !== 'Sales');
      expect(await names(world)).toEqual([...kept, ...own]);
      expect([world.clock.now(), world.faults.list]).toEqual([index * 1000, [`delay=${index % 5}`]]);
      expect(world.requests).toHaveLength((index % 3) + 2 + ((index + 1) % 2));
    }
    expect(await names(sandbox)).toEqual(start);
    expect(sandbox.worlds).toHaveLength(200);
  });

  test('are the limit: the one that was not used for longest is dropped first, and the main one never', async () => {
    const { sandbox } = sandboxWith();
    await create(sandbox, 'Main');
    for (let index = 0; index < 200; index++) await create(sandbox.world(`${index}`), 'Own');
    // By a request it is used again.
    await names(sandbox.world('0'));
    await create(sandbox.world('200'), 'Own');
    await create(sandbox.world('201'), 'Own');
    expect(sandbox.worlds).toHaveLength(200);
    expect(['0', '1', '2', '3', '201'].map((name) => sandbox.worlds.includes(name))).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]);
    expect(await names(sandbox)).toEqual([...start, 'Main']);
    expect(await names(sandbox.world('0'))).toEqual([...start, 'Own']);
    expect(await names(sandbox.world('1'))).toEqual(start);
  });
});

test('calls of webhooks are listed and repeated; nothing is called because of a snapshot', async () => {
  const bodies: string[] = [];
  const sendWebhook = async ({ body }: { body: string }) => {
    bodies.push(body);
    return 200;
  };
  const mock = sandboxWith({ isLive: true, sendWebhook });
  const { sandbox } = mock;
  const control = async (line: string) => {
    const [method = '', path = ''] = line.split(' ');
    const response = await mock.fetch(new Request(`http://mock.example/__mock/${path}`, { method }));
    return { status: response.status, value: response.status === 204 ? undefined : await response.json() };
  };
  const webhook = { event: 'chatStarted', targetUrl: 'http://127.0.0.1:1/chats' };
  expect((await call(sandbox, 'POST livechat/webhooks', webhook)).status).toBe(200);
  const before = sandbox.snapshot();
  sandbox.clock.set(sandbox.clock.now() + 3_600_000);
  mock.tick();
  await expect.poll(() => bodies.length).toBeGreaterThan(0);
  const after = sandbox.snapshot();
  const { deliveries } = (await control('GET deliveries')).value;
  expect(deliveries[0]).toMatchObject({
    id: 1,
    event: 'chatStarted',
    url: webhook.targetUrl,
    body: JSON.parse(bodies[0] ?? ''),
  });
  expect(bodies).toHaveLength(deliveries.length);

  const sent = bodies.length;
  expect((await control('POST deliveries/1/replay')).value).toMatchObject({ id: sent + 1, replayOf: 1 });
  await expect.poll(() => bodies.length).toBe(sent + 1);
  expect(bodies.at(-1)).toBe(bodies[0]);

  sandbox.restore(before);
  sandbox.restore(after);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(bodies).toHaveLength(sent + 1);
  await control('POST reset');
  expect((await control('GET deliveries')).value).toEqual({ deliveries: [] });
});
