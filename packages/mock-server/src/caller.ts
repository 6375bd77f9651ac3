import { activeAgents, type Company, type CompanyAgent } from '@comm100-openapi/description';

/** Who sends a request. */
export type Caller =
  | { readonly kind: 'agent'; readonly email: string; readonly permissions: 'all' | readonly string[] }
  | { readonly kind: 'partner'; readonly email: string };

/** The agent with this email. Emails are compared without regard to case. */
export function findAgent(company: Company, email: string): CompanyAgent | undefined {
  return activeAgents(company).find((agent) => agent.email === email.toLowerCase());
}

/** The caller with this email and password or API key; `undefined` where they do not match. */
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
