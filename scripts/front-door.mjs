// The front door: `npm start`, `npm test`, `npm run build`. Plain JavaScript for Node 20, since it runs before anything
// is installed; all that follows runs on the Node of node_modules.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const env = {
  ...process.env,
  PATH: `${join(modules, '.bin')}${delimiter}${process.env.PATH}`,
  // Nothing here reports to anybody, and nothing looks for updates.
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  SCARF_ANALYTICS: 'false',
};

// npx is a script on Windows, and only a shell finds it there.
const shell = process.platform === 'win32';

const [command = 'start', ...rest] = process.argv.slice(2);
const commands = { start, test, build };
if (!Object.hasOwn(commands, command)) fail(`'${command}' is unknown. Use ${Object.keys(commands).join(', ')}.`, 2);
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) fail(`Node ${process.versions.node} is too old. Install Node 20 or newer.`);
install();
commands[command]();

/** Brings the mock and the documentation up, and stays until it is stopped. */
function start() {
  console.log('Building what is derived.');
  if (turbo(['build', '--output-logs=errors-only'], 'unless it fails') !== 0)
    fail('The build failed; the reason stands above.');
  // Not `run`, which cannot pass a signal on: whoever ends this process would leave the servers behind.
  const servers = spawn('node', [join('scripts', 'start.ts'), ...rest], { cwd: root, env, stdio: 'inherit', shell });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => servers.kill('SIGTERM'));
  servers.once('error', (error) => fail(`node cannot be started: ${error.message}`));
  servers.once('close', (status, signal) => {
    process.exitCode = status ?? (isStop(signal) ? 0 : 1);
  });
}

/** Builds all that is derived; says so where nothing had changed. */
function build() {
  process.exitCode = turbo(['build', ...rest]);
}

/** Runs every check and closes with one line that counts them. */
function test() {
  const runs = join(root, '.turbo', 'runs');
  rmSync(runs, { recursive: true, force: true });
  const tasks = ['format', 'unused', 'lint', 'typecheck', 'build', 'test'];
  const status = turbo([...tasks, '--continue=dependencies-successful', '--summarize', ...rest]);
  const [summary] = existsSync(runs) ? readdirSync(runs) : [];
  const done = summary ? JSON.parse(readFileSync(join(runs, summary), 'utf8')).tasks : [];

  let passed = 0;
  const failed = [];
  for (const task of done.filter(({ command: line }) => line !== '<NONEXISTENT>')) {
    const exit = task.execution?.exitCode;
    const report = join(root, task.directory, 'reports', 'vitest.json');
    // A vitest task counts by its tests; every other task, and a vitest that never got to its tests, counts as one.
    if (task.task === 'test' && exit !== undefined && existsSync(report)) {
      const results = JSON.parse(readFileSync(report, 'utf8'));
      passed += results.numPassedTests;
      const names = results.testResults.flatMap(({ assertionResults }) =>
        assertionResults.filter(({ status: s }) => s === 'failed'),
      );
      failed.push(...names.map(({ fullName }) => `${task.taskId}: ${fullName}`));
      if (exit !== 0 && names.length === 0) failed.push(`${task.taskId}: a test file did not load`);
    } else if (exit === 0) passed++;
    else failed.push(exit === undefined ? `${task.taskId}: not run, since what it needs failed` : task.taskId);
  }
  if (status !== 0 && failed.length === 0) failed.push('turbo');
  if (passed + failed.length === 0) failed.push('nothing was checked');
  for (const name of failed) console.log(`failed: ${name}`);
  console.log(`${passed} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** Installs where the lockfile is not what is installed. The version of pnpm stands in package.json. */
function install() {
  const installed = join(modules, '.pnpm', 'lock.yaml');
  const wanted = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted && existsSync(join(modules, '.bin', 'node')))
    return;
  console.log('Installing what the lockfile names. This takes half a minute or more, once.');
  // A bare `npx pnpm` would ask before it downloads, and hang where nobody is there to answer.
  const words = ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'];
  if (run('npx', words, 'unless it fails') !== 0) {
    fail('The installation failed; the reason stands above. The package registry must be reachable.');
  }
}

/** Turbo looks for a pnpm to run tasks with, and npx puts the one that it brings into the path. */
function turbo(args, quiet) {
  return run('npx', ['--yes', packageManager, 'exec', 'turbo', 'run', ...args], quiet);
}

/** Runs a program to its end and returns its exit status. With `quiet`, its output shows only where it fails. */
function run(program, args, quiet) {
  const { status, error, signal, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    env,
    stdio: quiet ? ['inherit', 'pipe', 'pipe'] : 'inherit',
    maxBuffer: 64 * 1024 * 1024,
    shell,
  });
  if (error) fail(`${program} cannot be started: ${error.message}`);
  const stopped = isStop(signal);
  if (quiet && status !== 0 && !stopped) process.stderr.write(Buffer.concat([stdout, stderr]));
  return status ?? (stopped ? 0 : 1);
}

function isStop(signal) {
  return signal === 'SIGINT' || signal === 'SIGTERM';
}

function fail(message, code = 1) {
  console.error(`comm100-openapi: ${message}`);
  process.exit(code);
}
