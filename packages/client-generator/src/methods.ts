import {
  type Document,
  evidenceOf,
  isReference,
  joinedObjectsOf,
  type MigrationMap,
  nameOf,
  type Operation,
  type OperationMove,
  openValuesOf,
  type Parameter,
  resolve,
  type Schema,
  successOf,
  whenOf,
} from '@comm100-openapi/description';
import { camelCase, capitalised, methodNameOf } from './names.ts';
import { evidenceText } from './types.ts';

/** The version that replaces this one, for the hints at the methods of the older. */
export interface Successor {
  readonly map: MigrationMap;
  readonly operations: readonly Operation[];
}

/**
 * The table of the methods by name, from which client-core makes them: a text for each group with a line for each
 * method.
 *
 * @throws {Error} where two operations would have one name, or a list in pages has no items.
 */
export function methodTable(operations: readonly Operation[]): Record<string, string> {
  rejectRepeated(operations);
  return Object.fromEntries([...byGroup(operations)].map(([group, members]) => [group, members.map(rowOf).join('\n')]));
}

function byGroup(operations: readonly Operation[]): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const { group } = methodNameOf(operation);
    groups.set(group, [...(groups.get(group) ?? []), operation]);
  }
  return groups;
}

/**
 * The methods of a client by name, as TypeScript: an interface for each group, whose docstrings have what the description
 * says of an operation.
 */
export function methodsOf(
  document: Document,
  operations: readonly Operation[],
  successor: Successor | undefined,
): string {
  const groups = byGroup(operations);
  const used = new Set<string>();
  const queries = operations.flatMap(queryInterface);
  const interfaces = [...groups].map(([group, members]) => {
    const about = document.tags?.find(({ name }) => name === members[0]?.tags[0])?.description ?? group;
    const methods = members.map((member) => `${docOf(member, successor)}\n  ${signatureOf(member, used)}\n`);
    return `${comment([about])}\nexport interface ${interfaceOf(group)} {\n${methods.join('\n')}}\n`;
  });
  const all = [...groups].map(([group, members]) => {
    const about = document.tags?.find(({ name }) => name === members[0]?.tags[0])?.description ?? group;
    return `${comment([about], '  ')}\n  readonly ${group}: ${interfaceOf(group)};`;
  });
  return [
    `import type { Call, CallSettings, PagedCall } from '@comm100-openapi/client-core';`,
    `import type { ReportRows } from './reports.gen.ts';`,
    `import type { ${['operations', ...[...used].sort()].join(', ')} } from './schema.gen.ts';\n`,
    ...queries,
    ...interfaces,
    `/** The operations by name. */\nexport interface Methods {\n${all.join('\n')}\n}\n`,
  ].join('\n');
}

function rejectRepeated(operations: readonly Operation[]): void {
  const seen = new Map<string, string>();
  for (const operation of operations) {
    const { group, method } = methodNameOf(operation);
    const name = `${group}.${method}`;
    const other = seen.get(name);
    if (other)
      throw new Error(
        `${other} and ${operation.id} would both be called ${name}; add one to \`exceptions\` in names.ts.`,
      );
    seen.set(name, operation.id);
  }
}

const interfaceOf = (group: string) => `${capitalised(group)}Methods`;
const queryOf = ({ id }: Operation) => `${capitalised(id)}Query`;
const queryParametersOf = ({ parameters }: Operation) => parameters.filter(({ in: place }) => place === 'query');
const pathParametersOf = ({ path, parameters }: Operation): Parameter[] =>
  // In the order of the path, in which the values are given.
  [...path.matchAll(/\{(\w+)\}/g)].flatMap(
    ([, name]) => parameters.find((parameter) => parameter.in === 'path' && parameter.name === name) ?? [],
  );

/** A row of the table of client-core. */
function rowOf(operation: Operation): string {
  const { method, path, body } = operation;
  const hasQuery = queryParametersOf(operation).length > 0;
  if (method === 'get' ? body : hasQuery)
    throw new Error(
      `${operation.id}: a method by name takes the query of a GET or the body of anything else, and no other.`,
    );
  const words = [methodNameOf(operation).method, body || hasQuery ? `${method}+` : method, path];
  return [...words, ...(itemsOf(operation)?.field ?? [])].join(' ');
}

/** The field of a page with the items of a list, and its schema; undefined for a list that has no pages. */
function itemsOf(operation: Operation): { field: [string]; items: Schema } | undefined {
  const hasPages = queryParametersOf(operation).some(({ name }) => /^page(Index)?$/.test(name));
  if (operation.method !== 'get' || !hasPages) return undefined;
  const page = resolve<Schema>(operation.document, successOf(operation)?.media[0]?.schema ?? {});
  const lists = Object.entries(page.properties ?? {}).flatMap(([name, property]) => {
    const { type, items } = resolve<Schema>(operation.document, property);
    return [type].flat().includes('array') && items ? [{ field: [name] as [string], items }] : [];
  });
  if (lists.length !== 1) throw new Error(`${operation.id} has pages with ${lists.length} lists; it needs one.`);
  return lists[0];
}

function queryInterface(operation: Operation): string[] {
  if (queryParametersOf(operation).length === 0) return [];
  const { group, method } = methodNameOf(operation);
  return [
    `/** The query of \`${group}.${method}\`. */
export interface ${queryOf(operation)} extends NonNullable<operations['${operation.id}']['parameters']['query']> {}\n`,
  ];
}

function signatureOf(operation: Operation, used: Set<string>): string {
  const { id, body, path } = operation;
  const { method } = methodNameOf(operation);
  const query = queryParametersOf(operation);
  const rows = rowsByGroup(operation);
  const values = pathParametersOf(operation).map(
    ({ name, schema = {} }) =>
      `${parameterName(name)}: ${typeOf(operation.document, resolve<Schema>(operation.document, schema), used) ?? 'string'}`,
  );
  if (body) {
    const [media] = body.media;
    const type =
      typeOf(operation.document, media?.schema, used) ??
      `operations['${id}']['requestBody']['content']['${media?.type}']`;
    values.push(`body${body.required ? '' : '?'}: ${type}`);
  }
  if (query.length)
    values.push(
      `query${query.some(({ required }) => required) ? '' : '?'}: ${queryOf(operation)}${rows ? ' & { group: Group }' : ''}`,
    );
  values.push('options?: CallSettings');
  const generic = rows ? `<Group extends keyof ReportRows['${path}']>` : '';
  const result = rows ? `Call<ReportRows['${path}'][Group][]>` : resultOf(operation, used);
  return `${method}${generic}(${values.join(', ')}): ${result};`;
}

function resultOf(operation: Operation, used: Set<string>): string {
  const { id, document } = operation;
  const success = successOf(operation);
  const media = success?.media.find(({ type }) => type === 'application/json');
  if (!success || !media) return 'Call<undefined>';
  const type =
    typeOf(document, media.schema, used) ??
    `operations['${id}']['responses'][${success.status}]['content']['application/json']`;
  const items = itemsOf(operation);
  if (!items) return `Call<${type}>`;
  return `PagedCall<${type}, ${typeOf(document, items.items, used) ?? `${type}['${items.field[0]}'][number]`}>`;
}

/** A type by name where the schema has one, or a list of such, or a primitive; undefined for anything else. */
function typeOf(document: Document, schema: Schema | undefined, used: Set<string>): string | undefined {
  if (!schema) return undefined;
  if (isReference(schema)) {
    const name = nameOf(schema.$ref);
    used.add(name);
    return name;
  }
  if (schema.type === 'array') {
    const items = typeOf(document, schema.items, used);
    return items && `${items}[]`;
  }
  if (schema.enum || openValuesOf(schema)) return undefined;
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  return schema.type === 'string' || schema.type === 'boolean' ? schema.type : undefined;
}

/** Whether the rows of a report depend on its `group`. */
function rowsByGroup(operation: Operation): boolean {
  const rows = successOf(operation)?.media[0]?.schema?.items;
  return (rows ? joinedObjectsOf(resolve<Schema>(operation.document, rows)) : []).some(
    (row) => whenOf(resolve<Schema>(operation.document, row))?.group,
  );
}

/** `siteId` of `site_id`. */
const parameterName = (name: string) => camelCase(name.split('_'));

function docOf(operation: Operation, successor: Successor | undefined): string {
  const { summary, description, permission, editions, node, method, path } = operation;
  const access = [
    ...(permission ? [`Permission: ${permission}.`] : []),
    ...(editions ? [`Editions: ${editions.join(', ')}.`] : []),
  ];
  const values = pathParametersOf(operation).map(
    ({ name, description: about = '' }) => `@param ${parameterName(name)} ${about.split('\n\n')[0]}`,
  );
  const move = successor?.map.operations.find(({ from }) => from === operation.id);
  return comment(
    [
      `${summary.replace(/\.?$/, '.')}`,
      description,
      evidenceText(evidenceOf(node)),
      access.join(' '),
      `\`${method.toUpperCase()} ${path}\``,
      [...values, ...(move && successor ? [`@deprecated ${hintOf(move, successor)}`] : [])].join('\n'),
    ],
    '  ',
  );
}

/** What to call in the version that replaces this one. */
function hintOf(move: OperationMove, { operations }: Successor): string {
  const callOf = (id: string) => {
    const operation = operations.find((candidate) => candidate.id === id);
    if (!operation) throw new Error(`The map leads to ${id}, which is not an operation.`);
    const { group, method } = methodNameOf(operation);
    const values = [
      ...pathParametersOf(operation).map(({ name }) => parameterName(name)),
      ...(operation.body ? ['body'] : queryParametersOf(operation).length ? ['query'] : []),
    ];
    return `\`client.${group}.${method}(${values.join(', ')})\``;
  };
  const calls = (ids: readonly string[]) => ids.map(callOf).join(', ');
  const where = move.to.length
    ? `In version 2.0: ${calls(move.to)}.`
    : `Version 2.0 has none.${move.instead.length ? ` For a similar purpose: ${calls(move.instead)}.` : ''}`;
  return [where, move.gone, move.note].filter(Boolean).join(' ').replaceAll('\n', ' ');
}

/** A docstring of paragraphs. */
export function comment(paragraphs: readonly string[], indent = ''): string {
  const text = paragraphs
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .join('\n\n')
    .replaceAll('*/', '*\\/');
  const lines = text.split('\n');
  if (lines.length === 1) return `${indent}/** ${text} */`;
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`].join('\n');
}
