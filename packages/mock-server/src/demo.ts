import type { Company, Document, Facts, MigrationMap } from '@comm100-openapi/description';
import { readCompany, readDocument, readFacts, readMigration } from '@comm100-openapi/description/files';

/**
 * The project's own bundles of both versions, the map between them, and the demo company with its accounts and what
 * happened in its week: what `startMock` needs.
 *
 * @throws {Error} where they have not been built.
 */
export function loadDemo(): { bundles: Document[]; company: Company; migration: MigrationMap; facts: Facts } {
  return {
    bundles: ['v1', 'v2'].map((version) => readDocument(import.meta.resolve(`@comm100-openapi/spec/${version}.json`))),
    company: readCompany(import.meta.resolve('@comm100-openapi/spec/demo-company.json')),
    facts: readFacts(import.meta.resolve('@comm100-openapi/spec/demo-week.json')),
    migration: readMigration(import.meta.resolve('@comm100-openapi/spec/migration.json')),
  };
}
