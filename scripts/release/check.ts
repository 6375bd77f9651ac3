import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { installed, versionsOf } from '@comm100-openapi/tooling/on-demand';
import { run } from '@comm100-openapi/tooling/processes';
import { programOf } from '@comm100-openapi/tooling/runtimes';
import { table } from '@comm100-openapi/tooling/table';
import { consume } from './consume.ts';
import { firstUseOf, importsOf, runCommand, runProgram } from './first-use.ts';
import { closureOf, type Manifest, type Package, pack, publishedPackages } from './packages.ts';
import { lintPackage, wrongTypes } from './tools.ts';

// A release without publishing: packs every package, installs the tarballs as a user would, with plain npm in empty
// folders, and runs what the READMEs show first on each Node that the package promises. Prints a table of it.

/** What an installation may bring: packages, with those of this repository, and megabytes. */
const limits: Record<string, { packages: number; megabytes: number }> = {
  '@comm100-openapi/client-core': { packages: 2, megabytes: 0.5 },
  '@comm100-openapi/client-v1': { packages: 3, megabytes: 2 },
  '@comm100-openapi/client-v2': { packages: 3, megabytes: 4 },
  // Both clients, the mock and the bundles.
  '@comm100-openapi/client-testing': { packages: 9, megabytes: 12 },
  '@comm100-openapi/mock-server': { packages: 25, megabytes: 15 },
};
const usualLimits = { packages: 10, megabytes: 10 };
const majors = [20, 22, 24];
const nodeTypes: Manifest = createRequire(import.meta.url)('@types/node/package.json');

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, keep: { type: 'boolean' } } });
const root = join(import.meta.dirname, '..', '..');
const packages = publishedPackages(root);
const chosen = [...packages.values()].filter(
  ({ name }) => !values.only || values.only.some((text) => name.endsWith(`/${text}`)),
);
if (chosen.length === 0) throw new Error(`--only ${values.only}: the packages are ${[...packages.keys()].join(', ')}.`);
const uses = new Map(chosen.map((each) => [each, firstUseOf(readmeOf(each), each)]));
const work = mkdtempSync(join(tmpdir(), 'comm100-release-'));
const problems: string[] = [];
const problem = (name: string, text: string) => problems.push(`${name}: ${text}`);

const mockServer = '@comm100-openapi/mock-server';
const imported = [...uses.values()].flatMap(({ code }) => importsOf(code));
const needed = closureOf([...chosen.map(({ name }) => name), ...imported, mockServer], packages);
const tarballs = new Map([...needed].map((name) => [name, pack(packageOf(name), work)]));
console.log(`Packed ${tarballs.size} packages.`);

try {
  const tools = installed('release', versionsOf('release'));
  const rows = new Map<Package, string[]>();
  for (const each of chosen) rows.set(each, await inspect(each, tools));
  console.log('Installed each of them alone.');

  const mock = await runCommand(
    'npx comm100-mock --port 0',
    project('mock', tarballsOf([mockServer])),
    dirname(process.execPath),
  );
  try {
    const projects = new Map(majors.map((major) => [major, projectOn(major)]));
    for (const each of chosen) {
      const oldest = oldestOfUse(each);
      const since = Number.parseInt(oldest, 10);
      const folder = projects.get(Math.max(since, 20)) ?? work;
      rows.get(each)?.push(`${oldest} ${await firstUse(each, oldest, folder, mock.url)}`);
      for (const [major, on] of projects)
        rows.get(each)?.push(major < since ? '–' : await firstUse(each, `${major}`, on, mock.url));
    }
  } finally {
    mock.stop();
  }
  const header = ['package', 'version', 'packed', 'installed', 'dependencies', 'oldest Node'];
  console.log(`\n${table([[...header, ...majors.map((major) => `Node ${major}`)], ...rows.values()])}\n`);

  if (!values.only) {
    const folder = project('consumer', [...tarballs.values(), `@types/node@${nodeTypes.version}`]);
    const readmes = new Map([...packages.values()].map((each) => [each.name, readmeOf(each)]));
    const results = consume(folder, readmes);
    console.log(`${table(results.rows)}\n`);
    problems.push(...results.problems);
  }
} finally {
  if (values.keep) console.log(`Kept ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
for (const text of problems) console.log(`failed: ${text}`);
console.log(problems.length === 0 ? 'Ready to release.' : `${problems.length} failed`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Installs a package alone, and looks at all that it brings. @returns the begin of its row. */
async function inspect({ name, manifest }: Package, tools: string): Promise<string[]> {
  const folder = project(name.replace('/', '-'), tarballsOf([name]));
  const { packages: locked } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  const paths = Object.keys(locked).filter((path) => path !== '');
  const megabytes = megabytesOf(join(folder, 'node_modules'));
  const most = limits[name] ?? usualLimits;
  if (paths.length > most.packages)
    problem(name, `brings ${paths.length} packages, ${most.packages} at most: ${paths.join(', ')}`);
  if (megabytes > most.megabytes) problem(name, `is ${megabytes.toFixed(1)} MB installed, ${most.megabytes} at most`);
  for (const path of paths.filter((each) => locked[each]?.hasInstallScript))
    problem(name, `${path} runs a script at installation`);

  const installed = join(folder, 'node_modules', name);
  const written: Manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const field of ['description', 'keywords', 'homepage', 'bugs', 'repository', 'license', 'engines', 'exports'])
    if (!written[field]) problem(name, `package.json has no ${field}`);
  for (const [other, range] of Object.entries(written.dependencies ?? {}))
    if (!range.startsWith('^')) problem(name, `${other} is ${range}, which lets no security patch in`);
  for (const file of ['LICENSE', 'README.md'])
    if (!statSync(join(installed, file), { throwIfNoEntry: false })) problem(name, `has no ${file}`);
  const dead = deadMaps(installed);
  if (dead.length > 0)
    problem(name, `${dead.length} source maps name a source that is not in the package, such as ${dead[0]}`);
  for (const text of await lintPackage(tools, installed, written)) problem(name, `publint: ${text}`);
  const [tarball = ''] = tarballsOf([name]);
  for (const text of await wrongTypes(tools, tarball)) problem(name, `are-the-types-wrong: ${text}`);

  const kilobytes = (statSync(tarball).size / 1000).toFixed(0);
  return [name, manifest.version, `${kilobytes} kB`, `${megabytes.toFixed(1)} MB`, `${paths.length - 1}`];
}

/** Runs the first use of a package on a Node, in a project that has it. @returns `runs` or `fails`. */
async function firstUse(each: Package, node: string, folder: string, mock: string): Promise<'runs' | 'fails'> {
  const { kind, code } = uses.get(each) ?? fail(each.name);
  try {
    if (kind === 'program') runProgram(code, folder, nodeAt(node), mock);
    else await tryServer(code, folder, nodeAt(node));
    return 'runs';
  } catch (error) {
    // The rest is where the program was.
    const [reason] = /^\w*Error.*$/m.exec((error as Error).message) ?? [(error as Error).message];
    problem(each.name, `the first use of its README fails on Node ${node}: ${reason}`);
    return 'fails';
  }
}

/** Starts a server by its first use, and requests what needs credentials without them. */
async function tryServer(code: string, folder: string, nodeFolder: string): Promise<void> {
  const { url, stop } = await runCommand(code, folder, nodeFolder);
  try {
    const response = await fetch(`${url}/api/v2/livechat/departments`);
    const text = await response.text();
    if (response.status !== 401 || !text.startsWith('{"code":401000,'))
      throw new Error(`a request without credentials got ${response.status} ${text}`);
  } finally {
    stop();
  }
}

/** A project with all packages that promise a Node, installed on it. */
function projectOn(major: number): string {
  const promised = [...needed].filter((name) => Number.parseInt(oldestOf(packageOf(name).manifest), 10) <= major);
  return project(`on-${major}`, tarballsOf(promised), nodeAt(`${major}`));
}

/** A new folder with a manifest and what npm installs into it. `nodeFolder` has the Node that npm runs on. */
function project(name: string, wanted: readonly string[], nodeFolder?: string): string {
  const folder = join(work, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const options = ['--engine-strict', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  run('npm', ['install', ...options, ...wanted], { cwd: folder, env: withNode(nodeFolder) });
  return folder;
}

/** The folder of a Node: of a major, such as `22`, by the version that is tested with, or of `20.10.0` itself. */
function nodeAt(version: string): string {
  if (process.versions.node.startsWith(`${version}.`)) return dirname(process.execPath);
  return dirname(programOf('node', versionsOf('runtimes')[`node-${version}`] ?? version));
}

function withNode(folder: string | undefined): NodeJS.ProcessEnv {
  return folder ? { ...process.env, PATH: [folder, process.env.PATH].join(delimiter) } : process.env;
}

/** The oldest Node that a package promises: `20.10.0` for `>=20.10`. */
function oldestOf({ name, engines }: Manifest): string {
  const [, version] = /^>=(\d+(?:\.\d+)?)$/.exec(engines?.node ?? '') ?? [];
  if (version === undefined) throw new Error(`${name} needs its oldest Node in engines, as >=20 or >=20.10.`);
  return version.includes('.') ? `${version}.0` : `${version}.0.0`;
}

/** The oldest Node for the first use of a package: all that it imports promise it. */
function oldestOfUse(each: Package): string {
  const others = importsOf(uses.get(each)?.code ?? '').map((name) => packageOf(name));
  const versions = [each, ...others].map(({ manifest }) => oldestOf(manifest));
  return versions.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true })).at(-1) ?? fail(each.name);
}

function megabytesOf(folder: string): number {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1e6;
}

/** The source maps of an installed package whose sources are not in it. */
function deadMaps(folder: string): string[] {
  return globSync('dist/**/*.map', { cwd: folder }).filter((map) => {
    const { sources } = JSON.parse(readFileSync(join(folder, map), 'utf8'));
    return sources.some((source: string) => !statSync(join(folder, dirname(map), source), { throwIfNoEntry: false }));
  });
}

function tarballsOf(names: Iterable<string>): string[] {
  return [...closureOf(names, packages)].map((name) => tarballs.get(name) ?? fail(name));
}

function packageOf(name: string): Package {
  return packages.get(name) ?? fail(name);
}

function readmeOf({ folder }: Package): string {
  return readFileSync(join(folder, 'README.md'), 'utf8');
}

function fail(name: string): never {
  throw new Error(`${name} is not a published package.`);
}
