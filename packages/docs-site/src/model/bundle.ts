import { createRequire } from 'node:module';
import {
  type Company,
  type Document,
  type Facts,
  type MigrationMap,
  withoutValues,
} from '@comm100-openapi/description';
import {
  readCompany,
  readDocument as readDocumentFile,
  readFacts,
  readMigration as readMap,
} from '@comm100-openapi/description/files';

/** The versions of the API that the package `spec` publishes. */
export const VERSIONS = ['v2', 'v1'] as const;
export type Version = (typeof VERSIONS)[number];

const require = createRequire(import.meta.url);

type DerivedFile =
  | `${Version}.${'json' | 'yaml'}`
  | 'demo-company.json'
  | 'demo-week.json'
  | 'migration.json'
  | 'journeys.arazzo.yaml';

/** The path of a file that the package `spec` derives. */
export function bundlePath(file: DerivedFile): string {
  return require.resolve(`@comm100-openapi/spec/${file}`);
}

const documents = new Map<Version, Document>();

/** The bundled document of a version, read once. A page lists the values of a schema, so its description does not. */
export function readDocument(version: Version): Document {
  const text = () => JSON.stringify(readDocumentFile(bundlePath(`${version}.json`)));
  const document = documents.get(version) ?? (JSON.parse(text(), withoutLists) as Document);
  documents.set(version, document);
  return document;
}

function withoutLists(key: string, value: unknown): unknown {
  if (key !== 'description' || typeof value !== 'string') return value;
  const prose = withoutValues(value);
  return prose === value ? value : prose || undefined;
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

/** What happened in the week of the demo company. */
export function readWeek(): Facts {
  return readFacts(bundlePath('demo-week.json'));
}
