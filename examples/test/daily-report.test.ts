import { createTestClient } from '@comm100-openapi/client-testing';
import { expect, test } from 'vitest';
import { dailyReport } from '../daily-report.ts';
import { requests } from './facts.ts';

/** The chats by hour on Monday, as the file of the week has them, in a zone so many hours before UTC. */
function byHour(offset: number, day: string): Record<string, number> {
  const hours: Record<string, number> = {};
  for (const { time, outcome } of requests) {
    const local = new Date(Date.parse(`${time}Z`) + offset * 3_600_000).toISOString();
    if (!local.startsWith(day)) continue;
    const hour = local.slice(11, 16).replace(/\d\d$/, '00');
    hours[hour] = (hours[hour] ?? 0) + Number(outcome === 'chat');
  }
  return hours;
}

test.each([
  { given: { day: '2025-3-3', zone: 'UTC' }, want: "'2025-3-3' is not a day like 2025-03-03." },
  { given: { day: '2025-13-03', zone: 'UTC' }, want: "'2025-13-03' is not a day" },
  { given: { day: '2025-03-03', zone: 'Europe/Atlantis' }, want: 'Europe/Atlantis' },
])('$want', async ({ given, want }) => {
  await expect(dailyReport(createTestClient().client, given)).rejects.toThrow(want);
});

test.each([
  { zone: 'UTC', offset: 0, sent: '+00:00' },
  { zone: 'Europe/Berlin', offset: 1, sent: '+01:00' },
  { zone: 'Asia/Tokyo', offset: 9, sent: '+09:00' },
  { zone: 'America/Denver', offset: -7, sent: '-07:00' },
])('the chats of Monday in $zone', async ({ zone, offset, sent }) => {
  const { client, mock } = createTestClient();
  const hours = await dailyReport(client, { day: '2025-03-03', zone });
  const found = Object.fromEntries(hours.map(({ time, chats }) => [time.from.slice(11, 16), chats]));
  expect(found).toEqual(byHour(offset, '2025-03-03'));
  expect(mock.requests[0]?.query).toMatchObject({ timezone: sent, timeFrom: '2025-03-03T00:00:00' });
});

test('the offset is that of the day: in summer another one, and at the end of a month the next day is right', async () => {
  const { client, mock } = createTestClient();
  await dailyReport(client, { day: '2025-07-31', zone: 'Europe/Berlin' });
  expect(mock.requests[0]?.query).toMatchObject({ timezone: '+02:00', timeTo: '2025-08-01T00:00:00' });
});

test('a quota that is used up: it waits until the reset that the client names, and asks once more', async () => {
  const { client, mock } = createTestClient();
  mock.on('reports.chatVolume').reply('dailyQuota').once();
  const waits: Date[] = [];
  const wait = async (until: Date) => waits.push(until);
  const hours = await dailyReport(client, { day: '2025-03-03', zone: 'UTC', wait });
  expect(hours.reduce((sum, { chats }) => sum + chats, 0)).toBe(20);
  const midnight = new Date();
  midnight.setUTCHours(24, 0, 0, 0);
  expect(waits).toEqual([midnight]);

  mock.on('reports.chatVolume').reply('dailyQuota');
  await expect(dailyReport(client, { day: '2025-03-03', zone: 'UTC', wait })).rejects.toMatchObject({
    reason: 'quota',
  });
  expect(waits.length).toBe(2);
});

test.each(['permission', 'invalidApiKey', 'serverError'] as const)('%s is no reason to wait', async (reply) => {
  const { client, mock } = createTestClient({ client: { retries: 0 } });
  mock.on('reports.chatVolume').reply(reply);
  const wait = () => Promise.reject(new Error('It waits.'));
  await expect(dailyReport(client, { day: '2025-03-03', zone: 'UTC', wait })).rejects.toMatchObject({
    status: expect.any(Number),
  });
});
