import { type Case, get, getAt, paths, response, responseAt } from './cases.ts';

const schema = { type: 'integer' };
const named = { schema, examples: { one: { summary: 'One', value: 1 } } };
const body = (mediaType: object) => ({
  'openapi.yaml': paths({
    '/api/things': { post: { requestBody: { content: { 'application/json': mediaType } }, responses: {} } },
  }),
});
const bodyAt = 'openapi.yaml#/paths/~1api~1things/post/requestBody/content/application~1json';
const parameter = (value: object) => ({ 'openapi.yaml': get({ parameters: [{ schema, ...value }] }) });

export const cases: Case[] = [
  { given: 'a response with a named example', files: { 'openapi.yaml': response(named) }, want: [] },
  { given: 'a body with a named example', files: body(named), want: [] },
  {
    given: 'an example in a file',
    files: {
      'openapi.yaml': response({ schema, examples: { one: { $ref: 'one.yaml' } } }),
      'one.yaml': named.examples.one,
    },
    want: [],
  },
  {
    given: 'an error without an example, which another rule checks',
    files: {
      'openapi.yaml': get({ responses: { 400: { description: 'No.', content: { 'application/json': { schema } } } } }),
    },
    want: [],
  },
  { given: 'an optional parameter without an example', files: parameter({ name: 'page', in: 'query' }), want: [] },
  {
    given: 'a required parameter with an example',
    files: parameter({ name: 'group', in: 'query', required: true, example: 1 }),
    want: [],
  },
  {
    given: 'a response without an example',
    files: { 'openapi.yaml': response({ schema }) },
    want: [{ at: responseAt, says: 'application/json of the response 200 of GET /api/things has no named example' }],
  },
  {
    given: 'a body without an example',
    files: body({ schema, examples: {} }),
    want: [{ at: bodyAt, says: 'application/json of the request body of POST /api/things has no named example' }],
  },
  {
    given: 'an example without a name',
    files: body({ schema, example: 1 }),
    want: [
      { at: `${bodyAt}/example`, says: 'Give it a name' },
      { at: bodyAt, says: 'has no named example' },
    ],
  },
  {
    given: 'an example without a summary',
    files: { 'openapi.yaml': response({ schema, examples: { one: { value: 1 } } }) },
    want: [{ at: `${responseAt}/examples/one`, says: "Example 'one'" }],
  },
  {
    given: 'an example without a value',
    files: { 'openapi.yaml': response({ schema, examples: { one: { summary: 'One' } } }) },
    want: [{ at: `${responseAt}/examples/one`, says: 'has no value' }],
  },
  {
    given: 'a path parameter without an example',
    files: parameter({ name: 'id', in: 'path', required: true }),
    want: [{ at: `${getAt}/parameters/0`, says: "The path parameter 'id' has no example" }],
  },
  {
    given: 'a required query parameter without an example',
    files: parameter({ name: 'group', in: 'query', required: true }),
    want: [{ at: `${getAt}/parameters/0`, says: "The required parameter 'group' has no example" }],
  },
];
