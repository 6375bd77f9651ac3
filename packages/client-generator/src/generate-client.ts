#!/usr/bin/env node
/**
 * Writes the derived files of a client from a bundled OpenAPI document:
 *
 *     generate-client BUNDLE.json DIRECTORY [MIGRATION.json SUCCESSOR.json]
 *
 * - `schema.gen.ts`, the types of openapi-typescript, with a name for each schema;
 * - `schemas.gen.ts`, the list of these names;
 * - `methods.gen.ts`, the operations by name; with a map to the version that replaces this one, each says what to call there;
 * - `facts.gen.ts`, the data that a client needs at run time: the servers, which bodies are forms, which
 *   responses are no JSON, and the table of the methods by name;
 * - `enums.gen.ts`, names for the enums whose values are numbers;
 * - `reports.gen.ts`, the type of the rows of each report by `group`;
 * - `webhooks.gen.ts`, where the document has webhooks, what they send and how they are told apart.
 *
 * @see https://openapi-ts.dev/node
 */
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import {
  type Document,
  enumOf,
  joinedObjectsOf,
  type MigrationMap,
  nameOf,
  type Operation,
  operationsOf,
  resolve,
  retiredDomains,
  type Schema,
  successOf,
  whenOf,
  withoutValues,
} from '@comm100-openapi/description';
import { readDocument } from '@comm100-openapi/description/files';
import { methodsOf, methodTable } from './methods.ts';
import { typesOf } from './types.ts';
import { webhooksOf } from './webhooks.ts';

/** Form bodies by operation: `comma` where a list is one field, `index` where each entry has a field. */
function formBodies(operations: readonly Operation[]): Record<string, 'comma' | 'index'> {
  return Object.fromEntries(
    operations.flatMap((operation) => {
      const form = operation.body?.media.find(({ type }) => type === 'application/x-www-form-urlencoded');
      if (!form) return [];
      const exploded = Object.values(form.node.encoding ?? {}).some(({ explode }) => explode === true);
      return [[keyOf(operation), exploded ? 'index' : 'comma']];
    }),
  );
}

/**
 * What the success of an operation has for a body, where it is not what client-core assumes: text for a DELETE, and JSON
 * for all else. JSON that is one text counts as text.
 */
function results(operations: readonly Operation[]): Record<string, 'json' | 'text' | 'nothing'> {
  const kinds = operations.map((operation) => {
    const media = successOf(operation)?.media ?? [];
    const isText = media.some(({ type, schema }) => type.startsWith('text/') || schema?.type === 'string');
    const kind = media.length === 0 ? 'nothing' : isText ? 'text' : 'json';
    return { key: keyOf(operation), kind, usual: operation.method === 'delete' ? 'text' : 'json' } as const;
  });
  return Object.fromEntries(kinds.filter(({ kind, usual }) => kind !== usual).map(({ key, kind }) => [key, kind]));
}

const keyOf = ({ method, path }: Operation) => `${method.toUpperCase()} ${path}`;

/** Constants for the enums that name their values, so that code can use `AgentStatus.away` instead of `1`, and their types. */
function enumConstants({ components }: Document): string {
  const named = Object.entries(components?.schemas ?? {}).filter(([, schema]) => isEnumWithNames(schema));
  const constants = named.map(([name, schema]) => {
    const lines = enumOf(schema).flatMap(({ value, name: key, meaning }) =>
      key ? [`${meaning ? `  /** ${meaning} */\n` : ''}  ${key}: ${JSON.stringify(value)},`] : [],
    );
    const comment = `/** ${withoutValues(schema.description ?? name)} */`;
    const type = `${comment}\nexport type ${name} = schema.${name};\n`;
    return `${comment}\nexport const ${name} = {\n${lines.join('\n')}\n} as const;\n\n${type}`;
  });
  if (constants.length === 0) return 'export {};\n';
  return `import type * as schema from './schema.gen.ts';\n\n${constants.join('\n')}`;
}

const isEnumWithNames = (schema: Schema) => enumOf(schema).some(({ name }) => name);

/** The rows of each report by the value of `group`, as a TypeScript interface. A row has its values in `x-when`. */
function reportRows(document: Document, operations: readonly Operation[]): string {
  const reports = operations.flatMap((operation) => {
    const rows = successOf(operation)?.media[0]?.schema?.items;
    const byGroup = (rows ? joinedObjectsOf(resolve(document, rows)) : []).flatMap((row) => {
      const name = nameOf(row.$ref ?? '');
      const groups = whenOf(resolve(document, row))?.group ?? [];
      return groups.map((group) => `    ${JSON.stringify(group)}: components['schemas']['${name}'];`);
    });
    return byGroup.length ? [`  ${JSON.stringify(operation.path)}: {\n${byGroup.join('\n')}\n  };`] : [];
  });
  return `import type { components } from './schema.gen.ts';\n\nexport interface ReportRows {\n${reports.join('\n')}\n}\n`;
}

/** The types of the schemas by name, but those that `enums.gen.ts` exports together with their values. */
function schemaNames(document: Document): string {
  const names = Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) =>
    isEnumWithNames(schema) ? [] : [`  ${name},\n`],
  );
  return names.length ? `export type {\n${names.join('')}} from './schema.gen.ts';\n` : 'export {};\n';
}

const calledOperations = (document: Document) => operationsOf(document).filter(({ isWebhook }) => !isWebhook);

async function generate(
  bundlePath: string,
  directory: string,
  mapPath: string | undefined,
  successorPath: string | undefined,
): Promise<void> {
  const document = readDocument(bundlePath);
  const operations = calledOperations(document);
  const successor =
    mapPath && successorPath
      ? {
          map: JSON.parse(readFileSync(mapPath, 'utf8')) as MigrationMap,
          operations: calledOperations(readDocument(successorPath)),
        }
      : undefined;
  const server = document.servers?.find(({ variables }) => variables?.domain);
  const domain = server?.variables?.domain;
  if (!server || !domain) throw new Error(`${bundlePath} has no server with the variable 'domain'.`);

  const { title, version } = document.info;
  const banner = `// Derived from ${title} ${version}. Do not edit: change spec/ and run \`npm run build\`.\n\n`;
  const retired = retiredDomains(server);
  const domains = (domain.enum ?? []).filter((name) => !retired.some((old) => old.domain === name));
  const successors = Object.fromEntries(retired.map((old) => [old.domain, old.successor]));
  const hosts = { defaultDomain: domain.default, domains, retired: successors };
  const facts = [
    `export const hosts = ${JSON.stringify(hosts, null, 2)} as const;`,
    `export const formBodies = ${JSON.stringify(formBodies(operations), null, 2)} as const;`,
    `export const methods = ${JSON.stringify(methodTable(operations), null, 2)} as const;`,
    `export const results = ${JSON.stringify(results(operations), null, 2)} as const;`,
  ];
  const types = await typesOf(document);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'schema.gen.ts'), banner + types);
  await writeFile(join(directory, 'schemas.gen.ts'), banner + schemaNames(document));
  await writeFile(join(directory, 'methods.gen.ts'), banner + methodsOf(document, operations, successor));
  await writeFile(join(directory, 'enums.gen.ts'), banner + enumConstants(document));
  await writeFile(join(directory, 'reports.gen.ts'), banner + reportRows(document, operations));
  const webhooks = webhooksOf(document);
  if (webhooks) await writeFile(join(directory, 'webhooks.gen.ts'), banner + webhooks);
  await writeFile(join(directory, 'facts.gen.ts'), `${banner}${facts.join('\n\n')}\n`);
}

const [bundlePath, directory, mapPath, successorPath] = process.argv.slice(2);
try {
  if (!bundlePath || !directory) {
    throw new Error('give the bundle and the folder to write to: generate-client BUNDLE.json DIRECTORY');
  }
  await generate(resolvePath(bundlePath), resolvePath(directory), mapPath, successorPath);
} catch (error) {
  console.error(`generate-client: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
