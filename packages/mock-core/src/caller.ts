import { activeAgents, type Company, type CompanyAgent } from '@comm100-openapi/description';

/** Who sends a request. */
export type Caller =
  | { readonly kind: 'agent'; readonly email: string; readonly permissions: 'all' | readonly string[] }
  | { readonly kind: 'partner'; readonly email: string };

/** The accounts that can log in. Emails are compared without regard to case. */
export class Accounts {
  readonly site: Company['site'];
  readonly #agents: ReadonlyMap<string, CompanyAgent>;
  readonly #partner: Company['partner'];

  constructor(company: Company) {
    this.site = company.site;
    this.#agents = new Map(activeAgents(company).map((agent) => [agent.email.toLowerCase(), agent]));
    this.#partner = company.partner;
  }

  /** The caller with this kind and email; `undefined` where there is none. */
  find(kind: Caller['kind'], email: string): Caller | undefined {
    return kind === 'agent' ? callerOf(this.#agents.get(email.toLowerCase())) : this.#findPartner(email);
  }

  /** The agent with this email and API key; `undefined` where they do not match. */
  withApiKey(email: string, apiKey: string): Caller | undefined {
    const agent = this.#agents.get(email.toLowerCase());
    return agent?.apiKey === apiKey ? callerOf(agent) : undefined;
  }

  /** The agent or partner with this email and password; `undefined` where they do not match. */
  withPassword(kind: Caller['kind'], email: string, password: string): Caller | undefined {
    const known = kind === 'agent' ? this.#agents.get(email.toLowerCase())?.password : this.#partner.password;
    return known === password ? this.find(kind, email) : undefined;
  }

  #findPartner(email: string): Caller | undefined {
    return this.#partner.email === email.toLowerCase() ? { kind: 'partner', email: this.#partner.email } : undefined;
  }
}

function callerOf(agent: CompanyAgent | undefined): Caller | undefined {
  return agent && { kind: 'agent', email: agent.email, permissions: agent.permissions };
}
