import type { Company } from '@comm100-openapi/description';
import { type Accounts, basicHeader, type Caller } from '../caller.ts';
import { secretOf, withSecret } from './entities.ts';
import { isRecord } from './merge.ts';
import { effectivePermissions } from './permissions.ts';
import type { Entity, Store } from './store.ts';

/** After how many wrong passwords in a row an agent is locked. That there is a lock is documented, not when it falls: concluded. */
const mostAttempts = 5;

/** What decides who can log in, and what they may do. */
const kinds = ['agents', 'agents.permissions', 'groups', 'groups.permissions'];

interface Agent {
  readonly key: string;
  readonly entity: Entity;
  readonly caller: Caller;
}

/** Who can log in, as a store has the agents now. An agent who is locked or not active cannot. */
export class StoreAccounts implements Accounts {
  readonly site: Company['site'];
  readonly #store: Store;
  readonly #partner: Company['partner'];
  readonly #permissions: Readonly<Record<string, string>>;
  /** By email and by header; `undefined` after a change. */
  #known: { readonly byEmail: Map<string, Agent>; readonly byHeader: Map<string, Caller> } | undefined;

  /** @param permissions The flag of the permission maps that grants each permission. */
  constructor(store: Store, { site, partner }: Company, permissions: Readonly<Record<string, string>>) {
    this.site = site;
    this.#store = store;
    this.#partner = partner;
    this.#permissions = permissions;
    store.onChange(() => {
      this.#known = undefined;
    }, kinds);
  }

  find(kind: Caller['kind'], email: string): Caller | undefined {
    if (kind === 'agent') return this.#usable(email)?.caller;
    return this.#partner.email === email.toLowerCase() ? { kind, email: this.#partner.email } : undefined;
  }

  withHeader(header: string): Caller | undefined {
    return this.#read().byHeader.get(header);
  }

  withApiKey(email: string, apiKey: string): Caller | undefined {
    const agent = this.#usable(email);
    return agent && secretOf(agent.entity).apiKey === apiKey ? agent.caller : undefined;
  }

  withPassword(kind: Caller['kind'], email: string, password: string): Caller | undefined {
    if (kind === 'partner') return this.#partner.password === password ? this.find(kind, email) : undefined;
    const agent = this.#usable(email);
    if (!agent) return undefined;
    const { key, entity, caller } = agent;
    const { password: known, attempts = 0 } = secretOf(entity);
    const isRight = known === password;
    const failed = isRight ? 0 : Number(attempts) + 1;
    if (failed !== attempts) {
      const isLocked = failed >= mostAttempts;
      this.#store.put('agents', key, { ...withSecret(entity, { attempts: isLocked ? 0 : failed }), isLocked });
    }
    return isRight ? caller : undefined;
  }

  #usable(email: string): Agent | undefined {
    return this.#read().byEmail.get(email.toLowerCase());
  }

  #read() {
    this.#known ??= this.#readAll();
    return this.#known;
  }

  #readAll() {
    const byEmail = new Map<string, Agent>();
    const byHeader = new Map<string, Caller>();
    for (const key of this.#store.keys('agents')) {
      const entity = this.#store.get('agents', key);
      if (!entity || entity.isLocked === true || entity.isActive === false) continue;
      const email = String(entity.email);
      const caller = new AgentCaller(email, entity, () => this.#permissionsOf(entity, key));
      byEmail.set(email.toLowerCase(), { key, entity, caller });
      const { apiKey } = secretOf(entity);
      const header = typeof apiKey === 'string' ? basicHeader({ email, apiKey }) : '';
      if (header) byHeader.set(header, caller);
    }
    return { byEmail, byHeader };
  }

  #permissionsOf(agent: Entity, key: string): 'all' | readonly string[] {
    if (agent.isAdmin === true) return 'all';
    const flags = effectivePermissions(this.#store, key);
    return Object.entries(this.#permissions).flatMap(([name, flag]) => {
      const [area = '', permission = ''] = flag.split('.');
      const map = flags[area];
      return isRecord(map) && map[permission] === true ? [name] : [];
    });
  }
}

/** A caller whose permissions are read when they are first asked for: most agents of a company send no request. */
class AgentCaller {
  readonly kind = 'agent';
  readonly email: string;
  readonly entity: Entity;
  readonly #read: () => 'all' | readonly string[];
  #permissions: 'all' | readonly string[] | undefined;

  constructor(email: string, entity: Entity, read: () => 'all' | readonly string[]) {
    this.email = email;
    this.entity = entity;
    this.#read = read;
  }

  get permissions(): 'all' | readonly string[] {
    this.#permissions ??= this.#read();
    return this.#permissions;
  }
}
