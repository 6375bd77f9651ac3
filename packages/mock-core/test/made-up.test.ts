import { operationsOf, successOf } from '@comm100-openapi/description';
import { describe, expect, test } from 'vitest';
import { madeUp } from '../src/answers/made-up.ts';
import { writerOf } from '../src/answers/pattern-text.ts';
import { randomFrom } from '../src/answers/random.ts';
import { createMock, type RoutedExchange } from '../src/index.ts';
import { operationTable } from '../src/operation-table.ts';
import { admin, basicHeader, bundles, company } from './helpers.ts';

const seeds = [1, 2, 3, 4, 5];

describe('made-up data fits the schema of every response', () => {
  const table = operationTable(bundles);
  const all = bundles.flatMap(operationsOf).filter((operation) => !operation.isWebhook && successOf(operation));
  test.each(all)('$document.info.version $id', async ({ method, path }) => {
    const operation = table.router.find(method.toUpperCase(), path.split('/').slice(1))?.target();
    if (!operation) throw new Error('it has no route');
    const responses = [...operation.responses.values()].filter(({ type }) => type);
    for (const response of responses) {
      for (const seed of seeds) {
        const exchange = { operation, incoming: { url: path }, parameters: {} } as unknown as RoutedExchange;
        const payload = await madeUp(seed).answer(exchange, response);
        expect(payload?.fault()).toBeUndefined();
      }
    }
  });
});

test('the same seed and request get the same data, another seed gets other data', async () => {
  const body = async (seed: number, path: string) => {
    const mock = createMock({ bundles, company, mode: 'made-up', seed });
    const headers = { authorization: basicHeader(admin) };
    const response = await mock.fetch(new Request(`http://mock.test${path}`, { headers }));
    expect([response.status, response.headers.get('comm100-mock-answer')]).toEqual([200, 'made-up']);
    return response.text();
  };
  const [one, other] = ['/api/v2/livechat/departments/1', '/api/v2/livechat/departments/2'] as const;
  expect(await body(1, one)).toBe(await body(1, one));
  expect(await body(2, one)).not.toBe(await body(1, one));
  expect(await body(1, other)).not.toBe(await body(1, one));
});

test.each([
  { group: 'day', own: ['time', 'chats'], others: ['campaignId', 'avgChats'] },
  { group: 'campaign', own: ['campaignId', 'chats'], others: ['time', 'avgChats'] },
  { group: '24*7Distribution', own: ['time', 'avgChats'], others: ['campaignId', 'chats'] },
])('the rows of a report have the fields of the group $group, and no others', async ({ group, own, others }) => {
  const rows = await Promise.all(
    seeds.map(async (seed) => {
      const query = new URLSearchParams({ timeFrom: '2025-03-03T00:00:00', timeTo: '2025-03-08T00:00:00', group });
      const url = `http://mock.test/api/v2/livechat/reports/chatVolume?${query}`;
      const mock = createMock({ bundles, company, mode: 'made-up', seed });
      const response = await mock.fetch(new Request(url, { headers: { authorization: basicHeader(admin) } }));
      return (await response.json()) as Record<string, unknown>[];
    }),
  );
  const names = rows.flat().map((row) => Object.keys(row));
  expect(names.length).toBeGreaterThan(0);
  for (const row of names) {
    expect(row).toEqual(expect.arrayContaining(own));
    expect(row.filter((name) => others.includes(name))).toEqual([]);
  }
});

test.each([
  '^#[0-9A-Fa-f]{6}$',
  '^((Sun|Mon)\\. )?(([01]\\d|2[0-3]):[0-5]\\d|24:00)$',
  '^(https?://\\S+)?$',
  '^/Date\\(-?\\d+\\)/$',
  '^\\d{2,}:[0-5]\\d$',
  '^[^a-z\\]]+x{0,2}(?:a|b)*.$',
  '^\\{\\s*"(agents|departments)"\\s*:\\s*\\[[\\d\\s,]*\\]\\s*\\}$',
])('text for the pattern %s matches it', (pattern) => {
  const write = writerOf(pattern);
  const texts = Array.from({ length: 50 }, (_, seed) => write(randomFrom(String(seed))));
  for (const text of texts) expect(text).toMatch(new RegExp(pattern, 'u'));
  expect(new Set(texts).size).toBeGreaterThan(1);
});
