import type { Company, Document, Facts, MigrationMap } from '@comm100-openapi/description';
import {
  readDemoCompany,
  readDocument,
  readMigration,
  readWeek,
  VERSIONS,
  type Version,
} from '../../../src/model/bundle.ts';
import { compact } from '../../../src/model/compact.ts';

/** What the sandbox in the page needs. */
export interface SandboxData {
  documents: Record<Version, Document>;
  company: Company;
  facts: Facts;
  migration: MigrationMap;
}

declare const data: SandboxData;

export { data };

export default {
  load(): SandboxData {
    const documents = VERSIONS.map((version) => [version, compact(readDocument(version))] as const);
    return {
      documents: Object.fromEntries(documents) as SandboxData['documents'],
      company: readDemoCompany(),
      facts: readWeek(),
      migration: readMigration(),
    };
  },
};
