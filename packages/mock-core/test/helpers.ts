import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CompanyAgent, MigrationMap } from '@comm100-openapi/description';
import { readCompany, readDocument } from '@comm100-openapi/description/files';

export const bundles = ['v1', 'v2'].map((version) =>
  readDocument(import.meta.resolve(`@comm100-openapi/spec/${version}.json`)),
);
export const company = readCompany(import.meta.resolve('@comm100-openapi/spec/demo-company.json'));

/** The map from version 1.0 to 2.0. */
export const migration: MigrationMap = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve('@comm100-openapi/spec/migration.json')), 'utf8'),
);

/** The agent who may do anything. */
export const [admin] = company.agents as [CompanyAgent];
/** The agent who may do nothing. */
export const powerless = company.agents.find(({ permissions }) => permissions.length === 0) ?? admin;

export function basicHeader({ email, apiKey }: { email: string; apiKey: string }): string {
  return `Basic ${btoa(`${email}:${apiKey}`)}`;
}
