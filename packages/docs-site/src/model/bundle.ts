import { createRequire } from 'node:module';
import type { Company, Document, MigrationMap } from '@comm100-openapi/description';
import {
  readCompany,
  readDocument as readDocumentFile,
  readMigration as readMap,
} from '@comm100-openapi/description/files';

/** The versions of the API that the package `spec` publishes. */
export const VERSIONS = ['v2', 'v1'] as const;
export type Version = (typeof VERSIONS)[number];

const require = createRequire(import.meta.url);

/** The path of a file that the package `spec` derives. */
export function bundlePath(file: `${Version}.${'json' | 'yaml'}` | 'demo-company.json' | 'migration.json'): string {
  return require.resolve(`@comm100-openapi/spec/${file}`);
}

const documents = new Map<Version, Document>();

/** The bundled document of a version, read once. */
export function readDocument(version: Version): Document {
  const document = documents.get(version) ?? readDocumentFile(bundlePath(`${version}.json`));
  documents.set(version, document);
  return document;
}

let migration: MigrationMap | undefined;

/** The map between the versions, read once. */
export function readMigration(): MigrationMap {
  migration ??= readMap(bundlePath('migration.json'));
  return migration;
}

/** The demo company, whose accounts the mock server knows. */
export function readDemoCompany(): Company {
  return readCompany(bundlePath('demo-company.json'));
}
