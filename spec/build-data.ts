import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Description } from './migration/description.ts';
import { readMap } from './migration/map.ts';

/**
 * Writes what is data and not description as JSON, beside the bundles, for the mock server and the documentation: the
 * demo company, and the map between the versions with its short forms written out. The bundles must be there.
 */
const yaml = (file: string): unknown => parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
const bundle = (file: string) =>
  new Description(JSON.parse(readFileSync(new URL(`dist/${file}`, import.meta.url), 'utf8')));
const write = (file: string, value: unknown) =>
  writeFileSync(new URL(`dist/${file}`, import.meta.url), `${JSON.stringify(value, null, 2)}\n`);

mkdirSync(new URL('dist/', import.meta.url), { recursive: true });
write('demo-company.json', yaml('demo/company.yaml'));

// A map that has fallen behind stops the tests, not the build: whoever changes a schema wants to see it first.
const { map, problems } = readMap(yaml('migration.yaml'), bundle('comm100-v1.json'), bundle('comm100-v2.json'));
if (problems.length > 0) console.warn(`migration.yaml does not fit the descriptions:\n  ${problems.join('\n  ')}`);
write('migration.json', map);
