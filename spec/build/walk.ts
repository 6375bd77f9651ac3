import type { Document, Schema } from '@comm100-openapi/description';
import { isReference, nameOf } from '@comm100-openapi/description';

/** The keywords of a schema that hold one schema, and those that hold a list or a map of them. */
export const one =
  /^(items|additionalProperties|unevaluatedProperties|unevaluatedItems|contains|propertyNames|not|if|then|else)$/;
export const many = /^(allOf|anyOf|oneOf|prefixItems|properties|patternProperties|dependentSchemas|\$defs)$/;
/** What holds data, in which `title`, `schema` and `$ref` are names like any other. */
export const data = /^(examples?|x-.*)$/;

/** Whether the service sends a schema (responses, webhooks) or reads it (parameters, request bodies). */
export type Direction = 'request' | 'response';

type Entries = Record<string, unknown>;

function isObject(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function mapEntries<Value>(node: object, change: (value: never, key: string) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, change(value as never, key)]));
}

/** Changes a schema and every schema in it, the innermost first. Does not follow references. */
export function mapSchema(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const inner = (value: unknown) => (isObject(value) ? mapSchema(value, change) : value);
  const mapped = mapEntries(schema, (value: unknown, key) => {
    if (one.test(key)) return inner(value);
    if (!many.test(key)) return value;
    return Array.isArray(value) ? value.map(inner) : mapEntries(value as Entries, inner);
  });
  return change(mapped);
}

/** Changes every outermost schema of a document: those of its bodies and parameters, and its components. */
export function mapSchemas(document: Document, change: (schema: Schema, direction: Direction) => Schema): Document {
  const { schemas = {}, ...components } = document.components ?? {};
  const sent = reached(document, 'response');
  const mapped = mapHolders({ ...document, components }, change) as Document;
  return {
    ...mapped,
    components: {
      ...mapped.components,
      schemas: mapEntries(schemas, (schema: Schema, name) => change(schema, sent.has(name) ? 'response' : 'request')),
    },
  };
}

/** Changes every schema of a document, the innermost first. */
export function mapAllSchemas(document: Document, change: (node: Schema) => Schema): Document {
  return mapSchemas(document, (schema) => mapSchema(schema, change));
}

/** The document with other component schemas. */
export function withSchemas(document: Document, schemas: Record<string, Schema>): Document {
  return { ...document, components: { ...document.components, schemas } };
}

/** Looks for schemas in what is not one itself. */
function mapHolders(
  value: unknown,
  change: (schema: Schema, direction: Direction) => Schema,
  direction: Direction = 'request',
): unknown {
  if (Array.isArray(value)) return value.map((entry) => mapHolders(entry, change, direction));
  if (!isObject(value)) return value;
  return mapEntries(value, (child: unknown, key) => {
    if (data.test(key)) return child;
    if (key === 'schema') return change(child as Schema, direction);
    return mapHolders(child, change, key === 'responses' || key === 'webhooks' ? 'response' : direction);
  });
}

/** The names of the components that a schema refers to, itself or in a schema within it. */
export function refsIn(schema: Schema): string[] {
  const names: string[] = [];
  mapSchema(schema, (node) => {
    if (isReference(node)) names.push(nameOf(node.$ref));
    return node;
  });
  return names;
}

/** The names of the component schemas that the bodies and parameters of one direction consist of. */
export function reached(document: Document, direction: Direction): Set<string> {
  const names = new Set<string>();
  const visit = (schema: Schema) => {
    for (const name of refsIn(schema)) {
      if (names.has(name)) continue;
      names.add(name);
      visit(document.components?.schemas?.[name] ?? {});
    }
  };
  const { schemas: _, ...components } = document.components ?? {};
  mapHolders({ ...document, components }, (schema, of) => {
    if (of === direction) visit(schema);
    return schema;
  });
  return names;
}
