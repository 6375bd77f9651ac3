import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type DateFormat,
  type DurationFormat,
  formatDate,
  formatDuration,
  formatTimeOfWeek,
  parseDate,
  parseDuration,
  parseOffset,
  parseTimeOfWeek,
} from '@comm100-openapi/client-v2';
import { expect, test } from 'vitest';

// The formats of the description, and whether the functions of the clients read and make each text in an example.

interface Node {
  [name: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The texts in the examples of a bundle, by the format of their schema. This reader is its own, since it judges. */
function textsOf(version: 'v1' | 'v2'): Map<string, Set<string>> {
  const file = fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/strict/${version}.json`));
  const document = JSON.parse(readFileSync(file, 'utf8')) as Node;
  const found = new Map<string, Set<string>>();
  const resolve = (node: unknown): Node => {
    if (!isNode(node)) return {};
    if (typeof node.$ref !== 'string') return node;
    const names = node.$ref.slice(2).split('/');
    return resolve(names.reduce((at: unknown, name) => (at as Node)[name.replaceAll('~1', '/')], document));
  };
  const collect = (given: unknown, value: unknown): void => {
    const schema = resolve(given);
    const format = schema['x-format'] ?? (schema.format === 'date-time' ? schema.format : undefined);
    if (typeof value === 'string' && typeof format === 'string') {
      // Of alternatives, the one that fits.
      if (typeof schema.pattern !== 'string' || new RegExp(schema.pattern).test(value))
        found.set(format, (found.get(format) ?? new Set()).add(value));
    }
    for (const branch of [schema.allOf, schema.anyOf, schema.oneOf].flat()) if (branch) collect(branch, value);
    if (Array.isArray(value)) for (const entry of value) collect(schema.items, entry);
    else if (isNode(value))
      for (const [name, entry] of Object.entries(value))
        collect((schema.properties as Node | undefined)?.[name], entry);
  };
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const child of Object.values(node)) walk(child);
    if (!isNode(node)) return;
    if (node.schema) {
      if ('example' in node) collect(node.schema, node.example);
      if (isNode(node.examples))
        for (const each of Object.values(node.examples)) collect(node.schema, resolve(each).value);
    }
  };
  walk(document);
  return found;
}

const texts = { v1: textsOf('v1'), v2: textsOf('v2') };

test('each version has these formats of dates and durations, and no other', () => {
  expect([...texts.v1.keys()].sort()).toEqual([
    '/Date(n)/',
    '12s',
    'ddd. hh:mm',
    'yyyy-MM-dd',
    'yyyy-MM-ddTHH:mm:ss',
    '±hh:mm',
  ]);
  expect([...texts.v2.keys()].sort()).toEqual([
    '/Date(n)/',
    '12s',
    'MM/dd/yyyy HH:mm:ss',
    'date-time',
    'ddd. hh:mm',
    'hh:mm:ss',
    'yyyy-MM-ddTHH:mm:ss',
    '±hh:mm',
  ]);
});

/** A text, read and made again. */
const again: Record<string, (text: string, format: string) => string> = {
  'ddd. hh:mm': (text) => formatTimeOfWeek(parseTimeOfWeek(text)),
  'hh:mm:ss': (text, format) => formatDuration(parseDuration(text), format as DurationFormat),
  '12s': (text, format) => formatDuration(parseDuration(text), format as DurationFormat),
  '±hh:mm': (text) => {
    const minutes = parseOffset(text);
    return `${minutes < 0 ? '-' : '+'}${new Date(Math.abs(minutes) * 60_000).toISOString().slice(11, 16)}`;
  },
};

test.each(
  Object.entries(texts).flatMap(([version, byFormat]) =>
    [...byFormat].map(([format, found]) => ({ version, format, found: [...found] })),
  ),
)('$version: every example of $format is read, and made again', ({ format, found }) => {
  const remake = again[format] ?? ((text) => formatDate(parseDate(text, '-03:30'), format as DateFormat, '-03:30'));
  // Decimals of a second are not made where the format has none.
  const want = format === 'date-time' ? found : found.map((text) => text.replace(/\.\d+$/, ''));
  expect(found.map((text) => remake(text, format))).toEqual(want);
});
