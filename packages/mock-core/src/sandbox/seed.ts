import type { Company, Document, Example, Json, MigrationMap, Operation } from '@comm100-openapi/description';
import { propertiesOf, resolve, type Schema, successOf } from '@comm100-openapi/description';
import { type Action, type Actions, operationName, operationsIn } from './actions.ts';
import { isRecord, merge } from './merge.ts';
import { Projector } from './project.ts';
import { resources } from './resources/index.ts';
import type { Entity } from './store.ts';

/** What a company begins with, and what is taken where a request that creates something leaves it out. */
export interface Harvest {
  readonly seed: ReadonlyMap<string, Map<string, Entity>>;
  /** By kind: what the example of a creation has that its request did not have. */
  readonly defaults: ReadonlyMap<string, Entity>;
}

type Kinds = Map<string, Map<string, Record<string, Json>>>;

/**
 * The entities that the examples of the responses are about: those of version 2.0 are merged, so that an item of a list
 * and the item itself are one; what only version 1.0 has is taken from its examples.
 *
 * @param company What its lists have as `created` exists only in the examples that create it.
 */
export function harvest(
  documents: readonly Document[],
  actions: Actions,
  migration: MigrationMap | undefined,
  company: Company,
): Harvest {
  const kinds: Kinds = new Map();
  const defaults = new Map<string, Record<string, Json>>();
  for (const document of documents.toSorted((one, other) => other.info.version.localeCompare(one.info.version))) {
    const is1 = document.info.version.startsWith('1');
    const projector = new Projector(document, is1 ? migration : undefined);
    for (const operation of operationsIn(document)) {
      const action = actions.get(operationName(document, operation.id));
      if (!action) continue;
      if (['list', 'get', 'getSettings'].includes(action.verb))
        collect(kinds, operation, action, is1 ? projector : undefined);
      if (action.verb === 'create') collectDefaults(defaults, operation, action, is1 ? projector : undefined);
    }
  }
  for (const [kind, entities] of kinds) {
    for (const id of createdIds(company, kind)) entities.delete(id);
    const { seed } = resources[kind] ?? {};
    for (const [key, entity] of seed ? entities : []) entities.set(key, { ...seed?.(entity, key, company) });
  }
  return { seed: kinds, defaults };
}

function collect(kinds: Kinds, operation: Operation, action: Action, v1: Projector | undefined): void {
  const [media] = successOf(operation)?.media ?? [];
  for (const example of media?.examples ?? []) {
    const { value } = example;
    if (action.verb === 'getSettings') {
      const key = action.key ? keyOf(operation, example, action.key) : '';
      add(kinds, action.kind, key, asSettings(value), v1, media?.schema);
      continue;
    }
    const owner = action.owner && keyOf(operation, example, action.owner.parameter);
    const items = action.verb === 'get' ? [value] : entriesOf(value, action.list);
    const schema = action.verb === 'get' ? media?.schema : itemSchema(operation, media?.schema, action.list);
    for (const item of items) {
      if (!isRecord(item)) continue;
      const key = keyOfItem(item) ?? keyOfEqual(kinds.get(action.kind), item);
      add(kinds, action.kind, key, owner ? { ...item, secret: { owner } } : item, v1, schema);
    }
  }
}

/** The key of an entity: its id, or the id of what is in it. */
function keyOfItem(item: Readonly<Record<string, Json>>): string | undefined {
  if (item.id !== undefined) return String(item.id);
  const inner = Object.values(item).find((value) => isRecord(value) && value.id !== undefined);
  return isRecord(inner) ? String(inner.id) : undefined;
}

/** The key of the same entity where one has no id: the one with its name, or with all its fields. Of a new one, its number. */
function keyOfEqual(
  known: ReadonlyMap<string, Readonly<Record<string, Json>>> = new Map(),
  item: Readonly<Record<string, Json>>,
): string {
  const text = JSON.stringify(item);
  const isSame = (other: Readonly<Record<string, Json>>) =>
    item.name === undefined ? JSON.stringify(other) === text : other.name === item.name;
  const [found] = [...known].find(([, other]) => isSame(other)) ?? [];
  return found ?? String(known.size + 1);
}

/** Settings that are a list are an entity with the list in it. */
export function asSettings(value: Json): Record<string, Json> {
  return isRecord(value) ? value : { value };
}

function add(
  kinds: Kinds,
  kind: string,
  key: string,
  item: Record<string, Json>,
  v1: Projector | undefined,
  schema: Schema | undefined,
): void {
  const entities = kinds.get(kind) ?? new Map<string, Record<string, Json>>();
  kinds.set(kind, entities);
  const known = entities.get(key) ?? {};
  if (!v1) {
    entities.set(key, merge(known, item));
    return;
  }
  const { fields, v1: only } = schema ? v1.read(itemOf(schema), item) : { fields: {}, v1: {} };
  // What has no counterpart in version 2.0 is kept as version 1.0 has it.
  const isOwn = Object.keys(known).length === 0;
  entities.set(key, isOwn ? item : merge({ ...fields, v1: only }, known));
}

/** The schema of an item among alternatives, such as an item or a page of them: the first. */
function itemOf(schema: Schema): Schema {
  return schema.oneOf?.[0] ?? schema.anyOf?.[0] ?? schema;
}

function itemSchema({ document }: Operation, schema: Schema | undefined, list: string | undefined): Schema | undefined {
  if (!schema) return undefined;
  const [found] = list ? (propertiesOf(document, schema).get(list)?.schemas ?? []) : [schema];
  return found && resolve<Schema>(document, found).items;
}

/** The entries of a list or a page. */
function entriesOf(value: Json, list: string | undefined): Json[] {
  const found = list && isRecord(value) ? value[list] : value;
  return Array.isArray(found) ? found : [];
}

/** The value of a parameter in an example: the one it is for, otherwise the one in the description. */
function keyOf(operation: Operation, { when }: Example, name: string): string {
  const parameter = operation.parameters.find((each) => each.name === name);
  return String(when?.[name]?.[0] ?? parameter?.example ?? '');
}

/** What a created entity has that its request did not have, merged over the examples of a creation. */
function collectDefaults(
  defaults: Map<string, Record<string, Json>>,
  operation: Operation,
  { kind }: Action,
  v1: Projector | undefined,
): void {
  const [sent] = operation.body?.media ?? [];
  const [media] = successOf(operation)?.media ?? [];
  for (const { name, value } of media?.examples ?? []) {
    const request = sent?.examples.find((example) => example.name === name)?.value;
    if (!isRecord(value) || !isRecord(request)) continue;
    const left = missing(value, request);
    const read = v1 && media?.schema ? v1.read(media.schema, left) : { fields: left, v1: {} };
    const { id: _, ...found } = read.fields;
    const known = defaults.get(kind) ?? {};
    defaults.set(kind, v1 ? { ...found, ...known } : merge(found, known));
  }
}

/** What one object has that another has not, at any depth; lists count as one value. */
function missing(value: Readonly<Record<string, Json>>, sent: Readonly<Record<string, Json>>): Record<string, Json> {
  const left = Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
    const given = sent[name];
    if (given === undefined) return [[name, inner]];
    if (!isRecord(inner) || !isRecord(given)) return [];
    const deeper = missing(inner, given);
    return Object.keys(deeper).length > 0 ? [[name, deeper]] : [];
  });
  return Object.fromEntries(left);
}

/** The ids that only the examples of creations have. */
function createdIds(company: Company, kind: string): string[] {
  const lists = company as unknown as Readonly<Record<string, Json>>;
  const listed = { ...lists, ...(lists.partner as Record<string, Json>) }[namesOfKinds[kind] ?? kind];
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((each) => (isRecord(each) && each.created === true ? [String(each.id)] : []));
}

/** What the company calls otherwise. */
const namesOfKinds: Readonly<Record<string, string>> = {
  customAwayStatus: 'customAwayStatuses',
  visitorSegmentations: 'visitorSegments',
};

/** The fields of forms, with ids of their own, and the custom fields of the site, which have others. */
export function fieldsOf(
  seed: ReadonlyMap<string, ReadonlyMap<string, Entity>>,
  company: Company,
): [string, Map<string, Entity>][] {
  const lists = company as unknown as Readonly<Record<string, Json>>;
  const custom = (Array.isArray(lists.customFields) ? lists.customFields : []).filter(isRecord);
  const customFields = new Map(custom.map(({ id = 0, name = '' }) => [String(id), { id, name, isSystem: false }]));
  const all = [...seed.values()].flatMap((entities) =>
    [...entities.values()].flatMap(({ fields, value }) => [fields, value]),
  );
  const fields = all.flatMap((list) => (Array.isArray(list) ? list : [])).filter(isRecord);
  const own = fields.flatMap(({ id, isSystem }): [string, Entity][] =>
    id === undefined || isSystem === undefined || customFields.has(String(id)) ? [] : [[String(id), { id, isSystem }]],
  );
  return [
    ['customFields', customFields],
    ['formFields', new Map(own)],
  ];
}
