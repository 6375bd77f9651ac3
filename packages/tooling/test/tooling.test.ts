import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { versionsOf } from '../src/on-demand.ts';
import { addressOf, outcomeOf, run } from '../src/processes.ts';
import { table } from '../src/table.ts';

const node = process.execPath;

describe('a program', () => {
  test('that fails is an error with what it printed', () => {
    const code = "console.log('out'); console.error('err'); process.exit(3)";
    expect(() => run(node, ['-e', code])).toThrow(/ failed: err\n+out$/);
  });

  test('that does not exist is an error with its name', async () => {
    expect(() => run('no-such-program', ['a'])).toThrow('no-such-program a failed: spawnSync no-such-program ENOENT');
    await expect(outcomeOf('no-such-program', [])).rejects.toThrow('spawn no-such-program ENOENT');
  });

  test('beside this process: its exit code, what it reads, and what it prints, in order', async () => {
    // The two bytes of an é arrive apart.
    const code = `process.stdin.on('data', (text) => {
      process.stdout.write(Buffer.from([0xc3]));
      setTimeout(() => process.stdout.write(Buffer.from([0xa9])), 50);
      setTimeout(() => process.stderr.write(process.env.WORD + text), 100);
    }).on('end', () => process.exitCode = 4)`;
    const want = { status: 4, stdout: 'é', stderr: 'one two', output: 'éone two' };
    expect(await outcomeOf(node, ['-e', code], { env: { WORD: 'one ' }, input: 'two' })).toEqual(want);
  });

  test('that is ended early is an error', async () => {
    const stop = new AbortController();
    const ended = outcomeOf(node, ['-e', 'setInterval(() => {}, 1000)'], { signal: stop.signal });
    stop.abort();
    await expect(ended).rejects.toThrow('aborted');
  });

  test.each([
    { given: "console.log('ready at http://127.0.0.1:4010/ now')", want: 'http://127.0.0.1:4010' },
    { given: "console.error('no file'); process.exitCode = 2", want: new Error('The server ended with 2: no file') },
  ])('that serves: $want', async ({ given, want }) => {
    expect(await addressOf(spawn(node, ['-e', given])).catch((error) => error)).toEqual(want);
  });
});

test.each([
  { name: 'a line that is too long is cut', given: { width: 14 }, want: 'fault  message\na      a long…' },
  {
    name: 'numbers stand to the right',
    given: { numbers: true },
    want: 'fault         message\na      a long message',
  },
])('a table has columns: $name', ({ given, want }) => {
  const rows = [
    ['fault', 'message'],
    ['a', 'a long message'],
  ];
  expect(table(rows, given)).toBe(want);
});

test('a list of tools that does not exist is an error that names those that do', () => {
  expect(() => versionsOf('missing')).toThrow(/has no list 'missing'. It has runtimes, collections,/);
});
