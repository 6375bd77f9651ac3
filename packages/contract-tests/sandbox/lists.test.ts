import { describe, expect, test } from 'vitest';
import { type Operation, operationsOf, versions } from '../src/description.ts';
import { sandbox, World } from './harness.ts';

const operations = new Map(
  versions.flatMap((version) => operationsOf(version).map((operation) => [`${version} ${operation.id}`, operation])),
);
const mock = sandbox();
const demo = new World(mock, 'lists');

type Query = Readonly<Record<string, string | number>>;

async function list(name: string, query: Query, world = demo): Promise<Record<string, unknown>> {
  const { status, body, violations } = await world.send(operations.get(name) as Operation, { query });
  expect({ status, violations, body: status === 200 ? '' : body }).toEqual({ status: 200, violations: '', body: '' });
  return body as Record<string, unknown>;
}

/** The last digits of the ids of a list: the chats of the demo company are 1 to 5, its offline messages 1 and 2. */
function digits(body: Record<string, unknown>): string {
  const [entries = []] = Object.values(body).filter(Array.isArray);
  return entries.map((entry) => ((entry.chat ?? entry).id as string | number).toString().slice(-1)).join('');
}

const all = { timeFrom: '2025-03-01T00:00:00', timeTo: '2025-04-01T00:00:00' };
const days = { date_from: '2025-03-01', date_to: '2025-03-31' };
const both = '12';

describe('what lists filter by', () => {
  test.each<{ call: string; query: Query; want: string }>([
    { call: 'v2 listChats', query: {}, want: both },
    { call: 'v2 listChats', query: { timeFrom: '2025-03-07T09:12:46' }, want: '2' },
    { call: 'v2 listChats', query: { timeTo: '2025-03-07T11:04:02' }, want: '1' },
    { call: 'v2 listChats', query: { timeFrom: '2025-03-08T00:00:00', timeTo: '2025-03-09T00:00:00' }, want: '' },
    { call: 'v2 listChats', query: { timeFrom: '2025-03-07T17:12:46', timezone: '+08:00' }, want: '2' },
    { call: 'v2 listChats', query: { timeTo: '2025-03-07T05:34:01', timezone: '-05:30' }, want: '1' },
    // In Auckland's summer, it is 3:00 on 8 March already, and the chat at 11:04 was at 0:04.
    { call: 'v2 listChats', query: { timezone: '+13:00' }, want: '2' },
    { call: 'v2 listChats', query: { agentId: 3 }, want: '2' },
    { call: 'v2 listChats', query: { departmentId: 1 }, want: '1' },
    { call: 'v2 listChats', query: { departmentId: 99 }, want: '' },
    { call: 'v2 listChats', query: { visitorId: '3B6F0C52-9d1e-4a57-8c20-5a1d7e4f0002' }, want: '2' },
    { call: 'v2 listChats', query: { keywords: 'BENT pole' }, want: '1' },
    { call: 'v2 listChats', query: { keywords: 'size-chart' }, want: '2' },
    { call: 'v2 listChats', query: { keywords: 'pole chart' }, want: '' },
    {
      call: 'v2 listChats',
      query: {
        'conditions[0][field]': 'email',
        'conditions[0][operate]': 'contains',
        'conditions[0][value]': 'Tanaka',
      },
      want: '2',
    },
    {
      call: 'v2 listChats',
      query: {
        'conditions[0][field]': 'email',
        'conditions[0][operate]': 'contains',
        'conditions[0][value]': 'example',
        'conditions[1][field]': 'department',
        'conditions[1][operate]': 'is',
        'conditions[1][value]': 'support',
      },
      want: '1',
    },
    { call: 'v2 listMissedAndRefusedChats', query: { type: 'Missed' }, want: '3' },
    { call: 'v2 listMissedAndRefusedChats', query: { departmentId: 2 }, want: '4' },
    { call: 'v2 listOfflineMessages', query: {}, want: '2' },
    { call: 'v2 listOfflineMessages', query: all, want: both },
    { call: 'v2 listOfflineMessages', query: { ...all, campaignId: 1 }, want: '1' },
    { call: 'v2 listOfflineMessages', query: { ...all, agentId: 2 }, want: '2' },
    { call: 'v2 listOfflineMessages', query: { ...all, keywords: 'invoice' }, want: '1' },
    { call: 'v1 listChats', query: {}, want: both },
    { call: 'v1 listChats', query: { page: 1 }, want: both },
    { call: 'v1 listChats', query: { operator: 2 }, want: '1' },
    { call: 'v1 listChats', query: { operator: 0, department: 0, rating: 0 }, want: both },
    { call: 'v1 listChats', query: { rating: 5 }, want: '1' },
    { call: 'v1 listChats', query: { keyword: 'tundra' }, want: '2' },
    { call: 'v1 listChats', query: { date_to: '2025-03-06', date_from: '2025-03-01' }, want: '' },
    { call: 'v1 listOfflineMessages', query: days, want: both },
    { call: 'v1 listOfflineMessages', query: { ...days, date_to: '2025-03-06' }, want: '1' },
    { call: 'v1 listOfflineMessages', query: { ...days, department: 1 }, want: '2' },
    { call: 'v2 listAuditLogs', query: { dateFrom: '2025-03-03T00:00:00', dateTo: '2025-03-05T10:21:44' }, want: '1' },
    {
      call: 'v2 listAuditLogs',
      query: { dateFrom: '2025-03-03T00:00:00', dateTo: '2025-03-08T00:00:00', agentId: 1 },
      want: '41',
    },
    {
      call: 'v2 listAuditLogs',
      query: { dateFrom: '2025-03-03T00:00:00', dateTo: '2025-03-08T00:00:00', product: 'account', keywords: 'phone' },
      want: '2',
    },
    { call: 'v2 listPartnerSites', query: { keywords: 'Birch' }, want: '2' },
  ])('$call $query', async ({ call, query, want }) => {
    expect(digits(await list(call, query))).toBe(want);
  });

  test('a comparison that does not exist is rejected by name', async () => {
    const query = {
      'conditions[0][field]': 'email',
      'conditions[0][operate]': 'resembles',
      'conditions[0][value]': 'x',
    };
    const { status, body } = await demo.send(operations.get('v2 listChats') as Operation, { query });
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("'conditions.operate'") },
    });
  });
});

describe('pages', () => {
  test('of 27 agents, followed to the end', async () => {
    const world = new World(mock, 'pages');
    for (let number = 6; number <= 27; number++) {
      const name = `Agent ${number}`;
      const body = {
        email: `a${number}@larkspur.example`,
        displayName: name,
        firstName: 'A',
        lastName: 'B',
        password: 'secret-1',
      };
      await world.send(operations.get('v2 createAgent') as Operation, { body });
    }
    const found: number[] = [];
    const links: unknown[] = [];
    for (let query: Query | undefined = {}; query; ) {
      const page = await list('v2 listAgents', query, world);
      expect(page.total).toBe(27);
      found.push(...(page.agents as { id: number }[]).map(({ id }) => id));
      links.push([page.previousPage, page.nextPage]);
      query = page.nextPage === '' ? undefined : Object.fromEntries(new URL(String(page.nextPage)).searchParams);
    }
    expect(found).toEqual(Array.from({ length: 27 }, (_, index) => index + 1));
    const link = (page: number) => `http://mock.test/api/v2.0/account/agents?pageIndex=${page}`;
    expect(links).toEqual([
      ['', link(1)],
      [link(0), link(2)],
      [link(1), ''],
    ]);
  });

  test('links keep the filters of the request, and lead to the mock', async () => {
    const query = { ...all, keywords: 'example', pageSize: 1 };
    const first = await list('v2 listOfflineMessages', query);
    expect(first).toMatchObject({ total: 2, offlineMessages: [{ id: expect.stringMatching(/1$/) }] });
    const next = new URL(String(first.nextPage));
    expect(next.origin).toBe('http://mock.test');
    expect(Object.fromEntries(next.searchParams)).toEqual({ ...query, pageSize: '1', pageIndex: '1' });
    const second = await list('v2 listOfflineMessages', Object.fromEntries(next.searchParams));
    expect(second).toMatchObject({ total: 2, nextPage: '', offlineMessages: [{ id: expect.stringMatching(/2$/) }] });
  });

  test.each<{ call: string; query: Query; want: object }>([
    { call: 'v2 listChats', query: { pageIndex: 5 }, want: { total: 2, nextPage: '', chats: [] } },
    { call: 'v2 listAgents', query: { pageIndex: 1 }, want: { total: 5, nextPage: '', agents: [] } },
    { call: 'v2 listMissedAndRefusedChats', query: { pageIndex: 1 }, want: { total: 2, missedAndRefusedChats: [] } },
    { call: 'v1 listChats', query: { page: 2 }, want: { chats: [], pages: 1, total: 2 } },
    { call: 'v1 listOfflineMessages', query: { ...days, page: 9 }, want: { offline_messages: [], pages: 1, total: 2 } },
  ])('beyond the end are empty: $call', async ({ call, query, want }) => {
    expect(await list(call, query)).toMatchObject(want);
  });
});

describe('every operation keeps state', () => {
  /** Those that do not, and why. */
  const stateless: readonly { readonly is: (operation: Operation) => boolean; readonly because: string }[] = [
    { is: ({ tokenField }) => tokenField !== undefined, because: 'it issues a token, for which it reads the accounts' },
    { is: ({ path }) => path.includes('/reports/'), because: 'a report is computed, not kept' },
  ];

  test.each(
    [...operations.values()]
      .filter((operation) => !stateless.some(({ is }) => is(operation)))
      .map((operation) => ({ name: `${operation.version} ${operation.id}`, operation })),
  )('$name', async ({ name, operation }) => {
    const path = Object.fromEntries(
      operation.parameters.filter((each) => each.in === 'path').map((each) => [each.name, each.example]),
    );
    const query = Object.fromEntries(
      operation.parameters
        .filter((each) => each.in === 'query' && each.required)
        .map((each) => [each.name, each.example]),
    );
    const { headers } = await new World(mock, `state ${name}`).send(operation, {
      path,
      query,
      body: operation.requests[0]?.value,
    });
    expect(headers.get('comm100-mock-answer')).toBe('state');
  });

  test('but those with a reason', () => {
    const counts = stateless.map(({ is }) => [...operations.values()].filter(is).length);
    expect(counts).toEqual([3, 54]);
  });
});
