import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { changes as changedLines } from '../../spec/surface/reports.ts';
import type { ApiChange, Impact, Snapshot } from './api.ts';

/** A file in `.changeset`: what a change means for those who install the packages. `pnpm change` writes one. */
export interface Intent {
  readonly file: string;
  /** By the name of a package. */
  readonly bumps: ReadonlyMap<string, Impact>;
  readonly summary: string;
  /** What of the API it breaks on purpose, from its lines `Breaking: v2 Department.agents`. */
  readonly breaking: readonly string[];
}

const spec = '@comm100-openapi/spec';
const order = ['patch', 'minor', 'major'] as const;
const rankOf = (impact: Impact | undefined) => (impact ? order.indexOf(impact) : -1);

/** @throws {Error} naming the file and what is wrong with it. */
export function readIntents(root: string): Intent[] {
  const files = globSync('.changeset/*.md', { cwd: root }).filter((file) => basename(file) !== 'README.md');
  return files.sort().map((file) => {
    const [, head, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(readFileSync(join(root, file), 'utf8')) ?? [];
    if (head === undefined || body === undefined) throw new Error(`${file} has no lines between --- and ---.`);
    const bumps = new Map(Object.entries(parse(head) ?? {}).map(([name, bump]) => [name, bumpOf(bump, file)]));
    const lines = body.trim().split('\n');
    const marks = lines.flatMap((line) => /^Breaking: +(.+?) *$/.exec(line)?.[1] ?? []);
    const summary = lines
      .filter((line) => !line.startsWith('Breaking:'))
      .join('\n')
      .trim();
    if (!summary) throw new Error(`${file} has no text for the changelog.`);
    return { file, bumps, summary, breaking: marks };
  });
}

function bumpOf(value: unknown, file: string): Impact {
  const known = order.find((impact) => impact === value);
  if (!known) throw new Error(`${file} has '${value}' where it needs patch, minor or major.`);
  return known;
}

/** What a change raises: before 1.0.0 a breaking change raises the second number, as `^0.1.0` expects. */
function bumpFor(impact: Impact, version: string): Impact {
  if (!version.startsWith('0.')) return impact;
  return impact === 'major' ? 'minor' : 'patch';
}

/** Every breaking change that nothing marks, and every mark that marks nothing, a sentence each. */
export function problemsOf(changes: readonly ApiChange[], intents: readonly Intent[], version: string): string[] {
  const breaking = changes.filter(({ impact }) => impact === 'major');
  const needed = bumpFor('major', version);
  const covers = (mark: string, name: string) =>
    name === mark || [' ', '.', '['].some((end) => name.startsWith(mark + end));
  const isMarked = (name: string) => intents.some((intent) => intent.breaking.some((mark) => covers(mark, name)));
  return [
    ...breaking
      .filter(({ name }) => !isMarked(name))
      .map(
        ({ name, text }) =>
          `${name}: ${text} This breaks programs, and nothing marks it. If it is meant, add a line to a file in .changeset that raises ${spec} by ${needed}: Breaking: ${name}`,
      ),
    ...intents.flatMap(({ file, bumps, breaking: marks }) => [
      ...marks
        .filter((mark) => !breaking.some(({ name }) => covers(mark, name)))
        .map((mark) => `${file}: nothing that breaks programs is called ${mark}. Remove the mark or correct the name.`),
      ...(marks.length > 0 && rankOf(bumps.get(spec)) < rankOf(needed)
        ? [`${file}: what it marks as breaking raises ${spec} by ${needed}, not by ${bumps.get(spec) ?? 'nothing'}.`]
        : []),
    ]),
  ];
}

/** The version that comes next, of all packages; the same one where nothing changed. */
export function nextVersion(
  version: string,
  changes: readonly Pick<ApiChange, 'impact'>[],
  intents: readonly Intent[],
): string {
  const bumps = [
    ...changes.map(({ impact }) => bumpFor(impact, version)),
    ...intents.flatMap(({ bumps: raised }) => [...raised.values()]),
  ];
  const highest = order[Math.max(-1, ...bumps.map(rankOf))];
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (highest === 'major') return `${major + 1}.0.0`;
  if (highest === 'minor') return `${major}.${minor + 1}.0`;
  return highest === 'patch' ? `${major}.${minor}.${patch + 1}` : version;
}

/** The lines of the surface reports that differ, as a diff in Markdown; empty where none does. */
export function surfaceDiff(before: Snapshot['surface'], after: Snapshot['surface'], most = 300): string {
  const lines = (['v1', 'v2', 'migration'] as const).flatMap((name) => {
    const changed = changedLines(before[name], after[name]);
    return changed.length > 0 ? [`@@ ${name === 'migration' ? 'from v1 to v2' : name} @@`, ...changed] : [];
  });
  if (lines.length === 0) return '';
  const left = lines.length - most;
  return ['```diff', ...lines.slice(0, most), ...(left > 0 ? [`… ${left} more lines`] : []), '```'].join('\n');
}

/** What changed in the description of the API, in Markdown, without a heading. */
export function apiNotes(changes: readonly ApiChange[], diff: string): string {
  const list = (impact: Impact) =>
    changes.filter((change) => change.impact === impact).map(({ name, text }) => `- \`${name}\`: ${text}`);
  const small = changes.filter(({ impact }) => impact === 'patch').length;
  const part = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? [`**${title}**\n\n${lines.join('\n')}`] : [];
  return [
    ...part('Breaks programs', list('major')),
    ...part('New', list('minor')),
    ...(small > 0 ? [`Places where only the wording or a remark changed: ${small}.`] : []),
    ...(diff ? [`**Each fact**\n\n${diff}`] : []),
  ].join('\n\n');
}

/** A section of the changelog: what changed in the description of the API, and what in the code. */
export function changelogSection(
  version: string,
  { changes, diff, intents }: { changes: readonly ApiChange[]; diff: string; intents: readonly Intent[] },
): string {
  const api = intents.filter(({ bumps }) => bumps.has(spec)).map(({ summary }) => summary);
  const code = intents.flatMap(({ bumps, summary }) => {
    const names = [...bumps.keys()].filter((name) => name !== spec).map((name) => name.replace(/^.*\//, ''));
    return names.length > 0 ? [`- **${names.join(', ')}**: ${summary.replaceAll('\n', '\n  ')}`] : [];
  });
  const description = [...api, apiNotes(changes, diff)].filter(Boolean);
  return [
    `## ${version}`,
    ...(description.length > 0 ? ['### The description of the API', ...description] : []),
    ...(code.length > 0 ? ['### The code', code.join('\n')] : []),
  ].join('\n\n');
}
