import type { Company, Document } from '@comm100-openapi/description';
import { readCompany, readDocument } from '@comm100-openapi/description/files';

/**
 * The project's own bundles of both versions, and the demo company with its accounts: what `startMock` needs.
 *
 * @throws {Error} where they have not been built.
 */
export function loadDemo(): { bundles: Document[]; company: Company } {
  return {
    bundles: ['v1', 'v2'].map((version) => readDocument(import.meta.resolve(`@comm100-openapi/spec/${version}.json`))),
    company: readCompany(import.meta.resolve('@comm100-openapi/spec/demo-company.json')),
  };
}
