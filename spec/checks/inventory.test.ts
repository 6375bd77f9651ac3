import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isNode, isText, listOf } from '../rules/lib/nodes.ts';
import { bodiesOf, bundles, type Operation, operationsOf } from './bundles.ts';

interface Documented {
  readonly key: string;
  readonly version: string;
  readonly name: string;
  readonly permission: string;
  readonly editions: readonly string[];
  readonly document: string;
  readonly heading: string;
}

const list = 'spec/documented-operations.csv';
const documented = readList();

describe.each(bundles)('the operations of $version', (bundle) => {
  const rows = documented.filter(({ version }) => version === bundle.version);
  const operations = new Map(
    operationsOf(bundle)
      .filter(({ path }) => path.startsWith('/'))
      .map((operation) => [keyOf(bundle.version, operation.method, operation.path), operation]),
  );
  const both = rows.flatMap((row) => {
    const operation = operations.get(row.key);
    return operation ? [{ row, operation }] : [];
  });

  it('are listed, each once', () => {
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  it('are all described', () => {
    const missing = rows.filter(({ key }) => !operations.has(key));
    expect(
      missing.map(({ name, document, heading }) => `${name} is missing: describe '${heading}' of ${document}`),
    ).toEqual([]);
  });

  it('are all documented', () => {
    const keys = new Set(rows.map(({ key }) => key));
    const extra = [...operations].filter(([key]) => !keys.has(key)).map(([, { name }]) => name);
    expect(extra.map((name) => `${name} is not in ${list}: take it out, or add where it is documented`)).toEqual([]);
  });

  it('name where they are documented', () => {
    expect(
      both.flatMap(({ row, operation }) => {
        const source = isNode(operation.node['x-source']) ? operation.node['x-source'] : {};
        return [
          ...differs(operation, 'x-source.document', source.document, row.document),
          ...differs(operation, 'x-source.heading', source.heading, row.heading),
        ];
      }),
    ).toEqual([]);
  });

  it('name the permission and the editions that are documented, and no others', () => {
    expect(
      both.flatMap(({ row, operation: it }) => [
        ...differs(it, 'x-permission', it.node['x-permission'] ?? '', row.permission),
        ...differs(it, 'x-edition', listOf(it.node['x-edition']).join(' '), row.editions.join(' ')),
      ]),
    ).toEqual([]);
  });

  it('have an example of every body', () => {
    const empty = both.flatMap(({ operation }) =>
      bodiesOf(operation)
        .filter(({ examples }) => !examples.some(({ node }) => 'value' in node))
        .map(({ of }) => `The ${of} of ${operation.name} has no example: add one to its 'examples'`),
    );
    expect(empty).toEqual([]);
  });
});

function differs({ name }: Operation, member: string, found: unknown, wanted: string): string[] {
  if (found === wanted) return [];
  const is = isText(found) ? `'${found}'` : 'missing';
  const todo = wanted ? `write '${wanted}'` : `take it out`;
  return [`${member} of ${name} is ${is}: ${todo}, as in ${list}`];
}

/** One name for an operation, whatever its path calls its parameters. */
function keyOf(version: string, method: string, path: string): string {
  return `${version} ${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
}

/** The list of documented operations: facts about the API, gathered once from its documents. */
function readList(): Documented[] {
  const text = readFileSync(new URL('../documented-operations.csv', import.meta.url), 'utf8');
  const [head, ...rows] = text.trim().split('\n').map(readLine);
  expect(head).toEqual(['version', 'method', 'path', 'permission', 'edition', 'document', 'heading']);
  return rows.map((cells, index) => {
    if (cells.length !== 7) throw new Error(`Line ${index + 2} of ${list} has ${cells.length} cells, and 7 are wanted`);
    const [version = '', method = '', path = '', permission = '', edition = '', document = '', heading = ''] = cells;
    const name = `${version} ${method} ${path}`;
    const editions = edition.split(' ').filter(isText);
    return { key: keyOf(version, method, path), version, name, permission, editions, document, heading };
  });
}

/** The cells of a line. @see https://www.rfc-editor.org/rfc/rfc4180#section-2 */
function readLine(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
