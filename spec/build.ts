import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readDocument } from '@comm100-openapi/description/files';
import { parse, stringify } from 'yaml';
import { hoist } from './build/hoist.ts';
import type { Node } from './lib/values.ts';
import { readMap } from './migration/map.ts';

/**
 * Makes `dist/` from the sources: a bundle of each version, as JSON and as YAML, and beside them, for the mock server
 * and the documentation, the demo company and the map between the versions with its short forms written out.
 */
const here = import.meta.dirname;
mkdirSync(join(here, 'dist'), { recursive: true });

const v1 = hoist(bundle('v1'));
const v2 = hoist(bundle('v2'));
writeJson('comm100-v1.json', v1);
writeYaml('comm100-v1.yaml', v1);
writeJson('comm100-v2.json', v2);
writeYaml('comm100-v2.yaml', v2);
writeJson('demo-company.json', readYaml('demo/company.yaml'));

// A map that no longer fits fails the tests, not the build: whoever changes a schema needs the bundles first.
const written = (version: string) => readDocument(join(here, 'dist', `comm100-${version}.json`));
const { map, problems } = readMap(readYaml('migration.yaml'), written('v1'), written('v2'));
if (problems.length > 0) console.warn(`migration.yaml does not fit the descriptions:\n  ${problems.join('\n  ')}`);
writeJson('migration.json', map);

/**
 * Joins the files of a version into one document.
 *
 * @throws Where Redocly cannot; the message has what Redocly says, which names the file.
 * @see https://redocly.com/docs/cli/commands/bundle
 */
function bundle(version: 'v1' | 'v2'): Node {
  const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
  const args = [cli, 'bundle', '--config', join(here, '..', 'redocly.yaml'), '--ext', 'json', version];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    cwd: here,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`Redocly could not bundle ${version}:\n${stderr}`, { cause: error });
  return JSON.parse(stdout);
}

function readYaml(file: string): unknown {
  return parse(readFileSync(join(here, file), 'utf8'));
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(join(here, 'dist', file), `${JSON.stringify(value, null, 2)}\n`);
}

/** Writes YAML 1.2 whose text stays text in a reader of YAML 1.1, such as `'2025-03-03'` and `'no'`. */
function writeYaml(file: string, value: unknown): void {
  const text = stringify(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1', lineWidth: 0 });
  writeFileSync(join(here, 'dist', file), text);
}
