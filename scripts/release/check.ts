import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../faults/fault.ts';
import { consume } from './consume.ts';
import { firstUseOf, importsOf, runCommand, runProgram, type Started } from './first-use.ts';
import { closureOf, type Manifest, pack, publishedPackages, run } from './packages.ts';
import { lintPackage, toolVersions, wrongTypes } from './tools.ts';

// A release without publishing: packs every package, installs the tarballs as a user would, with plain npm in empty
// folders, and runs what the READMEs show first on each Node that the package promises. Prints a table of it.

/** What an installation may bring: packages, with those of this repository, and megabytes. */
const limits: Record<string, { packages: number; megabytes: number }> = {
  '@comm100-openapi/client-core': { packages: 2, megabytes: 0.5 },
  '@comm100-openapi/client-v1': { packages: 3, megabytes: 2 },
  '@comm100-openapi/client-v2': { packages: 3, megabytes: 4 },
  '@comm100-openapi/mock-server': { packages: 25, megabytes: 15 },
};
const usualLimits = { packages: 10, megabytes: 10 };
const nodeVersions = [20, 22, 24];
const oldestOf = ({ engines }: Manifest) => Number(/^>=(\d+)/.exec(engines?.node ?? '')?.[1] ?? Number.NaN);

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, keep: { type: 'boolean' } } });
const root = join(import.meta.dirname, '..', '..');
const packages = publishedPackages(root);
const chosen = [...packages.values()].filter(
  ({ name }) => !values.only || values.only.some((text) => name.endsWith(`/${text}`)),
);
if (chosen.length === 0) throw new Error(`--only ${values.only}: the packages are ${[...packages.keys()].join(', ')}.`);
const work = mkdtempSync(join(tmpdir(), 'comm100-release-'));
const problems: string[] = [];
const problem = (name: string, text: string) => problems.push(`${name}: ${text}`);

/** A new folder with a manifest and what npm installs into it. `nodeFolder` has the Node that npm runs on. */
function project(name: string, wanted: readonly string[], nodeFolder?: string): string {
  const folder = join(work, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const path = nodeFolder ? { PATH: [nodeFolder, process.env.PATH].join(delimiter) } : {};
  const options = ['--engine-strict', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  run('npm', ['install', ...options, ...wanted], { cwd: folder, env: { ...process.env, ...path } });
  return folder;
}

function megabytesOf(folder: string): number {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1e6;
}

/** The source maps of an installed package that lead nowhere. */
function deadMaps(folder: string): string[] {
  return globSync('dist/**/*.map', { cwd: folder }).filter((map) => {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(folder, map), 'utf8'));
    return sources.some(
      (source: string, index: number) =>
        !sourcesContent?.[index] && !statSync(join(folder, dirname(map), source), { throwIfNoEntry: false }),
    );
  });
}

try {
  const needed = [...closureOf([...chosen.map(({ name }) => name), '@comm100-openapi/mock-server'], packages)];
  const readmes = new Map(
    [...packages.values()].map(({ name, folder }) => [name, readFileSync(join(folder, 'README.md'), 'utf8')]),
  );
  const uses = new Map(chosen.map((each) => [each.name, firstUseOf(readmes.get(each.name) ?? '', each)]));
  const all = closureOf([...needed, ...[...uses.values()].flatMap(({ code }) => importsOf(code))], packages);
  const tarballs = new Map([...all].map((name) => [name, pack(packages.get(name) ?? fail(name), work)]));
  const tarballsOf = (names: Iterable<string>) =>
    [...closureOf(names, packages)].map((name) => tarballs.get(name) ?? fail(name));
  console.log(`Packed ${tarballs.size} packages.`);

  const versions = toolVersions(root);
  const tools = project('tools', [versions.publint, versions.attw]);

  const rows = new Map<string, string[]>();
  for (const { name, manifest } of chosen) {
    const tarball = tarballs.get(name) ?? fail(name);
    const folder = project(name.replace('/', '-'), tarballsOf([name]));
    const { packages: locked } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    const names = Object.keys(locked).filter((path) => path !== '');
    const megabytes = megabytesOf(join(folder, 'node_modules'));
    const most = limits[name] ?? usualLimits;
    if (names.length > most.packages)
      problem(name, `brings ${names.length} packages, ${most.packages} at most: ${names.join(', ')}`);
    if (megabytes > most.megabytes) problem(name, `is ${megabytes.toFixed(1)} MB installed, ${most.megabytes} at most`);
    for (const path of names.filter((each) => locked[each]?.hasInstallScript))
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
      problem(name, `${dead.length} source maps lead to no source in the package, such as ${dead[0]}`);
    for (const text of await lintPackage(tools, installed, written)) problem(name, `publint: ${text}`);
    for (const text of await wrongTypes(tools, tarball)) problem(name, `are-the-types-wrong: ${text}`);

    const kilobytes = (statSync(tarball).size / 1000).toFixed(0);
    rows.set(name, [name, manifest.version, `${kilobytes} kB`, `${megabytes.toFixed(1)} MB`, `${names.length - 1}`]);
  }
  console.log('Installed each of them alone.');

  for (const major of nodeVersions) {
    const nodeFolder = join(project(`node-${major}`, [`node@${major}`]), 'node_modules', 'node', 'bin');
    const version = run('node', ['--version'], {
      cwd: work,
      env: { ...process.env, PATH: [nodeFolder, process.env.PATH].join(delimiter) },
    }).trim();
    if (!version.startsWith(`v${major}.`)) problem(`Node ${major}`, `${version} was used`);
    const promised = [...packages.values()].filter(
      ({ name, manifest }) => all.has(name) && oldestOf(manifest) <= major,
    );
    const folder = project(`on-${major}`, tarballsOf(promised.map(({ name }) => name)), nodeFolder);
    let mock: Started | undefined;
    try {
      mock = await startMock(major, folder, nodeFolder);
      for (const { name, manifest } of chosen) {
        const use = uses.get(name) ?? fail(name);
        let result = '–';
        if (oldestOf(manifest) <= major) {
          try {
            if (use.kind === 'program') runProgram(use.code, folder, nodeFolder, mock.url);
            else await tryServer(use.code, folder, nodeFolder);
            result = 'runs';
          } catch (error) {
            result = 'fails';
            problem(name, `the first use of its README fails on Node ${version}: ${(error as Error).message}`);
          }
        }
        rows.get(name)?.push(result);
      }
    } finally {
      mock?.stop();
    }
  }

  const header = ['package', 'version', 'packed', 'installed', 'dependencies'];
  console.log(`\n${table([[...header, ...nodeVersions.map((major) => `Node ${major}`)], ...rows.values()])}\n`);
  if (!values.only) {
    const folder = project('consumer', [...tarballs.values(), versions.nodeTypes]);
    const compilers = [versions.typescript5, versions.typescript].map((wanted) => ({
      name: wanted,
      folder: project(wanted.replace('@', '-'), [wanted]),
    }));
    const results = consume(folder, compilers, readmes);
    console.log(`${table([['types under', ...compilers.map(({ name }) => name)], ...results.rows])}\n`);
    problems.push(...results.problems);
  }
} finally {
  if (values.keep) console.log(`Kept ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
for (const text of problems) console.log(`failed: ${text}`);
console.log(problems.length === 0 ? 'Ready to release.' : `${problems.length} failed`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** The packed mock, for the first uses of clients. Where a Node is too old for it, it runs on the Node of this program. */
async function startMock(major: number, folder: string, nodeFolder: string): Promise<Started> {
  const name = '@comm100-openapi/mock-server';
  const { manifest } = packages.get(name) ?? fail(name);
  const command = 'npx comm100-mock --port 0';
  if (oldestOf(manifest) <= major) return runCommand(command, folder, nodeFolder);
  const own = project(
    'mock',
    [...closureOf([name], packages)].map((each) => join(work, `${each.replace('@', '').replace('/', '-')}.tgz`)),
  );
  return runCommand(command, own, dirname(process.execPath));
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

function fail(name: string): never {
  throw new Error(`${name} is not a published package.`);
}
