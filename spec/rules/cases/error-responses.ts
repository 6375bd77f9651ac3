import { type Case, paths } from './cases.ts';

const error = {
  description: 'Something is wrong.',
  content: {
    'application/json': {
      schema: { $ref: 'ErrorResponse.yaml' },
      examples: { wrong: { summary: 'Wrong', value: { code: 400000, message: 'Wrong.' } } },
    },
  },
};
const files = {
  'BadRequest.yaml': error,
  'ErrorResponse.yaml': {
    type: 'object',
    required: ['code', 'message'],
    properties: { code: { type: 'integer' }, message: { type: 'string' } },
  },
};
const shared = { $ref: 'BadRequest.yaml' };
const all = { 200: { description: 'Things.' }, 400: shared, 401: shared, 403: shared, 500: shared };
const document = (path: string, responses: object) => ({
  ...files,
  'openapi.yaml': paths({ [path]: { get: { responses } } }),
});
const { 403: _, ...without403 } = all;
const at = 'openapi.yaml#/paths/~1api~1things/get/responses';

export const cases: Case[] = [
  { given: 'all errors', files: document('/api/things', all), want: [] },
  {
    given: 'all errors and 404 where the path has a parameter',
    files: document('/api/things/{id}', { ...all, 404: shared }),
    want: [],
  },
  { given: 'a path outside the API without errors', files: document('/oauth/token', { 200: all[200] }), want: [] },
  {
    given: 'no 403',
    files: document('/api/things', without403),
    want: [{ at, says: "GET /api/things does not declare 403. Add '403': { $ref: …/common/errors/Forbidden.yaml }" }],
  },
  {
    given: 'no 404 where the path has a parameter',
    files: document('/api/things/{id}', all),
    want: [{ at: 'openapi.yaml#/paths/~1api~1things~1{id}/get/responses', says: 'does not declare 404' }],
  },
  {
    given: '404 where the path has no parameter',
    files: document('/api/things', { ...all, 404: shared }),
    want: [{ at: `${at}/404`, says: 'declares 404 and has no path parameter. Remove it' }],
  },
  {
    given: 'an error without a body',
    files: document('/api/things', { ...all, 401: { description: 'No.' } }),
    want: [{ at: `${at}/401`, says: '401 of GET /api/things is not the error that all operations share' }],
  },
  {
    given: 'an error whose message may be absent',
    files: {
      ...document('/api/things', all),
      'ErrorResponse.yaml': { ...files['ErrorResponse.yaml'], required: ['code'] },
    },
    want: ['400', '401', '403', '500'].map((status) => ({ at: `${at}/${status}`, says: 'code and message required' })),
  },
  {
    given: 'an error without a named example',
    files: document('/api/things', {
      ...all,
      500: { ...error, content: { 'application/json': { schema: { $ref: 'ErrorResponse.yaml' } } } },
    }),
    want: [{ at: `${at}/500`, says: 'common/errors/InternalServerError.yaml' }],
  },
  {
    given: 'an error of its own beside the shared ones',
    files: document('/api/things', { ...all, 409: { description: 'Conflict.' } }),
    want: [{ at: `${at}/409`, says: '409 of GET /api/things' }],
  },
];
