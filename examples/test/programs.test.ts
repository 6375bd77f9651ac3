import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDemo, type Mock, startMock } from '@comm100-openapi/mock-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company } from './facts.ts';
import { run } from './run.ts';

// Each program as a person starts it, against a sandbox behind a port.

let mock: Mock;
let folder: string;
beforeAll(async () => {
  mock = await startMock(loadDemo(), { port: 0 });
  folder = await mkdtemp(join(tmpdir(), 'programs-'));
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

const env = () => ({
  COMM100_URL: mock.url,
  COMM100_EMAIL: company.agents[0]?.email ?? '',
  COMM100_API_KEY: company.agents[0]?.apiKey ?? '',
});

test.concurrent.each([
  { program: 'export-chats.ts', words: [], want: 'Give the first day, the day after the last, and a file.' },
  { program: 'sync-agents.ts', words: [], want: 'Give the list: node sync-agents.ts agents.csv' },
  { program: 'daily-report.ts', words: [], want: 'Give the day and the time zone' },
  { program: 'receive-webhooks.ts', words: [], want: 'The secret needs 16 characters or more.' },
  { program: 'daily-report.ts', words: ['2025-03-03'], settings: {}, want: 'baseUrl is empty.' },
  {
    program: 'daily-report.ts',
    words: ['2025-03-03'],
    settings: { COMM100_API_KEY: '0'.repeat(32) },
    want: 'failed with status 401',
  },
])('$program $words: $want', async ({ program, words, settings, want }) => {
  const given = settings && Object.keys(settings).length === 0 ? {} : { ...env(), ...settings };
  const { code, stdout, stderr } = await run(program, words, given);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(want);
  expect(stderr).not.toContain('    at ');
});

test('the chats of a week', async () => {
  const file = join(folder, 'chats.ndjson');
  const { code, stdout } = await run('export-chats.ts', ['2025-03-03', '2025-03-08', file], env());
  expect({ code, stdout }).toEqual({ code: 0, stdout: `84 chats are in ${file}.\n` });
  expect((await readFile(file, 'utf8')).split('\n').length).toBe(85);
});

test('the agents of a list', async () => {
  const file = join(folder, 'agents.csv');
  await writeFile(
    file,
    'email,displayName,firstName,lastName,title,state\r\njonas.weber@larkspur.example,Jonas,Jonas,Weber,Seasonal agent,active\r\n',
  );
  const { code, stdout } = await run('sync-agents.ts', [file], env());
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'jonas.weber@larkspur.example: created\n' });
});

test('the report of a day, and of one whose quota is used up', async () => {
  const { code, stdout } = await run('daily-report.ts', ['2025-03-03', 'Europe/Berlin'], env());
  expect(code).toBe(0);
  expect(stdout.split('\n')[0]).toBe('10:00  1 requests: 1 chats, 0 missed, 0 refused');
  mock.sandbox.faults.set(['quota']);
  const used = await run('daily-report.ts', ['2025-03-03'], env());
  mock.sandbox.faults.set([]);
  expect(used).toMatchObject({ code: 75, stdout: '' });
  expect(used.stderr).toMatch(/^The quota of the day is used up until 20\d\d-\d\d-\d\dT00:00:00\.000Z\.\n$/);
});
