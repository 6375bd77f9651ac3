#!/usr/bin/env node
/**
 * Writes what a client derives from a bundled OpenAPI document:
 *
 *     generate-client BUNDLE.json DIRECTORY
 *
 * - `schema.gen.ts`, the types of openapi-typescript;
 * - `facts.gen.ts`, what a client must know while it runs: the servers, and which bodies are forms;
 * - `enums.gen.ts`, names for the enums whose values are numbers;
 * - `reports.gen.ts`, which row a report has for which `group`, as types.
 *
 * @see https://openapi-ts.dev/node
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

interface Schema {
  $ref?: string;
  items?: Schema;
  anyOf?: Schema[];
  'x-when'?: { group?: string[] };
  description?: string;
  enum?: unknown[];
  'x-enum-varnames'?: string[];
  'x-enum-descriptions'?: string[];
}

interface Operation {
  requestBody?: { content: Record<string, { encoding?: Record<string, { explode?: boolean }> }> };
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: Schema }> }>;
}

interface Bundle {
  info: { title: string; version: string };
  servers: {
    variables: { domain: { default: string; enum: string[] } };
    'x-retired-domains': { domain: string; successor: string; since: string }[];
  }[];
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

const form = 'application/x-www-form-urlencoded';

/** The form bodies of a document: `comma` where a list travels in one field, `index` where it has a field an entry. */
function formBodies({ paths }: Bundle): Record<string, 'comma' | 'index'> {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, operation]) => {
        const content = operation.requestBody?.content[form];
        if (!content) return [];
        const exploded = Object.values(content.encoding ?? {}).some(({ explode }) => explode === true);
        return [[`${method.toUpperCase()} ${path}`, exploded ? 'index' : 'comma']];
      }),
    ),
  );
}

/** Constants for the enums that name their values, so that code can say `AgentStatus.away` and not `1`. */
function enumConstants({ components }: Bundle): string {
  const named = Object.entries(components?.schemas ?? {}).flatMap(([name, schema]) => {
    const { 'x-enum-varnames': names, 'x-enum-descriptions': meanings = [], enum: values = [], description } = schema;
    if (!names) return [];
    const members = names.map((member, index) => {
      const meaning = meanings[index] ? `  /** ${meanings[index]} */\n` : '';
      return `${meaning}  ${member}: ${JSON.stringify(values[index])},`;
    });
    return [`/** ${description ?? name} */\nexport const ${name} = {\n${members.join('\n')}\n} as const;\n`];
  });
  return named.join('\n') || 'export {};\n';
}

/**
 * The rows of each report by the value of `group`, as a TypeScript interface. A row says in `x-when` which values it
 * belongs to.
 */
function reportRows(bundle: Bundle): string {
  const reports = Object.entries(bundle.paths).flatMap(([path, { get }]) => {
    const success = get && resolve(bundle, get.responses['200'] ?? {});
    const rows = success?.content?.['application/json']?.schema.items;
    const byGroup = (rows ? (resolve(bundle, rows).anyOf ?? []) : []).flatMap((row) => {
      const name = row.$ref?.split('/').at(-1);
      const { 'x-when': when } = resolve(bundle, row);
      return (when?.group ?? []).map((group) => `    ${JSON.stringify(group)}: components['schemas']['${name}'];`);
    });
    return byGroup.length ? [`  ${JSON.stringify(path)}: {\n${byGroup.join('\n')}\n  };`] : [];
  });
  return `import type { components } from './schema.gen.ts';\n\nexport interface ReportRows {\n${reports.join('\n')}\n}\n`;
}

/** Follows a `$ref` into the components of the bundle. */
function resolve<T extends { $ref?: string }>(bundle: Bundle, node: T): T {
  if (!node.$ref) return node;
  const target = node.$ref
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], bundle);
  if (!target) throw new Error(`its reference ${node.$ref} leads nowhere.`);
  return resolve(bundle, target as T);
}

async function generate(bundlePath: string, directory: string): Promise<void> {
  const bundle = JSON.parse(await readFile(bundlePath, 'utf8')) as Bundle;
  const [server] = bundle.servers ?? [];
  if (!server) throw new Error(`${bundlePath} names no server.`);

  const { title, version } = bundle.info;
  const banner = `// Derived from ${title} ${version}. Do not edit: change spec/ and run \`npm run build\`.\n\n`;
  const hosts = {
    defaultDomain: server.variables.domain.default,
    domains: server.variables.domain.enum,
    retired: server['x-retired-domains'],
  };
  const facts = [
    `export const hosts = ${JSON.stringify(hosts, null, 2)} as const;`,
    `export const formBodies = ${JSON.stringify(formBodies(bundle), null, 2)} as const;`,
  ];
  const types = astToString(await openapiTS(structuredClone(bundle) as never));
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'schema.gen.ts'), banner + types);
  await writeFile(join(directory, 'enums.gen.ts'), banner + enumConstants(bundle));
  await writeFile(join(directory, 'reports.gen.ts'), banner + reportRows(bundle));
  await writeFile(join(directory, 'facts.gen.ts'), `${banner}${facts.join('\n\n')}\n`);
}

const [bundlePath, directory] = process.argv.slice(2);
try {
  if (!bundlePath || !directory) {
    throw new Error('give the bundle and the folder to write to: generate-client BUNDLE.json DIRECTORY');
  }
  await generate(resolvePath(bundlePath), resolvePath(directory));
} catch (error) {
  console.error(`generate-client: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
