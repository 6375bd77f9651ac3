import type { Json } from '@comm100-openapi/description';
import { secretOf } from '../entities.ts';
import { invalid } from '../errors.ts';
import { isRecord } from '../merge.ts';
import type { Call, Resource } from '../resource.ts';
import type { Entity, Store } from '../store.ts';

const rulesOf = (store: Store, campaign: string) =>
  store
    .list('customRules')
    .filter((rule) => secretOf(rule).owner === campaign)
    .sort((one, other) => Number(one.order) - Number(other.order));

/** The rules of a campaign are custom rules, each with an id of its own. */
export const routingRules: Resource = {
  seed: ({ rules: _, ...entity }) => entity,

  read: (entity, { store }, key) => ({ ...entity, rules: rulesOf(store, key) }),

  write({ rules, ...entity }, _, call, key) {
    checkRoute(call, 'simpleRouteTo', entity.simpleRouteToObject, entity.simpleRouteToId);
    const { fail } = entity;
    if (isRecord(fail)) checkRoute(call, 'fail.routeTo', fail.routeToObject, fail.routeToId);
    if (Array.isArray(rules)) replaceRules(call, key, rules.filter(isRecord));
    return entity;
  },
};

export const customRules: Resource = {
  write(entity, before, call) {
    checkRoute(call, 'routeTo', entity.routeToObject, entity.routeToId);
    const campaign = String(secretOf(entity).owner);
    const isNew = before === undefined && call.body.order === undefined;
    return isNew ? { ...entity, order: nextOrder(call.world.store, campaign) } : entity;
  },
};

function nextOrder(store: Store, campaign: string): number {
  return Math.max(0, ...rulesOf(store, campaign).map(({ order }) => Number(order))) + 1;
}

/** Those with a known id are changed, those without one are new, those left out are removed: concluded. */
function replaceRules(call: Call, campaign: string, rules: readonly Record<string, Json>[]): void {
  const { store } = call.world;
  const known = new Map(rulesOf(store, campaign).map((rule) => [String(rule.id), rule]));
  for (const rule of rules) {
    checkRoute(call, 'rules.routeTo', rule.routeToObject, rule.routeToId);
    if (rule.id !== undefined && rule.id !== 0 && !known.has(String(rule.id))) {
      throw invalid('rules.id', `refers to ${rule.id}, which is not a rule of the campaign.`);
    }
  }
  const kept = new Set<string>();
  for (const [index, { id: given, ...rule }] of rules.entries()) {
    const before = known.get(String(given));
    const id = before ? Number(before.id) : store.nextId('customRules');
    const usual = call.contract.defaults('customRules');
    store.put('customRules', String(id), {
      ...usual,
      routePriority: 'normal',
      conditions: { when: 'all', logicalExpression: '', list: [] },
      ...before,
      order: index + 1,
      ...rule,
      id,
      secret: { owner: campaign },
    });
    kept.add(String(id));
  }
  for (const key of known.keys()) if (!kept.has(key)) store.remove('customRules', key);
}

/** @throws {ServiceError} 400 where a route leads to a department or an agent that does not exist. */
function checkRoute({ world }: Call, name: string, object: Json | undefined, id: Json | undefined): void {
  if (id === undefined || id === 0 || id === null) return;
  const kind = object === 'agent' ? 'agents' : 'departments';
  if (!world.store.has(kind, String(id))) {
    throw invalid(`${name}Id`, `refers to ${id}, which is not among the ${kind} of the site.`);
  }
}

/** Makes what leads to a department or an agent lead nowhere: concluded. */
export function forgetRoute(store: Store, object: 'department' | 'agent', key: string): void {
  const leadsThere = (kind: Json | undefined, id: Json | undefined) => kind === object && String(id) === key;
  for (const each of [...store.keys('customRules')]) {
    const rule = store.get('customRules', each);
    if (rule && leadsThere(rule.routeToObject, rule.routeToId))
      store.put('customRules', each, { ...rule, routeToId: 0 });
  }
  for (const each of [...store.keys('campaigns.routingRules')]) {
    const rules = store.get('campaigns.routingRules', each);
    if (rules) store.put('campaigns.routingRules', each, withoutRoute(rules, leadsThere));
  }
}

function withoutRoute(rules: Entity, leadsThere: (kind: Json | undefined, id: Json | undefined) => boolean): Entity {
  const { fail } = rules;
  return {
    ...rules,
    ...(leadsThere(rules.simpleRouteToObject, rules.simpleRouteToId) && { simpleRouteToId: 0 }),
    ...(isRecord(fail) && leadsThere(fail.routeToObject, fail.routeToId) && { fail: { ...fail, routeToId: 0 } }),
  };
}
