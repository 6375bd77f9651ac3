import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Document } from '@comm100-openapi/description';
import { readDocument } from '@comm100-openapi/description/files';
import { parse, stringify } from 'yaml';
import { hoist } from './build/hoist.ts';
import { withPermissionFlags } from './build/permission-flags.ts';
import { publish } from './build/publish.ts';
import { readWeek } from './build/week.ts';
import { isNode, type Node } from './lib/values.ts';
import { readMap } from './migration/map.ts';

/**
 * Makes `dist/` from the sources: of each version the published form, as JSON and as YAML, and the strict form, as JSON;
 * and beside them, for the mock server and the documentation, the demo company with what happened in its week, the map
 * between the versions with its short forms written out, and the journeys.
 */
const here = import.meta.dirname;
mkdirSync(join(here, 'dist', 'strict'), { recursive: true });

const v1 = build('v1');
const v2 = build('v2');
const company = readYaml('demo/company.yaml');
if (!isNode(company)) throw new Error('demo/company.yaml is not an object.');
writeJson('demo-company.json', company);
writeJson('demo-week.json', readWeek(join(here, 'demo', 'week'), company));

// A map that no longer fits fails the tests, not the build: whoever changes a schema needs the bundles first.
const { map, problems } = readMap(readYaml('migration.yaml'), v1, v2);
if (problems.length > 0) console.warn(`migration.yaml does not fit the descriptions:\n  ${problems.join('\n  ')}`);
writeJson('migration.json', map);

// The journeys refer to the bundles beside them.
copyFileSync(join(here, 'journeys.arazzo.yaml'), join(here, 'dist', 'comm100-journeys.arazzo.yaml'));

/** Writes both forms of a version. @returns The strict one. */
function build(version: 'v1' | 'v2'): Document {
  const file = `strict/comm100-${version}.json`;
  writeJson(file, withPermissionFlags(hoist(bundle(version)), readYaml('common/permissions.yaml')));
  const strict = readDocument(join(here, 'dist', file));
  const published = publish(strict);
  writeJson(`comm100-${version}.json`, published);
  writeYaml(`comm100-${version}.yaml`, published);
  return strict;
}

/**
 * Joins the files of a version into one document.
 *
 * Where Redocly cannot, it prints what Redocly says, which names the file, and ends the build.
 *
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
  if (error) throw error;
  if (status !== 0) {
    // What Redocly says names the file and the line; the stack of this program would hide it.
    console.error(`Version ${version} could not be bundled:\n${stderr.trim()}`);
    process.exit(1);
  }
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
