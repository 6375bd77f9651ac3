import type { Call } from './resource.ts';
import type { Entity } from './store.ts';

/** How many rows of its own a world keeps. */
const most = 500;

const verbs = { create: 'Add', update: 'Change', updateSettings: 'Change', delete: 'Remove' } as const;

/**
 * Adds a row to the audit log about a change. That the service has one for every change, and how it words it, is concluded
 * from the samples.
 */
export function audit(call: Call, key: string, entity: Entity | undefined): void {
  const { world, action, exchange, now } = call;
  const { store } = world;
  const verb = verbs[action.verb as keyof typeof verbs];
  if (!verb || exchange.caller?.kind !== 'agent') return;
  const { email, entity: agent } = exchange.caller;
  const [kind = '', part] = action.kind.split('.');
  const things = wordsOf(kind);
  const name = entity?.name ?? entity?.displayName ?? entity?.event ?? key;
  const what = key === '' ? things.toLowerCase() : `${things.toLowerCase()} ${name}`;
  const id = store.nextId('auditLogs');
  store.put('auditLogs', String(id), {
    id,
    actionTime: now,
    agentName: agent?.displayName ?? email,
    product: exchange.operation.path.includes('/account/') ? 'Account' : 'Live Chat',
    actionType: `${things} Management`,
    actionSummary: `${verb} ${part ? `${wordsOf(part).toLowerCase()} of ` : ''}${what}`,
    secret: { agent: agent?.id ?? 0 },
  });
  const rows = store.changes('auditLogs');
  if (rows.size >= most) for (const oldest of [...rows.keys()].slice(0, most / 10)) store.remove('auditLogs', oldest);
}

const known = new Map<string, string>();

/** `Canned Messages` for `cannedMessages`. */
function wordsOf(name: string): string {
  const words = known.get(name) ?? name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, (a) => a.toUpperCase());
  known.set(name, words);
  return words;
}
