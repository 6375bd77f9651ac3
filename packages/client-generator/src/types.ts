import {
  type Document,
  type Evidence,
  evidenceOf,
  isReference,
  openValuesOf,
  type Parameter,
  resolve,
  type Schema,
} from '@comm100-openapi/description';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

/**
 * The types of a document as TypeScript, with docstrings that have all that the description knows: meanings of values,
 * and what is uncertain.
 *
 * @see https://openapi-ts.dev/node
 */
export async function typesOf(document: Document): Promise<string> {
  const readable = describeReferences(describeEvidence(joinNumbered(separateAlternatives(document))));
  const types = await openapiTS(readable as never, {
    // A field with a default can be left out of a request.
    defaultNonNullable: false,
    transform: (schema) => knownValues(schema as Schema),
  });
  // An editor shows a tag as a heading; what is said first needs none, and no indentation either.
  return astToString(types).replaceAll(/^(\s*(?:\/\*\*|\*) )(?:@description | {4})/gm, '$1');
}

/** `"a" | "b" | (string & {})`: an editor offers the known values, and the type does not collapse to `string`. */
function knownValues(schema: Schema): ts.TypeNode | undefined {
  const values = openValuesOf(schema);
  if (!values) return undefined;
  const { factory } = ts;
  const types = [schema.type].flat();
  const known = values.map((value) =>
    factory.createLiteralTypeNode(
      typeof value === 'number' ? factory.createNumericLiteral(value) : factory.createStringLiteral(String(value)),
    ),
  );
  const base = types.includes('integer') ? ts.SyntaxKind.NumberKeyword : ts.SyntaxKind.StringKeyword;
  const any = factory.createIntersectionTypeNode([
    factory.createKeywordTypeNode(base),
    factory.createTypeLiteralNode([]),
  ]);
  const nothing = types.includes('null') ? [factory.createLiteralTypeNode(factory.createNull())] : [];
  return factory.createUnionTypeNode([...known, factory.createParenthesizedType(any), ...nothing]);
}

const marks: Record<Evidence['mark'], string> = {
  sample: 'Seen in a sample only.',
  inferred: 'Concluded, not documented.',
  contradicted: 'The documents contradict each other.',
};

/** Adds what is uncertain to each description, and takes from the docstrings what the type says already. */
function describeEvidence(document: Document): Document {
  return mapObjects(document, (node) => {
    const evidence = evidenceOf(node);
    const { examples, format, title: _, ...others } = node as Schema;
    const isListed = openValuesOf(others) !== undefined;
    return {
      ...others,
      ...(examples && !isListed && { examples }),
      ...(format && format !== 'int32' && { format }),
      ...(evidence && {
        description: [others.description, `${marks[evidence.mark]} ${evidence.note}`].filter(Boolean).join('\n\n'),
      }),
    };
  });
}

/** Repeats at a property what is said of the schema that it refers to: an editor shows the property, not the schema. */
function describeReferences(document: Document): Document {
  return mapObjects(document, (node) => {
    const { properties } = node as Schema;
    if (!properties) return node;
    const described = Object.entries(properties).map(([name, property]) => {
      const { description } = isReference(property) ? resolve<Schema>(document, property) : property;
      return [name, description ? { ...property, description } : property];
    });
    return { ...node, properties: Object.fromEntries(described) };
  });
}

/**
 * Writes an object that was joined from alternatives as their union, which says exactly which fields belong together.
 * In a union, the constants of the fields are what chooses; openapi-typescript writes them anew for a `discriminator`.
 */
function separateAlternatives(document: Document): Document {
  return mapObjects(document, (node) => {
    const { discriminator: _, ...schema } = node as Schema;
    const { 'x-alternatives': anyOf, type: __, properties: ___, required: ____, ...rest } = schema;
    return anyOf ? { ...rest, anyOf } : schema;
  });
}

/** Joins `conditions[0][field]` and its like to one list of objects, which client-core writes as these parameters. */
function joinNumbered(document: Document): Document {
  return mapObjects(document, (node) => {
    const { parameters } = node as { parameters?: Parameter[] };
    if (!Array.isArray(parameters)) return node;
    const lists = new Map<string, Parameter>();
    const others = parameters.filter((parameter) => {
      const [, name, field] = /^(\w+)\[\d+\]\[(\w+)\]$/.exec(parameter.name ?? '') ?? [];
      if (!name || !field) return true;
      // The first of them describes the list, and after that its own field, as the others do.
      const [description = '', ofField = description] = (parameter.description ?? '').split('\n\n');
      const list = lists.get(name) ?? { ...parameter, name, description };
      const properties: Record<string, Schema> = {
        ...list.schema?.items?.properties,
        [field]: { ...parameter.schema, description: ofField },
      };
      const items = { type: 'object', properties, required: Object.keys(properties) };
      lists.set(name, { ...list, schema: { type: 'array', items } });
      return false;
    });
    return { ...node, parameters: [...others, ...lists.values()] };
  });
}

/** Changes every object of a document that has a meaning of its own, the innermost first. */
function mapObjects(document: Document, change: (node: object) => object): Document {
  const inner = (value: unknown, isMap = false): unknown => {
    if (Array.isArray(value)) return value.map((entry) => inner(entry));
    if (typeof value !== 'object' || value === null) return value;
    const mapped = Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        // A map has names for keys, which can be those of keywords: a field may be called `title`.
        isMap ? inner(child) : isData.test(key) ? child : inner(child, isMapOfSchemas.test(key)),
      ]),
    );
    return isMap ? mapped : change(mapped);
  };
  return inner(document) as Document;
}

const isData = /^(examples?|default|enum|const|x-.*)$/;
const isMapOfSchemas = /^(properties|patternProperties|schemas)$/;
