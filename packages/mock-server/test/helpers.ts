import { type Company, loadDemo } from '../src/index.ts';

export const { bundles, company } = loadDemo();

/** The agent who may do anything. */
export const [admin] = company.agents as [Company['agents'][number]];
/** The agent who may do nothing. */
export const powerless = company.agents.find(({ permissions }) => permissions.length === 0) ?? admin;

export function basicHeader({ email, apiKey }: { email: string; apiKey: string }): string {
  return `Basic ${btoa(`${email}:${apiKey}`)}`;
}
