/**
 * Requests that can be copied and sent: with curl to the mock server, and with the typed client. All their values come
 * from the bundle's examples and from the accounts of the demo company.
 */

import {
  type Company,
  type Document,
  examplesOf,
  type Json,
  type Media,
  type Operation,
  operationsOf,
  type Parameter,
  resolve,
  type Schema,
  securitySchemesOf,
  successOf,
} from '@comm100-openapi/description';
import type { Version } from './bundle.ts';
import { literal, prettyJson } from './literal.ts';
import { viewSchema } from './schema.ts';

/** The default address of the mock server. */
export const MOCK_URL = 'http://127.0.0.1:4010';

export interface Snippet {
  label: string;
  language: 'sh' | 'ts' | 'json';
  code: string;
}

export interface SnippetContext {
  version: Version;
  document: Document;
  demo: Company;
}

/** The values in an example request of an operation. */
export interface ExampleRequest {
  path: Record<string, Json>;
  query: Record<string, Json>;
  header: Record<string, Json>;
  body?: { media: Media; value: Json };
}

export function exampleRequest({ document, parameters, body }: Operation): ExampleRequest {
  const request: ExampleRequest = { path: {}, query: {}, header: {} };
  for (const parameter of parameters) {
    if (parameter.in === 'cookie') continue;
    const [example] = examplesOf(document, parameter);
    if (!parameter.required && !example) continue;
    request[parameter.in][parameter.name] = example ? example.value : exampleOfSchema(document, parameter.schema ?? {});
  }
  const [media] = body?.media ?? [];
  const [example] = media?.examples ?? [];
  if (media && example) request.body = { media, value: example.value };
  return request;
}

/** A value that the schema allows, for a parameter that has no example of its own. */
export function exampleOfSchema(document: Document, schema: Schema): Json {
  const node = resolve(document, schema);
  const given = node.example ?? node.examples?.[0] ?? node.default ?? node.const ?? node.enum?.[0];
  if (given !== undefined) return given;
  switch ([node.type].flat()[0]) {
    case 'integer':
    case 'number':
      return node.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return node.items ? [exampleOfSchema(document, node.items)] : [];
    default:
      return 'text';
  }
}

export function snippetsOf(context: SnippetContext, operation: Operation): Snippet[] {
  if (operation.isWebhook) return [];
  return [
    { label: 'curl', language: 'sh', code: curlSnippet(context, operation) },
    { label: 'TypeScript', language: 'ts', code: clientSnippet(context, operation) },
  ];
}

// --- curl ---------------------------------------------------------------------------------------

export function curlSnippet(context: SnippetContext, operation: Operation): string {
  const request = exampleRequest(operation);
  const method = operation.method.toUpperCase();
  const url = `${MOCK_URL}${fillPath(operation.path, request.path)}${queryString(operation.parameters, request.query)}`;
  const hasBody = request.body !== undefined;
  const words = ['curl', quoteForShell(url)];
  // The default of curl is GET, or POST where there is a body.
  const flags: string[] = [];
  if (method !== (hasBody ? 'POST' : 'GET')) flags.push(`-X ${method}`);
  const credentials = credentialsFor(context, operation);
  if (credentials.flag) flags.push(credentials.flag);
  for (const [name, value] of Object.entries(request.header))
    flags.push(`-H ${quoteForShell(`${name}: ${asText(value)}`)}`);
  if (request.body) flags.push(...bodyFlags(request.body));
  return [...credentials.before, [words.join(' '), ...flags].join(' \\\n  ')].join('\n');
}

function fillPath(path: string, values: Record<string, Json>): string {
  return path.replace(/\{([^}]+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new Error(`The path ${path} has ${placeholder}, but the operation has no such path parameter.`);
    return readable(asText(value));
  });
}

export function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Encoded for a URL, except for the characters that are allowed unencoded and read better so. */
export function readable(text: string): string {
  return encodeURIComponent(text).replace(/%(3A|2C|2F|40|2A)/g, (code) => decodeURIComponent(code));
}

function queryString(parameters: readonly Parameter[], values: Record<string, Json>): string {
  const pairs = parameters
    .filter((parameter) => parameter.in === 'query' && values[parameter.name] !== undefined)
    .flatMap((parameter) => queryPairs(parameter, values[parameter.name] ?? null));
  return pairs.length > 0 ? `?${pairs.map(([name, value]) => `${readable(name)}=${readable(value)}`).join('&')}` : '';
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#style-values */
export function queryPairs(
  { name, style = 'form', explode = style === 'form' }: Parameter,
  value: Json,
): [string, string][] {
  if (style === 'deepObject') return deepPairs(name, value);
  if (Array.isArray(value)) {
    return explode ? value.map((entry) => [name, asText(entry)]) : [[name, value.map(asText).join(',')]];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([key, field]) => [key, asText(field)]);
  }
  return [[name, asText(value)]];
}

function deepPairs(name: string, value: Json): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, asText(value)]];
  return Object.entries(value).flatMap(([key, field]) => deepPairs(`${name}[${key}]`, field));
}

function bodyFlags({ media, value }: NonNullable<ExampleRequest['body']>): string[] {
  const { type } = media;
  if (type === 'application/x-www-form-urlencoded') {
    if (typeof value !== 'object' || value === null) return [`-d ${quoteForShell(asText(value))}`];
    return formPairs(media, value).map(([name, text]) => {
      const isPlain = readable(text) === text;
      return `${isPlain ? '-d' : '--data-urlencode'} ${quoteForShell(`${name}=${text}`)}`;
    });
  }
  // Indented like the flags: white space between the parts of JSON has no meaning.
  const text = typeof value === 'string' && !type.includes('json') ? value : prettyJson(value).replaceAll('\n', '\n  ');
  return [`-H ${quoteForShell(`Content-Type: ${type}`)}`, `-d ${quoteForShell(text)}`];
}

export function formPairs({ node }: Media, value: Json[] | { [key: string]: Json }): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => deepPairs(`[${index}]`, entry));
  return Object.entries(value).flatMap(([name, field]): [string, string][] => {
    const { style = 'form', explode = style === 'form' } = node.encoding?.[name] ?? {};
    if (style === 'deepObject') return deepPairs(name, field);
    if (Array.isArray(field) && !explode) return [[name, field.map(asText).join(',')]];
    return typeof field === 'object' && field !== null ? deepPairs(name, field) : [[name, asText(field)]];
  });
}

export function quoteForShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

interface Credentials {
  /** What to run first, to get a token. */
  before: string[];
  flag?: string;
}

function credentialsFor(context: SnippetContext, operation: Operation): Credentials {
  const { document, demo } = context;
  const [agent] = demo.agents;
  const names = operation.schemes;
  const schemes = securitySchemesOf(document);
  if (names.length === 0) return { before: [] };
  if (agent && names.some((name) => schemes.get(name)?.scheme === 'basic')) {
    return { before: [], flag: `-u ${quoteForShell(`${agent.email}:${agent.apiKey}`)}` };
  }
  const endpoint = names.map((name) => tokenEndpoint(document, name)).find((it) => it !== undefined);
  const before = endpoint ? [fetchToken(context, endpoint), ''] : [];
  return { before, flag: '-H "Authorization: Bearer $TOKEN"' };
}

/** The operation that issues the tokens of a security scheme. */
export function tokenEndpoint(document: Document, scheme: string): Operation | undefined {
  return operationsOf(document).find(({ tokenIssue }) => tokenIssue?.scheme === scheme);
}

/** Requests a token and extracts it from the response with `sed`, which every machine has. */
function fetchToken(context: SnippetContext, endpoint: Operation): string {
  const token = endpoint.tokenIssue?.token ?? 'token';
  const request = curlSnippet(context, endpoint).replace('curl ', 'curl -s ');
  return `TOKEN=$(${request} \\\n  | sed 's/.*"${token}": *"\\([^"]*\\)".*/\\1/')`;
}

// --- The typed client ---------------------------------------------------------------------------

/** The `auth` option of the client for each security scheme of the description. */
const CLIENT_AUTH: Record<string, (demo: SnippetContext['demo']) => Json | undefined> = {
  basicAuth: ({ agents: [agent] }) => agent && { type: 'basic', email: agent.email, apiKey: agent.apiKey },
  jwt: ({ agents: [agent], site }) =>
    agent && { type: 'jwt', email: agent.email, password: agent.password, siteId: site.id },
  agentToken: ({ agents: [agent] }) => agent && { type: 'oauth', email: agent.email, password: agent.password },
  partnerToken: ({ partner }) => ({ type: 'partner', email: partner.email, password: partner.password }),
};

export function clientPackage(version: Version): string {
  return `@comm100-openapi/client-${version}`;
}

/** The lines that create a client for the mock server. */
export function clientSetup({ version, demo, document }: SnippetContext, credentials: readonly string[]): string {
  // Basic needs no token first, so it is the shortest where the operation accepts it.
  const scheme = credentials.find((name) => name === 'basicAuth') ?? credentials[0] ?? firstOf(document);
  const auth = CLIENT_AUTH[scheme]?.(demo);
  if (auth === undefined)
    throw new Error(`The client has no login for the security scheme "${scheme}". Add it to CLIENT_AUTH.`);
  return [
    `import { createClient } from '${clientPackage(version)}';`,
    '',
    'const comm100 = createClient({',
    `  baseUrl: '${MOCK_URL}',`,
    `  auth: ${literal(auth, '  ')},`,
    '});',
  ].join('\n');
}

/** An operation that needs no credentials still needs a client, and any login creates one. */
function firstOf(document: Document): string {
  const names = [...securitySchemesOf(document).keys()];
  return names.find((name) => name === 'basicAuth') ?? names[0] ?? '';
}

function clientSnippet(context: SnippetContext, operation: Operation): string {
  return `${clientSetup(context, operation.schemes)}\n\n${clientCall(operation)}`;
}

/** Only the call, for a client that exists already. */
export function clientCall(operation: Operation): string {
  const request = exampleRequest(operation);
  const options: Record<string, Json> = {};
  for (const place of ['path', 'query', 'header'] as const) {
    if (Object.keys(request[place]).length > 0) options[place] = request[place];
  }
  if (request.body) options.body = request.body.value;

  const result = resultName(operation);
  const call = `${result ? `const ${result} = ` : ''}await comm100.${operation.method}(${literal(operation.path)}`;
  if (Object.keys(options).length === 0) return `${call});`;
  return `${call}, ${literal(options, '', call.length + 2)});`;
}

const RESERVED = new Set([
  'comm100',
  'default',
  'class',
  'package',
  'function',
  'new',
  'delete',
  'export',
  'import',
  'return',
]);

/** The name of the variable with the response: `department`, `departments`, or `result` where it has no name. */
function resultName(operation: Operation): string | undefined {
  const media = successOf(operation)?.media[0];
  if (!media?.schema) return undefined;
  const view = viewSchema(operation.document, media.schema);
  const name = view.items?.name ?? view.name;
  if (name === undefined || view.properties.length + (view.items?.properties.length ?? 0) === 0) return 'result';
  const word = name.charAt(0).toLowerCase() + name.slice(1);
  const variable = view.items ? plural(word) : word;
  return RESERVED.has(variable) ? 'result' : variable;
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
