/**
 * Requests that can be copied and sent: with curl to the mock server, and with the typed client. All in
 * them comes from the bundle's examples and from the accounts of the demo company.
 */

import type { DemoCompany, Version } from './bundle.ts';
import { literal, prettyJson } from './literal.ts';
import type { Document, Example, Json, MediaType, Parameter, RequestBody, Schema } from './openapi.ts';
import { credentialsOf, type Located, listOperations, securitySchemes, viewExamples } from './operation.ts';
import { lookUp, resolve } from './resolve.ts';
import { viewSchema } from './schema.ts';

/** Where the mock server listens unless told otherwise. */
export const MOCK_URL = 'http://127.0.0.1:4010';

export interface Snippet {
  label: string;
  language: 'sh' | 'ts' | 'json';
  code: string;
}

export interface SnippetContext {
  version: Version;
  document: Document;
  demo: DemoCompany;
}

/** The values that an example request of an operation carries. */
interface ExampleRequest {
  path: Record<string, Json>;
  query: Record<string, Json>;
  header: Record<string, Json>;
  body?: { type: string; media: MediaType; value: Json };
}

function exampleRequest(document: Document, { operation, parameters }: Located): ExampleRequest {
  const request: ExampleRequest = { path: {}, query: {}, header: {} };
  for (const parameter of parameters) {
    if (parameter.in === 'cookie') continue;
    const isTelling = parameter.example !== undefined || parameter.examples !== undefined;
    if (!parameter.required && !isTelling) continue;
    request[parameter.in][parameter.name] = exampleOfParameter(document, parameter);
  }
  if (operation.requestBody) {
    const body = resolve<RequestBody>(document, operation.requestBody);
    const [first] = Object.entries(body.content);
    if (first) {
      const [type, media] = first;
      const [example] = viewExamples(document, media);
      if (example) request.body = { type, media, value: example.value };
    }
  }
  return request;
}

function exampleOfParameter(document: Document, parameter: Parameter): Json {
  if (parameter.example !== undefined) return parameter.example;
  const [named] = Object.values(parameter.examples ?? {});
  if (named) return resolve<Example>(document, named).value ?? null;
  return exampleOfSchema(document, parameter.schema ?? {});
}

/** A value that the schema takes, for a parameter that has no example of its own. */
function exampleOfSchema(document: Document, schema: Schema): Json {
  const { example, examples, default: fallback, const: constant, enum: values, type, minimum, items, $ref } = schema;
  const given = example ?? examples?.[0] ?? fallback ?? constant ?? values?.[0];
  if (given !== undefined) return given;
  if ($ref !== undefined) return exampleOfSchema(document, lookUp(document, $ref) as Schema);
  switch ([type].flat()[0]) {
    case 'integer':
    case 'number':
      return minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return items ? [exampleOfSchema(document, items)] : [];
    default:
      return 'text';
  }
}

export function snippetsOf(context: SnippetContext, located: Located): Snippet[] {
  if (located.isWebhook) return [];
  return [
    { label: 'curl', language: 'sh', code: curlSnippet(context, located) },
    { label: 'TypeScript', language: 'ts', code: clientSnippet(context, located) },
  ];
}

// --- curl ---------------------------------------------------------------------------------------

export function curlSnippet(context: SnippetContext, located: Located): string {
  const request = exampleRequest(context.document, located);
  const method = located.method.toUpperCase();
  const url = `${MOCK_URL}${fillPath(located.path, request.path)}${queryString(located.parameters, request.query)}`;
  const hasBody = request.body !== undefined;
  const words = ['curl', quoteForShell(url)];
  // curl's own choice is GET, or POST where there is a body.
  const flags: string[] = [];
  if (method !== (hasBody ? 'POST' : 'GET')) flags.push(`-X ${method}`);
  const credentials = credentialsFor(context, located);
  if (credentials.flag) flags.push(credentials.flag);
  for (const [name, value] of Object.entries(request.header))
    flags.push(`-H ${quoteForShell(`${name}: ${asText(value)}`)}`);
  if (request.body) flags.push(...bodyFlags(request.body));
  return [...credentials.before, [words.join(' '), ...flags].join(' \\\n  ')].join('\n');
}

function fillPath(path: string, values: Record<string, Json>): string {
  return path.replace(/\{([^}]+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The path ${path} has ${placeholder} and no such parameter.`);
    return readable(asText(value));
  });
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Encoded for a URL, but for the characters that may stand as they are and read better so. */
function readable(text: string): string {
  return encodeURIComponent(text).replace(/%(3A|2C|2F|40|2A)/g, (code) => decodeURIComponent(code));
}

function queryString(parameters: Parameter[], values: Record<string, Json>): string {
  const pairs = parameters
    .filter((parameter) => parameter.in === 'query' && values[parameter.name] !== undefined)
    .flatMap((parameter) => queryPairs(parameter, values[parameter.name] ?? null));
  return pairs.length > 0 ? `?${pairs.map(([name, value]) => `${readable(name)}=${readable(value)}`).join('&')}` : '';
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#style-values */
function queryPairs({ name, style = 'form', explode = style === 'form' }: Parameter, value: Json): [string, string][] {
  if (style === 'deepObject') return deepPairs(name, value);
  if (Array.isArray(value)) {
    return explode ? value.map((entry) => [name, asText(entry)]) : [[name, value.map(asText).join(',')]];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([key, member]) => [key, asText(member)]);
  }
  return [[name, asText(value)]];
}

function deepPairs(name: string, value: Json): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, asText(value)]];
  return Object.entries(value).flatMap(([key, member]) => deepPairs(`${name}[${key}]`, member));
}

function bodyFlags({ type, media, value }: NonNullable<ExampleRequest['body']>): string[] {
  if (type === 'application/x-www-form-urlencoded') {
    if (typeof value !== 'object' || value === null) return [`-d ${quoteForShell(asText(value))}`];
    return formPairs(media, value).map(([name, text]) => {
      const isPlain = readable(text) === text;
      return `${isPlain ? '-d' : '--data-urlencode'} ${quoteForShell(`${name}=${text}`)}`;
    });
  }
  // Indented like the flags; white space means nothing between the parts of JSON.
  const text = typeof value === 'string' && !type.includes('json') ? value : prettyJson(value).replaceAll('\n', '\n  ');
  return [`-H ${quoteForShell(`Content-Type: ${type}`)}`, `-d ${quoteForShell(text)}`];
}

function formPairs(media: MediaType, value: Json[] | { [key: string]: Json }): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => deepPairs(`[${index}]`, entry));
  return Object.entries(value).flatMap(([name, member]): [string, string][] => {
    const { style = 'form', explode = style === 'form' } = media.encoding?.[name] ?? {};
    if (style === 'deepObject') return deepPairs(name, member);
    if (Array.isArray(member) && !explode) return [[name, member.map(asText).join(',')]];
    return typeof member === 'object' && member !== null ? deepPairs(name, member) : [[name, asText(member)]];
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

function credentialsFor(context: SnippetContext, { operation }: Located): Credentials {
  const { document, demo } = context;
  const [agent] = demo.agents;
  const names = credentialsOf(document, operation);
  const schemes = securitySchemes(document);
  if (names.length === 0) return { before: [] };
  if (agent && names.some((name) => schemes.get(name)?.scheme === 'basic')) {
    return { before: [], flag: `-u ${quoteForShell(`${agent.email}:${agent.apiKey}`)}` };
  }
  const endpoint = names.map((name) => tokenEndpoint(document, name)).find((it) => it !== undefined);
  const before = endpoint ? [fetchToken(context, endpoint), ''] : [];
  return { before, flag: '-H "Authorization: Bearer $TOKEN"' };
}

/** The operation that hands out the tokens of a scheme. */
export function tokenEndpoint(document: Document, scheme: string): Located | undefined {
  return listOperations(document).find(({ operation }) => operation['x-issues-token']?.scheme === scheme);
}

/** Asks for a token and takes it out of the answer with what every machine has. */
function fetchToken(context: SnippetContext, endpoint: Located): string {
  const token = endpoint.operation['x-issues-token']?.token ?? 'token';
  const request = curlSnippet(context, endpoint).replace('curl ', 'curl -s ');
  return `TOKEN=$(${request} \\\n  | sed 's/.*"${token}": *"\\([^"]*\\)".*/\\1/')`;
}

// --- The typed client ---------------------------------------------------------------------------

/** Which of the client's ways to log in a scheme of the description stands for. */
const CLIENT_AUTH: Record<string, (demo: DemoCompany) => Json | undefined> = {
  basicAuth: ({ agents: [agent] }) => agent && { type: 'basic', email: agent.email, apiKey: agent.apiKey },
  jwt: ({ agents: [agent], site }) =>
    agent && { type: 'jwt', email: agent.email, password: agent.password, siteId: site.id },
  agentToken: ({ agents: [agent] }) => agent && { type: 'oauth', email: agent.email, password: agent.password },
  partnerToken: ({ partner }) => ({ type: 'partner', email: partner.email, password: partner.password }),
};

export function clientPackage(version: Version): string {
  return `@comm100-openapi/client-${version}`;
}

/** The lines that make a client which talks to the mock server. */
export function clientSetup({ version, demo, document }: SnippetContext, credentials: readonly string[]): string {
  // Basic needs no exchange of tokens first, so it is the shortest way in where it is taken.
  const scheme = credentials.find((name) => name === 'basicAuth') ?? credentials[0] ?? firstOf(document);
  const auth = CLIENT_AUTH[scheme]?.(demo);
  if (auth === undefined) throw new Error(`No way to log in is known for the security scheme "${scheme}".`);
  return [
    `import { createClient } from '${clientPackage(version)}';`,
    '',
    'const comm100 = createClient({',
    `  baseUrl: '${MOCK_URL}',`,
    `  auth: ${literal(auth, '  ')},`,
    '});',
  ].join('\n');
}

/** An operation that is open itself still needs a client, and any login makes one. */
function firstOf(document: Document): string {
  const names = [...securitySchemes(document).keys()];
  return names.find((name) => name === 'basicAuth') ?? names[0] ?? '';
}

export function clientSnippet(context: SnippetContext, located: Located): string {
  return `${clientSetup(context, credentialsOf(context.document, located.operation))}\n\n${clientCall(context, located)}`;
}

/** The call alone, for a client that exists already. */
export function clientCall({ document }: SnippetContext, located: Located): string {
  const request = exampleRequest(document, located);
  const options: Record<string, Json> = {};
  for (const place of ['path', 'query', 'header'] as const) {
    if (Object.keys(request[place]).length > 0) options[place] = request[place];
  }
  if (request.body) options.body = request.body.value;

  const result = resultName(document, located);
  const call = `${result ? `const ${result} = ` : ''}await comm100.${located.method}(${literal(located.path)}`;
  if (Object.keys(options).length === 0) return `${call});`;
  return `${call}, ${literal(options, '', call.length + 2)});`;
}

const TAKEN = new Set([
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

/** What the answer is called: `department`, `departments`, or `answer` where it has no name. */
function resultName(document: Document, { operation }: Located): string | undefined {
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
  const content = success && resolve(document, success);
  const media = content && 'content' in content ? Object.values(content.content ?? {})[0] : undefined;
  if (!media?.schema) return undefined;
  const view = viewSchema(document, media.schema);
  const name = view.items?.name ?? view.name;
  if (name === undefined || view.properties.length + (view.items?.properties.length ?? 0) === 0) return 'answer';
  const word = name.charAt(0).toLowerCase() + name.slice(1);
  const result = view.items ? plural(word) : word;
  return TAKEN.has(result) ? 'answer' : result;
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
