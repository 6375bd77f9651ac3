#!/usr/bin/env node
/**
 * Writes what a client derives from a bundled OpenAPI document:
 *
 *     generate-client BUNDLE.json DIRECTORY
 *
 * - `schema.gen.ts`, the types of openapi-typescript;
 * - `facts.gen.ts`, what a client must know while it runs: the servers, and which bodies are forms.
 *
 * @see https://openapi-ts.dev/node
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

interface Bundle {
  info: { title: string; version: string };
  servers: {
    variables: { domain: { default: string; enum: string[] } };
    'x-retired-domains': { domain: string; successor: string; since: string }[];
  }[];
  paths: Record<
    string,
    Record<string, { requestBody?: { content: Record<string, { encoding?: Record<string, { explode?: boolean }> }> } }>
  >;
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
  await writeFile(join(directory, 'facts.gen.ts'), `${banner}${facts.join('\n\n')}\n`);
}

const [bundlePath, directory] = process.argv.slice(2);
try {
  if (!bundlePath || !directory) {
    throw new Error('give the bundle and the folder to write to: generate-client BUNDLE.json DIRECTORY');
  }
  await generate(resolve(bundlePath), resolve(directory));
} catch (error) {
  console.error(`generate-client: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
