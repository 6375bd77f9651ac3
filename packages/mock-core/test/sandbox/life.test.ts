import { readFacts, readMigration } from '@comm100-openapi/description/files';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMock, type Keeper, type MockOptions } from '../../src/index.ts';
import { admin, basicHeader, bundles, company } from '../helpers.ts';
import { problemsOf } from './schemas.ts';

const migration = readMigration(import.meta.resolve('@comm100-openapi/spec/migration.json'));

function sandbox(options: Partial<MockOptions> = {}) {
  const mock = createMock({ bundles, company, migration, mode: 'sandbox', ...options });
  const read = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: basicHeader(admin), 'content-type': 'application/json' };
    const response = await mock.fetch(new Request(`http://mock/api/${path}`, { ...init, headers }));
    return { status: response.status, body: await response.json() };
  };
  return { mock, read };
}

interface Chat {
  id: string;
  email: string;
  department: string;
  requestTime: string;
  agents: { id: number }[];
}

describe('a company with a made-up past', () => {
  const { read } = sandbox({ size: 500 });
  const all = 'timeFrom=2020-01-01T00:00:00&timeTo=2025-03-08T00:00:00';

  test('has as many chats as asked for, and their pages together are all of them', async () => {
    const chats: Chat[] = [];
    for (let page = 0; ; page++) {
      const { body } = await read(`v2/livechat/chats?${all}&pageSize=50&pageIndex=${page}`);
      expect(body.total).toBe(500);
      chats.push(...body.chats);
      if (!body.nextPage) break;
    }
    expect(new Set(chats.map(({ id }) => id)).size).toBe(500);
    expect(chats.flatMap((chat) => problemsOf('Chat', chat))).toEqual([]);
  });

  test('a chat is the same in the list and by its id, in both versions, and refers to what exists', async () => {
    const { body } = await read(`v2/livechat/chats?${all}&pageSize=50&pageIndex=5`);
    for (const chat of body.chats.slice(0, 5) as Chat[]) {
      expect((await read(`v2/livechat/chats/${chat.id}`)).body).toEqual(chat);
      const old = await read(`v1/livechat/chats/${chat.id}`);
      expect([old.status, old.body.email, old.body.department]).toEqual([200, chat.email, chat.department]);
      for (const { id } of chat.agents) expect((await read(`v2/account/agents/${id}`)).status).toBe(200);
    }
    expect((await read('v2/livechat/chats/c8a4e1d1-2f6b-4d39-9b15-000000000000')).status).toBe(404);
    const missed = (await read(`v2/livechat/missedAndRefusedChats?${all}`)).body.missedAndRefusedChats;
    expect(missed.length).toBeGreaterThan(0);
    expect((await read(`v2/livechat/chats/${missed[0].chat.id}`)).status).toBe(404);
  });

  test('the visitors of its chats are found, and are not among those of now', async () => {
    const now = await read('v2/livechat/visitors');
    expect(now.body.length).toBe(3);
    // Some of those who can have come on 6 March 2025, the 20153rd day since 1970.
    const numbers = Array.from({ length: 40 }, (_, index) => (20_153_000 + index).toString(16).padStart(12, '0'));
    const visitors = await Promise.all(
      numbers.map((number) => read(`v2/livechat/visitors/3b6f0c53-9d1e-4a57-8c20-${number}`)),
    );
    const found = visitors.filter(({ status }) => status === 200);
    expect(found.length).toBeGreaterThan(5);
    expect(found.length).toBeLessThan(40);
    expect(found.flatMap(({ body }) => problemsOf('Visitor', body))).toEqual([]);
  });

  test('what is deleted is gone, for one world only', async () => {
    const { body } = await read(`v2/livechat/chats?${all}&pageSize=50`);
    const [{ id } = { id: '' }] = body.chats as Chat[];
    expect((await read(`v2/livechat/chats/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await read(`v2/livechat/chats/${id}`)).status).toBe(404);
    expect((await read(`v2/livechat/chats?${all}`)).body.total).toBe(499);
  });
});

test('the demo company is as it was, whatever its past', async () => {
  const paths = ['v2/livechat/chats', 'v2/livechat/departments', 'v2/livechat/visitors', 'v1/livechat/offlineMessages'];
  const [small, large] = [sandbox(), sandbox({ size: 300 })];
  for (const path of paths) expect((await large.read(path)).body).toEqual((await small.read(path)).body);
});

describe('the demo company with its week', () => {
  const facts = readFacts(import.meta.resolve('@comm100-openapi/spec/demo-week.json'));
  const { read } = sandbox({ facts });
  const week = 'timeFrom=2025-03-03T00:00:00&timeTo=2025-03-08T00:00:00&pageSize=50';

  test('lists the chats that its reports count, those of the examples among them', async () => {
    const pages = await Promise.all([0, 1].map((page) => read(`v2/livechat/chats?${week}&pageIndex=${page}`)));
    const chats = pages.flatMap(({ body }) => body.chats as Chat[]);
    // One of the 85 goes on.
    expect([pages[0]?.body.total, chats.length]).toEqual([84, 84]);
    expect(chats.flatMap((chat) => problemsOf('Chat', chat))).toEqual([]);
    const small = (await sandbox().read('v2/livechat/chats')).body.chats as Chat[];
    expect(small.length).toBe(2);
    for (const chat of small) expect(chats).toContainEqual(chat);
    const missed = (await read(`v2/livechat/missedAndRefusedChats?${week}`)).body;
    expect(missed.total).toBe(facts.chats.filter(({ outcome }) => !/chat|waiting/.test(outcome)).length);
    const messages = (await read(`v2/livechat/offlineMessages?${week}`)).body;
    expect(messages.total).toBe(facts.offlineMessages.length);
    expect((await read(`v1/livechat/chats/${chats[0]?.id}`)).status).toBe(200);
  });

  test('has the visitors of its week, and the same ones on the website', async () => {
    const { visitor } = facts.chats[0] ?? {};
    expect(problemsOf('Visitor', (await read(`v2/livechat/visitors/${visitor}`)).body)).toEqual([]);
    expect((await read('v2/livechat/visitors')).body).toEqual((await sandbox().read('v2/livechat/visitors')).body);
  });

  test('a transcript has as many messages as its report counts', async () => {
    for (const fact of facts.chats.filter(({ outcome, end }) => outcome === 'chat' && end).slice(0, 40)) {
      const { body } = await read(`v2/livechat/chats/${fact.id}`);
      const count = (type: string) =>
        body.chatTranscript.filter((message: { type: string; isNoteMessage: boolean }) => message.type === type).length;
      // The examples have transcripts of their own.
      if (/5000[12]$/.test(fact.id)) continue;
      expect([count('enumAgent'), count('enumVisitor')], fact.id).toEqual([fact.agentMessages, fact.visitorMessages]);
    }
  });
});

test('a company can be moved to another day', async () => {
  const { read } = sandbox({ today: '2026-01-15' });
  const { body } = await read('v2/livechat/chats');
  const days = (body.chats as Chat[]).map(({ requestTime }) => requestTime.slice(0, 10));
  expect(days).toEqual(['2026-01-15', '2026-01-15']);
  expect((await read('v2/livechat/chats?timeFrom=2025-03-07T00:00:00&timeTo=2025-03-08T00:00:00')).body.total).toBe(0);
  expect(() => sandbox({ today: '2026-02-30' })).toThrow("'2026-02-30' is not a day");
});

describe('a live company', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('gets visitors and chats as its clock runs, and calls its webhooks', async () => {
    const called: { url: string; event: string }[] = [];
    const { mock, read } = sandbox({
      isLive: true,
      sendWebhook: async ({ url, body }) => {
        called.push({ url, event: JSON.parse(body).event });
        return 200;
      },
    });
    const before = (await read('v2/livechat/visitors')).body.length;
    const targetUrl = 'http://127.0.0.1:9/started';
    const body = JSON.stringify({ event: 'chatStarted', targetUrl });
    expect((await read('v2/livechat/webhooks', { method: 'POST', body })).status).toBe(200);
    vi.setSystemTime(Date.now() + 3_600_000);
    mock.tick();
    expect((await read('v2/livechat/visitors')).body.length).toBeGreaterThan(before);
    expect((await read('v2/livechat/chats')).body.total).toBeGreaterThan(2);
    await vi.runAllTimersAsync();
    const events = new Map(called.map(({ url, event }) => [url, event]));
    expect(events.get(targetUrl)).toBe('chat_started');
    expect(events.get('https://hooks.larkspur.example/chats')).toBe('chat_ended');
  });

  test('is the same for the same seed', async () => {
    const seen = [];
    for (const seed of [1, 1, 2]) {
      const { read } = sandbox({ isLive: true, seed });
      vi.setSystemTime(Date.now() + 3_600_000);
      seen.push(JSON.stringify((await read('v2/livechat/chats?pageSize=50')).body));
    }
    expect(seen[0]).toBe(seen[1]);
    expect(seen[0]).not.toBe(seen[2]);
  });
});

test('what a company has become can be exported, and begun with', async () => {
  const { mock, read } = sandbox({ size: 60 });
  const body = JSON.stringify({ name: 'Returns' });
  expect((await read('v2/livechat/departments', { method: 'POST', body })).status).toBe(200);
  const again = sandbox({ companyFile: mock.exportCompany() });
  const all = 'timeFrom=2020-01-01T00:00:00&timeTo=2025-03-08T00:00:00&pageSize=50';
  for (const path of [
    'v2/livechat/departments',
    `v2/livechat/chats?${all}`,
    'v1/livechat/agents',
    'v2/livechat/webhooks',
  ]) {
    expect((await again.read(path)).body, path).toEqual((await read(path)).body);
  }
  expect(() => mock.exportCompany('nobody')).toThrow('There is no company to export.');
});

test('a write that cannot be kept is not acknowledged', async () => {
  let problem = '';
  const keeper: Keeper = {
    open() {},
    commit() {
      if (problem) throw new Error(problem);
    },
    drop() {},
  };
  const { read } = sandbox({ keeper });
  problem = 'The data file cannot be written: disk full.';
  const body = JSON.stringify({ name: 'Returns' });
  const { status, body: error } = await read('v2/livechat/departments', { method: 'POST', body });
  expect([status, error.code, error.message]).toEqual([500, 500_000, `The mock failed: ${problem}`]);
  problem = '';
  expect((await read('v2/livechat/departments')).status).toBe(200);
});

test('a company that is not live stays as it is', async () => {
  const { mock, read } = sandbox({ isRunning: true });
  const before = (await read('v2/livechat/visitors')).body;
  mock.tick();
  expect((await read('v2/livechat/visitors')).body).toEqual(before);
});
