import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compilers } from '@comm100-openapi/tooling/compilers';
import { installed, versionsOf } from '@comm100-openapi/tooling/on-demand';
import { run } from '@comm100-openapi/tooling/processes';
import { redocly } from '@comm100-openapi/tooling/redocly';

/** An operation of version 2.0 that every client can call with these values. */
export interface Operation {
  /** The operationId. */
  readonly id: string;
  /** The name in our client, such as `departments.get`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** The values of the path, by their names. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The body; undefined where there is none. */
  readonly body?: unknown;
}

/** A client that is compared, as a program uses it. */
export interface Client {
  readonly name: string;
  /** Whether it has been made for this API, or takes any path. */
  readonly isTyped: boolean;
  /** The imports and the settings, with an agent's API key. */
  readonly setup: string;
  /** The same, where all operations are in the program and not only those that it calls. */
  readonly setupOfAll?: string;
  /** The expression of a call. */
  call(operation: Operation): string;
  /** Where an editor completes a name: the beginning of an expression. */
  readonly completions: readonly string[];
}

const json = (value: unknown) => JSON.stringify(value);
const key = `{ type: 'basic', email: 'maya@larkspur.example', apiKey: '0001' }`;
const header = `const authorization = 'Basic ' + btoa('maya@larkspur.example:0001');`;
const service = 'https://hosted.comm100.com';

/** A call with the values in one object: `{ path: { id: 1 }, body: { name: 'x' } }`; nothing where there are none. */
function options({ values, body }: Operation, path: (values: object) => object = (given) => ({ path: given })): string {
  const given = { ...(Object.keys(values).length > 0 && path(values)), ...(body !== undefined && { body }) };
  return Object.keys(given).length ? json(given) : '';
}
const after = (first: string, second: string) => (second ? `${first}, ${second}` : first);

export const clients: readonly Client[] = [
  {
    name: 'ours, by name',
    isTyped: true,
    setup: `import { createClient } from '@comm100-openapi/client-v2';
const client = createClient({ auth: ${key} });`,
    call: ({ name, values, body }) =>
      `client.${name}(${[...Object.values(values), ...(body === undefined ? [] : [body])].map(json).join(', ')})`,
    completions: ['client.', 'client.chats.'],
  },
  {
    name: 'ours, by path',
    isTyped: true,
    setup: `import { createPathClient } from '@comm100-openapi/client-v2';
const client = createPathClient({ auth: ${key} });`,
    call: (operation) => `client.${operation.method}(${after(json(operation.path), options(operation))})`,
    completions: ["client.get('"],
  },
  {
    name: 'openapi-fetch',
    isTyped: true,
    setup: `import createClient from 'openapi-fetch';
import type { paths } from './openapi-typescript.js';
${header}
const client = createClient<paths>({ baseUrl: '${service}', headers: { authorization } });`,
    call: (operation) =>
      `client.${operation.method.toUpperCase()}(${after(
        json(operation.path),
        options(operation, (path) => ({ params: { path } })),
      )})`,
    completions: ["client.GET('"],
  },
  {
    name: 'hey-api',
    isTyped: true,
    setup: `import { client } from './hey/client.gen.js';
import { getDepartment } from './hey/sdk.gen.js';
client.setConfig({ auth: ({ scheme }) => (scheme === 'basic' ? 'maya@larkspur.example:0001' : undefined) });
const sdk = { getDepartment };`,
    setupOfAll: `import { client } from './hey/client.gen.js';
import * as sdk from './hey/sdk.gen.js';
client.setConfig({ auth: ({ scheme }) => (scheme === 'basic' ? 'maya@larkspur.example:0001' : undefined) });
export { sdk };`,
    call: (operation) => `sdk.${operation.id}(${options(operation)})`,
    completions: ['sdk.'],
  },
  {
    name: 'redocly generate-client',
    isTyped: true,
    setup: `import { client } from './redocly.js';
client.configure({ auth: { basic: { username: 'maya@larkspur.example', password: '0001' } } });`,
    call: (operation) => `client.${operation.id}(${options(operation)})`,
    completions: ['client.'],
  },
  {
    name: '@octokit/core',
    isTyped: false,
    setup: `import { Octokit } from '@octokit/core';
${header}
const octokit = new Octokit({ baseUrl: '${service}' });`,
    call: ({ method, path, values }) =>
      `octokit.request(${json(`${method.toUpperCase()} ${path}`)}, { ...${json(values)}, headers: { authorization } })`,
    completions: [],
  },
  {
    name: 'ky',
    isTyped: false,
    setup: `import ky from 'ky';
${header}
const client = ky.create({ headers: { authorization } });`,
    call: ({ method, path, values }) =>
      `client.${method}('${service}' + ${json(path.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])))}).json()`,
    completions: [],
  },
  {
    name: 'fetch alone',
    isTyped: false,
    setup: header,
    call: ({ method, path, values }) =>
      `fetch('${service}' + ${json(
        path.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
      )}, { method: '${method.toUpperCase()}', headers: { authorization } }).then((response) => response.json())`,
    completions: [],
  },
];

const require = createRequire(import.meta.url);
const packages = fileURLToPath(new URL('../..', import.meta.url));
const bundle = fileURLToPath(import.meta.resolve('@comm100-openapi/spec/v2.json'));

/** A folder in which each client can be imported: those of others are installed or generated, ours are as they are built. */
export function prepareClients(): string {
  // hey-api calls TypeScript, and not the newest.
  const { version } = JSON.parse(readFileSync(join(compilers['5.9'], 'package.json'), 'utf8'));
  const modules = installed('compared', { ...versionsOf('compared'), typescript: version });
  const folder = join(modules, '..');
  mkdirSync(join(modules, '@comm100-openapi'), { recursive: true });
  const link = join(modules, '@comm100-openapi', 'client-v2');
  rmSync(link, { recursive: true, force: true });
  symlinkSync(join(packages, 'client-v2'), link, 'junction');

  const node = (program: string, given: string[]) =>
    run(process.execPath, [program, ...given], { cwd: folder, env: redocly.env });
  const plugins = ['@hey-api/client-fetch', '@hey-api/sdk', '@hey-api/typescript'];
  node(join(modules, '@hey-api', 'openapi-ts', 'bin', 'run.js'), ['-i', bundle, '-o', 'hey', '-p', ...plugins]);
  node(redocly.script, ['generate-client', bundle, '-o', 'redocly.ts', '--runtime', 'module']);
  const openapiTypescript = dirname(require.resolve('openapi-typescript/package.json'));
  const words = [bundle, '-o', 'openapi-typescript.ts', '--default-non-nullable=false'];
  node(join(openapiTypescript, 'bin', 'cli.js'), words);
  return folder;
}

/** Reading a department: the call whose size and time are measured. */
export const readDepartment: Operation = {
  id: 'getDepartment',
  name: 'departments.get',
  method: 'get',
  path: '/api/v2/livechat/departments/{id}',
  values: { id: 1 },
};

/** Operations that need no query, with bodies from the examples of the description, as many as are wanted. */
export async function operations(count: number): Promise<Operation[]> {
  const { operationsOf } = await import('@comm100-openapi/description');
  const { readDocument } = await import('@comm100-openapi/description/files');
  const facts = await import(pathToFileURL(join(packages, 'client-v2', 'src', 'facts.gen.ts')).href);
  const names = new Map<string, string>();
  for (const [group, lines] of Object.entries(facts.methods as Record<string, string>)) {
    for (const line of lines.split('\n')) {
      const [name, verb = '', path] = line.split(' ');
      names.set(`${verb.replace('+', '')} ${path}`, `${group}.${name}`);
    }
  }
  const found = operationsOf(readDocument(bundle)).flatMap(({ id, method, path, parameters, body }): Operation[] => {
    const name = names.get(`${method} ${path}`);
    const [media] = body?.media ?? [];
    const [example] = media?.examples ?? [];
    const needsQuery = parameters.some((parameter) => parameter.in === 'query' && parameter.required);
    // Not every client can send a form.
    if (!name || needsQuery || (body && (media?.type !== 'application/json' || !example))) return [];
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    const values = Object.fromEntries(
      inPath.map(({ name: parameter }) => [parameter, path.includes(`{${parameter}}`) ? 1 : undefined]),
    );
    return [{ id, name, method, path, values, ...(example && { body: example.value }) }];
  });
  if (found.length < count) throw new Error(`Only ${found.length} operations can be called by every client.`);
  return found.slice(0, count);
}

/** Writes a program into the folder of the clients and returns its path. */
export function writeProgram(folder: string, name: string, code: string): string {
  const file = join(folder, name);
  writeFileSync(file, code);
  return file;
}
