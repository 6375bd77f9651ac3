import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { changedFiles, type Edit, type Fault, judge } from '../faults/fault.ts';
import { faults } from '../faults/faults.ts';

const root = mkdtempSync(join(tmpdir(), 'comm100-fault-'));
afterAll(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, 'spec', 'bans'), { recursive: true });
writeFileSync(join(root, 'spec', 'bans', 'list.yaml'), 'id: listBans\nlimit: 10\nlimit: 20\n');
writeFileSync(join(root, 'spec', 'other.yaml'), 'id: other\n');

const fault = (...edits: Edit[]): Fault => ({ name: 'a limit', edits, caughtBy: 'spec#test', message: /limit 99/ });

describe('a fault changes', () => {
  test.each<{ name: string; edits: Edit[]; want: string }>([
    {
      name: 'a file by its path, a text as it is',
      edits: [{ in: 'spec/bans/list.yaml', find: 'limit: 10', put: 'limit: $1' }],
      want: 'id: listBans\nlimit: $1\nlimit: 20\n',
    },
    {
      name: 'a file by what it contains, an expression with its groups, twice',
      edits: [
        { in: { under: 'spec', containing: /^id: listBans$/m }, find: /(id: .*\nlimit:) 10/, put: '$1 99' },
        { in: 'spec/bans/list.yaml', find: 'limit: 20', put: 'limit: 98' },
      ],
      want: 'id: listBans\nlimit: 99\nlimit: 98\n',
    },
  ])('$name', ({ edits, want }) => {
    const changed = changedFiles(root, fault(...edits));
    expect([...changed].map(([file, { after }]) => ({ file, after }))).toEqual([
      { file: 'spec/bans/list.yaml', after: want },
    ]);
  });

  test.each<{ edit: Edit; want: string }>([
    { edit: { in: 'spec/gone.yaml', find: 'x', put: 'y' }, want: 'spec/gone.yaml was found 0 times, not once' },
    {
      edit: { in: { under: 'spec', containing: 'id:' }, find: 'x', put: 'y' },
      want: 'a file under spec with id: was found 2 times, not once',
    },
    {
      edit: { in: 'spec/bans/list.yaml', find: 'limit:', put: 'y' },
      want: 'spec/bans/list.yaml has limit: 2 times, not once',
    },
    {
      edit: { in: 'spec/bans/list.yaml', find: /limit: 3\d/, put: 'y' },
      want: 'spec/bans/list.yaml has /limit: 3\\d/ 0 times, not once',
    },
    { edit: { in: 'spec/other.yaml', find: 'other', put: 'other' }, want: 'it changes nothing in spec/other.yaml' },
  ])('nothing that it does not fit: $want', ({ edit, want }) => {
    expect(() => changedFiles(root, fault(edit))).toThrow(`the fault a limit no longer applies: ${want}`);
  });
});

test.each([
  { name: 'named', exitCode: 1, output: 'spec:test: FAIL\nspec:test: + size: limit 99 \n', want: '+ size: limit 99' },
  { name: 'no failure', exitCode: 0, output: 'spec:test: limit 99', want: false },
  { name: 'a failure that names something else', exitCode: 1, output: 'spec:test: FAIL limit 1', want: false },
  { name: 'a failure of another task', exitCode: 1, output: 'docs:test: limit 99', want: false },
])('what is caught: $name', ({ exitCode, output, want }) => {
  const verdict = judge(fault(), 'spec:test: ', exitCode, output);
  expect(verdict.isCaught && verdict.message).toBe(want);
});

test('faults have names of their own, and messages that an empty line does not match', () => {
  const names = faults.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(faults.filter(({ message }) => message.test('')).map(({ name }) => name)).toEqual([]);
});
