import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '@comm100-openapi/tooling/command';
import { compareBundles, readNow, readReleased, type Snapshot, writeReleased } from './api.ts';
import { apiNotes, changelogSection, nextVersion, problemsOf, readIntents, surfaceDiff } from './changes.ts';
import { publishedPackages } from './packages.ts';

const help = `What changed since the last release, and which version comes next.

Usage: npm run changes -- [options]

  npm run changes                     prints it, and fails where a breaking change of the API is not marked
  npm run changes -- --since main     prints what changed in the surface reports since a commit, as Markdown
  npm run release:version             raises the versions, writes the changelog and keeps the description as released

  npm run release:version -- --keep   keeps the description as released, without a new version: for a version that
                                      was never published
  --output FILE                       writes that to a file
  --root FOLDER                       of another folder
`;

let root = join(import.meta.dirname, '..', '..');
const options = {
  root: { type: 'string' },
  since: { type: 'string' },
  output: { type: 'string' },
  apply: { type: 'boolean' },
  keep: { type: 'boolean' },
} as const;
await command(help, options, (values) => {
  root = values.root ?? root;
  if (values.keep) keep();
  else if (values.since === undefined) main(values.apply ?? false);
  else if (values.output === undefined) console.log(reportSince(values.since));
  else writeFileSync(values.output, `${reportSince(values.since)}\n`);
});

function main(isApplied: boolean): void {
  const [released, now, intents] = [readReleased(root), readNow(root), readIntents(root)];
  const changes = compareBundles(released.bundles, now.bundles);
  const problems = problemsOf(changes, intents, released.version);
  const diff = surfaceDiff(released.surface, now.surface);
  const next = nextVersion(released.version, diff === '' ? changes : [...changes, { impact: 'patch' }], intents);
  const section = changelogSection(next, { changes, diff, intents });
  console.log(next === released.version ? `Nothing has changed since ${next}.` : section);
  for (const problem of problems) console.log(`failed: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  else if (isApplied && next !== released.version) apply({ ...now, version: next }, section);
}

/** @throws {Error} where a file in `.changeset` waits for a version. */
function keep(): void {
  const [intent] = readIntents(root);
  if (intent) throw new Error(`${intent.file} is about a change since the release. Without --keep, it gets a version.`);
  const now = readNow(root);
  writeReleased(root, now);
  console.log(`The description is kept as the one of ${now.version}.`);
}

function apply(now: Snapshot, section: string): void {
  for (const { folder } of publishedPackages(root).values()) {
    const file = join(folder, 'package.json');
    // Only the version changes, so the file keeps its form.
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"version": "[^"]*"/, `"version": "${now.version}"`));
  }
  const changelog = join(root, 'CHANGELOG.md');
  writeFileSync(
    changelog,
    readFileSync(changelog, 'utf8').replace(/^## /m, () => `${section}\n\n## `),
  );
  writeReleased(root, now);
  for (const { file } of readIntents(root)) rmSync(join(root, file));
  console.log(`\nThe packages are ${now.version} now. Look at the changelog, and commit.`);
}

/** The surface since a commit, for a comment on a change. */
function reportSince(commit: string): string {
  const lines = (name: string) =>
    execFileSync('git', ['show', `${commit}:spec/surface/${name}.txt`], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
      .split('\n')
      .filter(Boolean);
  const [now, released] = [readNow(root), readReleased(root)];
  const diff = surfaceDiff({ v1: lines('v1'), v2: lines('v2'), migration: lines('migration') }, now.surface);
  if (diff === '') return 'The surface of the API does not change.';
  const changes = compareBundles(released.bundles, now.bundles);
  const notes = apiNotes(changes, '');
  return ['### The surface of the API changes', diff, ...(notes ? ['Since the last release:', notes] : [])].join(
    '\n\n',
  );
}
