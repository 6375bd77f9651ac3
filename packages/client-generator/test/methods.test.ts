import { type Document, type MigrationMap, operationsOf } from '@comm100-openapi/description';
import { describe, expect, test } from 'vitest';
import { methodsOf, methodTable, type Successor } from '../src/methods.ts';

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ description: 'x', content: { 'application/json': { schema } } });

/** The methods of a document with one operation. */
function generated(
  operation: object,
  { path = '/birds', method = 'get', successor = undefined as Successor | undefined } = {},
) {
  const document = {
    openapi: '3.1.1',
    info: { title: 'Birds', version: '1.0' },
    servers: [],
    tags: [{ name: 'Birds', description: 'All that flies.' }],
    paths: {
      [path]: {
        [method]: {
          operationId: 'listBirds',
          summary: 'List birds',
          tags: ['Birds'],
          responses: { 200: json({ type: 'string' }) },
          ...operation,
        },
      },
    },
    components: {
      schemas: {
        Bird: { type: 'object', properties: { id: { type: 'integer' } } },
        BirdPage: {
          type: 'object',
          properties: { total: { type: 'integer' }, birds: { type: 'array', items: reference('Bird') } },
        },
        Id: { type: 'integer' },
      },
    },
  } as unknown as Document;
  const operations = operationsOf(document);
  return `${JSON.stringify(methodTable(operations), null, 1)}\n${methodsOf(document, operations, successor)}`;
}

const query = (name: string, required = false) => ({ name, in: 'query', required, schema: { type: 'string' } });
const inPath = (name: string, schema: object) => ({
  name,
  in: 'path',
  required: true,
  description: `The ${name}.`,
  schema,
});

describe('the table and the signature of', () => {
  test.each([
    {
      name: 'a list',
      given: generated({ responses: { 200: json({ type: 'array', items: reference('Bird') }) } }),
      row: 'list get /birds',
      signature: 'list(options?: CallSettings): Call<Bird[]>;',
    },
    {
      name: 'a list in pages',
      given: generated({ parameters: [query('pageIndex')], responses: { 200: json(reference('BirdPage')) } }),
      row: 'list get+ /birds birds',
      signature: 'list(query?: ListBirdsQuery, options?: CallSettings): PagedCall<BirdPage, Bird>;',
    },
    {
      name: 'a list with a query that is required',
      given: generated({ parameters: [query('name', true)] }),
      row: 'list get+ /birds',
      signature: 'list(query: ListBirdsQuery, options?: CallSettings): Call<string>;',
    },
    {
      name: 'a change of something in something, in the order of the path',
      given: generated(
        {
          operationId: 'updateBird',
          parameters: [inPath('egg_id', reference('Id')), inPath('id', { type: 'string' })],
          requestBody: { required: true, ...json(reference('Bird')) },
          responses: { 200: { description: 'x' } },
        },
        { path: '/birds/{id}/eggs/{egg_id}', method: 'put' },
      ),
      row: 'update put+ /birds/{id}/eggs/{egg_id}',
      signature: 'update(id: string, eggId: number, body: Bird, options?: CallSettings): Call<undefined>;',
    },
    {
      name: 'a body without a name',
      given: generated({ operationId: 'createBird', requestBody: json({ type: 'object' }) }, { method: 'post' }),
      row: 'create post+ /birds',
      signature:
        "create(body?: operations['createBird']['requestBody']['content']['application/json'], options?: CallSettings): Call<string>;",
    },
  ])('$name', ({ given, row, signature }) => {
    expect(given).toContain(`"birds": ${JSON.stringify(row)}\n`);
    expect(given).toContain(`\n  ${signature}\n`);
  });
});

test('a report has a row for each group', () => {
  const row = { type: 'object', 'x-when': { group: ['day'] } };
  const given = generated({
    operationId: 'getBirdReport',
    parameters: [query('group', true)],
    responses: { 200: json({ type: 'array', items: { type: 'object', 'x-alternatives': [row] } }) },
  });
  expect(given).toContain(
    "<Group extends keyof ReportRows['/birds']>(query: GetBirdReportQuery & { group: Group }, options?: CallSettings): Call<ReportRows['/birds'][Group][]>;",
  );
});

test('a docstring has all that the description says', () => {
  const given = generated(
    {
      operationId: 'getBird',
      summary: 'Get a bird',
      description: 'One bird, by its id. Never */ more.',
      parameters: [inPath('id', { type: 'integer' })],
      'x-permission': 'Watch Birds',
      'x-edition': ['team', 'enterprise'],
      'x-evidence': 'inferred',
      'x-evidence-note': 'No sample has one.',
    },
    { path: '/birds/{id}' },
  );
  expect(given).toContain(`  /**
   * Get a bird.
   *
   * One bird, by its id. Never *\\/ more.
   *
   * Concluded, not documented. No sample has one.
   *
   * Permission: Watch Birds. Editions: team, enterprise.
   *
   * \`GET /birds/{id}\`
   *
   * @param id The id.
   */
  get(id: number, options?: CallSettings): Call<string>;
`);
  expect(given).toContain('/** All that flies. */\nexport interface BirdsMethods {');
});

describe('a method of a version that has been replaced says what to call', () => {
  const successor = (move: object): Successor => ({
    map: { operations: [{ from: 'listBirds', to: [], instead: [], ...move }] } as unknown as MigrationMap,
    operations: operationsOf({
      openapi: '3.1.1',
      info: { title: 'Birds', version: '2.0' },
      servers: [],
      tags: [],
      paths: {
        '/v2/birds/{id}': {
          get: { operationId: 'getBird', summary: 'x', tags: ['Birds'], parameters: [inPath('id', {})], responses: {} },
        },
        '/v2/flocks': {
          get: {
            operationId: 'listFlocks',
            summary: 'x',
            tags: ['Flocks'],
            parameters: [query('pageIndex')],
            responses: {},
          },
        },
      },
    } as unknown as Document),
  });
  test.each([
    {
      move: { to: ['listFlocks', 'getBird'], note: 'One by one.' },
      want: '@deprecated In version 2.0: `client.flocks.list(query)`, `client.birds.get(id)`. One by one.',
    },
    { move: { gone: 'Nobody counts them.' }, want: '@deprecated Version 2.0 has none. Nobody counts them.' },
    {
      move: { instead: ['getBird'], gone: 'Lists are gone.' },
      want: '@deprecated Version 2.0 has none. For a similar purpose: `client.birds.get(id)`. Lists are gone.',
    },
  ])('$want', ({ move, want }) => {
    expect(generated({}, { successor: successor(move) })).toContain(`   * ${want}\n`);
  });

  test('and a map that leads nowhere is an error', () => {
    expect(() => generated({}, { successor: successor({ to: ['getEgg'] }) })).toThrow('The map leads to getEgg');
  });
});

test.each([
  {
    name: 'two operations with one name',
    given: () => {
      const paths = {
        '/a': { get: { operationId: 'listBirds', summary: 'x', tags: ['Birds'], responses: {} } },
        '/b': { get: { operationId: 'listBird', summary: 'x', tags: ['Birds'], responses: {} } },
      };
      const document = { openapi: '3.1.1', info: {}, servers: [], tags: [], paths } as unknown as Document;
      return methodTable(operationsOf(document));
    },
    want: 'listBirds and listBird would both be called birds.list',
  },
  {
    name: 'a list in pages without items',
    given: () => generated({ parameters: [query('page')], responses: { 200: json(reference('Bird')) } }),
    want: 'listBirds has pages with 0 lists',
  },
  {
    name: 'a write with a query',
    given: () => generated({ parameters: [query('force')] }, { method: 'put' }),
    want: 'listBirds: a method by name takes the query of a GET or the body of anything else',
  },
])('$name: an error that names it', ({ given, want }) => expect(given).toThrow(want));
