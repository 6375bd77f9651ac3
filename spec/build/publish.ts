import { isDeepStrictEqual } from 'node:util';
import type { Document, Parameter, PathItem, Reference, Schema } from '@comm100-openapi/description';
import { enumOf, flatten, isReference, nameOf, resolve, valuesInWords } from '@comm100-openapi/description';
import { joinedMarks, joinObjects, joinScalars, nameDiscriminators } from './alternatives.ts';
import { addressOf } from './source-address.ts';
import { listed, valuesOf } from './values.ts';
import { mapAllSchemas, mapEntries, mapSchema, mapSchemas, reached, refsIn, withSchemas } from './walk.ts';

/**
 * The steps from the strict form of a description to the published one, in order. Each takes a document and returns a
 * new one. `spec/README.md` has the rules with their reasons; decisions/0010 has what generators make of them.
 */
const steps: readonly ((document: Document) => Document)[] = [
  flattenCompositions,
  joinScalars,
  separateRequestsFromResponses,
  inlineEnumsOfResponses,
  openResponses,
  joinScalars,
  dropUnusedSchemas,
  joinObjects,
  nameDiscriminators,
  describeValues,
  sizeIntegers,
  numberConditions,
  putConcreteServerFirst,
  linkSources,
];

/** The form that is published and generated from. @param strict The form of the sources. It is not changed. */
export function publish(strict: Document): Document {
  return steps.reduce((document, step) => step(document), strict);
}

/** Merges every `allOf` into the schema that has it: many generators lose a `required` that is beside an `allOf`. */
function flattenCompositions(document: Document): Document {
  return mapAllSchemas(document, (node) => {
    if (!node.allOf) return node;
    const { allOf: _, unevaluatedProperties: others, ...own } = node;
    const { unevaluatedProperties: __, ...flat } = flatten(document, node);
    const marks = joinedMarks([own, ...partsOf(document, node)].map((schema) => ({ of: {}, schema })));
    // Nothing is composed any more, so the simpler keyword means the same.
    return { ...own, ...flat, ...marks, ...(others === false && { additionalProperties: false }) };
  });
}

/** All parts of a composition, and the parts of these. */
function partsOf(document: Document, { allOf = [] }: Schema): Schema[] {
  const parts = allOf.map((part) => resolve<Schema>(document, part));
  return parts.flatMap((part) => [part, ...partsOf(document, part)]);
}

/**
 * Gives what is both sent and received two schemas, `Thing` for responses and `ThingInput` for requests, where the two
 * differ: responses are going to be open and requests stay closed.
 */
function separateRequestsFromResponses(document: Document): Document {
  const schemas = document.components?.schemas ?? {};
  const sent = reached(document, 'response');
  const shared = [...reached(document, 'request')].filter((name) => sent.has(name) && !schemas[name]?.enum);
  const split = new Set(shared.filter((name) => isClosed(document, schemas[name] ?? {})));
  for (let size = -1; size < split.size; ) {
    size = split.size;
    for (const name of shared) if (refsIn(schemas[name] ?? {}).some((ref) => split.has(ref))) split.add(name);
  }
  const toInput = (schema: Schema) =>
    mapSchema(schema, (node) =>
      isReference(node) && split.has(nameOf(node.$ref)) ? { ...node, $ref: `${node.$ref}Input` } : node,
    );
  const inputs = [...split].map((name) => {
    const input = `${name}Input`;
    if (schemas[input]) throw new Error(`The published form needs the name '${input}', which a schema has already.`);
    return [input, { ...toInput(schemas[name] ?? {}), title: input }];
  });
  const separated = mapSchemas(document, (schema, direction) => (direction === 'request' ? toInput(schema) : schema));
  return withSchemas(separated, { ...separated.components?.schemas, ...Object.fromEntries(inputs) });
}

/** Writes a named enum in a response in place, so that it can be opened there and stays closed in requests. */
function inlineEnumsOfResponses(document: Document): Document {
  return mapSchemas(document, (schema, direction) =>
    direction === 'response' ? mapSchema(schema, (node) => enumInPlace(document, node)) : schema,
  );
}

function enumInPlace(document: Document, node: Schema): Schema {
  if (!isReference(node)) return node;
  const { title: _, ...target } = resolve<Schema>(document, node);
  return target.enum ? target : node;
}

/** Takes from responses what would make tomorrow's response invalid: closed objects, closed enums, exact branches. */
function openResponses(document: Document): Document {
  return mapSchemas(document, (schema, direction) => (direction === 'response' ? mapSchema(schema, opened) : schema));
}

function opened(node: Schema): Schema {
  const { additionalProperties, unevaluatedProperties: _, default: __, enum: ___, const: only, oneOf, ...rest } = node;
  return {
    ...rest,
    // An object as a value of each name, as in a map, is not a lock.
    ...(typeof additionalProperties === 'object' && { additionalProperties }),
    // Two open branches can both fit.
    ...(oneOf && { anyOf: oneOf }),
    // There is no third boolean.
    ...(typeof only === 'boolean' ? { const: only } : listed(valuesOf(node), 'x-extensible-enum')),
  };
}

function isClosed(document: Document, schema: Schema): boolean {
  const open = mapSchema(schema, (node) => opened(enumInPlace(document, node)));
  return !isDeepStrictEqual(open, schema);
}

/** Drops the parts that only compositions used. A named enum stays: code compares with its constants. */
function dropUnusedSchemas(document: Document): Document {
  const used = new Set([...reached(document, 'request'), ...reached(document, 'response')]);
  const schemas = Object.entries(document.components?.schemas ?? {});
  const kept = schemas.filter(([name, schema]) => used.has(name) || schema.enum).sort(([a], [b]) => (a < b ? -1 : 1));
  return withSchemas(document, Object.fromEntries(kept));
}

/** Writes the values of an enum and their meanings into its description, which every generator and reader shows. */
function describeValues(document: Document): Document {
  const described = mapAllSchemas(document, (node) => {
    const text = valuesInWords(node);
    return text ? { ...node, description: [node.description, text].filter(Boolean).join('\n\n') } : node;
  });
  // At a parameter, its own description is the one that is shown.
  return mapParameters(described, (parameter) => {
    if (isReference(parameter) || !parameter.schema || isReference(parameter.schema)) return [parameter];
    const { description, ...schema } = parameter.schema;
    if (!description || enumOf(schema).length === 0) return [parameter];
    return [{ ...parameter, description: [parameter.description, description].filter(Boolean).join('\n\n'), schema }];
  });
}

/** Gives every integer a size: typed languages choose their type by it. */
function sizeIntegers(document: Document): Document {
  return mapAllSchemas(document, (node) =>
    [node.type].flat().includes('integer') ? { ...node, format: node.format ?? 'int32' } : node,
  );
}

/** How many conditions have parameters of their own. */
const conditions = 3;

/**
 * Writes a list of objects in a query as the parameters that travel, `conditions[0][field]` and so on. OpenAPI has no
 * style for it, and generators that are given `deepObject` send something else.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
function numberConditions(document: Document): Document {
  const inPlace = (written: Parameter | Reference): (Parameter | Reference)[] => {
    const parameter = resolve<Parameter>(document, written);
    const list = resolve<Schema>(document, parameter.schema ?? {});
    if (parameter.style !== 'deepObject' || !list.items) return [written];
    const { name, in: place, description, ...others } = parameter;
    const marks = Object.fromEntries(Object.entries(others).filter(([key]) => key.startsWith('x-')));
    const fields = Object.entries(resolve<Schema>(document, list.items).properties ?? {});
    return Array.from({ length: conditions }, (_, index) =>
      fields.map(([field, schema]) => {
        const { description: ofField = '', ...bare } = resolve<Schema>(document, schema);
        const text = index === 0 && field === fields[0]?.[0] ? `${description}\n\n${ofField}` : ofField;
        return { name: `${name}[${index}][${field}]`, in: place, description: text, schema: bare, ...marks };
      }),
    ).flat();
  };
  return mapParameters(document, inPlace);
}

/**
 * Puts the default of a server with a variable before it, since many programs take the first server and need an address.
 * They also name things after a server's description, so both are short; `info` has the rest.
 */
function putConcreteServerFirst(document: Document): Document {
  const servers = document.servers.flatMap((server) => {
    const [[name, variable] = []] = Object.entries(server.variables ?? {});
    if (!name || !variable) return [server];
    const url = server.url.replace(`{${name}}`, variable.default);
    return [
      { url, description: 'The Hosted platform' },
      { ...server, description: 'The domain of your Control Panel' },
    ];
  });
  return { ...document, servers };
}

/** Links each operation to the passage that documents it. */
function linkSources(document: Document): Document {
  const linked = (item: PathItem | Reference) =>
    mapEntries(item, (value: PathItem['get']) => {
      const source = value?.['x-source'];
      const url = source && addressOf(source);
      return url ? { ...value, externalDocs: { url, description: source.heading } } : value;
    }) as PathItem;
  const { paths, webhooks } = document;
  return { ...document, paths: mapEntries(paths, linked), ...(webhooks && { webhooks: mapEntries(webhooks, linked) }) };
}

function mapParameters(
  document: Document,
  change: (parameter: Parameter | Reference) => (Parameter | Reference)[],
): Document {
  type Holder = { parameters?: (Parameter | Reference)[] };
  const changed = <Value extends Holder>(value: Value): Value =>
    value.parameters ? { ...value, parameters: value.parameters.flatMap(change) } : value;
  const paths = mapEntries(document.paths, (item: PathItem) => changed(mapEntries(item, changed) as PathItem));
  const { parameters = {} } = document.components ?? {};
  const shared = mapEntries(parameters, (parameter: Parameter | Reference) => change(parameter)[0] ?? parameter);
  return { ...document, paths, components: { ...document.components, parameters: shared } };
}
