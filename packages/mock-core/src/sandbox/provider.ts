import type { Json } from '@comm100-openapi/description';
import type { AnswerProvider } from '../answers/provider.ts';
import { type RoutedExchange, ServiceError } from '../exchange.ts';
import type { ServedResponse } from '../operation-table.ts';
import { composed, type Payload } from '../payload.ts';
import type { Action } from './actions.ts';
import { audit } from './audit.ts';
import type { Contract } from './contract.ts';
import { canonicalKey, entityOf, secretOf, settingsOf } from './entities.ts';
import { notFound } from './errors.ts';
import { listOf } from './lists.ts';
import { isRecord, merge } from './merge.ts';
import { checkReferences } from './references.ts';
import type { Call } from './resource.ts';
import { asSettings } from './seed.ts';
import type { Entity, Store } from './store.ts';
import type { World } from './world.ts';

/** How many entities of a kind can differ from the beginning before a world takes no new ones. */
const most = 10_000;

/** How many responses of a world are kept until something changes. */
const mostKept = 16;

/** The state of the company of a request: what operations create, change and remove is what others see. */
export function state(contract: Contract): AnswerProvider {
  const kept = new WeakMap<Store, Map<string, Payload>>();

  /** The responses of a world as they are until something changes. */
  function responsesOf(store: Store): Map<string, Payload> {
    const known = kept.get(store);
    if (known) return known;
    const responses = new Map<string, Payload>();
    kept.set(store, responses);
    store.onChange(() => {
      if (responses.size > 0) responses.clear();
    });
    return responses;
  }

  return {
    kind: 'state',
    answer(exchange, response) {
      const { operation, world, incoming } = exchange;
      if (!world || operation.described.tokenIssue) return undefined;
      const action = contract.actionOf(operation);
      const handler = contract.handlerOf(operation);
      if (!handler && !action) return undefined;
      const isLasting = !handler && action !== undefined && dependsOnStoreAlone(action, contract);
      const known = isLasting ? responsesOf(world.store).get(incoming.url) : undefined;
      if (known) return known;
      const call = callOf(contract, exchange, world, action ?? none);
      const value = handler ? handler(call) : act(call, response);
      const payload = composed(value, response.validate);
      if (!isLasting) return payload;
      const responses = responsesOf(world.store);
      if (responses.size >= mostKept) responses.clear();
      responses.set(incoming.url, payload);
      return payload;
    },
  };
}

/** Whether a response is the same until something changes: not a list of what is of today, and no page with links. */
function dependsOnStoreAlone({ verb, kind, list }: Action, contract: Contract): boolean {
  if (verb === 'get' || verb === 'getSettings') return true;
  return verb === 'list' && list === undefined && contract.resource(kind).time === undefined;
}

/** The action of an operation that only a handler knows. */
const none: Action = { verb: 'get', kind: '' };

function callOf(contract: Contract, exchange: RoutedExchange, world: World, action: Action): Call {
  const { operation, body } = exchange;
  const schema = operation.described.body?.media[0]?.schema;
  const sent = isRecord(body) ? body : {};
  const { fields, v1 } = schema ? contract.projector(operation).read(schema, sent) : { fields: sent, v1: {} };
  const { success } = operation;
  const call: Call = {
    world,
    exchange,
    contract,
    action,
    body: fields,
    v1,
    // Not a getter: V8 makes a hidden class for each object that has one, and that keeps all of the request for long.
    now: world.clock.text(),
    settings: () => showSettings(call, success),
    create(kind, more) {
      const made: Call = { ...call, action: { verb: 'create', kind }, body: { ...fields, ...more } };
      return shown(made, success, kind, create(made));
    },
  };
  return call;
}

function act(call: Call, response: ServedResponse): Json | undefined {
  const { action, exchange } = call;
  if (action.owner) owned(call);
  switch (action.verb) {
    case 'list':
      return listOf(call, response);
    case 'get':
      return shown(call, response, action.kind, keyOf(call));
    case 'create':
      return shown(call, response, action.kind, create(call));
    case 'update': {
      const key = keyOf(call);
      update(call, key);
      return shown(call, response, action.kind, key);
    }
    case 'delete': {
      const removed = exchange.pathValues[action.key ?? ''];
      if (action.key) remove(call, keyOf(call));
      else removeAll(call);
      return sentence(response, removed);
    }
    case 'getSettings':
      return showSettings(call, response);
    case 'updateSettings':
      updateSettings(call);
      return showSettings(call, response);
  }
}

/** Makes sure that the entity exists whose collection this is. */
function owned({ world, action, exchange }: Call): void {
  const { owner } = action;
  const key = owner && String(Number(exchange.pathValues[owner.parameter]));
  if (owner && !world.store.has(owner.kind, key ?? '')) throw notFound(exchange);
}

/** The key of the entity that the path names. @throws {ServiceError} 404 where there is none. */
function keyOf({ world, action, exchange }: Call): string {
  const name = exchange.pathValues[action.key ?? ''] ?? '';
  const key = canonicalKey(action.kind, world, name, exchange.operation.document.info.version);
  const entity = key === undefined ? undefined : world.store.get(action.kind, key);
  if (key === undefined || !entity) throw notFound(exchange);
  const owner = action.owner && exchange.pathValues[action.owner.parameter];
  if (owner !== undefined && String(Number(owner)) !== secretOf(entity).owner) throw notFound(exchange);
  return key;
}

/** An entity as the response of the operation has it. */
function shown({ world, exchange, contract }: Call, { schema = {} }: ServedResponse, kind: string, key: string): Json {
  const entity = entityOf(world, kind, key) ?? {};
  return contract.projector(exchange.operation).of(schema)(entity, world);
}

/** @returns the key of what was created */
function create(call: Call): string {
  const { world, action, contract, exchange, body, v1 } = call;
  const { kind, owner } = action;
  checkReferences(call);
  if (world.store.changes(kind).size >= most) {
    throw new ServiceError(400, `The sandbox keeps at most ${most} changes to ${kind}. Reset it to go on.`);
  }
  const id = world.store.nextId(kind);
  const key = String(id);
  const usual = contract.requestDefaults(exchange.operation);
  const entity: Record<string, Json> = {
    id,
    ...[contract.defaults(kind), usual.fields, body].reduce(merge, contract.resource(kind).usual ?? {}),
    ...(Object.keys(v1).length > 0 && { v1: { ...usual.v1, ...v1 } }),
    ...(owner && { secret: { owner: String(Number(exchange.pathValues[owner.parameter])) } }),
  };
  write(call, kind, key, contract.complete(kind, entity, world), undefined);
  return key;
}

function update(call: Call, key: string): void {
  const { world, action, body, v1 } = call;
  checkReferences(call);
  const before = world.store.get(action.kind, key) ?? {};
  const { id: _, ...changed } = body;
  const entity = merge(before, changed);
  if (Object.keys(v1).length > 0) entity.v1 = { ...(before.v1 as object), ...v1 };
  write(call, action.kind, key, entity, before);
}

/** Keeps an entity as its resource wants it. */
function write(call: Call, kind: string, key: string, entity: Entity, before: Entity | undefined): void {
  const { contract, world } = call;
  const { write: particular } = contract.resource(kind);
  const kept = particular?.(entity, before, call, key) ?? entity;
  world.store.put(kind, key, kept);
  audit(call, key, kept);
}

function remove(call: Call, key: string): void {
  const { world, contract, action } = call;
  const entity = world.store.get(action.kind, key);
  if (!entity) return;
  const resource = contract.resource(action.kind);
  resource.beforeRemoval?.(entity, key, call);
  world.store.remove(action.kind, key);
  resource.afterRemoval?.(entity, key, call);
  audit(call, key, entity);
}

/** Removes those whose ids the body has; what does not exist is removed already. */
function removeAll(call: Call): void {
  const { ids } = call.body;
  for (const id of Array.isArray(ids) ? ids : []) remove(call, String(id).toLowerCase());
}

/** The sentence about a removal: that of the example, with the name of what was removed in place of the example's. */
function sentence({ schema, examples: [example] }: ServedResponse, removed: string | undefined): Json | undefined {
  if (!schema) return undefined;
  const value = (example?.value ?? '') as Json;
  const written = (text: Json | undefined) =>
    typeof text === 'string' && removed !== undefined ? text.replace(/'[^']*'/, () => `'${removed}'`) : (text ?? '');
  if (!isRecord(value)) return written(value);
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, written(text)]));
}

/** The key of settings: that of the entity that they are of. @throws {ServiceError} 404 where there is none. */
function settingsKey({ world, action, exchange }: Call): string {
  if (!action.key) return '';
  const [kind = ''] = action.kind.split('.');
  const name = exchange.pathValues[action.key] ?? '';
  const key = canonicalKey(kind, world, name, exchange.operation.document.info.version);
  if (key === undefined || !world.store.has(kind, key)) throw notFound(exchange);
  return key;
}

function showSettings(call: Call, { schema = {} }: ServedResponse): Json {
  const { world, action, contract, exchange } = call;
  const entity = settingsOf(contract, world, action.kind, settingsKey(call));
  // Settings that are a list are kept as the value of an object.
  const value = action.part ? entity[action.part] : 'value' in entity ? entity.value : entity;
  return contract.projector(exchange.operation).of(schema)(value, world);
}

function updateSettings(call: Call): void {
  const { world, action, contract, exchange, body } = call;
  checkReferences(call);
  const key = settingsKey(call);
  const before =
    world.store.get(action.kind, key) ?? contract.resource(action.kind).initial?.(key, world, contract) ?? {};
  const sent = isRecord(exchange.body) ? body : asSettings(exchange.body as Json);
  write(call, action.kind, key, merge(before, action.part ? { [action.part]: sent } : sent), before);
}
