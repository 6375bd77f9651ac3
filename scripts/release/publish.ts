import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { readReleased } from './api.ts';
import { readIntents } from './changes.ts';
import { publishedPackages } from './packages.ts';

// Publishes every package whose version the registry does not have, with provenance. `--dry-run` uploads nothing.

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean' } } });
const root = join(import.meta.dirname, '..', '..');
const { version } = readReleased(root);
const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
const tag = process.env.GITHUB_REF_TYPE === 'tag' ? process.env.GITHUB_REF_NAME : undefined;

const readmes = ['', ...[...publishedPackages(root).values()].map(({ folder }) => relative(root, folder))].map(
  (folder) => join(folder, 'README.md'),
);
const problems = [
  ...readmes
    .filter((file) => /not published yet/i.test(readFileSync(join(root, file), 'utf8')))
    .map((file) => `${file} says that it is not published yet.`),
  ...[...publishedPackages(root).values()]
    .filter(({ manifest }) => manifest.version !== version)
    .map(({ name, manifest }) => `${name} has the version ${manifest.version}, and the release is ${version}.`),
  ...readIntents(root).map(({ file }) => `${file} is not in a version yet: npm run release:version`),
  ...(changelog.includes(`\n## ${version}\n`) ? [] : [`CHANGELOG.md has no ${version}.`]),
  ...(tag === undefined || tag === `v${version}` ? [] : [`The tag is ${tag}, not v${version}.`]),
];
for (const problem of problems) console.error(`failed: ${problem}`);
// A dry run goes on, to show the rest.
if (problems.length > 0 && !values['dry-run']) process.exit(1);

const words = ['--recursive', 'publish', '--access', 'public', '--no-git-checks'];
const { status } = spawnSync('pnpm', [...words, values['dry-run'] ? '--dry-run' : '--provenance'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = problems.length > 0 ? 1 : (status ?? 1);
