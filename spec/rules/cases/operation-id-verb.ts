import { type Case, get, getAt, paths } from './cases.ts';

const at = `${getAt}/operationId`;
const post = (operationId: string) => paths({ '/api/things': { post: { operationId, responses: {} } } });
const webhook = (operationId: string) => ({ webhooks: { chatEnded: { post: { operationId, responses: {} } } } });
const postAt = 'openapi.yaml#/paths/~1api~1things/post/operationId';

export const cases: Case[] = [
  { given: 'a list', files: { 'openapi.yaml': get({ operationId: 'listThings' }) }, want: [] },
  {
    given: 'a noun of several words',
    files: { 'openapi.yaml': get({ operationId: 'getVisitorSsoSettings' }) },
    want: [],
  },
  { given: 'a token that is got by POST', files: { 'openapi.yaml': post('getAgentToken') }, want: [] },
  {
    given: 'an action that the list has for the method',
    files: { 'openapi.yaml': paths({ '/api/things': { put: { operationId: 'unlockAgent', responses: {} } } }) },
    want: [],
  },
  {
    given: 'a webhook that is received',
    files: { 'openapi.yaml': paths({}, webhook('receiveChatEnded')) },
    want: [],
  },
  {
    given: 'a webhook that is named like a call',
    files: { 'openapi.yaml': paths({}, webhook('createChat')) },
    want: [
      {
        at: 'openapi.yaml#/webhooks/chatEnded/post/operationId',
        says: "starts with 'create', which is not for a webhook here. Use 'receive'",
      },
    ],
  },
  {
    given: 'no operationId',
    files: { 'openapi.yaml': get({}) },
    want: [{ at: getAt, says: 'GET /api/things has no operationId' }],
  },
  {
    given: 'a verb that is not in the list',
    files: { 'openapi.yaml': get({ operationId: 'fetchThings' }) },
    want: [{ at, says: "starts with 'fetch', which is not for a GET here. Use 'list' for many (listDepartments)" }],
  },
  {
    given: 'a verb of another method',
    files: { 'openapi.yaml': get({ operationId: 'createThing' }) },
    want: [{ at, says: "'createThing' of GET /api/things starts with 'create'" }],
  },
  {
    given: 'a thing, not a token, that is got by POST',
    files: { 'openapi.yaml': post('getThings') },
    want: [{ at: postAt, says: "starts with 'get', which is not for a POST here" }],
  },
  {
    given: 'a verb that only starts like one of the list',
    files: { 'openapi.yaml': get({ operationId: 'listingThings' }) },
    want: [{ at, says: "starts with 'listing'" }],
  },
  {
    given: 'a verb without a noun',
    files: { 'openapi.yaml': get({ operationId: 'list' }) },
    want: [{ at, says: 'is not a verb and a noun in camelCase' }],
  },
  {
    given: 'underscores',
    files: { 'openapi.yaml': get({ operationId: 'list_things' }) },
    want: [{ at, says: 'is not a verb and a noun in camelCase' }],
  },
  {
    given: 'a run of capitals',
    files: { 'openapi.yaml': get({ operationId: 'getVisitorSSO' }) },
    want: [{ at, says: 'is not a verb and a noun in camelCase' }],
  },
  {
    given: 'a method that the API does not have',
    files: { 'openapi.yaml': paths({ '/api/things': { patch: { operationId: 'updateThing', responses: {} } } }) },
    want: [{ at: 'openapi.yaml#/paths/~1api~1things/patch/operationId', says: 'The API has no PATCH' }],
  },
];
