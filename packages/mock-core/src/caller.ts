import { activeAgents, type Company } from '@comm100-openapi/description';
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

/** An agent who can log in. */
export interface AgentAccount {
  readonly caller: Caller;
  readonly apiKey: unknown;
  readonly password: unknown;
  /** Called when a password was tried. */
  readonly onAttempt?: (isRight: boolean) => void;
}

/** By email in lower case. */
export type AgentAccounts = ReadonlyMap<string, AgentAccount>;

/** The accounts that can log in. Emails are compared without regard to case. */
export class Accounts {
  readonly site: Company['site'];
  readonly #partner: Company['partner'];
  readonly #agents: () => AgentAccounts;

  /** @param agents The agents as they are at the time. */
  constructor({ site, partner }: Company, agents: () => AgentAccounts) {
    this.site = site;
    this.#partner = partner;
    this.#agents = agents;
  }

  /** The caller with this kind and email; `undefined` where there is none. */
  find(kind: Caller['kind'], email: string): Caller | undefined {
    if (kind === 'agent') return this.#agents().get(email.toLowerCase())?.caller;
    return this.#partner.email === email.toLowerCase() ? { kind, email: this.#partner.email } : undefined;
  }

  /** The agent with this email and API key; `undefined` where they do not match. */
  withApiKey(email: string, apiKey: string): Caller | undefined {
    const agent = this.#agents().get(email.toLowerCase());
    return agent?.apiKey === apiKey ? agent.caller : undefined;
  }

  /** The agent or partner with this email and password; `undefined` where they do not match. */
  withPassword(kind: Caller['kind'], email: string, password: string): Caller | undefined {
    if (kind === 'partner') return this.#partner.password === password ? this.find(kind, email) : undefined;
    const agent = this.#agents().get(email.toLowerCase());
    const isRight = agent?.password === password;
    agent?.onAttempt?.(isRight);
    return isRight ? agent.caller : undefined;
  }
}

/** The accounts of a company, which never change. */
export function companyAccounts(company: Company): Accounts {
  const agents = new Map(
    activeAgents(company).map(({ email, permissions, apiKey, password }) => [
      email.toLowerCase(),
      { caller: { kind: 'agent', email, permissions } as const, apiKey, password },
    ]),
  );
  return new Accounts(company, () => agents);
}
