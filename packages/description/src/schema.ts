import type { Document, Json, Schema } from './openapi.ts';
import { resolve } from './reference.ts';

/** A schema without a `$ref` at its top. */
export type ResolvedSchema = Omit<Schema, '$ref'>;

/** A property of an object. A union of objects can have one name with several schemas. */
export interface Property {
  readonly schemas: readonly Schema[];
  /** Whether one of the shapes requires it. */
  readonly required: boolean;
}

/** A value of an `enum`. */
export interface EnumValue {
  readonly value: Json;
  /** What code calls it, for values that do not say what they mean. */
  readonly name: string | undefined;
  readonly meaning: string | undefined;
}

/** A schema and everything that it is composed of by `allOf`, `anyOf` and `oneOf`, with references resolved. */
export function partsOf(document: Document, schema: Schema): ResolvedSchema[] {
  const node = resolve(document, schema);
  const parts = [...(node.allOf ?? []), ...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  return [node, ...parts.flatMap((part) => partsOf(document, part))];
}

/** The shapes that a schema offers by `oneOf` and `anyOf`; the schema itself where it offers none. */
export function alternativesOf(document: Document, schema: Schema): ResolvedSchema[] {
  const node = resolve(document, schema);
  const branches = [...(node.oneOf ?? []), ...(node.anyOf ?? [])];
  const own = branches.length === 0 || node.properties || node.allOf ? [node] : [];
  return [...own, ...branches.flatMap((branch) => alternativesOf(document, branch))];
}

/** The properties of an object by name, through everything that it is composed of. */
export function propertiesOf(document: Document, schema: Schema): Map<string, Property> {
  const found = new Map<string, Schema[]>();
  const required = new Set<string>();
  const collect = (node: ResolvedSchema) => {
    for (const name of node.required ?? []) required.add(name);
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      found.set(name, [...(found.get(name) ?? []), property]);
    }
    for (const part of node.allOf ?? []) for (const shape of alternativesOf(document, part)) collect(shape);
  };
  for (const shape of alternativesOf(document, schema)) collect(shape);
  return new Map([...found].map(([name, schemas]) => [name, { schemas, required: required.has(name) }]));
}

/**
 * The values that a schema lists, with their names and meanings: all that there are (`enum`), or those that are known
 * (`x-extensible-enum`). None where it lists none.
 */
export function enumOf(schema: ResolvedSchema): EnumValue[] {
  return (schema.enum ?? schema['x-extensible-enum'] ?? []).map((value, index) => ({
    value,
    name: schema['x-enum-varnames']?.[index],
    meaning: schema['x-enum-descriptions']?.[index],
  }));
}

/** How the published form begins the list of values that it adds to a description. */
const leads = { open: 'Known values, to which the service may add others:', closed: 'Values:' };

/**
 * The values of a schema and their meanings as text for its description, in Markdown. Most programs show a description
 * and no `x-` names.
 *
 * @returns `undefined` where the schema says it all: no values, or an `enum` without meanings.
 */
export function valuesInWords(schema: ResolvedSchema): string | undefined {
  const values = enumOf(schema);
  const isOpen = schema['x-extensible-enum'] !== undefined;
  const hasMeanings = values.some(({ meaning }) => meaning);
  if (values.length === 0 || (!isOpen && !hasMeanings)) return undefined;
  const lines = values.map(({ value, name, meaning }) => {
    const text = typeof value === 'string' ? value || '""' : JSON.stringify(value);
    return `\`${text}\`${name ? ` (${name})` : ''}${meaning ? `: ${meaning}` : ''}`;
  });
  const list = hasMeanings ? `\n\n${lines.map((line) => `- ${line}`).join('\n')}` : ` ${lines.join(', ')}.`;
  return (isOpen ? leads.open : leads.closed) + list;
}

/** A description without the list of values that the published form adds to it. */
export function withoutValues(description: string): string {
  const [prose = ''] = description.split(new RegExp(`(?:^|\\n\\n)(?:${leads.open}|${leads.closed})`));
  return prose;
}

/** The known values of a schema that is open to others; `undefined` where it lists none, or no others are possible. */
export function openValuesOf(schema: ResolvedSchema): readonly Json[] | undefined {
  return schema['x-extensible-enum'];
}

/** Other spellings of values that requests may use, each with the value that it stands for. */
export function valueAliasesOf(schema: ResolvedSchema): ReadonlyMap<string, string> {
  return new Map(Object.entries(schema['x-value-aliases'] ?? {}));
}

/** What a value is the id of, or the values are the ids of: a collection in the paths of version 2.0. */
export function referredKindOf(schema: ResolvedSchema): string | undefined {
  return schema['x-refers-to'];
}

/** The form of a string in words, such as `±hh:mm`; `undefined` where none is given. */
export function formOf(schema: ResolvedSchema): string | undefined {
  return schema['x-format'];
}

/** Keywords that describe a schema and do not decide which values are valid. */
const annotations: ReadonlySet<string> = new Set(['title', 'description', 'example', 'examples', 'deprecated']);

/**
 * A schema with its `allOf` merged into it, so that its own `properties` and `required` are complete. What the schema
 * says itself wins over its parts; titles, descriptions and extensions of the parts are theirs and stay behind.
 *
 * @throws {Error} where two parts offer alternatives (`oneOf`, `anyOf`): one schema cannot hold both.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-10.2.1.1
 */
export function flatten(document: Document, schema: Schema): ResolvedSchema {
  const { allOf = [], ...own } = resolve(document, schema);
  return allOf.map((part) => flatten(document, part)).reduce(merge, own);
}

function merge(own: ResolvedSchema, base: ResolvedSchema): ResolvedSchema {
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    if (own[keyword] && base[keyword])
      throw new Error(`Two parts of one allOf have ${keyword}; give it to one of them.`);
  }
  const isConstraint = (name: string) =>
    name === 'x-extensible-enum' || !(annotations.has(name) || name.startsWith('x-'));
  const constraints = Object.entries(base).filter(([name]) => isConstraint(name));
  const properties = { ...base.properties };
  for (const [name, property] of Object.entries(own.properties ?? {})) {
    properties[name] = properties[name] ? { ...properties[name], ...property } : property;
  }
  const required = [...new Set([...(base.required ?? []), ...(own.required ?? [])])];
  return {
    ...Object.fromEntries(constraints),
    ...own,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}
