import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const windows = process.platform === 'win32';
// What a package manager tells the scripts that it starts. The tests choose it.
const { npm_execpath, npm_config_user_agent, INIT_CWD, ...plain } = process.env;

/** A folder with the front door and stand-ins for what it starts. Each writes what it was given, and npx the path. */
function house({ installed }: { installed: boolean }) {
  const folder = mkdtempSync(join(tmpdir(), 'comm100 front door '));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const file of ['front-door.mjs', 'commands.mjs'])
    cpSync(join(root, 'scripts', file), join(folder, 'scripts', file));
  const write = (file: string, text: string) => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write('package.json', '{ "type": "module", "packageManager": "pnpm@12.21.0" }');
  write('pnpm-lock.yaml', 'lockfile');
  const tools = join(folder, 'tools', 'node_modules', '.bin');
  write('tools/node_modules/.bin/pnpm', '');
  const log = join(folder, 'log');
  const note = (name: string) =>
    `require('node:fs').appendFileSync(${JSON.stringify(log)}, '${name} ' + process.argv.slice(2).join(' ') + '\\n');`;
  write('npm/package.json', '{}');
  write(
    'npm/npx-cli.js',
    `${note('npx')} if (process.env.NO_NETWORK) { console.error('npm error ECONNREFUSED'); process.exit(1); }
     if (process.argv.includes('--call')) console.log(${JSON.stringify(`${tools}${delimiter}/usr/bin`)});`,
  );
  if (installed) {
    write('node_modules/.pnpm/lock.yaml', 'lockfile');
    write('node_modules/turbo/package.json', '{}');
    write(
      'node_modules/turbo/bin/turbo',
      `${note('turbo')} const { existsSync, cpSync, mkdirSync } = require('node:fs');
       mkdirSync('.turbo/runs', { recursive: true });
       if (existsSync('summary.json')) cpSync('summary.json', '.turbo/runs/1.json');
       if (!process.env.npm_config_user_agent && !process.env.PATH.startsWith(${JSON.stringify(tools)})) process.exit(3);`,
    );
    mkdirSync(join(folder, 'node_modules', 'node', 'bin'), { recursive: true });
    symlinkSync(process.execPath, join(folder, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node'));
  }
  const run = (words: string[], variables: Record<string, string> = {}, cwd?: string) => {
    rmSync(log, { force: true });
    const door = spawnSync(process.execPath, [join(folder, 'scripts', 'front-door.mjs'), ...words], {
      cwd,
      env: { ...plain, npm_execpath: join(folder, 'npm', 'npm-cli.js'), ...variables },
      encoding: 'utf8',
    });
    const started = readFileSync(log, { encoding: 'utf8', flag: 'a+' }).trim().split('\n');
    return { started, status: door.status, out: door.stdout, error: door.stderr };
  };
  return { run, write };
}

const findPnpm = 'npx --yes --prefer-offline --package=pnpm@12.21.0 --call node -p process.env.PATH';

describe('what the front door starts', () => {
  test('npx once, to find pnpm; then turbo alone, which asks no registry', () => {
    const { run } = house({ installed: true });
    expect(run(['build'])).toMatchObject({ started: [findPnpm, 'turbo run build'], status: 0 });
    expect(run(['build'], { NO_NETWORK: '1' })).toMatchObject({ started: ['turbo run build'], status: 0 });
  });

  test('no npx at all if pnpm started it', () => {
    const { run } = house({ installed: true });
    const variables = { npm_config_user_agent: 'pnpm/12.21.0 npm/? node/v24.21.0 linux x64' };
    expect(run(['build'], variables)).toMatchObject({ started: ['turbo run build'], status: 0 });
  });

  test.each([
    { by: 'npm test -- --filter=x', words: ['--filter=x'] },
    { by: 'pnpm test -- --filter=x', words: ['--', '--filter=x'] },
  ])('the filter of $by arrives at turbo', ({ words }) => {
    const { run } = house({ installed: true });
    const [, turbo] = run(['test', ...words]).started;
    expect(turbo).toMatch(/^turbo run .* --summarize --filter=x$/);
  });
});

test.each([
  { by: 'npm run, which starts the front door at the root', at: 'INIT_CWD' },
  { by: 'itself', at: 'cwd' },
])('the mock runs where the person is, started by $by', ({ at }) => {
  const { run, write } = house({ installed: true });
  write('packages/mock-server/bin/comm100-mock.js', `console.log(process.cwd(), ...process.argv.slice(2));`);
  const person = realpathSync(mkdtempSync(join(tmpdir(), 'comm100 person ')));
  onTestFinished(() => rmSync(person, { recursive: true }));
  const { status, out } =
    at === 'cwd'
      ? run(['mock', 'init', 'mine.yaml'], {}, person)
      : run(['mock', 'init', 'mine.yaml'], { INIT_CWD: person });
  expect([status, out.trim().split('\n').at(-1)]).toEqual([0, `${person} init mine.yaml`]);
});

describe('the last line counts', () => {
  const task = (taskId: string, exitCode?: number) => {
    const [name = '', kind = ''] = taskId.split('#');
    const execution = exitCode === undefined ? undefined : { exitCode };
    return { taskId, task: kind, directory: name, command: kind, logFile: `${name}/${kind}.log`, execution };
  };
  const tests = (...statuses: ('passed' | 'failed' | 'pending')[]) => ({
    numPassedTests: statuses.filter((status) => status === 'passed').length,
    numTotalTests: statuses.length,
    testResults: [{ assertionResults: statuses.map((status, index) => ({ status, fullName: `test ${index}` })) }],
  });

  test.each([
    {
      name: 'tests one by one, every other task as one',
      tasks: [task('spec#lint', 0), task('spec#test', 0)],
      reports: { spec: tests('passed', 'passed') },
      want: { lines: [], last: '3 passed, 0 failed', status: 0 },
    },
    {
      name: 'a failed test by its name, after the rules',
      tasks: [task('docs#test', 1), task('docs#lint', 1)],
      reports: { docs: tests('passed', 'failed') },
      want: {
        lines: ['failed: docs#lint: see docs/lint.log', 'failed: docs#test: test 1'],
        last: '1 passed, 2 failed',
        status: 1,
      },
    },
    {
      name: 'a task that did not run because another failed',
      tasks: [task('spec#build', 1), task('docs#test')],
      reports: {},
      want: {
        lines: [
          'failed: spec#build: see spec/build.log',
          'failed: docs#test: not run, because a task that it needs failed',
        ],
        last: '0 passed, 2 failed',
        status: 1,
      },
    },
    {
      name: 'a test file that does not load, though all others pass',
      tasks: [task('docs#test', 1)],
      reports: { docs: tests('passed') },
      want: { lines: ['failed: docs#test: a test file did not load'], last: '1 passed, 1 failed', status: 1 },
    },
    {
      name: 'nothing as a failure',
      tasks: [],
      reports: {},
      want: { lines: ['failed: nothing was checked'], last: '0 passed, 1 failed', status: 1 },
    },
  ])('$name', ({ tasks, reports, want }) => {
    const { run, write } = house({ installed: true });
    write('summary.json', JSON.stringify({ tasks }));
    for (const [name, report] of Object.entries(reports)) write(`${name}/reports/vitest.json`, JSON.stringify(report));
    const { out, status } = run(['test']);
    const lines = out.trim().split('\n');
    expect({ lines: lines.filter((line) => line.startsWith('failed')), last: lines.at(-1), status }).toEqual(want);
  });
});

test('an installation without a network says what is needed', () => {
  expect(house({ installed: false }).run(['start'], { NO_NETWORK: '1' })).toEqual({
    started: ['npx --yes --prefer-offline pnpm@12.21.0 install --frozen-lockfile --reporter=append-only'],
    status: 1,
    out:
      'Installing the packages of the lockfile. The first time, this takes half a minute or more.\n' +
      'If it warns of an unsupported engine: it installs a newer Node, too, and everything here uses that one.\n',
    error:
      'npm error ECONNREFUSED\ncomm100-openapi: The installation failed. The reason is printed above. ' +
      'The first time needs a network: the package registry must be reachable.\n',
  });
});

describe('a command whose program has no help', () => {
  test.each([
    ...['build', 'test', 'prism', 'surface', 'fuzz', 'runtimes'],
    ...['bench:client', 'bench:docs', 'bench:mock', 'release:check', 'release:publish'],
  ])('prints help for %s, and starts nothing for it', (command) => {
    const { run } = house({ installed: false });
    for (const word of ['--help', '-h']) {
      const { started, status, out } = run([command, word]);
      expect({ started, status }).toEqual({ started: [''], status: 0 });
      expect(out).toMatch(
        new RegExp(`^Usage: npm (run )?${command}( --( VERSION)? \\[(options|NAME \\.\\.\\.)\\])?$`, 'm'),
      );
    }
  });

  test.each([
    { given: ['surface', '--dry-run'], want: "Unknown option '--dry-run'. All: npm run surface -- --help" },
    { given: ['fuzz', '--request=5'], want: "Unknown option '--request=5'. All: npm run fuzz -- --help" },
    { given: ['prism'], want: 'Name the version first: npm run prism -- v1, or v2. All: npm run prism -- --help' },
    {
      given: ['prism', '-d', 'v2'],
      want: 'Name the version first: npm run prism -- v1, or v2. All: npm run prism -- --help',
    },
    { given: ['release:publish', '--dry'], want: "Unknown option '--dry'. All: npm run release:publish -- --help" },
  ])('names what is wrong, and starts nothing: $given', ({ given, want }) => {
    const { started, status, error } = house({ installed: true }).run(given);
    expect({ started, status, error }).toEqual({ started: [''], status: 2, error: `comm100-openapi: ${want}\n` });
  });
});

test.each(['strat', 'toString'])('rejects a word that it does not know: %s', (word) => {
  expect(house({ installed: false }).run([word])).toMatchObject({
    status: 2,
    error: `comm100-openapi: '${word}' is unknown. Use start, test, build, mock, prism, surface, faults, fuzz, collections, journeys, runtimes, bench:client, bench:docs, sdks, bench:mock, changes, release:version, release:check, release:publish, docs:deploy.\n`,
  });
});

// Turbo does not run inside of turbo. Here everything is built already, so a stand-in takes its place.
test.skipIf(windows)('starts the mock and the documentation, and ends both when it is ended', async () => {
  const words = [join(root, 'scripts', 'front-door.mjs'), 'start', '--port', '0', '--docs-port', '0'];
  const door = spawn(process.execPath, words, {
    env: { ...process.env, TURBO_BINARY_PATH: '/usr/bin/true', npm_config_user_agent: 'pnpm/12', NO_COLOR: '1' },
  });
  onTestFinished(() => void door.kill());
  let out = '';
  const ready = new Promise<void>((resolve, reject) => {
    door.stdout.on('data', (chunk) => {
      out += chunk;
      if (out.includes('Ctrl+C')) resolve();
    });
    door.once('close', () => reject(new Error(out)));
  });
  await ready;
  const [mock = '', docs = ''] = [...out.matchAll(/(?:Comm100 mock|Documentation) +(\S+)/g)].map(([, url]) => url);
  expect((await fetch(docs)).status).toBe(200);
  expect((await fetch(mock)).status).toBe(404);

  const ended = once(door, 'close');
  door.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  for (const url of [mock, docs]) await expect(fetch(url)).rejects.toThrow();
});

test('runs on the oldest Node that the README promises, before anything is installed', () => {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  expect(JSON.parse(read('package.json')).engines.node).toBe('>=20');
  expect(read('README.md')).toContain('Node 20 or newer');
  expect(read('scripts/front-door.mjs')).not.toMatch(/from '(?!node:|\.\/commands\.mjs)/);
  expect(read('scripts/commands.mjs')).not.toMatch(/from '(?!node:)/);
});
