import {
  type Document,
  flatten,
  isReference,
  type Json,
  joinedObjectsOf,
  type MigrationMap,
  type Move,
  nameOf,
  openValuesOf,
  propertiesOf,
  type Schema,
  type SchemaMove,
} from '@comm100-openapi/description';
import { once } from '../once.ts';
import { isRecord } from './merge.ts';
import type { Entity } from './store.ts';
import type { World } from './world.ts';

/**
 * How one field of a response is found where the map does not say it all; `undefined` leaves it out.
 *
 * @param usual What it would be by the map alone.
 */
export type Override = (entity: Entity, world: World, usual: () => Json | undefined) => Json | undefined;

/** Writes an entity as the schema of a response has it. */
export type Projection = (entity: Json | undefined, world: World) => Json;

/** The fields of a request by their names in version 2.0, and those that only version 1.0 has. */
export interface ReadFields {
  readonly fields: Record<string, Json>;
  readonly v1: Record<string, Json>;
}

interface Field {
  readonly name: string;
  readonly source: (entity: Entity, world: World) => Json | undefined;
}

/**
 * The projections of one version: entities have the fields of version 2.0, and the map says what they are in version 1.0.
 */
export class Projector {
  readonly #document: Document;
  readonly #moves: ReadonlyMap<string, SchemaMove> | undefined;
  readonly #overrides: Readonly<Record<string, Override>>;
  readonly #compiled = new WeakMap<Schema, Projection>();
  readonly #byName = new Map<string, Projection>();

  /**
   * @param migration The map, where the document is of version 1.0.
   * @param overrides By schema and field of the response: `Department.status`.
   */
  constructor(document: Document, migration?: MigrationMap, overrides: Readonly<Record<string, Override>> = {}) {
    this.#document = document;
    this.#moves = migration && new Map(migration.schemas.map((move) => [move.from, move]));
    this.#overrides = overrides;
  }

  /** The projection of a schema, compiled when it is first used. */
  of(schema: Schema): Projection {
    const known = this.#compiled.get(schema);
    if (known) return known;
    const made = isReference(schema) ? this.#named(schema) : this.#compile(schema, schema.title ?? '');
    this.#compiled.set(schema, made);
    return made;
  }

  /** A schema can contain itself, so its projection exists before it is compiled. */
  #named(schema: Schema & { readonly $ref: string }): Projection {
    const name = nameOf(schema.$ref);
    const made = once(() => this.#compile(schema, name));
    const projection = this.#byName.get(name) ?? ((entity, world) => made()(entity, world));
    this.#byName.set(name, projection);
    return projection;
  }

  #compile(written: Schema, name: string): Projection {
    const schema = flatten(this.#document, written);
    const types = typesOf(this.#document, schema);
    const fallback = fallbackOf(schema, types);
    if (types.has('array') && schema.items) {
      const item = this.of(schema.items);
      return (value, world) => {
        if (Array.isArray(value)) return value.map((each) => item(each, world));
        if (value === null && types.has('null')) return null;
        // One text for a list has an option in a line.
        if (typeof value === 'string' && !types.has('string')) return value === '' ? [] : value.split('\n');
        return value === undefined || value === null ? fallback : value;
      };
    }
    const joined = joinedObjectsOf(schema);
    if (joined.length > 0) return this.#union(joined, name, types, fallback);
    const branches = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
    if (branches.length > 0 && !schema.properties) return this.#union(branches, name, types, fallback);
    const properties = propertiesOf(this.#document, schema);
    if (properties.size === 0) return (value) => plain(value, name, types, fallback);
    const fields = this.#fields(name, properties);
    return (value, world) => {
      if (value === null && types.has('null')) return null;
      if (typeof value !== 'object' && value !== undefined) return value;
      const entity = (value ?? {}) as Entity;
      const shown: Record<string, Json> = {};
      for (const field of fields) {
        const found = field.source(entity, world);
        if (found !== undefined) shown[field.name] = found;
      }
      return shown;
    };
  }

  /** Lists as the branch that is one, objects as the first branch whose constants they have. */
  #union(branches: readonly Schema[], name: string, types: ReadonlySet<string>, fallback: Json): Projection {
    const known = branches.map((branch) => {
      const schema = flatten(this.#document, branch);
      const constants = Object.entries(schema.properties ?? {}).flatMap(([field, property]) => {
        const values = openValuesOf(flatten(this.#document, property)) ?? [];
        return values.length === 1 ? [[field, values[0]] as const] : [];
      });
      return {
        isList: schema.items !== undefined,
        isObject: schema.properties !== undefined,
        constants,
        show: this.of(branch),
      };
    });
    return (value, world) => {
      if (Array.isArray(value)) return known.find(({ isList }) => isList)?.show(value, world) ?? value;
      if (typeof value !== 'object' || value === null) return plain(value, name, types, fallback);
      const objects = known.filter(({ isObject }) => isObject);
      const fitting = objects.find(({ constants }) => constants.every(([field, only]) => value[field] === only));
      return (fitting ?? objects[0])?.show(value, world) ?? value;
    };
  }

  #fields(name: string, properties: ReturnType<typeof propertiesOf>): Field[] {
    const move = this.#moveOf(name);
    const shown = new Set<string>();
    return [...properties].map(([field, { schemas, required }]): Field => {
      const [schema = {}] = schemas;
      const project = this.of(schema);
      const override = this.#overrides[`${move?.from ?? name}.${field}`];
      const moved = move?.fields.find(({ from }) => from === field);
      const path = moved ? pathOf(moved) : [field];
      // Of two spellings that version 1.0 may have of one field, it has the first.
      const isSecond = !required && path !== undefined && moved !== undefined && shown.has(path.join('.'));
      if (moved && path) shown.add(path.join('.'));
      const usual = (entity: Entity): Json | undefined => {
        if (isSecond) return undefined;
        let found = path ? valueAt(entity, path) : undefined;
        if (found !== undefined && moved?.values) found = oldValue(moved, found);
        return found === undefined && this.#moves ? v1Of(entity)[field] : found;
      };
      return {
        name: field,
        source: (entity, world) => {
          const found = override ? override(entity, world, () => usual(entity)) : usual(entity);
          return found === undefined && !required ? undefined : project(found, world);
        },
      };
    });
  }

  /** What the map says of a schema; of one that is gone, what it says of the one whose name it begins with. */
  #moveOf(name: string): SchemaMove | undefined {
    const move = this.#moves?.get(name);
    if (!move?.gone || !this.#moves) return move;
    const bases = [...this.#moves.values()].filter(({ from, to }) => to.length > 0 && name.startsWith(from));
    return bases.toSorted((one, other) => other.from.length - one.from.length)[0] ?? move;
  }

  /**
   * Reads an object of version 1.0, a request or an example of a response: what the map has for its fields, with the
   * names and values of version 2.0.
   */
  read(written: Schema, value: Json): ReadFields {
    // Version 2.0 has the names of the store.
    if (!this.#moves) return { fields: isRecord(value) ? value : {}, v1: {} };
    const branches = isReference(written) ? [] : [...(written.oneOf ?? []), ...(written.anyOf ?? [])];
    if (branches[0]) return this.read(branches[0], value);
    const name = isReference(written) ? nameOf(written.$ref) : (written.title ?? '');
    const resolved = flatten(this.#document, written);
    const [branch] = [...joinedObjectsOf(resolved), ...(resolved.oneOf ?? []), ...(resolved.anyOf ?? [])];
    if (branch && !this.#moves?.get(name)?.fields.length) return this.read(branch, value);
    const move = this.#moveOf(name);
    const read: ReadFields = { fields: {}, v1: {} };
    if (!isRecord(value)) return read;
    for (const [field, inner] of Object.entries(value)) {
      const own = move?.fields.find(({ from }) => from === field);
      const moved = own && !own.gone ? own : (this.#fieldOfResponse(name, field) ?? own);
      const path = move && !move.same && moved ? pathOf(moved) : move?.same ? [field] : undefined;
      const [target, ...deeper] = path ?? [];
      if (target === undefined || deeper.length > 0) read.v1[field] = inner;
      else if (moved?.values) read.fields[target] = newValue(moved, inner);
      else read.fields[target] = this.#readInner(resolved.properties?.[field], inner);
    }
    return read;
  }

  /** An object in an object: what only version 1.0 has is under `v1` in it. */
  #readInner(schema: Schema | undefined, value: Json): Json {
    if (!schema || !this.#moves || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (!isReference(schema) || !this.#moves.has(nameOf(schema.$ref))) return value;
    const { fields, v1 } = this.read(schema, value);
    return Object.keys(v1).length > 0 ? { ...fields, v1 } : fields;
  }

  /** What a request can set without a counterpart in requests of version 2.0 can be one in its responses. */
  #fieldOfResponse(name: string, field: string): Move | undefined {
    const base = name.replace(/(Create|Update)$/, '');
    return this.#moves?.get(base)?.fields.find(({ from }) => from === field);
  }
}

/** A value that is neither a list nor an object, in the type and the format of its schema. */
function plain(value: Json | undefined, name: string, types: ReadonlySet<string>, fallback: Json): Json {
  if (value === undefined) return fallback;
  if (value === null) return types.has('null') ? null : fallback;
  if (name === 'JsonDate') return typeof value === 'string' ? jsonDate(value) : value;
  if (name === 'SecondsText') return typeof value === 'string' ? secondsText(value) : value;
  if (types.size === 1 && types.has('string') && typeof value === 'number') return String(value);
  if (types.has('string') && !types.has('array') && Array.isArray(value)) return value.join(', ');
  if ((types.has('integer') || types.has('number')) && !types.has('string') && typeof value === 'string')
    return Number(value);
  return value;
}

function v1Of(entity: Entity): Readonly<Record<string, Json>> {
  return (entity.v1 as Record<string, Json> | undefined) ?? {};
}

function typesOf(document: Document, schema: Schema): ReadonlySet<string> {
  const own = [schema.type ?? []].flat();
  const branches = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return new Set([...own, ...branches.flatMap((branch) => [...typesOf(document, flatten(document, branch))])]);
}

function fallbackOf(schema: Schema, types: ReadonlySet<string>): Json {
  if (types.has('null')) return null;
  if (types.has('array')) return [];
  const [first] = schema.enum ?? openValuesOf(schema) ?? [];
  if (first !== undefined) return first;
  if (types.has('boolean')) return false;
  if (types.has('integer') || types.has('number')) return schema.minimum ?? 0;
  return types.has('object') ? {} : '';
}

/** The path of a field in an entity; `undefined` where there is none. */
function pathOf({ to }: Move): string[] | undefined {
  const [first] = to;
  return first?.split('.').slice(1);
}

function valueAt(entity: Json, path: readonly string[]): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return entity;
  if (typeof entity !== 'object' || entity === null || Array.isArray(entity)) return undefined;
  const isList = name.endsWith('[]');
  const inner = entity[isList ? name.slice(0, -2) : name];
  if (inner === undefined || rest.length === 0) return inner;
  if (!isList) return valueAt(inner, rest);
  return Array.isArray(inner) ? inner.map((each) => valueAt(each, rest) ?? null) : undefined;
}

function oldValue({ values = [] }: Move, value: Json): Json {
  const found = values.find(({ to }) => to.includes(value));
  return found ? (found.from as Json) : value;
}

function newValue({ values = [] }: Move, value: Json): Json {
  const found = values.find(({ from }) => String(from) === String(value));
  return found ? (found.to[0] as Json) : value;
}

/** `/Date(n)/`, in whole seconds, as version 1.0 has them; 0 for what is no time. */
function jsonDate(text: string): string {
  if (text.startsWith('/Date(')) return text;
  return `/Date(${Math.floor((timeOf(text) || 0) / 1000) * 1000})/`;
}

/** The time of a moment that is written without an offset, or with one: milliseconds since 1970. */
export function timeOf(text: string): number {
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
}

/** `12s` for `00:00:12`. */
function secondsText(text: string): string {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return `${hours * 3600 + minutes * 60 + seconds}s`;
}
