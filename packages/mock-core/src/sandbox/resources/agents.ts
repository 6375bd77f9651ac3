import type { Json } from '@comm100-openapi/description';
import { documentedError, ServiceError } from '../../exchange.ts';
import { entityOf, idsIn, secretOf, withSecret } from '../entities.ts';
import { invalid, notFound } from '../errors.ts';
import { merge } from '../merge.ts';
import { effectivePermissions } from '../permissions.ts';
import { checkReferences } from '../references.ts';
import type { Call, Resource } from '../resource.ts';
import type { Entity, Store } from '../store.ts';
import type { World } from '../world.ts';
import { forgetRoute } from './routing.ts';

const statuses = ['online', 'away', 'offline'];

/**
 * Agents: the account and the live chat settings are one entity. The departments and groups of an agent are kept with
 * those.
 */
export const agents: Resource = {
  usual: { maxChatsCount: 3, isAcceptAllocation: true, timeZone: '-1', status: 'offline', ongoingChats: 0 },

  seed({ groups: _, departments: __, v1: ___, ...entity }, key, company) {
    const known = company.agents.find(({ id }) => String(id) === key);
    return {
      isAcceptAllocation: true,
      ...entity,
      ...(known && { secret: { apiKey: known.apiKey, password: known.password } }),
    };
  },

  read(entity, { store }, key) {
    const groups = store.list('groups').filter((group) => group.isSystem !== true && has(group, key));
    return {
      status: 'offline',
      ongoingChats: 0,
      ...entity,
      groups: groups.map(({ id = 0, name = '' }) => ({ id, name })),
      departments: store.list('departments').flatMap((each) => (has(each, key) ? [each.id ?? 0] : [])),
    };
  },

  write({ password, groups, departments, ...entity }, before, call, key) {
    const { world } = call;
    const { store } = world;
    const { email } = entity;
    if (email !== undefined && email !== before?.email) {
      const other = keyOf(String(email), world);
      if (other !== undefined && other !== key) throw invalid('email', 'is the email of another agent.');
    }
    const { status } = entity;
    if (status !== undefined && status !== before?.status) checkStatus(store, status);
    if (groups !== undefined) join(store, 'groups', idsIn(groups), key);
    if (departments !== undefined) join(store, 'departments', idsIn(departments), key);
    const made = before ? entity : withSecret(entity, { apiKey: newKey() });
    return password === undefined ? made : withSecret(made, { password });
  },

  afterRemoval(_, key, { world: { store } }) {
    join(store, 'groups', [], key);
    join(store, 'departments', [], key);
    store.remove('agents.permissions', key);
    forgetRoute(store, 'agent', key);
  },

  keyOf,

  v1: {
    'Agent.api_key': ({ secret }) => (secret as Record<string, Json> | undefined)?.apiKey,
    'AgentListItem.api_key': ({ secret }) => (secret as Record<string, Json> | undefined)?.apiKey,
    // Version 1.0 has no word for an away status of one's own.
    'Agent.status': statusNumber,
    'AgentListItem.status': statusNumber,
  },

  operations: {
    '2 getOwnProfile': (call) => profile(call, own(call)),
    '2 updateOwnProfile'(call) {
      const key = own(call);
      checkReferences(call);
      save(call, key, call.body);
      return profile(call, key);
    },
    '2 changeOwnPassword'(call) {
      const key = own(call);
      const { currentPassword, newPassword = '' } = call.body;
      if (secretOf(call.world.store.get('agents', key)).password !== currentPassword) {
        throw invalid('currentPassword', 'is not the password of the agent.');
      }
      save(call, key, { password: newPassword });
      return undefined;
    },
    '2 setAgentPassword'(call) {
      save(call, inPath(call), { password: call.body.password ?? '' });
      return undefined;
    },
    '2 unlockAgent'(call) {
      const key = inPath(call);
      const agent = call.world.store.get('agents', key) ?? {};
      call.world.store.put('agents', key, { ...withSecret(agent, { attempts: 0 }), isLocked: false });
      return undefined;
    },
    '2 getAgentEffectivePermissions': (call) => effectivePermissions(call.world.store, inPath(call)) as Json,
    '1 resetAgentApiKey'(call) {
      const key = keyOf(call.exchange.pathValues.email ?? '', call.world);
      const agent = key === undefined ? undefined : call.world.store.get('agents', key);
      if (key === undefined || !agent) throw notFound(call.exchange);
      call.world.store.put('agents', key, withSecret(agent, { apiKey: newKey() }));
      return profile(call, key);
    },
  },
};

function has({ agents: list }: Entity, key: string): boolean {
  return idsIn(list).includes(Number(key));
}

function keyOf(email: string, { store }: World): string | undefined {
  const wanted = email.toLowerCase();
  for (const key of store.keys('agents')) {
    if (String(store.get('agents', key)?.email).toLowerCase() === wanted) return key;
  }
  return undefined;
}

/** A status is one of three, or the name of an away status of the site. */
function checkStatus(store: Store, status: Json): void {
  const own = store.list('customAwayStatus').map(({ name }) => String(name));
  if ([...statuses, ...own].includes(String(status))) return;
  throw invalid('status', `must be one of ${[...statuses, ...own].join(', ')}.`);
}

function statusNumber(_: Entity, __: World, usual: () => Json | undefined): Json {
  const status = usual();
  return typeof status === 'number' ? status : 1;
}

/** Makes an agent a member of some groups or departments, and of no others. */
function join(store: Store, kind: 'groups' | 'departments', ids: readonly number[], key: string): void {
  for (const each of [...store.keys(kind)]) {
    const entity = store.get(kind, each);
    if (!entity || entity.isSystem === true) continue;
    const members = idsIn(entity.agents);
    const isMember = members.includes(Number(key));
    if (isMember === ids.includes(Number(each))) continue;
    const changed = isMember ? members.filter((id) => id !== Number(key)) : [...members, Number(key)];
    store.put(kind, each, { ...entity, agents: changed });
  }
}

/** 32 hexadecimal digits. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The key of the agent who sends the request. */
function own({ exchange, world }: Call): string {
  const key = exchange.caller && keyOf(exchange.caller.email, world);
  if (key === undefined) throw documentedError(exchange.operation, 403, 'permission');
  return key;
}

function inPath({ exchange, world }: Call): string {
  const key = String(Number(exchange.pathValues.id));
  if (!world.store.has('agents', key)) throw notFound(exchange);
  return key;
}

function save(call: Call, key: string, changed: Readonly<Record<string, Json>>): void {
  const before = call.world.store.get('agents', key) ?? {};
  const entity = agents.write?.(merge(before, changed), before, call, key);
  if (!entity) throw new ServiceError(500, 'The agent cannot be kept.');
  call.world.store.put('agents', key, entity);
}

function profile({ world, exchange, contract }: Call, key: string): Json {
  const { operation } = exchange;
  const entity = entityOf(world, 'agents', key) ?? {};
  return contract.projector(operation).of(operation.success.schema ?? {})(entity, world);
}
