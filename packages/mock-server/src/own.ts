import { readFileSync } from 'node:fs';
import type { Company, Document, Facts, MigrationMap } from '@comm100-openapi/description';
import { readCompany, readDocument, readFacts, readMigration } from '@comm100-openapi/description/files';

/** The address of a file of the project's own, such as the bundle `v1.json`; in `strict/v1.json`, objects are closed. */
export function ownFile(name: string): string {
  return import.meta.resolve(`@comm100-openapi/spec/${name}`);
}

/**
 * The bundles of both versions in the strict form, or files of the user in their place.
 *
 * @throws {Error} naming the file that cannot be used.
 */
export function strictBundles(files: { v1?: string | undefined; v2?: string | undefined } = {}): Document[] {
  return [files.v1 ?? ownFile('strict/v1.json'), files.v2 ?? ownFile('strict/v2.json')].map(readDocument);
}

/** The demo company with its accounts, what happened in its week, and the map between the versions. */
export function loadCompany(): { company: Company; migration: MigrationMap; facts: Facts } {
  return {
    company: readCompany(ownFile('demo-company.json')),
    facts: readFacts(ownFile('demo-week.json')),
    migration: readMigration(ownFile('migration.json')),
  };
}

/**
 * The project's own bundles of both versions, the map between them, and the demo company with its accounts and what
 * happened in its week: what `startMock` needs.
 *
 * @throws {Error} where they have not been built.
 */
export function loadDemo(): ReturnType<typeof loadCompany> & { bundles: Document[] } {
  return { bundles: [ownFile('v1.json'), ownFile('v2.json')].map(readDocument), ...loadCompany() };
}

/** The version of this package. */
export function ownVersion(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
