import type { Json } from '@comm100-openapi/description';
import { ServiceError } from '../../exchange.ts';
import { idsIn, secretOf } from '../entities.ts';
import type { Resource } from '../resource.ts';
import type { Entity, Store } from '../store.ts';

/** Groups keep the ids of their agents; those of the service have their agents by themselves. */
export const groups: Resource = {
  seed(entity, _, { agents }) {
    const ids = idsIn(entity.agents);
    if (entity.isSystem !== true) return { ...entity, agents: ids };
    const isAll = ids.length === agents.filter(({ created }) => !created).length;
    return { ...entity, agents: [], secret: { members: isAll ? 'all' : 'administrators' } };
  },

  read(entity, { store }) {
    const names = new Map(store.list('agents').map((agent) => [Number(agent.id), nameOf(agent)]));
    if (entity.agents === null) return entity;
    const ids = membersOf(entity, store).filter((id) => names.has(id));
    return { ...entity, agents: ids.map((id) => ({ id, name: names.get(id) ?? '' })) };
  },

  write(entity, before) {
    if (before?.isSystem === true) throw systemGroup();
    const { agents } = entity;
    return { ...entity, agents: Array.isArray(agents) ? idsIn(agents) : (agents ?? null), isSystem: false };
  },

  beforeRemoval(entity) {
    if (entity.isSystem === true) throw systemGroup();
  },

  afterRemoval(_, key, { world: { store } }) {
    store.remove('groups.permissions', key);
    for (const each of [...store.keys('departments')]) {
      const department = store.get('departments', each);
      const ids = idsIn(department?.groups);
      if (!department || !ids.includes(Number(key))) continue;
      store.put('departments', each, { ...department, groups: ids.filter((id) => id !== Number(key)) });
    }
  },
};

/** That the groups of the service cannot be changed is concluded: the service keeps them by itself. */
function systemGroup(): ServiceError {
  return new ServiceError(400, 'The group is one of the service, which keeps it by itself.');
}

function membersOf(entity: Entity, store: Store): number[] {
  const { members } = secretOf(entity);
  if (entity.isSystem !== true) return idsIn(entity.agents);
  const agents = store.list('agents').filter((agent) => members === 'all' || agent.isAdmin === true);
  return agents.map(({ id }) => Number(id));
}

function nameOf({ firstName = '', lastName = '' }: Readonly<Record<string, Json>>): string {
  return `${firstName} ${lastName}`.trim();
}
