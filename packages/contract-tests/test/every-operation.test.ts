import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ApiError } from '@comm100-openapi/client-v2';
import type { Mock } from '@comm100-openapi/mock-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Operation, operationsOf, versions, violations } from '../src/description.ts';
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

// The cases follow from the bundles: an operation that is described is tested, with nothing to add here. What must come
// back is an example of the bundle where one is requested, and typed by hand where the mock finds the error itself.

let plain: Mock;
let exhausted: Mock;
let business: Mock;
let enterprise: Mock;

beforeAll(async () => {
  [plain, exhausted, business, enterprise] = (await Promise.all([
    mock(),
    mock({ dailyQuota: 0 }),
    mock({ edition: 'business' }),
    mock({ edition: 'enterprise' }),
  ])) as [Mock, Mock, Mock, Mock];
});
afterAll(() => Promise.all([plain, exhausted, business, enterprise].map((each) => each.close())));

/** A mock whose edition includes the operation. */
const serving = ({ editions }: Operation) => (editions && !editions.includes('enterprise') ? business : plain).url;

interface Case {
  name: string;
  setting: Setting;
  input: Input;
  want: { value: unknown } | { status: number; code: number; message: string };
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

/** Everything that an operation must do. */
function casesOf(operation: Operation): Case[] {
  const { version, responses, requests, errors, open, forPartners, tokenField, permission, editions } = operation;
  const baseUrl = serving(operation);
  const [first = { when: {}, value: undefined }] = responses;
  const [firstRequest, ...otherRequests] = requests;
  const usual = inputFor(operation, first.when, firstRequest?.value);
  // A token is signed afresh each time.
  const wanted = (value: unknown) => ({
    value: tokenField
      ? { ...(value as object), [tokenField]: expect.stringMatching(/^\S{20,}$/) }
      : sentBy(baseUrl, value),
  });

  const successes = responses.map(({ name, when, value }, index) => ({
    name: `the example ${name}`,
    // Parameters choose an example with x-when, and the first of the others; the rest is requested by name.
    setting: { baseUrl, prefer: index > 0 && Object.keys(when).length === 0 ? `example=${name}` : undefined },
    input: inputFor(operation, when, firstRequest?.value),
    want: wanted(value),
  }));
  const empty = { name: 'an empty response', setting: { baseUrl }, input: usual, want: { value: undefined } };
  const bodies = otherRequests.map(({ name, value }) => ({
    name: `the request body ${name}`,
    setting: { baseUrl },
    input: { ...usual, body: value },
    want: wanted(first.value),
  }));
  const documented = errors.map(({ status, name, value }) => ({
    name: `the error ${status} ${name}`,
    setting: { baseUrl, prefer: `code=${status}, example=${name}` },
    input: usual,
    want: { status, ...(value as { code: number; message: string }) },
  }));
  const missing = operation.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name }) => ({
      name: `without the parameter ${name}`,
      setting: { baseUrl },
      input: { ...usual, query: Object.fromEntries(Object.entries(usual.query).filter(([key]) => key !== name)) },
      want: { status: 400, code: 400000, message: `Parameter '${name}' is required.` },
    }));
  const lacking = editions?.includes('business') ? enterprise : business;
  const callers: [applies: unknown, name: string, setting: Setting, want: Case['want']][] = [
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
    applies ? [{ name, setting, input: usual, want }] : [],
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

describe.each(versions)('%s', (version) => {
  test.each(operationsOf(version))('$id', async (operation) => {
    for (const { name, setting, input, want } of casesOf(operation)) {
      const exchange = await send(operation, setting, input);
      const { request, mediaType, status, body } = exchange;
      const seen = { request, mediaType, status, violations: violations(operation, status, body) };
      const wire = { ...requestOf(operation, input), status: 'status' in want ? want.status : 200, violations: '' };
      expect.soft(seen, `${operation.id}, ${name}`).toEqual(wire);
      expect.soft(resultOf(exchange), `${operation.id}, ${name}`).toEqual(want);
    }
  });
});
