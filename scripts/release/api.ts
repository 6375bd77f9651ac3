import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { run } from '@comm100-openapi/tooling/processes';
import { redocly } from '@comm100-openapi/tooling/redocly';

/** What of the description is compared: the published bundle of each version, and the lines of each surface report. */
export interface Snapshot {
  /** Of the packages, such as `0.1.0`. */
  readonly version: string;
  readonly bundles: Readonly<Record<'v1' | 'v2', unknown>>;
  readonly surface: Readonly<Record<'v1' | 'v2' | 'migration', readonly string[]>>;
}

/** How much a change asks of those who use the description, as semantic versioning names it. */
export type Impact = 'major' | 'minor' | 'patch';

export interface ApiChange {
  /** What has changed, by its version and the name that readers know: `v2 Department.agents`, `v1 listChats query page`. */
  readonly name: string;
  readonly impact: Impact;
  readonly text: string;
}

const versions = ['v1', 'v2'] as const;
const releasedFile = (root: string) => join(root, 'spec', 'released.json.br');

/** The description as it is built and accepted now. @throws {Error} where it is not built. */
export function readNow(root: string): Snapshot {
  const spec = (file: string) => readFileSync(join(root, 'spec', file), 'utf8');
  const surface = (name: string) => spec(`surface/${name}.txt`).split('\n').filter(Boolean);
  return {
    version: JSON.parse(spec('package.json')).version,
    bundles: { v1: JSON.parse(spec('dist/comm100-v1.json')), v2: JSON.parse(spec('dist/comm100-v2.json')) },
    surface: { v1: surface('v1'), v2: surface('v2'), migration: surface('migration') },
  };
}

/** The description as it was released last. */
export function readReleased(root: string): Snapshot {
  return JSON.parse(brotliDecompressSync(readFileSync(releasedFile(root))).toString());
}

/** Keeps a description as the one that was released last. */
export function writeReleased(root: string, snapshot: Snapshot): void {
  writeFileSync(releasedFile(root), brotliCompressSync(JSON.stringify(snapshot)));
}

interface RedoclyChange {
  readonly kind: string;
  readonly typeName: string;
  readonly impact: Impact;
  readonly property?: string;
  readonly verdicts: readonly { readonly message: string }[];
  readonly base?: { readonly pointer: string };
  readonly revision?: { readonly pointer: string };
}

/**
 * What changed between two descriptions, as `redocly diff` rates it, the most important first. One rule is our own: the
 * name of a schema is the name of a type in the clients, so a schema whose name is missing breaks programs.
 *
 * @throws {Error} with the message of Redocly, where it cannot compare.
 * @see https://redocly.com/docs/cli/commands/diff
 */
export function compareBundles(before: Snapshot['bundles'], after: Snapshot['bundles']): ApiChange[] {
  const changes = versions.flatMap((version) => {
    const [old, now] = [before[version], after[version]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const rated = redoclyDiff(old, now).map((change): ApiChange => {
      const [document, pointer] = change.revision ? [now, change.revision.pointer] : [old, change.base?.pointer ?? ''];
      const what =
        change.property ?? (change.typeName === 'SpecExtension' ? pointer.split('/').at(-1) : change.typeName);
      return {
        name: `${version} ${nameAt(document, pointer)}`,
        impact: change.impact,
        text: change.verdicts.map(({ message }) => message).join(' ') || `${what} ${change.kind}.`,
      };
    });
    const missing = Object.keys(schemasOf(old)).filter((name) => !Object.hasOwn(schemasOf(now), name));
    const renamed = missing.map((name): ApiChange => {
      return { name: `${version} ${name}`, impact: 'major', text: `No schema has the name \`${name}\` any more.` };
    });
    return [...rated, ...renamed];
  });
  const unique = new Map(changes.map((change) => [`${change.name} ${change.text}`, change]));
  const rank = { major: 0, minor: 1, patch: 2 };
  return [...unique.values()].sort((a, b) => rank[a.impact] - rank[b.impact]);
}

function redoclyDiff(before: unknown, after: unknown): RedoclyChange[] {
  const folder = mkdtempSync(join(tmpdir(), 'comm100-diff-'));
  try {
    writeFileSync(join(folder, 'before.json'), JSON.stringify(before));
    writeFileSync(join(folder, 'after.json'), JSON.stringify(after));
    const words = [redocly.script, 'diff', 'before.json', 'after.json', '--format', 'json', '--fail-on', 'none'];
    const stdout = run(process.execPath, words, { cwd: folder, env: redocly.env });
    return JSON.parse(stdout).changes;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

function at(document: unknown, keys: readonly string[]): Node {
  const found = keys.reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), document);
  return isNode(found) ? found : {};
}

const schemasOf = (document: unknown): Node => at(document, ['components', 'schemas']);

/** The name that readers know for a place in a bundle: `Department.agents[]`, `listChats query page`, `error Forbidden`. */
export function nameAt(document: unknown, pointer: string): string {
  const keys = pointer
    .replace(/^#?\//, '')
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const [first = '', kind = '', third = '', ...rest] = keys;
  if (first === 'components' && kind === 'schemas') return third + fieldsOf(rest);
  if (first === 'components') return `${kind === 'responses' ? 'error' : kind.replace(/s$/, '')} ${third}`;
  if (first !== 'paths' && first !== 'webhooks') return first;
  const { operationId } = at(document, [first, kind, third]);
  if (typeof operationId !== 'string') return kind;
  const [part, key = ''] = rest;
  if (part === 'parameters') {
    const parameter = at(document, keys.slice(0, 5));
    const reference = typeof parameter.$ref === 'string' ? parameter.$ref.replace(/^#\//, '').split('/') : undefined;
    const { in: place, name } = reference ? at(document, reference) : parameter;
    return `${operationId} ${place} ${name}`;
  }
  if (part === 'requestBody') return `${operationId} body`;
  return part === 'responses' && key ? `${operationId} ${key}` : operationId;
}

function fieldsOf(keys: readonly string[]): string {
  const [keyword, name, ...rest] = keys;
  if (keyword === 'properties' && name !== undefined) return `.${name}${fieldsOf(rest)}`;
  return keyword === 'items' ? `[]${fieldsOf(keys.slice(1))}` : '';
}
