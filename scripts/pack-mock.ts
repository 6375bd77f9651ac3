import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Packs the mock with what it needs of this repository, installs it as a user would, in an empty folder with plain npm,
// prints what that brings, and starts it on each Node that it has to run on.

const limits = { packages: 25, megabytes: 15 };
const nodeVersions = [22, 24];

const root = fileURLToPath(new URL('..', import.meta.url));
const shell = process.platform === 'win32';

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
}

/** The folders of a package of this repository and of those that it needs to run. */
function closureOf(name: string, found = new Map<string, string>()): Map<string, string> {
  const folder = folders.get(name);
  if (!folder) throw new Error(`${name} is not a package of this repository.`);
  found.set(name, folder);
  for (const [other, version] of Object.entries(manifestOf(folder).dependencies ?? {})) {
    if (version.startsWith('workspace:') && !found.has(other)) closureOf(other, found);
  }
  return found;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** The packages of this repository by name. */
const folders = new Map(
  ['spec', ...readdirSync(join(root, 'packages')).map((name) => join('packages', name))]
    .map((folder) => join(root, folder))
    .map((folder) => [manifestOf(folder).name, folder]),
);

function run(program: string, words: string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, { cwd, shell, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`${program} ${words.join(' ')} failed: ${error?.message ?? stderr + stdout}`);
}

/** A new folder with a manifest, and nothing else. */
function emptyFolder(name: string): string {
  const folder = join(work, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  return folder;
}

function megabytesOf(path: string): number {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0) / 1e6;
}

/** The response of an installed mock to a request without credentials, on the Node of a folder. */
async function responseOf(installed: string, nodeFolder: string): Promise<{ version: string; body: string }> {
  const env = { ...process.env, NO_COLOR: '1', PATH: [nodeFolder, process.env.PATH].join(delimiter) };
  const version = spawnSync('node', ['--version'], { env, shell, encoding: 'utf8' }).stdout.trim();
  // npx starts the mock as a process of its own, so all of them are ended together.
  const child = spawn('npx', ['comm100-mock', '--port', '0'], { cwd: installed, env, shell, detached: !shell });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      const read = (text: Buffer) => {
        output += text;
        const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
        if (found) resolve(found);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', () => reject(new Error(`comm100-mock ended on Node ${version}: ${output}`)));
    });
    const response = await fetch(`${url}/api/v2/livechat/departments`);
    return { version, body: `${response.status} ${await response.text()}` };
  } finally {
    if (child.pid) process.kill(shell ? child.pid : -child.pid);
  }
}

const work = mkdtempSync(join(tmpdir(), 'comm100-pack-'));
const problems: string[] = [];
try {
  const tarballs = [...closureOf('@comm100-openapi/mock-server').values()].map((folder) => {
    const name = manifestOf(folder).name.replace('@', '').replace('/', '-');
    run('pnpm', ['pack', '--out', join(work, `${name}.tgz`)], folder);
    return join(work, `${name}.tgz`);
  });
  for (const tarball of tarballs) {
    console.log(`packed     ${tarball.slice(work.length + 1)}, ${(statSync(tarball).size / 1e6).toFixed(2)} MB`);
  }

  const installed = emptyFolder('installed');
  run('npm', ['install', '--no-audit', '--no-fund', ...tarballs], installed);
  const { packages } = JSON.parse(readFileSync(join(installed, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  const names = Object.keys(packages).filter((name) => name !== '');
  const scripts = names.filter((name) => packages[name]?.hasInstallScript);
  const megabytes = megabytesOf(join(installed, 'node_modules'));
  console.log(
    `packages   ${names.length} (at most ${limits.packages}): ${names.map((name) => name.replace('node_modules/', '')).join(', ')}`,
  );
  console.log(`size       ${megabytes.toFixed(1)} MB (at most ${limits.megabytes})`);
  console.log(`scripts    ${scripts.length === 0 ? 'none runs at installation' : scripts.join(', ')}`);
  if (names.length > limits.packages) problems.push('too many packages');
  if (megabytes > limits.megabytes) problems.push('too large');
  if (scripts.length > 0) problems.push('a script runs at installation');

  for (const major of nodeVersions) {
    const folder = emptyFolder(`node-${major}`);
    run('npm', ['install', '--no-audit', '--no-fund', `node@${major}`], folder);
    const { version, body } = await responseOf(installed, join(folder, 'node_modules', 'node', 'bin'));
    console.log(`Node       ${version}: ${body}`);
    if (!version.startsWith(`v${major}.`)) problems.push(`Node ${major} was not used`);
    if (!body.startsWith('401 {"code":401000,')) problems.push(`the mock does not respond on Node ${major}`);
  }
} finally {
  rmSync(work, { recursive: true });
}
for (const problem of problems) console.log(`failed: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
