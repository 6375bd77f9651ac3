import {
  type Document,
  flatten,
  type Json,
  propertiesOf,
  referredKindOf,
  type Schema,
} from '@comm100-openapi/description';
import { invalid } from './errors.ts';
import { isRecord } from './merge.ts';
import type { Call } from './resource.ts';

/** A field of a request that has ids of other entities. */
export interface Place {
  readonly path: readonly string[];
  readonly kind: string;
}

const known = new WeakMap<Schema, readonly Place[]>();

/**
 * Checks that what a request refers to exists. A field refers to the kind that its schema names in `x-refers-to`. 0, -1 and
 * an empty text refer to nothing.
 *
 * @throws {ServiceError} 400 naming the field.
 */
export function checkReferences({ exchange, world }: Call): void {
  const { operation, body } = exchange;
  const schema = operation.described.body?.media[0]?.schema;
  if (!schema) return;
  const places = known.get(schema) ?? placesIn(operation.document, schema);
  known.set(schema, places);
  for (const { path, kind } of places) {
    for (const id of idsAt(body as Json, path)) {
      if (id === 0 || id === -1 || id === '' || id === null) continue;
      if (world.store.has(kind, String(id).toLowerCase())) continue;
      const name = path.filter((part) => part !== '[]').join('.');
      throw invalid(name, `refers to ${JSON.stringify(id)}, which is not among the ${kind} of the site.`);
    }
  }
}

export function placesIn(document: Document, schema: Schema, path: readonly string[] = []): Place[] {
  const flat = flatten(document, schema);
  const kind = referredKindOf(flat);
  if (kind) return [{ path, kind }];
  if (path.length > 8) return [];
  const items = flat.items ? placesIn(document, flat.items, [...path, '[]']) : [];
  const fields = [...propertiesOf(document, schema)].flatMap(([name, { schemas }]) =>
    schemas.slice(0, 1).flatMap((property) => placesIn(document, property, [...path, name])),
  );
  return [...items, ...fields];
}

/** The ids at a place: an id, a list of them, or objects that have one. @param depth How much of the path is behind. */
export function idsAt(value: Json | undefined, path: readonly string[], depth = 0): Json[] {
  if (value === undefined || value === null) return [];
  const name = path[depth];
  if (name === undefined) {
    if (Array.isArray(value)) return value.flatMap((each) => idsAt(each, path, depth));
    return isRecord(value) ? idsAt(value.id, path, depth) : [value];
  }
  if (name === '[]') return Array.isArray(value) ? value.flatMap((each) => idsAt(each, path, depth + 1)) : [];
  return isRecord(value) ? idsAt(value[name], path, depth + 1) : [];
}
