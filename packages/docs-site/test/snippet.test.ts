import {
  type Document,
  type Json,
  type OperationObject,
  operationsOf,
  type Parameter,
  type Schema,
} from '@comm100-openapi/description';
import { describe, expect, test } from 'vitest';
import { quoteForShell } from '../src/model/curl.ts';
import { literal, prettyJson } from '../src/model/literal.ts';
import { clientSetup, snippetsOf } from '../src/model/snippet.ts';
import { demo, documentWith, operationWith } from './fixture.ts';

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
  return Object.fromEntries(snippetsOf(context, operation).map(({ label, code }) => [label, code]));
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

const USER = '-u "$COMM100_EMAIL:$COMM100_API_KEY"';

describe('A request', () => {
  test.each([
    {
      name: 'without parameters',
      given: samples('/tents', 'get', {}),
      want: {
        curl: `curl "$COMM100_URL/tents" \\\n  ${USER}`,
        JavaScript: [
          'const response = await fetch(',
          '  `${url}/tents`,',
          '  { headers: { authorization } },',
          ');',
          'console.log(response.status);',
        ].join('\n'),
        TypeScript: 'await client.tents.get();',
        Python: 'response = requests.get(f"{url}/tents", auth=auth)\nprint(response.status_code)',
      },
    },
    {
      name: 'with a path parameter, and a query that has to be encoded',
      given: samples('/tents/{id}', 'get', {
        parameters: [
          parameter('id', 'path', { required: true, example: 'maya@larkspur.example' }),
          parameter('zone', 'query', { example: '+1' }),
          parameter('pageIndex', 'query', { schema: { type: 'integer', default: 0 } }),
        ],
      }),
      want: {
        curl: `curl "$COMM100_URL/tents/maya@larkspur.example?zone=%2B1" \\\n  ${USER}`,
        JavaScript: expect.stringContaining('`${url}/tents/maya@larkspur.example?zone=%2B1`'),
        TypeScript: "await client.tents.get('maya@larkspur.example', {\n  zone: '+1',\n});",
        Python: expect.stringContaining('    params={"zone": "+1"},\n'),
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
        curl: [
          'curl -G "$COMM100_URL/tents" \\',
          `  ${USER} \\`,
          "  -d ids=1 \\\n  -d ids=2 \\\n  -d colours=red,blue \\\n  -d 'where[0][field]=size'",
        ].join('\n'),
        JavaScript: expect.stringContaining("  ['ids', '1'],\n  ['ids', '2'],\n  ['colours', 'red,blue'],\n"),
        Python: expect.stringContaining('        "ids": ["1", "2"],\n        "colours": "red,blue",\n'),
      },
    },
    {
      name: 'with JSON that has quotes, true and null in it',
      given: samples('/tents', 'post', body('application/json', { name: "Maya's", isRed: true, size: null })),
      want: {
        curl: [
          `curl "$COMM100_URL/tents" \\\n  ${USER} \\`,
          "  -H 'Content-Type: application/json' \\",
          `  -d '{\n    "name": "Maya'\\''s",\n    "isRed": true,\n    "size": null\n  }'`,
        ].join('\n'),
        JavaScript: [
          'const response = await fetch(`${url}/tents`, {',
          "  method: 'POST',",
          "  headers: { authorization, 'content-type': 'application/json' },",
          '  body: JSON.stringify({',
          "    name: 'Maya\\'s',\n    isRed: true,\n    size: null,",
          '  }),',
          '});',
          'console.log(response.status);',
        ].join('\n'),
        TypeScript: ['await client.tents.get({', "  name: 'Maya\\'s',\n  isRed: true,\n  size: null,", '});'].join(
          '\n',
        ),
        Python: [
          'response = requests.post(',
          '    f"{url}/tents",',
          '    auth=auth,',
          '    json={"name": "Maya\'s", "isRed": True, "size": None},',
          ')',
          'print(response.status_code)',
        ].join('\n'),
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
          'curl "$COMM100_URL/tents" \\',
          `  -X PUT \\\n  ${USER} \\`,
          "  --data-urlencode 'name=Red tent' \\",
          '  -d members=1,2 \\\n  -d on=true',
        ].join('\n'),
        JavaScript: expect.stringContaining("    members: '1,2',\n    on: 'true',\n"),
        Python: expect.stringContaining('"members": "1,2"'),
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
        curl: `curl "$COMM100_URL/tents" \\\n  -X DELETE \\\n  ${USER} \\\n  -d 'ids[0]=a' \\\n  -d 'ids[1]=b'`,
        JavaScript: expect.stringContaining(
          "  body: new URLSearchParams({\n    'ids[0]': 'a',\n    'ids[1]': 'b',\n  }),",
        ),
        Python: expect.stringContaining('    data={"ids[0]": "a", "ids[1]": "b"},\n'),
      },
    },
    {
      name: 'without credentials',
      given: samples('/tents', 'get', { security: [] }),
      want: {
        curl: 'curl "$COMM100_URL/tents"',
        JavaScript: 'const response = await fetch(`${url}/tents`);\nconsole.log(response.status);',
        Python: 'response = requests.get(f"{url}/tents")\nprint(response.status_code)',
      },
    },
    {
      name: 'that needs a token',
      given: samples('/tents', 'get', { security: [{ partnerToken: [] }] }),
      want: {
        curl: 'curl "$COMM100_URL/tents" \\\n  -H "Authorization: Bearer $COMM100_PARTNER_TOKEN"',
        Python: expect.stringContaining('requests.get(f"{url}/tents", headers=headers)'),
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
    expect(() => clientSetup(context, 'carrierPigeon')).toThrow('security scheme "carrierPigeon"');
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
    const { TypeScript } = samples('/tents', 'get', { responses }, (document) => {
      document.components = { ...document.components, schemas: { Category, Tent } };
    });
    expect(TypeScript).toContain(want);
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
