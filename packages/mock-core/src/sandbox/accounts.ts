import type { Company } from '@comm100-openapi/description';
import { Accounts, type AgentAccount, type AgentAccounts } from '../caller.ts';
import { once } from '../once.ts';
import { secretOf, withSecret } from './entities.ts';
import { isRecord } from './merge.ts';
import { effectivePermissions } from './permissions.ts';
import type { Entity, Store } from './store.ts';

/** After how many wrong passwords in a row an agent is locked. That there is a lock is documented, not when it falls: concluded. */
const mostAttempts = 5;

/** What decides who can log in, and what they may do. */
const kinds = ['agents', 'agents.permissions', 'groups', 'groups.permissions'];

/** The flag of the permission maps that grants each permission. */
type Flags = Readonly<Record<string, string>>;

/** Who can log in, as a store has the agents now. An agent who is locked or not active cannot. */
export function storeAccounts(store: Store, company: Company, flags: Flags): Accounts {
  let known: AgentAccounts | undefined;
  store.onChange(() => {
    known = undefined;
  }, kinds);
  return new Accounts(company, () => {
    known ??= agentsOf(store, flags);
    return known;
  });
}

function agentsOf(store: Store, flags: Flags): AgentAccounts {
  const agents = new Map<string, AgentAccount>();
  for (const key of store.keys('agents')) {
    const entity = store.get('agents', key);
    if (!entity || entity.isLocked === true || entity.isActive === false) continue;
    const email = String(entity.email);
    const { apiKey, password, attempts = 0 } = secretOf(entity);
    // Read when they are first asked for: most agents of a company send no request.
    const permissions = once(() => permissionsOf(entity, key, store, flags));
    const caller = {
      kind: 'agent',
      email,
      entity,
      get permissions() {
        return permissions();
      },
    } as const;
    const onAttempt = (isRight: boolean) => {
      const failed = isRight ? 0 : Number(attempts) + 1;
      if (failed === attempts) return;
      const isLocked = failed >= mostAttempts;
      store.put('agents', key, { ...withSecret(entity, { attempts: isLocked ? 0 : failed }), isLocked });
    };
    agents.set(email.toLowerCase(), { caller, apiKey, password, onAttempt });
  }
  return agents;
}

function permissionsOf(agent: Entity, key: string, store: Store, flags: Flags): 'all' | readonly string[] {
  if (agent.isAdmin === true) return 'all';
  const granted = effectivePermissions(store, key);
  return Object.entries(flags).flatMap(([name, flag]) => {
    const [area = '', permission = ''] = flag.split('.');
    const map = granted[area];
    return isRecord(map) && map[permission] === true ? [name] : [];
  });
}
