import { readMigration, type Version } from './bundle.ts';
import type { Json } from './openapi.ts';

/** The versions that the map leads from and to. */
export const MIGRATION: { from: Version; to: Version } = { from: 'v1', to: 'v2' };

/** Sentences for whoever moves. */
export interface Remarks {
  gone?: string;
  note?: string;
  change?: string;
  evidence?: string;
  reason?: string;
}

/** Where a parameter or a member has gone. */
export interface Move extends Remarks {
  from: string;
  to: string[];
  values?: { from: Json; to: Json[] }[];
}

interface Added {
  name: string;
  required: boolean;
}

export interface OperationMove extends Remarks {
  from: string;
  to: string[];
  instead: string[];
  same: boolean;
  parameters: Move[];
  answer?: Omit<Move, 'from'>;
  added: Added[];
}

export interface SchemaMove extends Remarks {
  from: string;
  to: string[];
  same: boolean;
  fields: Move[];
  added: Added[];
}

/** What the site needs of the map between the versions that the package `spec` derives. */
export interface MigrationMap {
  general: (Remarks & { title: string; from: string; to: string })[];
  unchanged: string[];
  operations: OperationMove[];
  schemas: SchemaMove[];
}

/** What has become of an operation, where the map speaks of its version. */
export function moveOf(version: Version, operationId: string): OperationMove | undefined {
  return version === MIGRATION.from ? readMigration().operations.find(({ from }) => from === operationId) : undefined;
}
