import {
  alternativesOf,
  isReference,
  type Json,
  type Move,
  nameOf,
  propertiesOf,
  type Schema,
} from '@comm100-openapi/description';
import { readMigration } from '@comm100-openapi/description/files';
import { expect, it } from 'vitest';
import { isNode, listOf, type Node } from '../lib/values.ts';
import { type Bundle, bundles } from './bundles.ts';

/** Fields that change from one moment to the next, of which the examples show several. */
const momentary = ['AgentListItem.ongoing_chats'];

/**
 * The map says which field of version 2.0 has what a field of version 1.0 had. The examples of both versions are about
 * one company, so the same thing has the same value in both; a field that is mapped to a wrong one of the same type does not.
 */
it('a thing has the same value in the examples of both versions for mapped fields', () => {
  const [before, after] = bundles.map(thingsIn);
  const { schemas } = readMigration(new URL('../dist/migration.json', import.meta.url));
  const compared = schemas.flatMap(({ from: schema, fields }) =>
    fields.flatMap((move) => {
      const from = `${schema}.${move.from}`;
      const targets = momentary.includes(from) ? [] : move.to;
      return targets.flatMap((to) =>
        [...(before?.get(schema) ?? [])].flatMap(([id, things]) => {
          const [name = '', ...path] = to.split('.');
          const was = valuesOf(things, move.from, move);
          const is = valuesOf(after?.get(name)?.get(id) ?? [], path.join('.'), move);
          if (was.length === 0 || is.length === 0) return [];
          const fault = `${from} → ${to}: with the id ${id}, was ${was.join(' or ')} and is ${is.join(' or ')}`;
          return [was.some((value) => is.includes(value)) ? undefined : fault];
        }),
      );
    }),
  );
  expect(compared.length).toBeGreaterThan(250);
  expect(compared.filter((fault) => fault !== undefined)).toEqual([]);
});

/** The values of a field, as JSON, unless the map says that version 2.0 writes them otherwise. */
function valuesOf(things: readonly Node[], field: string, { values, change }: Move): string[] {
  const isComparable = (value: unknown) =>
    value !== undefined &&
    value !== null &&
    values === undefined &&
    !(typeof value === 'string' && change !== undefined) &&
    // Objects have fields of their own, which the map has too.
    !isNode(value) &&
    !listOf(value).some(isNode);
  const found = things.map((thing) => thing[field]).filter(isComparable);
  return [...new Set(found.map((value) => JSON.stringify(value)))];
}

/** All objects with an id in the responses' examples, by schema and id. */
function thingsIn({ document, operations }: Bundle): Map<string, Map<string, Node[]>> {
  const found = new Map<string, Map<string, Node[]>>();
  const walk = (schema: Schema, value: Json | undefined) => {
    const shapes = alternativesOf(document, schema);
    if (Array.isArray(value)) {
      for (const { items } of shapes) for (const item of items ? value : []) walk(items ?? {}, item);
    } else if (isNode(value)) {
      for (const name of 'id' in value ? namesOf(schema) : []) {
        const things = found.get(name) ?? new Map<string, Node[]>();
        found.set(name, things.set(String(value.id), [...(things.get(String(value.id)) ?? []), value]));
      }
      for (const [name, { schemas }] of propertiesOf(document, schema))
        for (const one of schemas) walk(one, value[name]);
    }
  };
  const media = operations.flatMap(({ responses }) => responses.flatMap((response) => response.media));
  for (const { schema, examples } of media) for (const { value } of examples) walk(schema ?? {}, value);
  return found;
}

/** The names of the schemas that a value can have. */
function namesOf(schema: Schema): string[] {
  if (isReference(schema)) return [nameOf(schema.$ref)];
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(namesOf);
}
