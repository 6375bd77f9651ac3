/**
 * Requests that can be copied and sent, in four languages. All their values come from the examples of the bundle. The
 * address and the credentials are set once, in a setup, which has those of the mock server and the demo company.
 */

import { methodNameOf } from '@comm100-openapi/client-generator/names';
import {
  type Company,
  type Document,
  type Json,
  type Operation,
  operationsOf,
  securitySchemesOf,
  successOf,
} from '@comm100-openapi/description';
import type { Version } from './bundle.ts';
import { curl, quoteForShell } from './curl.ts';
import { fetchSample, pythonSample } from './languages.ts';
import { LINE, literal } from './literal.ts';
import { exampleRequest, httpRequest } from './request.ts';
import { viewSchema } from './schema.ts';

/** The default address of the mock server. */
export const MOCK_URL = 'http://127.0.0.1:4010';

export interface Snippet {
  label: string;
  language: 'sh' | 'js' | 'ts' | 'py';
  code: string;
}

export interface SnippetContext {
  version: Version;
  document: Document;
  demo: Company;
}

/** The samples of an operation; none for a webhook, which the service sends. */
export function snippetsOf(context: SnippetContext, operation: Operation): Snippet[] {
  if (operation.isWebhook) return [];
  const request = httpRequest(operation);
  const scheme = schemeOf(context.document, operation.schemes);
  const credentials = scheme === undefined ? undefined : kindOf(context.document, scheme);
  const hasResult = successOf(operation)?.media[0] !== undefined;
  const words = { address: '$COMM100_URL', credentials: scheme ? credentialFlag(context.document, scheme) : '' };
  return [
    { label: 'curl', language: 'sh', code: curl(request, words) },
    { label: 'JavaScript', language: 'js', code: fetchSample(request, credentials, hasResult) },
    { label: 'TypeScript', language: 'ts', code: clientCall(operation) },
    { label: 'Python', language: 'py', code: pythonSample(request, credentials, hasResult) },
  ];
}

/** The scheme that a sample uses. Basic needs no token first, so it is the shortest where the operation accepts it. */
function schemeOf(document: Document, names: readonly string[]): string | undefined {
  return names.find((name) => kindOf(document, name) === 'basic') ?? names[0];
}

function kindOf(document: Document, scheme: string): 'basic' | 'bearer' {
  return securitySchemesOf(document).get(scheme)?.scheme === 'basic' ? 'basic' : 'bearer';
}

// --- The setup --------------------------------------------------------------------------------------

/** The environment variable with the token of a scheme: `COMM100_PARTNER_TOKEN` of `partnerToken`. */
const tokenVariable = (scheme: string) => `COMM100_${scheme.replaceAll(/(?=[A-Z])/g, '_').toUpperCase()}`;

function credentialFlag(document: Document, scheme: string): string {
  if (kindOf(document, scheme) === 'basic') return '-u "$COMM100_EMAIL:$COMM100_API_KEY"';
  return `-H "Authorization: Bearer $${tokenVariable(scheme)}"`;
}

/** The environment of all samples: the mock server, and an agent of the demo company. */
export function environment({ demo: { agents } }: SnippetContext): string {
  const [agent] = agents;
  return [
    `export COMM100_URL=${MOCK_URL}`,
    `export COMM100_EMAIL=${quoteForShell(agent?.email ?? '')}`,
    `export COMM100_API_KEY=${quoteForShell(agent?.apiKey ?? '')}`,
  ].join('\n');
}

/** What a program has before its first request with a scheme. A command of curl needs only the environment. */
export function setup(context: SnippetContext, scheme: string): Snippet[] {
  const isBasic = kindOf(context.document, scheme) === 'basic';
  const variable = tokenVariable(scheme);
  const js = isBasic
    ? 'const login = `${process.env.COMM100_EMAIL}:${process.env.COMM100_API_KEY}`;\nconst authorization = `Basic ${btoa(login)}`;'
    : `const authorization = \`Bearer \${process.env.${variable}}\`;`;
  const py = isBasic
    ? 'auth = (os.environ["COMM100_EMAIL"], os.environ["COMM100_API_KEY"])'
    : `headers = {"Authorization": f"Bearer {os.environ['${variable}']}"}`;
  return [
    { label: 'JavaScript', language: 'js', code: `const url = process.env.COMM100_URL;\n${js}` },
    { label: 'TypeScript', language: 'ts', code: clientSetup(context, scheme) },
    {
      label: 'Python',
      language: 'py',
      code: `import os\nimport requests\n\nurl = os.environ["COMM100_URL"]\n${py}`,
    },
  ];
}

/** A request as a command that needs no setup: to the mock server, as an agent of the demo company. */
export function curlSnippet(context: SnippetContext, operation: Operation): string {
  const [agent] = context.demo.agents;
  const scheme = schemeOf(context.document, operation.schemes);
  const credentials =
    scheme === undefined
      ? ''
      : agent && kindOf(context.document, scheme) === 'basic'
        ? `-u ${quoteForShell(`${agent.email}:${agent.apiKey}`)}`
        : credentialFlag(context.document, scheme);
  return curl(httpRequest(operation), { address: MOCK_URL, credentials });
}

/** The operation that issues the tokens of a security scheme. */
export function tokenEndpoint(document: Document, scheme: string): Operation | undefined {
  return operationsOf(document).find(({ tokenIssue }) => tokenIssue?.scheme === scheme);
}

/** Requests the token of a scheme and extracts it from the response with `sed`, which every machine has. */
export function tokenCommand(context: SnippetContext, scheme: string): string | undefined {
  const endpoint = tokenEndpoint(context.document, scheme);
  if (!endpoint) return undefined;
  const request = curl(httpRequest(endpoint), { address: '$COMM100_URL', credentials: '' }).replace(
    'curl ',
    'curl -s ',
  );
  const token = endpoint.tokenIssue?.token ?? 'token';
  return `export ${tokenVariable(scheme)}=$(${request} \\\n  | sed 's/.*"${token}": *"\\([^"]*\\)".*/\\1/')`;
}

// --- The typed client ---------------------------------------------------------------------------

/** The `auth` option of the client for each security scheme of the description. */
const CLIENT_AUTH: Record<string, (demo: SnippetContext['demo']) => string | undefined> = {
  basicAuth: () =>
    "{\n    type: 'basic',\n    email: process.env.COMM100_EMAIL,\n    apiKey: process.env.COMM100_API_KEY,\n  }",
  jwt: ({ agents: [agent], site }) =>
    agent && literal({ type: 'jwt', email: agent.email, password: agent.password, siteId: site.id }, '  '),
  agentToken: ({ agents: [agent] }) =>
    agent && literal({ type: 'oauth', email: agent.email, password: agent.password }, '  '),
  partnerToken: ({ partner }) => literal({ type: 'partner', email: partner.email, password: partner.password }, '  '),
};

export function clientPackage(version: Version): string {
  return `@comm100-openapi/client-${version}`;
}

/**
 * The lines that create a client.
 *
 * @param address The option with the address. @default that of the environment
 * @throws {Error} naming a security scheme that the client cannot log in with.
 */
export function clientSetup(
  { version, demo }: SnippetContext,
  scheme = 'basicAuth',
  address = 'baseUrl: process.env.COMM100_URL',
): string {
  const auth = CLIENT_AUTH[scheme]?.(demo);
  if (auth === undefined)
    throw new Error(`The client has no login for the security scheme "${scheme}". Add it to CLIENT_AUTH.`);
  return [
    `import { createClient } from '${clientPackage(version)}';`,
    '',
    'const client = createClient({',
    `  ${address},`,
    `  auth: ${auth},`,
    '});',
  ].join('\n');
}

/** The call by name, for a client that exists already: the values of the path, then the query or the body. */
export function clientCall(operation: Operation): string {
  const { path, query, body } = exampleRequest(operation);
  const { group, method } = methodNameOf(operation);
  const values = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => literal(path[name] ?? null));
  const input = operation.method === 'get' ? (Object.keys(query).length > 0 ? query : undefined) : body?.value;
  const result = resultName(operation);
  const call = `await client.${group}.${method}(${[...values, ''].join(', ')}`;
  const before = result ? `const ${result} = ` : '';
  const end = input === undefined ? `${call.replace(/, $/, '')});` : undefined;
  const fits = (before + (end ?? call)).length + (end ? 0 : 1) <= LINE;
  const indent = fits || !result ? '' : '  ';
  const start = fits || !result ? before : `const ${result} =\n  `;
  return (
    start +
    (end ?? `${call}${literal(input as Json, indent, indent.length + call.length + (fits ? before.length : 0) + 2)});`)
  );
}

const RESERVED = new Set([
  'client',
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
