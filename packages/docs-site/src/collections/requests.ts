/**
 * A version as requests that a program for trying APIs can send: the values are the examples of the description, and
 * host, credentials and tokens are variables. `postman.ts` and `opencollection.ts` write them in the formats of two
 * such programs.
 */

import {
  type Json,
  type Operation,
  type Parameter,
  securitySchemesOf,
  successOf,
  type When,
  withoutValues,
} from '@comm100-openapi/description';
import { prettyJson } from '../model/literal.ts';
import { asText, exampleOfSchema, exampleRequest, formPairs, queryPairs } from '../model/request.ts';
import type { VersionSite } from '../model/site.ts';
import { MOCK_URL } from '../model/snippet.ts';

export interface Collection {
  name: string;
  /** Markdown. */
  description: string;
  variables: Variable[];
  folders: { name: string; description: string; requests: CollectionRequest[] }[];
}

interface Variable {
  name: string;
  value: string;
  description: string;
}

interface Entry extends Variable {
  /** Optional and without an example: in the list, but not sent until it is switched on. */
  isOff: boolean;
}

export interface CollectionRequest {
  id: string;
  name: string;
  /** Markdown. */
  description: string;
  method: string;
  /** With a colon before each path parameter: `/api/v2/livechat/departments/:id`. */
  path: string;
  pathValues: Variable[];
  query: Entry[];
  headers: Variable[];
  body: CollectionBody | undefined;
  /** `agent`: by the email and the API key; a name: by the token in the variable of that name. */
  auth: 'agent' | 'none' | { token: string };
  /** Which field of the response becomes the value of which variable. */
  keeps: { variable: string; field: string } | undefined;
  examples: CollectionExample[];
}

export type CollectionBody = { type: 'form'; entries: Variable[] } | { type: 'json' | 'text'; text: string };

/** A response of success, with the request that it belongs to. */
export interface CollectionExample {
  name: string;
  pathValues: Variable[];
  query: Entry[];
  body: CollectionBody | undefined;
  status: number;
  /** `undefined` where the response has no body. */
  response: { type: 'json' | 'text'; text: string } | undefined;
}

/** The variables with the credentials, by what the fields of a token request are for. */
const CREDENTIALS = {
  jwt: { user: 'email', password: 'password', token: 'token' },
  agentToken: { user: 'email', password: 'password', token: 'token' },
  partnerToken: { user: 'partnerEmail', password: 'partnerPassword', token: 'partnerToken' },
} as const;

function credentialsOf(scheme: string): (typeof CREDENTIALS)[keyof typeof CREDENTIALS] {
  if (Object.hasOwn(CREDENTIALS, scheme)) return CREDENTIALS[scheme as keyof typeof CREDENTIALS];
  throw new Error(`A collection has no variables for the security scheme "${scheme}". Add it to CREDENTIALS.`);
}

/** All operations of a version, in folders by resource. Webhooks are not in it: the service sends them. */
export function collectionOf(site: VersionSite): Collection {
  const { info } = site.document;
  const folders = site.resources.map(({ tag, description, operations }) => ({
    name: tag,
    description,
    requests: operations.filter(({ operation }) => !operation.isWebhook).map(({ operation }) => requestOf(operation)),
  }));
  return {
    name: `Comm100 Live Chat API ${info.version} (unofficial)`,
    description: [
      info.summary,
      'The values are the examples of the description. The variables are for the mock server of this project. For your account, change `host`, `email` and `apiKey`.',
      folders.some(({ requests }) => requests.some(({ keeps }) => keeps)) &&
        'A request for a token keeps the token in a variable. Send the one for partners before the operations for partners.',
    ]
      .filter(Boolean)
      .join('\n\n'),
    variables: variablesOf(site),
    folders,
  };
}

function variablesOf({ document, context: { demo } }: VersionSite): Variable[] {
  const [agent] = demo.agents;
  const domains = document.servers.flatMap(({ variables }) => variables?.domain?.enum ?? []);
  const common = [
    {
      name: 'host',
      value: MOCK_URL,
      description: `The mock server; for your account, https:// and the domain of your Control Panel: ${domains.join(', ')}`,
    },
    { name: 'email', value: agent?.email ?? '', description: "The agent's email" },
    { name: 'apiKey', value: agent?.apiKey ?? '', description: "The agent's API key" },
  ];
  if (![...securitySchemesOf(document).values()].some(({ scheme }) => scheme === 'bearer')) return common;
  return [
    ...common,
    { name: 'password', value: agent?.password ?? '', description: "The agent's password, for tokens" },
    { name: 'siteId', value: String(demo.site.id), description: 'The id of the site, for tokens' },
    { name: 'token', value: '', description: "The agent's token; a request for a token sets it" },
    { name: 'partnerEmail', value: demo.partner.email, description: "The partner's email, for tokens" },
    { name: 'partnerPassword', value: demo.partner.password, description: "The partner's password, for tokens" },
    { name: 'partnerToken', value: '', description: "The partner's token; a request for it sets it" },
  ];
}

function requestOf(operation: Operation): CollectionRequest {
  const example = exampleRequest(operation);
  const values = {
    pathValues: parametersIn(operation, 'path').map((parameter) => ({
      name: parameter.name,
      value: asText(example.path[parameter.name] ?? ''),
      description: wordsOf(parameter),
    })),
    query: queryOf(operation, example.query),
    body: bodyOf(operation),
  };
  return {
    id: operation.id,
    name: operation.summary,
    description: descriptionOf(operation),
    method: operation.method.toUpperCase(),
    path: operation.path.replace(/\{([^}]+)\}/g, ':$1'),
    ...values,
    headers: parametersIn(operation, 'header')
      .filter(({ name }) => example.header[name] !== undefined)
      .map((parameter) => ({
        name: parameter.name,
        value: asText(example.header[parameter.name] ?? ''),
        description: wordsOf(parameter),
      })),
    auth: authOf(operation),
    keeps: operation.tokenIssue && {
      variable: credentialsOf(operation.tokenIssue.scheme).token,
      field: operation.tokenIssue.token,
    },
    examples: examplesWith(operation, values),
  };
}

const parametersIn = ({ parameters }: Operation, place: Parameter['in']) =>
  parameters.filter((parameter) => parameter.in === place);

const wordsOf = ({ description = '' }: Parameter) => withoutValues(description);

function descriptionOf({ description, permission, editions, node }: Operation): string {
  return [
    description,
    permission && `Permission: ${permission}.`,
    editions && `Edition: ${editions.join(', ')}.`,
    node.externalDocs && `[Comm100's documentation](${node.externalDocs.url})`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function authOf({ schemes, document }: Operation): CollectionRequest['auth'] {
  if (schemes.length === 0) return 'none';
  const all = securitySchemesOf(document);
  if (schemes.some((name) => all.get(name)?.scheme === 'basic')) return 'agent';
  return { token: credentialsOf(schemes[0] ?? '').token };
}

function queryOf(operation: Operation, values: Record<string, Json>): Entry[] {
  return parametersIn(operation, 'query').flatMap((parameter) => {
    const given = values[parameter.name];
    const value = given ?? exampleOfSchema(operation.document, parameter.schema ?? {});
    return queryPairs(parameter, value).map(([name, text]) => ({
      name,
      value: text,
      description: wordsOf(parameter),
      isOff: given === undefined,
    }));
  });
}

/** The first example of the body, or the one with a certain place. */
function bodyOf({ document, body, tokenIssue }: Operation, place = 0): CollectionBody | undefined {
  const [media] = body?.media ?? [];
  const example = media?.examples[place];
  if (!media || !example) return undefined;
  const { value } = example;
  if (media.type !== 'application/x-www-form-urlencoded' || typeof value !== 'object' || value === null) {
    const isJson = media.type.includes('json');
    return { type: isJson ? 'json' : 'text', text: isJson ? prettyJson(value) : asText(value) };
  }
  const variables = new Map<string | undefined, string>();
  if (tokenIssue) {
    const { user, password } = credentialsOf(tokenIssue.scheme);
    variables.set(tokenIssue.user, user).set(tokenIssue.password, password).set(tokenIssue.site, 'siteId');
  }
  const entries = formPairs(document, media, value).map(([name, text]) => {
    const variable = variables.get(name);
    return { name, value: variable === undefined ? text : `{{${variable}}}`, description: '' };
  });
  return { type: 'form', entries };
}

/** Each response of success with the first body, and each further body with the first response. */
function examplesWith(
  operation: Operation,
  values: Pick<CollectionExample, 'pathValues' | 'query' | 'body'>,
): CollectionExample[] {
  const response = successOf(operation);
  if (!response) return [];
  const status = Number(response.status);
  const results = response.media.flatMap(({ type, examples }) =>
    examples.map(({ summary, value, when = {} }): CollectionExample => {
      const kind = type.includes('json') ? 'json' : 'text';
      return {
        ...values,
        name: summary,
        pathValues: values.pathValues.map((entry) => valueWhen(entry, when)),
        query: values.query.map((entry) => valueWhen(entry, when)),
        status,
        response: { type: kind, text: kind === 'json' ? prettyJson(value) : asText(value) },
      };
    }),
  );
  const [first = { ...values, name: response.description, status, response: undefined }, ...others] = results;
  const bodies = operation.body?.media[0]?.examples ?? [];
  const withBodies = bodies
    .slice(1)
    .map(({ summary }, index) => ({ ...first, name: summary, body: bodyOf(operation, index + 1) }));
  return [first, ...others, ...withBodies];
}

/** A parameter with the value that a response belongs to; it is sent, too. */
function valueWhen<Parameter extends Variable & { isOff?: boolean }>(entry: Parameter, when: When): Parameter {
  const values = Object.hasOwn(when, entry.name) ? when[entry.name] : undefined;
  if (!values || (!entry.isOff && values.map(String).includes(entry.value))) return entry;
  return { ...entry, value: String(values[0]), ...(entry.isOff && { isOff: false }) };
}
