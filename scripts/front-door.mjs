// The front door: `npm start`, `npm test`, and the other commands of package.json.
// Plain JavaScript for Node 20, because it runs before anything is installed. All that it starts runs on the Node of node_modules.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeOfModules, npxCommand } from './commands.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const node = nodeOfModules({ platform: process.platform, modules });
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const env = {
  // Without a network, npm and pnpm by default try for more than a minute.
  npm_config_fetch_retry_mintimeout: '1000',
  npm_config_fetch_retry_maxtimeout: '4000',
  pnpm_config_fetch_retry_mintimeout: '1000',
  pnpm_config_fetch_retry_maxtimeout: '4000',
  ...process.env,
  PATH: [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter),
  // Nothing here reports to anybody, and nothing looks for updates.
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  SCARF_ANALYTICS: 'false',
};
const noNetwork =
  'The reason is printed above. The first time needs a network: the package registry must be reachable.';

/** The help of the commands whose programs have none: they would install, build, measure or write before they read it. */
const helps = {
  build: `Makes all derived files: bundles, clients, mock, documentation. If nothing has changed, it only says so.

Usage: npm run build -- [options]

  --filter=PACKAGE   only this one and what it needs, such as --filter=@comm100-openapi/spec
  --force            makes them also if nothing has changed

All other options of turbo work, too.`,
  test: `Runs every check, in some minutes. The last line counts what passed and what failed.

Usage: npm test -- [options]

  --filter=PACKAGE   only this one, such as --filter=@comm100-openapi/spec

All other options of turbo work, too.`,
  prism: `Starts Prism, the reference of the mock, on the description of one version, until it is stopped.

Usage: npm run prism -- VERSION [options]

  VERSION       v1 or v2
  --port PORT   port to listen on                        [4010]
  --host HOST   address to listen on                     [127.0.0.1]
  --dynamic     makes data up, in place of the examples
  --errors      responds with an error where a request or a response breaks the description

All other options of Prism's command mock work, too.`,
  surface: `Accepts the surface of the API as it is now: writes the reports of spec/surface, and prints what that changes.

Usage: npm run surface`,
  fuzz: `Sends odd and broken requests to the mock, and fails where it crashes or breaks the description.

Usage: npm run fuzz -- [options]

  --requests NUMBER   how many                          [100000]
  --seed NUMBER       sends the same requests again     [by chance]`,
  runtimes: `Runs the fault suite of the clients in every runtime. The first time, it installs them (850 MB).

Usage: npm run runtimes -- [NAME ...]

A name, or a part of it, chooses some: npm run runtimes -- bun deno`,
  'bench:client': `Measures the clients beside others, in two minutes. It installs and generates those.

Usage: npm run bench:client`,
  'bench:docs': `Measures the documentation beside that of Redocly and Scalar, in five minutes. It installs the latter.

Usage: npm run bench:docs -- [options]

  --runs NUMBER   how often each page is opened   [5]`,
  'bench:mock': `Measures the mock beside Prism and a bare server, in less than two minutes.

Usage: npm run bench:mock`,
  'release:check': `Packs every package, and installs and tries it as a user would, on each Node that it promises.

Usage: npm run release:check -- [options]

  --only PACKAGE   only this one, such as client-v2; can be repeated
  --keep           keeps the folder in which it was tried`,
  'release:publish': `Publishes every package whose version the registry does not have.

Usage: npm run release:publish -- [options]

  --dry-run   uploads nothing`,
};

const [command = 'start', ...given] = process.argv.slice(2);
// `pnpm test -- --filter=x` passes the two dashes on, `npm test -- --filter=x` does not.
const rest = given[0] === '--' ? given.slice(1) : given;
const commands = {
  start,
  test,
  build,
  mock,
  prism,
  surface,
  faults,
  fuzz,
  collections,
  journeys,
  runtimes,
  'bench:client': benchClient,
  'bench:docs': benchDocs,
  sdks,
  'bench:mock': benchMock,
  changes,
  'release:version': releaseVersion,
  'release:check': releaseCheck,
  'release:publish': releasePublish,
  'docs:deploy': docsDeploy,
};
if (!Object.hasOwn(commands, command)) fail(`'${command}' is unknown. Use ${Object.keys(commands).join(', ')}.`, 2);
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) fail(`Node ${process.versions.node} is too old. Install Node 20 or newer.`);
help();
install();
commands[command]();

/** Prints the help of a command that has none of its own, and ends; or names an option that it does not have. */
function help() {
  const text = Object.hasOwn(helps, command) ? helps[command] : undefined;
  if (!text) return;
  // Further behind, -h can be an option of the program, as it is of Prism.
  if (rest.includes('--help') || rest[0] === '-h') {
    console.log(text);
    process.exit();
  }
  const known = text.match(/--[a-z][a-z-]+/g) ?? [];
  const unknown = rest.find((word) => word.startsWith('-') && !known.includes(word.split('=')[0]));
  if (unknown && !text.includes('All other options'))
    fail(`Unknown option '${unknown}'. All: ${/^Usage: (npm \S+ \S+)/m.exec(text)?.[1]} -- --help`, 2);
}

/** Starts the mock and the documentation, and stays until it is stopped. */
function start() {
  serve([], join('scripts', 'start.ts'));
}

/** Starts the mock alone, with all its options. */
function mock() {
  // npm starts this process at the root; the paths of the options are relative to where the person is.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  serve(
    ['--filter=@comm100-openapi/mock-server'],
    join('packages', 'mock-server', 'bin', 'comm100-mock.js'),
    rest,
    cwd,
  );
}

/** Starts Prism, the reference of the mock, on the bundle of one version. What follows the version are Prism's options. */
function prism() {
  const [version, ...options] = rest;
  if (!/^v[12]$/.test(version ?? ''))
    fail('Name the version first: npm run prism -- v1, or v2. All: npm run prism -- --help', 2);
  const program = join('packages', 'contract-tests', 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js');
  const bundle = join('spec', 'dist', `comm100-${version}.json`);
  serve(['--filter=@comm100-openapi/spec'], program, ['mock', bundle, ...options]);
}

/** Builds what a program needs and runs it until it is stopped. */
function serve(scope, program, words = rest, cwd = root) {
  prepare(scope);
  const child = spawn(node, [join(root, program), ...words], { cwd, env, stdio: 'inherit' });
  // A signal that ends this process also ends the servers; otherwise they would keep their ports.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm ends its shell but not what the shell has started; then this process gets another parent.
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid === parent || child.kill(), 500);
  child.on('error', (error) => fail(`${node} cannot be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    clearInterval(watch);
    process.exitCode = signal ? 0 : code;
  });
}

/** Accepts the surface of the API as it is now: writes the reports of spec/surface and prints what that changes. */
function surface() {
  prepare(['--filter=@comm100-openapi/spec']);
  process.exitCode = run([node, join('spec', 'surface', 'accept.ts')]).status;
}

/** Plants faults in a copy of the repository and reports which check finds each. */
function faults() {
  process.exitCode = run([node, join('scripts', 'faults', 'run.ts'), ...rest], { env: withPnpm() }).status;
}

/** Measures the mock beside Prism and a bare server, in less than two minutes. */
function benchMock() {
  serve(['--filter=@comm100-openapi/mock-server'], join('packages', 'contract-tests', 'bench', 'run.ts'));
}

/** Sends requests of every odd kind to the mock: `--requests 100000`, and `--seed` to send the same again. */
function fuzz() {
  serve(['--filter=@comm100-openapi/mock-server'], join('packages', 'contract-tests', 'fuzz', 'run.ts'));
}

/** Runs the fault suite of the clients in every runtime; installs them, which takes a minute and 800 MB. */
function runtimes() {
  serve(['--filter=@comm100-openapi/client-v2'], join('packages', 'client-tests', 'src', 'run.ts'));
}

/** Measures the clients beside others, in two minutes; installs and generates those. */
function benchClient() {
  serve(['--filter=@comm100-openapi/client-tests^...'], join('packages', 'client-tests', 'bench', 'run.ts'));
}

/** Measures the documentation beside that of Redocly and Scalar, in five minutes; installs the latter. */
function benchDocs() {
  serve(['--filter=@comm100-openapi/docs-site'], join('packages', 'docs-site', 'bench', 'run.ts'));
}

/** Writes the collections for Postman and Bruno; `--run` imports them in both and sends every request to the mock. */
function collections() {
  serve(['--filter=@comm100-openapi/mock-server'], join('scripts', 'collections.ts'));
}

/** Sends the journeys of the description to the mock; `--break` shows that each notices a broken operation. */
function journeys() {
  serve(['--filter=@comm100-openapi/mock-server'], join('scripts', 'journeys', 'run.ts'));
}

/** Generates, compiles and runs clients in other languages: `--only python` for one, `--help` for the rest. */
function sdks() {
  serve(['--filter=@comm100-openapi/mock-server'], join('sdks', 'run.ts'));
}

/** Prints what changed since the last release, and fails where a breaking change of the API is not marked. */
function changes() {
  prepare(['--filter=@comm100-openapi/spec']);
  process.exitCode = run([node, join('scripts', 'release', 'version.ts'), ...rest]).status;
}

/** Raises the versions of all packages and writes the changelog. */
function releaseVersion() {
  prepare(['--filter=@comm100-openapi/spec']);
  process.exitCode = run([node, join('scripts', 'release', 'version.ts'), '--apply', ...rest]).status;
}

/** Packs every package and installs it as a user would: needs the package registry. `--only mock-server` for one. */
function releaseCheck() {
  prepareRelease();
  process.exitCode = run(
    [node, '--disable-warning=ExperimentalWarning', join('scripts', 'release', 'check.ts'), ...rest],
    { env: withPnpm() },
  ).status;
}

/** Publishes every package whose version the registry does not have; `--dry-run` uploads nothing. */
function releasePublish() {
  prepareRelease();
  process.exitCode = run([node, join('scripts', 'release', 'publish.ts'), ...rest], { env: withPnpm() }).status;
}

/** Builds the documentation for the address in DOCS_URL, and puts it into a branch for a static host. */
function docsDeploy() {
  prepare(['--filter=@comm100-openapi/docs-site']);
  process.exitCode = run([node, join('scripts', 'release', 'pages.ts'), ...rest]).status;
}

/** Builds what is published from the sources alone: what an older source has left in dist would be published too. */
function prepareRelease() {
  const folders = ['spec', ...readdirSync(join(root, 'packages')).map((name) => join('packages', name))];
  const scope = [];
  for (const folder of folders.map((name) => join(root, name))) {
    const { name, private: isPrivate } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (isPrivate) continue;
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
    scope.push(`--filter=${name}`);
  }
  prepare(['--force', ...scope]);
}

/** Builds before a program runs, in silence unless the build fails. */
function prepare(scope) {
  console.log('Building what has changed. The first time, this takes a minute or two.');
  if (turbo(['build', '--output-logs=errors-only', ...scope], 'unless it fails') !== 0)
    fail('The build failed; the reason is printed above.');
}

/** Builds all derived files, and says so if nothing has changed. */
function build() {
  process.exitCode = turbo(['build', ...rest]);
}

/** Runs every check. The last line counts what passed and what failed. */
function test() {
  const runs = join(root, '.turbo', 'runs');
  rmSync(runs, { recursive: true, force: true });
  const tasks = ['format', 'unused', 'lint', 'typecheck', 'build', 'test'];
  const status = turbo([...tasks, '--continue=dependencies-successful', '--summarize', ...rest]);
  const [summary] = existsSync(runs) ? readdirSync(runs) : [];
  const done = summary ? JSON.parse(readFileSync(join(runs, summary), 'utf8')).tasks : [];

  let passed = 0;
  const failed = [];
  // Rules come before tests, and the description before what is derived from it: later failures often follow from these.
  const rank = ({ task, taskId }) => (task === 'test' ? 2 : 0) + (taskId.includes('/spec#') ? 0 : 1);
  const ran = done.filter(({ command: line }) => line !== '<NONEXISTENT>').sort((a, b) => rank(a) - rank(b));
  for (const task of ran) {
    const exit = task.execution?.exitCode;
    const report = join(root, task.directory, 'reports', 'vitest.json');
    // A vitest task counts by its tests. Every other task counts as one, and so does a vitest that ran no test.
    if (task.task === 'test' && exit !== undefined && existsSync(report)) {
      const results = JSON.parse(readFileSync(report, 'utf8'));
      passed += results.numPassedTests;
      const names = results.testResults.flatMap(({ assertionResults }) =>
        assertionResults.filter(({ status: s }) => s === 'failed'),
      );
      failed.push(...names.map(({ fullName }) => `${task.taskId}: ${fullName}`));
      if (exit !== 0 && names.length === 0) failed.push(`${task.taskId}: a test file did not load`);
    } else if (exit === 0) passed++;
    else
      failed.push(
        `${task.taskId}: ${exit === undefined ? 'not run, because a task that it needs failed' : `see ${task.logFile}`}`,
      );
  }
  if (status !== 0 && failed.length === 0) failed.push('turbo');
  if (passed + failed.length === 0) failed.push('nothing was checked');
  if (failed.length > 0) console.log('\nFix the first failure first: those below it may follow from it.');
  for (const name of failed) console.log(`failed: ${name}`);
  console.log(`${passed} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** Installs if what is installed differs from the lockfile. The version of pnpm is in package.json. */
function install() {
  const installed = join(modules, '.pnpm', 'lock.yaml');
  const wanted = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted && existsSync(node)) return;
  console.log('Installing the packages of the lockfile. The first time, this takes half a minute or more.');
  console.log(
    'If it warns of an unsupported engine: it installs a newer Node, too, and everything here uses that one.',
  );
  // Without --yes, npx asks before it downloads, and waits forever if nobody is there to reply.
  const words = ['--yes', '--prefer-offline', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'];
  if (npx(words).status !== 0) fail(`The installation failed. ${noNetwork}`);
}

/** Runs tasks. */
function turbo(args, quiet) {
  return run([node, join(modules, 'turbo', 'bin', 'turbo'), 'run', ...args], { quiet, env: withPnpm() }).status;
}

/** The environment for turbo, which starts each task by the `pnpm` that it finds in the path. */
function withPnpm() {
  const folder = pnpmFolder();
  return folder ? { ...env, PATH: [folder, env.PATH].join(delimiter) } : env;
}

/**
 * The folder of pnpm. npx knows it, but asks the registry first, which takes long without a network. So it is asked
 * once and the folder is kept. Not needed if pnpm started this process: then it is in the path.
 */
function pnpmFolder() {
  if (/^pnpm\//.test(process.env.npm_config_user_agent ?? '')) return undefined;
  const note = join(modules, '.cache', packageManager);
  const known = existsSync(note) ? readFileSync(note, 'utf8') : undefined;
  if (known && existsSync(join(known, 'pnpm'))) return known;
  const words = ['--yes', '--prefer-offline', `--package=${packageManager}`, '--call', 'node -p process.env.PATH'];
  const { status, stdout } = npx(words, 'unless it fails');
  const found = String(stdout)
    .trim()
    .split(delimiter)
    .find((folder) => existsSync(join(folder, 'pnpm')));
  if (status !== 0 || !found) return fail(`${packageManager} could not be found by npx. ${noNetwork}`);
  mkdirSync(dirname(note), { recursive: true });
  writeFileSync(note, found);
  return found;
}

function npx(args, quiet) {
  const at = { platform: process.platform, node: process.execPath, manager: process.env.npm_execpath };
  return run([...npxCommand(at), ...args], { quiet });
}

/** Runs a program to its end. With `quiet`, its output is printed only if it fails. */
function run([program, ...args], { quiet, env: environment = env } = {}) {
  const { status, error, signal, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    env: environment,
    stdio: quiet ? ['inherit', 'pipe', 'pipe'] : 'inherit',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) fail(`${program} cannot be started: ${error.message}`);
  const stopped = signal === 'SIGINT' || signal === 'SIGTERM';
  if (quiet && status !== 0 && !stopped) process.stderr.write(Buffer.concat([stdout, stderr]));
  return { status: status ?? (stopped ? 0 : 1), stdout };
}

function fail(message, code = 1) {
  console.error(`comm100-openapi: ${message}`);
  process.exit(code);
}
