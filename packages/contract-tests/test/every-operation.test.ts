import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '@comm100-openapi/client-v2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Operation, operationsOf, type Version, versions, violations } from '../src/description.ts';
import {
  agents,
  basic,
  type Exchange,
  type Input,
  inputFor,
  mock,
  partner,
  type Setting,
  send,
  sentBy,
} from '../src/harness.ts';
import { startPrism } from '../src/prism.ts';

// The cases follow from the bundles: an operation that is described is tested, with nothing to add here. What must come
// back is an example of the bundle where one is requested, and typed by hand where the mock finds the error itself. The
// same cases run against Prism, which knows nothing of this project; what it cannot do is in the table `unlikePrism`.

/** What the cases run against: a server for each account that they need. */
interface Target {
  name: 'the mock' | 'Prism';
  start(version: Version): Promise<Servers>;
  /** What is sent for a success of an operation that the description has as this example. */
  sends(operation: Operation, url: string, example: unknown): unknown;
}
type Servers = Record<'plain' | 'exhausted' | 'business' | 'enterprise', { url: string; close(): Promise<void> }>;

const targets: Target[] = [
  {
    name: 'the mock',
    start: async () => ({
      plain: await mock(),
      exhausted: await mock({ dailyQuota: 0 }),
      business: await mock({ edition: 'business' }),
      enterprise: await mock({ edition: 'enterprise' }),
    }),
    // A token is signed afresh each time.
    sends: ({ tokenField }, url, example) =>
      tokenField ? { ...(example as object), [tokenField]: expect.stringMatching(/^\S{20,}$/) } : sentBy(url, example),
  },
  {
    name: 'Prism',
    start: async (version) => {
      const prism = await startPrism(version);
      return { plain: prism, exhausted: prism, business: prism, enterprise: prism };
    },
    sends: (_, __, example) => example,
  },
];

type Want = { value: unknown } | { status: number; code: number; message: string };

interface Case {
  /** What cases have in common, whatever the operation. */
  kind: string;
  name: string;
  setting: Setting;
  input: Input;
  want: Want;
}

/** Errors that the mock finds, as the service words them. */
const found = {
  missingCredentials: { status: 401, code: 401000, message: 'Authentication is required.' },
  wrongApiKey: { status: 401, code: 401000, message: 'The email or the API key is invalid.' },
  wrongToken: { status: 401, code: 401000, message: 'The access token is invalid or has expired.' },
  permission: { status: 403, code: 403000, message: 'You do not have the permission to access this resource.' },
  notPartner: { status: 403, code: 403000, message: 'Only a partner may access this resource.' },
  edition: { status: 403, code: 403000, message: 'This resource is not available in your edition.' },
  quota: {
    status: 403,
    code: 403000,
    message: 'The daily limit of API requests has been exceeded. It is reset at 0:00 UTC.',
  },
} as const;

const wrongKey = { type: 'basic', email: agents.admin.email, apiKey: 'wrong' } as const;
const wrongToken = { type: 'token', token: 'wrong' } as const;

/** What Prism sends in place of what the mock sends, by kind of case, and why. */
const unlikePrism: Record<string, { reason: string; want: (operation: Operation) => Want }> = {
  'the example of other parameters': { reason: 'It does not know x-when.', want: success },
  'without a parameter': {
    reason: 'It sends the first documented error, whatever the parameter.',
    want: (operation) => firstError(operation, 400),
  },
  ...Object.fromEntries(
    [
      'with a wrong API key',
      'with a wrong token',
      'with the quota of the day used up',
      'without the permission',
      'in an edition that lacks it',
      'as an agent',
      'as a partner',
    ].map((kind) => [
      kind,
      {
        reason: 'It has no accounts, and looks only at the scheme of the credentials.',
        want: (operation: Operation) => {
          const isBasic = kind === 'with a wrong API key' || kind === 'as an agent';
          return isBasic && operation.forPartners ? firstError(operation, 401) : success(operation);
        },
      },
    ]),
  ),
};

const neededExceptions = new Set<string>();

function success({ responses: [first] }: Operation): Want {
  return { value: first?.value };
}

function firstError({ errors }: Operation, status: number): Want {
  return { status, ...(errors.find((error) => error.status === status)?.value as { code: number; message: string }) };
}

/** A server whose edition includes the operation. */
const serving = ({ editions }: Operation, { plain, business }: Servers) =>
  (editions && !editions.includes('enterprise') ? business : plain).url;

/** Everything that an operation must do. */
function casesOf(operation: Operation, servers: Servers, sends: Target['sends']): Case[] {
  const { version, responses, requests, errors, open, forPartners, permission, editions } = operation;
  const { exhausted, business, enterprise } = servers;
  const baseUrl = serving(operation, servers);
  const [first = { when: {}, value: undefined }] = responses;
  const [firstRequest, ...otherRequests] = requests;
  const usual = inputFor(operation, first.when, firstRequest?.value);
  const wanted = (value: unknown) => ({ value: sends(operation, baseUrl, value) });

  const successes = responses.map(({ name, when, value }, index) => ({
    kind: index > 0 && Object.keys(when).length > 0 ? 'the example of other parameters' : 'an example',
    name: `the example ${name}`,
    // Parameters choose an example with x-when, and the first of the others; the rest is requested by name.
    setting: { baseUrl, prefer: index > 0 && Object.keys(when).length === 0 ? `example=${name}` : undefined },
    input: inputFor(operation, when, firstRequest?.value),
    want: wanted(value),
  }));
  const empty = {
    kind: 'an empty response',
    name: 'an empty response',
    setting: { baseUrl },
    input: usual,
    want: { value: undefined },
  };
  const bodies = otherRequests.map(({ name, value }) => ({
    kind: 'another body',
    name: `the request body ${name}`,
    setting: { baseUrl },
    input: { ...usual, body: value },
    want: wanted(first.value),
  }));
  const documented = errors.map(({ status, name, value }) => ({
    kind: 'a documented error',
    name: `the error ${status} ${name}`,
    setting: { baseUrl, prefer: `code=${status}, example=${name}` },
    input: usual,
    want: { status, ...(value as { code: number; message: string }) },
  }));
  const missing = operation.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name }) => ({
      kind: 'without a parameter',
      name: `without the parameter ${name}`,
      setting: { baseUrl },
      input: { ...usual, query: Object.fromEntries(Object.entries(usual.query).filter(([key]) => key !== name)) },
      want: { status: 400, code: 400000, message: `Parameter '${name}' is required.` },
    }));
  const lacking = editions?.includes('business') ? enterprise : business;
  const callers: [applies: unknown, name: string, setting: Setting, want: Want][] = [
    [!open, 'without credentials', { baseUrl, anonymous: true }, found.missingCredentials],
    [!open, 'with a wrong API key', { baseUrl, auth: wrongKey }, found.wrongApiKey],
    [!open && version === 'v2', 'with a wrong token', { baseUrl, auth: wrongToken }, found.wrongToken],
    [!open, 'with the quota of the day used up', { baseUrl: exhausted.url }, found.quota],
    [permission, 'without the permission', { baseUrl, auth: basic(agents.powerless) }, found.permission],
    [editions?.length === 1, 'in an edition that lacks it', { baseUrl: lacking.url }, found.edition],
    [forPartners, 'as an agent', { baseUrl, auth: basic(agents.admin) }, found.notPartner],
    [!open && !forPartners && version === 'v2', 'as a partner', { baseUrl, auth: partner }, found.permission],
  ];
  const rejected = callers.flatMap(([applies, name, setting, want]) =>
    applies ? [{ kind: name, name, setting, input: usual, want }] : [],
  );
  return [...(responses.length ? successes : [empty]), ...bodies, ...documented, ...missing, ...rejected];
}

/** The request that an input must become: method, path and query, and the media type of the body. */
function requestOf({ method, path, mediaType }: Operation, { path: names, query, body }: Input) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(names[name]));
  const fields = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return {
    request: `${method.toUpperCase()} ${[filled, ...(fields.length ? [fields.join('&')] : [])].join('?')}`,
    mediaType: body === undefined ? null : mediaType,
  };
}

/** What the caller gets: a value, or the facts of an error. */
function resultOf({ result }: Exchange): unknown {
  if (result.status === 'fulfilled') return { value: result.value };
  if (!(result.reason instanceof ApiError)) return result.reason;
  const { status, serviceCode: code, serviceMessage: message } = result.reason;
  return { status, code, message };
}

test('every operation of the list of documented operations is tested below', () => {
  const file = fileURLToPath(import.meta.resolve('@comm100-openapi/spec/documented-operations.csv'));
  const [, ...rows] = readFileSync(file, 'utf8').trim().split('\n');
  const documented = rows.map((row) => row.split(',').slice(0, 3).join(' '));
  const tested = versions.flatMap((version) =>
    operationsOf(version).map(({ method, path }) => `${version} ${method.toUpperCase()} ${path}`),
  );
  expect(documented.length).toBeGreaterThan(0);
  expect(tested.toSorted()).toEqual(documented.toSorted());
});

describe.each(targets)('$name', ({ name: target, start, sends }) => {
  describe.each(versions)('%s', (version) => {
    let servers: Servers;
    beforeAll(async () => {
      servers = await start(version);
    });
    afterAll(() => Promise.all([...new Set(Object.values(servers))].map((server) => server.close())));

    test.each(operationsOf(version))('$id', async (operation) => {
      for (const { kind, name, setting, input, want } of casesOf(operation, servers, sends)) {
        const exchange = await send(operation, setting, input);
        const { request, mediaType, status, body } = exchange;
        const seen = { request, mediaType, status, violations: violations(operation, status, body) };
        const exception = target === 'Prism' ? unlikePrism[kind] : undefined;
        const due = exception?.want(operation) ?? want;
        const wire = { ...requestOf(operation, input), status: 'status' in due ? due.status : 200, violations: '' };
        expect.soft(seen, `${operation.id}, ${name}`).toEqual(wire);
        expect.soft(resultOf(exchange), `${operation.id}, ${name}`).toEqual(due);
        if (!isDeepStrictEqual(due, want)) neededExceptions.add(kind);
      }
    });
  });
});

test('each exception for Prism is needed', () =>
  expect([...neededExceptions].toSorted()).toEqual(Object.keys(unlikePrism).toSorted()));
