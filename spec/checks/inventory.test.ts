import { readFileSync } from 'node:fs';
import type { Operation } from '@comm100-openapi/description';
import { describe, expect, it } from 'vitest';
import { isText } from '../lib/values.ts';
import { bodiesOf, bundles, nameOf } from './bundles.ts';

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

describe.each(bundles)('the operations of $version', ({ version, operations: all }) => {
  const rows = documented.filter((row) => row.version === version);
  const operations = new Map(
    all.filter(({ isWebhook }) => !isWebhook).map((operation) => [keyOf(nameOf(operation)), operation]),
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
    const extra = [...operations].filter(([key]) => !keys.has(key)).map(([, operation]) => nameOf(operation));
    expect(extra.map((name) => `${name} is not in ${list}: remove it, or add where it is documented`)).toEqual([]);
  });

  it('name where they are documented', () => {
    expect(
      both.flatMap(({ row, operation: it }) => [
        ...differs(it, 'x-source.document', it.source?.document, row.document),
        ...differs(it, 'x-source.heading', it.source?.heading, row.heading),
      ]),
    ).toEqual([]);
  });

  it('name the permission and the editions that are documented, and no others', () => {
    expect(
      both.flatMap(({ row, operation: it }) => [
        ...differs(it, 'x-permission', it.permission ?? '', row.permission),
        ...differs(it, 'x-edition', (it.editions ?? []).join(' '), row.editions.join(' ')),
      ]),
    ).toEqual([]);
  });

  it('have an example of every body', () => {
    const empty = both.flatMap(({ operation }) =>
      bodiesOf(operation)
        .filter(({ examples }) => examples.length === 0)
        .map(({ of }) => `The ${of} of ${nameOf(operation)} has no example: add one to its 'examples'`),
    );
    expect(empty).toEqual([]);
  });
});

function differs(operation: Operation, field: string, found: string | undefined, wanted: string): string[] {
  if (found === wanted) return [];
  const is = isText(found) ? `'${found}'` : 'missing';
  const todo = wanted ? `write '${wanted}'` : 'remove it';
  return [`${field} of ${nameOf(operation)} is ${is}: ${todo}, as in ${list}`];
}

/** One name for an operation, whatever its path calls its parameters. */
function keyOf(name: string): string {
  return name.replaceAll(/\{[^}]*\}/g, '{}');
}

/** The list of documented operations: facts about the API, gathered once from its documents. */
function readList(): Documented[] {
  const text = readFileSync(new URL('../documented-operations.csv', import.meta.url), 'utf8');
  const [head, ...rows] = text.trim().split('\n').map(readLine);
  expect(head).toEqual(['version', 'method', 'path', 'permission', 'edition', 'document', 'heading']);
  return rows.map((cells, index) => {
    if (cells.length !== 7) throw new Error(`Line ${index + 2} of ${list} has ${cells.length} cells, not 7`);
    const [version = '', method = '', path = '', permission = '', edition = '', document = '', heading = ''] = cells;
    const name = `${method} ${path}`;
    const editions = edition.split(' ').filter(isText);
    return { key: keyOf(name), version, name, permission, editions, document, heading };
  });
}

/** The cells of a line. @see https://www.rfc-editor.org/rfc/rfc4180#section-2 */
function readLine(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
