import {
  alternativesOf,
  type Document,
  isReference,
  lookUp,
  nameOf,
  partsOf,
  propertiesOf,
  type ResolvedSchema,
  resolve,
  type Schema,
} from '@comm100-openapi/description';

/** The questions about schemas that only the map between the versions asks. */

/** The schema of this name, as a reference to it; `undefined` where there is none. */
export function schemaNamed({ components }: Document, name: string): Schema | undefined {
  return Object.hasOwn(components?.schemas ?? {}, name) ? { $ref: `#/components/schemas/${name}` } : undefined;
}

/** The names of the schemas that a schema is directly composed of by `allOf`, `oneOf` and `anyOf`. */
export function partNamesOf(document: Document, name: string): string[] {
  const { allOf = [], oneOf = [], anyOf = [] } = resolve<Schema>(document, document.components?.schemas?.[name] ?? {});
  return [...allOf, ...oneOf, ...anyOf].filter(isReference).map(({ $ref }) => nameOf($ref));
}

/**
 * The schemas at a path inside a schema.
 *
 * @param path Names of properties with dots between them; `[]` after one goes on with the items of the list.
 */
export function schemasAt(document: Document, schema: Schema, path: string): readonly Schema[] {
  let here: readonly Schema[] = [schema];
  for (const [step] of path.matchAll(/[^.[\]]+|\[\]/g)) {
    here = here.flatMap((node) =>
      step === '[]'
        ? alternativesOf(document, node).flatMap(({ items }) => items ?? [])
        : (propertiesOf(document, node).get(step)?.schemas ?? []),
    );
  }
  return here;
}

/** The names of the objects that a value is, or is a list of. @throws {Error} where an object has no name. */
export function objectsOf(document: Document, schema: Schema): string[] {
  const { items, properties, oneOf = [], anyOf = [], allOf = [] } = resolve(document, schema);
  if (items) return objectsOf(document, items);
  if (isReference(schema)) return propertiesOf(document, schema).size > 0 ? [nameOf(schema.$ref)] : [];
  if (properties) throw new Error(`Version ${document.info.version} has an object without a name; give it a title.`);
  return [...oneOf, ...anyOf, ...allOf].flatMap((part) => objectsOf(document, part));
}

/** The names of all schemas anywhere in a value. */
export function reachOf(document: Document, schema: Schema): Set<string> {
  const found = new Set<string>();
  const look = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    Object.values(value).forEach(look);
    if (!isReference(value) || found.has(nameOf(value.$ref))) return;
    found.add(nameOf(value.$ref));
    look(lookUp(document, value.$ref));
  };
  look(schema);
  return found;
}

/** What a value is at first sight: its types with their notation, lists with what they contain, objects as such. */
export function shapeOf(document: Document, schemas: readonly Schema[]): string {
  const shapes = schemas
    .flatMap((schema) => alternativesOf(document, schema))
    .flatMap((node) => shapesOf(document, node));
  return [...new Set(shapes)].sort().join(' or ');
}

function shapesOf(document: Document, node: ResolvedSchema): string[] {
  const types = [node.type ?? []].flat();
  if (types.length === 0) {
    if (propertiesOf(document, node).size > 0) return ['object'];
    return (node.allOf ?? []).map((part) => shapeOf(document, [part]));
  }
  const values = listedIn(node);
  return types.map((type) => {
    if (type === 'object' || type === 'null') return type;
    if (type === 'array') return `list of ${node.items ? shapeOf(document, [node.items]) : 'anything'}`;
    if (type === 'boolean') return 'boolean';
    const notation = [node.format, node.pattern, values.length > 0 ? `(${values.join('|')})` : undefined];
    return [type, ...notation].filter((word) => word !== undefined).join(' ');
  });
}

function listedIn(node: ResolvedSchema): readonly unknown[] {
  return node.const === undefined ? (node.enum ?? []) : [node.const];
}

/** The values that a property can have, where they are listed. */
export function valuesOf(document: Document, schemas: readonly Schema[]): unknown[] {
  return schemas
    .flatMap((schema) => partsOf(document, schema))
    .flatMap(listedIn)
    .filter((value) => typeof value !== 'boolean');
}

/** Keywords that explain a schema and do not decide which values are valid. */
const isProse = (key: string) => /^(title|description|summary|examples?|readOnly|writeOnly|x-.*)$/.test(key);

/** A text that is the same for two schemas, or parameters, if the same values are valid for both, in depth. */
export function structureOf(document: Document, thing: object): string {
  const strip = (value: unknown, inProperties = false): unknown => {
    if (Array.isArray(value)) return value.map((one) => strip(one));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(resolve(document, value))
      .filter(([key]) => inProperties || !isProse(key))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, child]) => {
        const isSet = !inProperties && (key === 'required' || key === 'enum') && Array.isArray(child);
        return [key, isSet ? child.map(String).sort() : strip(child, key === 'properties')];
      });
    return Object.fromEntries(entries);
  };
  return JSON.stringify(strip(thing));
}
