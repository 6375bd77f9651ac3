import { expect, test } from 'vitest';
import { flatten, operationsOf, type Version, violations } from '../src/description.ts';

// The tests of all operations rely on a reader and a validator. Here both are checked against what is known.

function operation(version: Version, id: string) {
  const found = operationsOf(version).find((candidate) => candidate.id === id);
  if (!found) throw new Error(`${version} has no ${id}.`);
  return found;
}

test.each([
  { id: 'listBans', status: 200, body: [], want: '' },
  { id: 'listBans', status: 200, body: {}, want: 'data must be array' },
  { id: 'listBans', status: 200, body: undefined, want: 'data must be array' },
  { id: 'getBan', status: 404, body: { code: 404000, message: 'Not here.' }, want: '' },
  { id: 'getBan', status: 404, body: { code: 404000 }, want: "data must have required property 'message'" },
  { id: 'getBan', status: 404, body: { code: '404000', message: 'Not here.' }, want: 'data/code must be integer' },
  { id: 'getBan', status: 418, body: {}, want: 'status 418 is not declared' },
  { id: 'deleteAgent', status: 200, body: undefined, want: '' },
  { id: 'deleteAgent', status: 200, body: 'Deleted.', want: 'the response has a body where none is described' },
])('the validator: $id, $status, $body: $want', ({ id, status, body, want }) => {
  expect(violations(operation('v2', id), status, body)).toBe(want);
});

test('the reader: the parts of an operation', () => {
  const names = (examples: { name: string }[]) => examples.map(({ name }) => name);
  const { requests, responses, errors, parameters, body, ...rest } = operation('v1', 'createDepartment');
  expect(rest).toEqual({
    version: 'v1',
    id: 'createDepartment',
    method: 'post',
    path: '/api/v1/livechat/departments',
    mediaType: 'application/x-www-form-urlencoded',
    needsBody: true,
    encoding: { members: { style: 'form', explode: false, allowReserved: true } },
    permission: undefined,
    editions: undefined,
    open: false,
    tokenField: undefined,
    tokenScheme: undefined,
    schemes: ['basicAuth'],
    forPartners: false,
  });
  expect(Object.keys(flatten('v1', body).properties as object)).toEqual(['name', 'description', 'members']);
  expect([parameters, names(requests), names(responses)]).toEqual([[], ['returns'], ['returns']]);
  expect(errors.map(({ status, name }) => `${status} ${name}`)).toEqual([
    '400 missingParameter',
    '400 invalidParameter',
    '400 invalidBody',
    '401 missingCredentials',
    '401 invalidApiKey',
    '401 invalidToken',
    '403 permission',
    '403 dailyQuota',
    '500 serverError',
  ]);
});

test('the reader: who may call, and what a response depends on', () => {
  expect(operation('v2', 'getAgentToken')).toMatchObject({
    open: true,
    tokenField: 'access_token',
    tokenScheme: 'agentToken',
  });
  expect(operation('v2', 'listPartnerSites')).toMatchObject({ open: false, forPartners: true });
  expect(operation('v2', 'getBan')).toMatchObject({ permission: 'Manage Ban List', forPartners: false });
  expect(operation('v2', 'getWaitTimeReport')).toMatchObject({ editions: ['enterprise'] });
  const [visitor, ip] = operation('v2', 'getBan').responses;
  expect([visitor?.when, ip?.when]).toEqual([{}, { id: [2] }]);
});
