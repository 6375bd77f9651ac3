/** The accounts of the demo company, as `spec/demo/company.yaml` has them. */
export interface Company {
  site: { id: number; name: string; edition: string };
  agents: {
    id: number;
    email: string;
    apiKey: string;
    password: string;
    permissions: 'all' | string[];
    created?: boolean;
  }[];
  partner: { email: string; password: string };
}

/** Who sends a request. */
export type Caller =
  | { readonly kind: 'agent'; readonly email: string; readonly permissions: 'all' | readonly string[] }
  | { readonly kind: 'partner'; readonly email: string };

/** The agents who can log in; those marked `created` appear in examples only. */
export function activeAgents(company: Company): Company['agents'] {
  return company.agents.filter((agent) => !agent.created);
}

/** The agent with this email. Emails are compared without regard to case. */
export function findAgent(company: Company, email: string) {
  return activeAgents(company).find((agent) => agent.email === email.toLowerCase());
}

/** The caller behind an email and a password or API key, or nothing where they do not match. */
export function identify(
  company: Company,
  kind: Caller['kind'],
  email: string,
  secret: { apiKey: string } | { password: string },
): Caller | undefined {
  if (kind === 'partner') {
    const { partner } = company;
    return 'password' in secret && partner.email === email.toLowerCase() && partner.password === secret.password
      ? { kind, email: partner.email }
      : undefined;
  }
  const agent = findAgent(company, email);
  const matches = agent && ('apiKey' in secret ? agent.apiKey === secret.apiKey : agent.password === secret.password);
  return matches ? { kind, email: agent.email, permissions: agent.permissions } : undefined;
}
