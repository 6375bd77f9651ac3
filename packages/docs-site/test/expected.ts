/** What the site has to show, read from the list of documented operations and from the raw bundles, without the code under test. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const versions = ['v2', 'v1'] as const;
export type Version = (typeof versions)[number];

export type Node = { [key: string]: unknown };

/** A file of the package `spec`, as text. */
export function specFile(name: string): string {
  return readFileSync(fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/${name}`)), 'utf8');
}

const bundles = { v1: JSON.parse(specFile('v1.json')) as Node, v2: JSON.parse(specFile('v2.json')) as Node };

/** The value at a path of keys in the bundle of a version; an empty object where there is none. */
export function at(version: Version, ...keys: string[]): Node {
  return keys.reduce((node, key) => (node[key] ?? {}) as Node, bundles[version]);
}

interface Documented {
  method: string;
  path: string;
  /** The operation as the bundle has it, with the parameters of its path and without its responses. */
  node: Node;
  responses: [status: string, response: Node][];
  id: string;
  summary: string;
  tag: string;
  /** What the documents say about it: permission, edition, and where. */
  facts: string[];
}

/** The operations of the list of documented operations, in its order. */
export function documented(version: Version): Documented[] {
  const [, ...rows] = specFile('documented-operations.csv').trim().split('\n');
  return rows
    .map((row) => [...row.matchAll(/(?:^|,)(?:"([^"]*)"|([^",]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''))
    .filter(([of]) => of === version)
    .map(([, method = '', path = '', permission = '', edition = '', , heading = '']) => {
      const { responses = {}, ...own } = at(version, 'paths', path, method.toLowerCase());
      const shared = (at(version, 'paths', path).parameters ?? []) as Node[];
      const node = { ...own, parameters: [...shared, ...((own.parameters ?? []) as Node[])] };
      const [tag = ''] = (own.tags ?? []) as string[];
      const facts = [permission, edition, heading].filter(Boolean);
      return {
        method,
        path,
        node,
        responses: Object.entries(responses as Record<string, Node>),
        id: String(own.operationId),
        summary: String(own.summary),
        tag,
        facts,
      };
    });
}

/** The operation of a list with a certain place, such as -1 for the last. */
export function pick<Item>(list: readonly Item[], place: number): Item {
  const item = list.at(place);
  if (!item) throw new Error(`There is no item ${place} in a list of ${list.length}.`);
  return item;
}

/** The page that has an operation: that of its tag, or that of the report. */
export function pageOf({ tag, id }: Pick<Documented, 'tag' | 'id'>): string {
  const name = tag === 'Reports' ? id.replace(/[A-Z]/g, '-$&') : tag;
  return `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.html`;
}

/** The tag of the version's largest page. */
export function largestTag(version: Version): string {
  const byPage = [...Map.groupBy(documented(version), pageOf).values()];
  const [largest] = byPage.toSorted((one, other) => other.length - one.length);
  return largest?.[0]?.tag ?? '';
}

const texts = new Set(['description', 'summary', 'x-evidence', 'x-evidence-note', 'x-format']);
const lists = new Set([
  'enum',
  'x-extensible-enum',
  'x-enum-descriptions',
  'x-enum-varnames',
  'x-aliases',
  'x-edition',
]);
const data = new Set(['example', 'examples', 'default', 'const', 'x-when', 'x-source', 'security', 'tags']);

/**
 * The words in a part of a bundle that a reader has to find: descriptions, names, values and notes. What is written
 * beside a `$ref` replaces what its target says. References to schemas are not followed: each schema has its own section.
 */
export function wordsOf(version: Version, node: unknown, words = new Set<string>()): Set<string> {
  if (typeof node !== 'object' || node === null) return words;
  if (Array.isArray(node)) {
    for (const entry of node) wordsOf(version, entry, words);
    return words;
  }
  const whole = resolved(version, node as Node);
  if (typeof whole.name === 'string' && 'in' in whole) words.add(whole.name);
  for (const [key, value] of Object.entries(whole)) {
    // What a document states is not marked on a page.
    if (key === 'x-evidence' && value === 'documented') continue;
    // A description ends with the list of the values, which the page has apart from it.
    if (texts.has(key)) words.add(String(value).replace(/(^|\n\n)(Known values, to which|Values:)[\s\S]*/, ''));
    else if (lists.has(key)) for (const entry of value as unknown[]) words.add(String(entry));
    else if (['properties', 'patternProperties'].includes(key)) {
      for (const [name, inner] of Object.entries(value as Node)) wordsOf(version, inner, words.add(name));
    } else if (!data.has(key)) wordsOf(version, value, words);
  }
  return words;
}

/** An object behind its references, except those to schemas. */
function resolved(version: Version, { $ref, ...own }: Node): Node {
  if (typeof $ref !== 'string' || $ref.startsWith('#/components/schemas/')) return own;
  return { ...resolved(version, at(version, ...$ref.slice(2).split('/'))), ...own };
}

/** The named examples of a response. */
export function examplesOf(version: Version, response: Node): { summary: string; value: unknown }[] {
  const media = Object.values((resolved(version, response).content ?? {}) as Record<string, Node>);
  return media
    .flatMap(({ examples = {} }) => Object.values(examples as Record<string, Node>))
    .map((example) => resolved(version, example) as { summary: string; value: unknown });
}

/** The words that a text does not have. Only letters and digits count, so that Markdown and HTML do not matter. */
export function missing(text: string, words: Iterable<string>): string[] {
  const letters = (from: string) => from.replace(/\]\([^)]*\)/g, '').replace(/[^\p{L}\p{N}]+/gu, '');
  const all = letters(text);
  return [...words].filter((word) => !all.includes(letters(word)));
}
