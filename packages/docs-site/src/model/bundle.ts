import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { MigrationMap } from './migration.ts';
import type { Document } from './openapi.ts';

/** The versions of the API that the package `spec` publishes. */
export const VERSIONS = ['v2', 'v1'] as const;
export type Version = (typeof VERSIONS)[number];

/** What the snippets need of the demo company, whose accounts the mock server knows. */
export interface DemoCompany {
  site: { id: number; name: string };
  agents: { email: string; apiKey: string; password: string }[];
  partner: { email: string; password: string };
}

const require = createRequire(import.meta.url);

/** Where a file that the package `spec` derives stands. */
export function bundlePath(file: `${Version}.${'json' | 'yaml'}` | 'demo-company.json' | 'migration.json'): string {
  return require.resolve(`@comm100-openapi/spec/${file}`);
}

function readJson(file: Parameters<typeof bundlePath>[0]): unknown {
  try {
    return JSON.parse(readFileSync(bundlePath(file), 'utf8'));
  } catch (cause) {
    throw new Error(`Cannot read @comm100-openapi/spec/${file}. Bundle the description first: npm run build.`, {
      cause,
    });
  }
}

const documents = new Map<Version, Document>();

/** The bundled document of a version, read once. */
export function readDocument(version: Version): Document {
  const document = documents.get(version) ?? (readJson(`${version}.json`) as Document);
  documents.set(version, document);
  return document;
}

let migration: MigrationMap | undefined;

/** The map between the versions, read once. */
export function readMigration(): MigrationMap {
  migration ??= readJson('migration.json') as MigrationMap;
  return migration;
}

export function readDemoCompany(): DemoCompany {
  return readJson('demo-company.json') as DemoCompany;
}
