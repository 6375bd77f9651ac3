import {
  type Document,
  type Evidence,
  evidenceOf,
  formOf,
  isReference,
  joinedObjectsOf,
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
    transform: (schema) => knownValues(schema as Schema) ?? formatted(schema as Schema),
  });
  // An editor shows a tag as a heading; what is said first needs none, and no indentation either.
  const text = astToString(named(types)).replaceAll(/^(\s*(?:\/\*\*|\*) )(?:@description | {4})/gm, '$1');
  return text.includes(`${formattedType}<`)
    ? `import type { ${formattedType} } from '@comm100-openapi/client-core';\n\n${text}`
    : text;
}

/**
 * Declares each schema under its own name, `export interface Chat`, so that an editor and an error show the name. In
 * `components` stands the name, as it does everywhere else.
 *
 * @throws {Error} for a schema whose name is no name of a type.
 */
function named(statements: ts.Node[]): ts.Node[] {
  const { factory } = ts;
  const declared: ts.Node[] = [];
  const byName = (name: string) => factory.createTypeReferenceNode(name);

  const visit = (node: ts.Node): ts.Node => {
    const name = schemaName(node);
    return name === undefined ? ts.visitEachChild(node, visit, undefined) : byName(name);
  };
  const declare = (property: ts.TypeElement): ts.TypeElement => {
    if (!ts.isPropertySignature(property) || !property.type) return property;
    const name = ts.isIdentifier(property.name) ? property.name.text : (property.name as ts.StringLiteral).text;
    if (!/^[A-Za-z_]\w*$/.test(name) || reserved.has(name)) throw new Error(`'${name}' is not a name for a type.`);
    const type = ts.visitNode(property.type, visit, ts.isTypeNode);
    const exported = [factory.createModifier(ts.SyntaxKind.ExportKeyword)];
    const declaration = ts.isTypeLiteralNode(type)
      ? factory.createInterfaceDeclaration(exported, name, undefined, undefined, type.members)
      : factory.createTypeAliasDeclaration(exported, name, undefined, type);
    declared.push(ts.setSyntheticLeadingComments(declaration, ts.getSyntheticLeadingComments(property)));
    return factory.createPropertySignature(undefined, property.name, undefined, byName(name));
  };
  const others = statements.map((statement) => {
    if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== 'components') return visit(statement);
    const members = statement.members.map((member) => {
      const isSchemas =
        ts.isPropertySignature(member) && ts.isIdentifier(member.name) && member.name.text === 'schemas';
      if (!isSchemas || !member.type || !ts.isTypeLiteralNode(member.type)) return visit(member) as ts.TypeElement;
      const names = factory.createTypeLiteralNode(member.type.members.map(declare));
      return factory.createPropertySignature(undefined, member.name, undefined, names);
    });
    return factory.updateInterfaceDeclaration(
      statement,
      statement.modifiers,
      statement.name,
      undefined,
      undefined,
      members,
    );
  });
  return [...others, ...declared];
}

/** What the file declares besides, and what it needs of the language. */
const formattedType = 'Formatted';
const reserved = new Set([
  ...['paths', 'webhooks', 'components', 'operations', '$defs', 'Record', 'WithRequired'],
  formattedType,
]);

/** `Chat` of `components["schemas"]["Chat"]`; undefined for any other type. */
function schemaName(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const { objectType, indexType } = node.objectType;
  const isSchemas =
    ts.isTypeReferenceNode(objectType) &&
    ts.isIdentifier(objectType.typeName) &&
    objectType.typeName.text === 'components' &&
    textOf(indexType) === 'schemas';
  return isSchemas ? textOf(node.indexType) : undefined;
}

function textOf(node: ts.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? node.literal.text : undefined;
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

/** The format of a text that client-core has a reader for. An unknown `x-format` is an error of the compiler there. */
function formatOf(schema: Schema): string | undefined {
  return formOf(schema) ?? (schema.format === 'date-time' ? schema.format : undefined);
}

/** `Formatted<"yyyy-MM-dd">`: text whose format the compiler knows. */
function formatted(schema: Schema): ts.TypeNode | undefined {
  const format = formatOf(schema);
  if (!format) return undefined;
  const { factory } = ts;
  const literal = factory.createLiteralTypeNode(factory.createStringLiteral(format));
  const type = factory.createTypeReferenceNode(formattedType, [literal]);
  const nothing = factory.createLiteralTypeNode(factory.createNull());
  return [schema.type].flat().includes('null') ? factory.createUnionTypeNode([type, nothing]) : type;
}

/** The functions of client-core for formats, by a pattern of the format. The first one that fits counts. */
const readers: readonly [RegExp, string][] = [
  [/^±/, 'Make it with `offsetAt`.'],
  [/^ddd/, 'Read it with `parseTimeOfWeek`.'],
  [/^(hh:mm:ss|\d+s)$/, 'Read it with `parseDuration`.'],
  [/./, 'Read it with `parseDate`, and make it with `formatDate`.'],
];

/** What says which function of client-core reads a value; undefined where none needs to. */
function readerOf(schema: Schema): string | undefined {
  const types = schema.anyOf?.map(({ type }) => type) ?? [];
  if (types.includes('boolean') && types.includes('string')) return 'Read it with `parseBoolean`.';
  const format = formatOf(schema);
  return format && readers.find(([pattern]) => pattern.test(format))?.[1];
}

const marks: Record<Evidence['mark'], string> = {
  sample: 'Seen in a sample only.',
  inferred: 'Concluded, not documented.',
  contradicted: 'The documents contradict each other.',
};

/** What is uncertain, in words; empty where nothing is. */
export function evidenceText(evidence: Evidence | undefined): string {
  return evidence ? `${marks[evidence.mark]} ${evidence.note}`.trim() : '';
}

/** Adds what is uncertain to each description, and takes from the docstrings what the type says already. */
function describeEvidence(document: Document): Document {
  return mapObjects(document, (node) => {
    const evidence = evidenceOf(node);
    const { examples, format, title: _, ...others } = node as Schema;
    const isListed = openValuesOf(others) !== undefined;
    const reader = readerOf(node as Schema);
    return {
      ...others,
      ...(examples && !isListed && { examples }),
      ...(format && format !== 'int32' && { format }),
      ...((evidence || reader) && {
        description: [others.description, evidenceText(evidence), reader].filter(Boolean).join('\n\n'),
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
    const { type: __, properties: ___, required: ____, ...rest } = schema;
    const anyOf = joinedObjectsOf(schema);
    return anyOf.length > 0 ? { ...rest, anyOf } : schema;
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
