import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { readDocument } from '../src/files.ts';

const folder = mkdtempSync(join(tmpdir(), 'description-'));
afterAll(() => rmSync(folder, { recursive: true }));

const info = { title: 'Birds', version: '1.0' };

test.each([
  { name: 'missing', given: undefined, want: 'cannot be read (ENOENT). Check the path' },
  { name: 'cut off', given: '{"openapi": "3.1.0"', want: 'is not valid JSON' },
  { name: 'null', given: 'null', want: 'it has no `openapi`' },
  { name: 'a list', given: '[]', want: 'it has no `openapi`' },
  { name: 'of another version', given: JSON.stringify({ openapi: '3.0.3' }), want: 'its version of OpenAPI is 3.0.3' },
  { name: 'without info', given: JSON.stringify({ openapi: '3.1.0', paths: {} }), want: 'it has no `info.version`' },
  { name: 'without paths', given: JSON.stringify({ openapi: '3.1.0', info }), want: 'it has no `paths`' },
])('a file that is $name is rejected by name', ({ name, given, want }) => {
  const file = join(folder, `${name}.json`);
  if (given !== undefined) writeFileSync(file, given);
  expect(() => readDocument(file)).toThrow(want);
  expect(() => readDocument(file)).toThrow(file);
});

test('a description is read by path and by URL', () => {
  const file = join(folder, 'birds.json');
  const document = { openapi: '3.1.0', info, paths: {} };
  writeFileSync(file, JSON.stringify(document));
  expect(readDocument(file)).toEqual(document);
  expect(readDocument(pathToFileURL(file))).toEqual(document);
  expect(readDocument(pathToFileURL(file).href)).toEqual(document);
});
