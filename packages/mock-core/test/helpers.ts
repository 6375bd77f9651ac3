import type { CompanyAgent } from '@comm100-openapi/description';
import { readCompany, readDocument } from '@comm100-openapi/description/files';

export const bundles = ['v1', 'v2'].map((version) =>
  readDocument(import.meta.resolve(`@comm100-openapi/spec/${version}.json`)),
);
export const company = readCompany(import.meta.resolve('@comm100-openapi/spec/demo-company.json'));

/** The agent who may do anything. */
export const [admin] = company.agents as [CompanyAgent];
/** The agent who may do nothing. */
export const powerless = company.agents.find(({ permissions }) => permissions.length === 0) ?? admin;

export function basicHeader({ email, apiKey }: { email: string; apiKey: string }): string {
  return `Basic ${btoa(`${email}:${apiKey}`)}`;
}
