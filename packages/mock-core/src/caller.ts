import { activeAgents, type Company, type CompanyAgent } from '@comm100-openapi/description';
import type { Entity } from './sandbox/store.ts';

/** Who sends a request. */
export type Caller =
  | {
      readonly kind: 'agent';
      readonly email: string;
      readonly permissions: 'all' | readonly string[];
      /** The agent as the sandbox has it; `undefined` where there is none. */
      readonly entity?: Entity;
    }
  | { readonly kind: 'partner'; readonly email: string };

/** The accounts that can log in. Emails are compared without regard to case. */
export interface Accounts {
  readonly site: Company['site'];
  /** The caller with this kind and email; `undefined` where there is none. */
  find(kind: Caller['kind'], email: string): Caller | undefined;
  /** The agent whose HTTP Basic header this is; `undefined` also where it only has to be read to know. */
  withHeader(header: string): Caller | undefined;
  /** The agent with this email and API key; `undefined` where they do not match. */
  withApiKey(email: string, apiKey: string): Caller | undefined;
  /** The agent or partner with this email and password; `undefined` where they do not match. */
  withPassword(kind: Caller['kind'], email: string, password: string): Caller | undefined;
}

/** The accounts of a company, which never change. */
export class CompanyAccounts implements Accounts {
  readonly site: Company['site'];
  readonly #agents: ReadonlyMap<string, CompanyAgent>;
  readonly #partner: Company['partner'];
  /** By the `Authorization` header as most clients write it. */
  readonly #byHeader: ReadonlyMap<string, Caller>;

  constructor(company: Company) {
    const agents = activeAgents(company);
    this.site = company.site;
    this.#agents = new Map(agents.map((agent) => [agent.email.toLowerCase(), agent]));
    this.#byHeader = new Map(agents.map((agent) => [basicHeader(agent), callerOf(agent)]));
    this.#partner = company.partner;
  }

  find(kind: Caller['kind'], email: string): Caller | undefined {
    if (kind === 'partner') return this.#findPartner(email);
    const agent = this.#agents.get(email.toLowerCase());
    return agent && callerOf(agent);
  }

  withHeader(header: string): Caller | undefined {
    return this.#byHeader.get(header);
  }

  withApiKey(email: string, apiKey: string): Caller | undefined {
    const agent = this.#agents.get(email.toLowerCase());
    return agent && agent.apiKey === apiKey ? callerOf(agent) : undefined;
  }

  withPassword(kind: Caller['kind'], email: string, password: string): Caller | undefined {
    const known = kind === 'agent' ? this.#agents.get(email.toLowerCase())?.password : this.#partner.password;
    return known === password ? this.find(kind, email) : undefined;
  }

  #findPartner(email: string): Caller | undefined {
    return this.#partner.email === email.toLowerCase() ? { kind: 'partner', email: this.#partner.email } : undefined;
  }
}

function callerOf({ email, permissions }: CompanyAgent): Caller {
  return { kind: 'agent', email, permissions };
}

/** HTTP Basic as clients write it; what is not of ASCII has to be read. */
export function basicHeader({ email, apiKey }: Pick<CompanyAgent, 'email' | 'apiKey'>): string {
  const text = `${email}:${apiKey}`;
  return /^[\x20-\x7e]*$/.test(text) ? `Basic ${btoa(text)}` : '';
}
