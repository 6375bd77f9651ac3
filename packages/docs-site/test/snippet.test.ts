import {
  type Document,
  type Json,
  type OperationObject,
  operationsOf,
  type Parameter,
  type Schema,
} from '@comm100-openapi/description';
import { describe, expect, test } from 'vitest';
import { literal, prettyJson } from '../src/model/literal.ts';
import { clientCall, clientSetup, curlSnippet, quoteForShell } from '../src/model/snippet.ts';
import { demo, documentWith, operationWith } from './fixture.ts';

const BASIC = '-u maya@larkspur.example:key';
type Method = 'get' | 'post' | 'put' | 'delete';

function samples(
  path: string,
  method: Method,
  node: Partial<OperationObject>,
  change: (document: Document) => void = () => {},
) {
  const document = documentWith({}, { [path]: { [method]: operationWith(node) } });
  change(document);
  const context = { version: 'v2' as const, document, demo };
  const [operation] = operationsOf(document);
  if (!operation) throw new Error('There is no operation.');
  return { curl: curlSnippet(context, operation), call: clientCall(operation) };
}

const parameter = (name: string, place: Parameter['in'], more: Partial<Parameter>): Parameter => ({
  name,
  in: place,
  schema: { type: 'string' },
  ...more,
});

const body = (type: string, value: Json, more: object = {}): Partial<OperationObject> => ({
  requestBody: { content: { [type]: { examples: { one: { summary: 'One', value } }, ...more } } },
});

const FORM = 'application/x-www-form-urlencoded';

describe('A request', () => {
  test.each([
    {
      name: 'without parameters',
      given: samples('/tents', 'get', {}),
      want: { curl: `curl http://127.0.0.1:4010/tents \\\n  ${BASIC}`, call: "await comm100.get('/tents');" },
    },
    {
      name: 'with a path parameter, and a query that has to be encoded',
      given: samples('/tents/{id}', 'get', {
        parameters: [
          parameter('id', 'path', { required: true, example: 'maya@larkspur.example' }),
          parameter('timezone', 'query', { example: '+01:00' }),
          parameter('pageIndex', 'query', { schema: { type: 'integer', default: 0 } }),
        ],
      }),
      want: {
        curl: `curl 'http://127.0.0.1:4010/tents/maya@larkspur.example?timezone=%2B01:00' \\\n  ${BASIC}`,
        call: [
          "await comm100.get('/tents/{id}', {",
          "  path: { id: 'maya@larkspur.example' },",
          "  query: { timezone: '+01:00' },",
          '});',
        ].join('\n'),
      },
    },
    {
      name: 'with lists and objects in the query',
      given: samples('/tents', 'get', {
        parameters: [
          parameter('ids', 'query', { example: [1, 2] }),
          parameter('colours', 'query', { explode: false, example: ['red', 'blue'] }),
          parameter('where', 'query', { style: 'deepObject', example: [{ field: 'size' }] }),
        ],
      }),
      want: {
        curl: `curl 'http://127.0.0.1:4010/tents?ids=1&ids=2&colours=red,blue&where%5B0%5D%5Bfield%5D=size' \\\n  ${BASIC}`,
      },
    },
    {
      name: 'with JSON that has a quote in it',
      given: samples('/tents', 'post', body('application/json', { name: "Maya's" })),
      want: {
        curl: [
          `curl http://127.0.0.1:4010/tents \\\n  ${BASIC} \\`,
          "  -H 'Content-Type: application/json' \\",
          `  -d '{\n    "name": "Maya'\\''s"\n  }'`,
        ].join('\n'),
        call: "await comm100.post('/tents', { body: { name: 'Maya\\'s' } });",
      },
    },
    {
      name: 'with a form that has a list with commas',
      given: samples(
        '/tents',
        'put',
        body(FORM, { name: 'Red tent', members: [1, 2], on: true }, { encoding: { members: { explode: false } } }),
      ),
      want: {
        curl: [
          'curl http://127.0.0.1:4010/tents \\',
          `  -X PUT \\\n  ${BASIC} \\`,
          "  --data-urlencode 'name=Red tent' \\",
          '  -d members=1,2 \\\n  -d on=true',
        ].join('\n'),
      },
    },
    {
      name: 'with a form that has a numbered list',
      given: samples(
        '/tents',
        'delete',
        body(FORM, { ids: ['a', 'b'] }, { encoding: { ids: { style: 'deepObject' } } }),
      ),
      want: {
        curl: `curl http://127.0.0.1:4010/tents \\\n  -X DELETE \\\n  ${BASIC} \\\n  -d 'ids[0]=a' \\\n  -d 'ids[1]=b'`,
      },
    },
    {
      name: 'without credentials',
      given: samples('/tents', 'get', { security: [] }),
      want: { curl: 'curl http://127.0.0.1:4010/tents' },
    },
    {
      name: 'that needs a token first',
      given: samples('/tents', 'get', { security: [{ partnerToken: [] }] }, ({ paths }) => {
        const issue = { scheme: 'partnerToken', token: 'access_token', user: 'email', password: 'password' };
        const post = { security: [], 'x-issues-token': issue, ...body(FORM, { email: 'p@trailhead.example' }) };
        paths['/token'] = { post: operationWith({ operationId: 'getToken', ...post }) };
      }),
      want: {
        curl: [
          'TOKEN=$(curl -s http://127.0.0.1:4010/token \\',
          '  -d email=p@trailhead.example \\',
          `  | sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/')`,
          '',
          'curl http://127.0.0.1:4010/tents \\',
          '  -H "Authorization: Bearer $TOKEN"',
        ].join('\n'),
      },
    },
  ])('$name', ({ given, want }) => {
    expect(given).toMatchObject(want);
  });

  test('rejects a path with a parameter that is not described, naming it', () => {
    expect(() => samples('/tents/{id}', 'get', {})).toThrow(
      'The path /tents/{id} has {id}, but the operation has no such path parameter.',
    );
  });

  test('rejects a security scheme that the client cannot log in with, naming it', () => {
    const context = { version: 'v2' as const, document: documentWith({}), demo };
    expect(() => clientSetup(context, ['carrierPigeon'])).toThrow('security scheme "carrierPigeon"');
  });
});

describe('The result of a call is called', () => {
  const Category: Schema = { type: 'object', title: 'Category', properties: { id: { type: 'integer' } } };
  const Tent: Schema = { ...Category, title: 'Tent' };
  const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
  test.each<{ given: Schema; want: string }>([
    { given: ref('Tent'), want: 'const tent = await' },
    { given: { type: 'array', items: ref('Tent') }, want: 'const tents = await' },
    { given: { type: 'array', items: ref('Category') }, want: 'const categories = await' },
    { given: { type: 'string' }, want: 'const result = await' },
  ])('$want', ({ given, want }) => {
    const responses = { '200': { description: 'It.', content: { 'application/json': { schema: given } } } };
    const { call } = samples('/tents', 'get', { responses }, (document) => {
      document.components = { ...document.components, schemas: { Category, Tent } };
    });
    expect(call).toContain(want);
  });
});

describe('A value', () => {
  test.each<{ given: Json; want: string }>([
    { given: { id: 1, 'contact.name': "O'Hara", list: [] }, want: "{ id: 1, 'contact.name': 'O\\'Hara', list: [] }" },
    { given: 'a "quoted"\nline', want: '\'a "quoted"\\nline\'' },
    { given: null, want: 'null' },
  ])('as TypeScript: $want', ({ given, want }) => {
    expect(literal(given)).toBe(want);
  });

  test.each<{ given: Json; want: string }>([
    { given: { id: 1, agents: [1, 2] }, want: '{\n  "id": 1,\n  "agents": [1, 2]\n}' },
    { given: [{ a: {} }], want: '[\n  {\n    "a": {}\n  }\n]' },
  ])('as JSON: a list of ids on one line, an object over several', ({ given, want }) => {
    expect(prettyJson(given)).toBe(want);
  });

  test.each([
    { given: 'plain/path-1.0', want: 'plain/path-1.0' },
    { given: 'two words', want: "'two words'" },
    { given: "it's", want: "'it'\\''s'" },
    { given: '$HOME', want: "'$HOME'" },
  ])('for the shell: $want', ({ given, want }) => {
    expect(quoteForShell(given)).toBe(want);
  });
});
