import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleSuite } from '../src/bundle.ts';
import { cases } from '../src/cases/index.ts';
import { type FaultServer, startFaultServer } from '../src/fault-server.ts';
import { inProgram } from '../src/places.ts';
import { always, type Runtime } from '../src/runtimes.ts';
import { matches, type Result } from '../src/suite.ts';

// The fault suite where an ordinary installation can run it; `npm run runtimes` has the other runtimes.

/** The other Nodes of this machine, such as the one that started `npm test`. */
function otherNodes(): Runtime[] {
  const found = new Map<string, Runtime>();
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const program = join(folder, 'node');
    if (!existsSync(program) || realpathSync(program) === realpathSync(process.execPath)) continue;
    const version = spawnSync(program, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout?.trim();
    if (!version || version === process.versions.node || Number.parseInt(version, 10) < 20) continue;
    found.set(version, { name: `Node ${version}`, prepare: () => inProgram(program) });
  }
  return [...found.values()];
}

const runtimes = [...always, ...otherNodes()];
let server: FaultServer;
const results = new Map<string, Result[]>();

beforeAll(async () => {
  const code = await bundleSuite();
  server = await startFaultServer();
  const runs = runtimes.map(async ({ name, isBrowser = false, prepare }, index) =>
    results.set(name, await prepare()(code, { origin: server.origin, run: `run${index}`, isBrowser }, server)),
  );
  await Promise.all(runs);
}, 120_000);
afterAll(() => server?.close());

describe.each(runtimes)('$name', ({ name }) => {
  test.each(cases.map((one, index) => ({ name: one.name, index })))('$name', ({ name: title, index }) => {
    expect(results.get(name)?.[index]).toEqual({ name: title });
  });
});

test('the names of the cases are different', () => {
  const names = cases.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each([
  { value: 'abc', want: /b/, is: true },
  { value: 'abc', want: /x/, is: false },
  { value: undefined, want: /undefined/, is: false },
  { value: { a: 1, b: 2 }, want: { a: 1 }, is: true },
  { value: { a: 1 }, want: { a: 1, b: 2 }, is: false },
  { value: [1, 2], want: [1], is: false },
  { value: { 0: 1 }, want: [1], is: false },
  { value: 3, want: (value: unknown) => value === 3, is: true },
  { value: 3, want: () => 'yes', is: false },
  { value: undefined, want: undefined, is: true },
  { value: null, want: {}, is: false },
])('$value is as wanted by $want: $is', ({ value, want, is }) => expect(matches(value, want)).toBe(is));
