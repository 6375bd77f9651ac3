import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestClient } from '@comm100-openapi/client-testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportChats } from '../export-chats.ts';
import { company, requests } from './facts.ts';

const week = { from: '2025-03-03', to: '2025-03-08' };
/** The times of the chats that have ended, the first at the beginning. One goes on at the time of the company. */
const ongoing = company.chats.filter((chat) => chat.ongoing).map(({ id }) => String(Number(id.slice(-4))));
const times = requests
  .filter((request) => request.outcome === 'chat' && !ongoing.includes(request.number))
  .map(({ time }) => time)
  .sort();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-chats-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (file: string) => (await readFile(file, 'utf8')).trim().split(/\r?\n/);
/** Some times have a part of a second, which the file of the week has not. */
const timesIn = async (file: string) => (await read(file)).map((line) => JSON.parse(line).requestTime.slice(0, 19));

test('an export that fails continues where it was, with no chat lost or twice', async () => {
  const file = join(folder, 'chats.ndjson');
  const options = { ...week, file, pageSize: 20 };
  const { client, mock } = createTestClient({ client: { retries: 0 } });
  mock.on('chats.list').reply(500).once();
  await expect(exportChats(client, options)).rejects.toMatchObject({ status: 500 });
  // Three pages of five, then the quota is used up.
  mock.on('chats.list').delay(1).times(3);
  mock.on('chats.list').reply('dailyQuota').once();
  await expect(exportChats(client, options)).rejects.toMatchObject({ reason: 'quota' });
  expect(await timesIn(file)).toEqual(times.slice(0, 60));
  // The process ended while it wrote the next page.
  await writeFile(file, `${await readFile(file, 'utf8')}{"id":`);
  mock.reset();
  expect(await exportChats(client, options)).toBe(84);
  expect(await timesIn(file)).toEqual(times);
  expect(mock.requests.map(({ query }) => query.pageIndex)).toEqual(['3', '4']);
  expect(await readdir(folder)).toEqual(['chats.ndjson']);
});

test('an export does not continue where chats were removed meanwhile, but begins again', async () => {
  const file = join(folder, 'fewer.ndjson');
  const options = { ...week, file, pageSize: 50 };
  const { client, mock } = createTestClient();
  mock.on('chats.list').delay(1).once();
  mock.on('chats.list').reply('dailyQuota').once();
  await expect(exportChats(client, options)).rejects.toThrow();
  await client.chats.delete('c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001');
  await expect(exportChats(client, options)).rejects.toThrow('There were 84 chats, and now 83.');
  expect(await exportChats(client, options)).toBe(83);
  expect(await timesIn(file)).toEqual(times.filter((time) => time !== '2025-03-07T09:12:45'));
});

test('another period does not continue the one before, and one without chats is an empty file', async () => {
  const file = join(folder, 'none.ndjson');
  const { client, mock } = createTestClient();
  mock.on('chats.list').delay(1).once();
  mock.on('chats.list').reply('permission').once();
  await expect(exportChats(client, { ...week, file, pageSize: 10 })).rejects.toMatchObject({ reason: 'permission' });
  expect(await exportChats(client, { from: '2025-03-01', to: '2025-03-02', file })).toBe(0);
  expect(await readFile(file, 'utf8')).toBe('');
});

test('CSV has quotes where it needs them, and no formulas', async () => {
  const file = join(folder, 'chats.csv');
  const { client, mock } = createTestClient();
  const { chats } = await client.chats.list({ timeFrom: '2025-03-07T00:00:00', timeTo: '2025-03-08T00:00:00' });
  const tent = chats.find(({ id }) => id.endsWith('0001'));
  if (!tent) throw new Error('The chat about the tent is not there.');
  const names = ['=HYPERLINK("https://evil.example")', 'Hall, Grace', 'Line\nbreak'];
  const page = { total: 3, previousPage: '', nextPage: '', chats: names.map((name) => ({ ...tent, name })) };
  mock.on('chats.list').reply(200, page);
  await exportChats(client, { ...week, file });
  const cells = 'c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001,2025-03-07T09:12:45.027,2025-03-07T09:31:10.4,00:00:12';
  const others = 'grace.hall@example.com,Support,tom.okafor@larkspur.example';
  expect((await readFile(file, 'utf8')).split('\r\n')).toEqual([
    'id,requestTime,endTime,waitingTime,name,email,department,agents',
    `${cells},"'=HYPERLINK(""https://evil.example"")",${others}`,
    `${cells},"Hall, Grace",${others}`,
    `${cells},"Line\nbreak",${others}`,
    '',
  ]);
});
