import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bundle, Company } from '../src/index.ts';

function read<T>(file: string): T {
  return JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/${file}`)), 'utf8')) as T;
}

export const company = read<Company>('demo-company.json');
export const bundles = [read<Bundle>('v1.json'), read<Bundle>('v2.json')];

/** The agent who may do anything. */
export const [admin] = company.agents as [Company['agents'][number]];
/** The agent who may do nothing. */
export const powerless = company.agents.find(({ permissions }) => permissions.length === 0) ?? admin;

export function basicHeader({ email, apiKey }: { email: string; apiKey: string }): string {
  return `Basic ${btoa(`${email}:${apiKey}`)}`;
}
