import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const command = fileURLToPath(new URL('../src/generate-client.ts', import.meta.url));

function bundle(requestBody: object, success: object = { description: 'Done.' }, method = 'post') {
  return {
    openapi: '3.1.1',
    info: { title: 'Things', version: '2.0' },
    servers: [
      {
        url: 'https://{domain}',
        variables: { domain: { default: 'one.example', enum: ['one.example', 'old.example'] } },
        'x-retired-domains': [{ domain: 'old.example', successor: 'one.example', since: '2020-03-20' }],
      },
    ],
    paths: {
      '/things': {
        [method]: {
          operationId: 'createThing',
          requestBody,
          tags: ['Things'],
          summary: 'x',
          responses: { 200: success },
        },
      },
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'generate-client-'));
afterAll(() => rmSync(folder, { recursive: true }));

function generate(document: unknown) {
  writeFileSync(join(folder, 'bundle.json'), JSON.stringify(document));
  execFileSync(process.execPath, [command, join(folder, 'bundle.json'), join(folder, 'out')]);
  const read = (file: string) => readFileSync(join(folder, 'out', file), 'utf8');
  return {
    enums: read('enums.gen.ts'),
    schema: read('schema.gen.ts'),
    facts: read('facts.gen.ts'),
    reports: read('reports.gen.ts'),
    schemas: read('schemas.gen.ts'),
    methods: read('methods.gen.ts'),
  };
}

const form = 'application/x-www-form-urlencoded';
const schema = { type: 'object', properties: { ids: { type: 'array', items: { type: 'integer' } } } };

describe('facts', () => {
  test.each([
    { name: 'a JSON body', content: { 'application/json': { schema } }, want: '{}' },
    { name: 'a form', content: { [form]: { schema } }, want: '"POST /things": "comma"' },
    {
      name: 'a form with a comma-separated list',
      content: { [form]: { schema, encoding: { ids: { style: 'form', explode: false } } } },
      want: '"POST /things": "comma"',
    },
    {
      name: 'a form with a numbered list',
      content: { [form]: { schema, encoding: { ids: { style: 'deepObject', explode: true } } } },
      want: '"POST /things": "index"',
    },
  ])('$name', ({ content, want }) => expect(generate(bundle({ content })).facts).toContain(want));

  const response = (content?: object) => ({ description: 'Done.', ...(content && { content }) });
  const text = { type: 'string' };
  // What client-core assumes is not written down: text of a DELETE, JSON of all else.
  test.each([
    { name: 'JSON', method: 'post', success: response({ 'application/json': { schema } }), want: '{}' },
    { name: 'nothing', method: 'post', success: response(), want: '{ "POST /things": "nothing" }' },
    {
      name: 'JSON or HTML',
      method: 'post',
      success: response({ 'application/json': { schema }, 'text/html': { schema: text } }),
      want: '{ "POST /things": "text" }',
    },
    {
      name: 'JSON that is one text',
      method: 'post',
      success: response({ 'application/json': { schema: text } }),
      want: '{ "POST /things": "text" }',
    },
    { name: 'a text', method: 'delete', success: response({ 'application/json': { schema: text } }), want: '{}' },
    {
      name: 'JSON',
      method: 'delete',
      success: response({ 'application/json': { schema } }),
      want: '{ "DELETE /things": "json" }',
    },
    { name: 'nothing', method: 'delete', success: response(), want: '{ "DELETE /things": "nothing" }' },
  ])('the result of a $method is $name', ({ method, success, want }) => {
    const { facts } = generate(bundle({ content: {} }, success, method));
    const results = facts.slice(facts.indexOf('results = ') + 'results = '.length).replaceAll(/\s+/g, ' ');
    expect(results).toBe(`${want} as const; `);
  });

  test('the servers and the retired domains', () => {
    const { facts } = generate(bundle({ content: {} }));
    expect(facts.replaceAll(/\s+/g, ' ')).toContain('"domains": [ "one.example" ]');
    for (const word of ['"defaultDomain": "one.example"', '"old.example": "one.example"']) {
      expect(facts).toContain(word);
    }
  });
});

test('the rows of a report by group', () => {
  const row = (name: string, group: string[]) => ({
    [name]: { type: 'object', properties: { [name]: { type: 'integer' } }, 'x-when': { group } },
  });
  const document = {
    ...bundle({ content: {} }),
    components: {
      schemas: {
        ...row('ByTime', ['hour', 'day']),
        ...row('ByAgent', ['agent']),
        Row: {
          type: 'object',
          properties: { ByTime: { type: 'integer' }, ByAgent: { type: 'integer' } },
          'x-alternatives': [{ $ref: '#/components/schemas/ByTime' }, { $ref: '#/components/schemas/ByAgent' }],
        },
      },
      responses: {
        Report: {
          description: 'Rows.',
          content: { 'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Row' } } } },
        },
      },
    },
    paths: {
      '/report': {
        get: {
          operationId: 'getReport',
          tags: ['Things'],
          summary: 'x',
          responses: { 200: { $ref: '#/components/responses/Report' } },
        },
      },
    },
  };
  const { reports, schema } = generate(document);
  expect(schema).toContain('export type Row = ByTime | ByAgent;');
  expect(reports.match(/".*;/g)).toEqual([
    `"hour": components['schemas']['ByTime'];`,
    `"day": components['schemas']['ByTime'];`,
    `"agent": components['schemas']['ByAgent'];`,
  ]);
});

test('names for the values of an enum of numbers, with their meanings', () => {
  const status = {
    type: 'integer',
    description: 'Whether an agent is there.',
    enum: [0, 2],
    'x-enum-varnames': ['online', 'offline'],
    'x-enum-descriptions': ['The agent is there.', 'The agent is away.'],
  };
  const { enums } = generate({ ...bundle({ content: {} }), components: { schemas: { Status: status } } });
  expect(enums).toContain(
    [
      '/** Whether an agent is there. */',
      'export const Status = {',
      '  /** The agent is there. */',
      '  online: 0,',
      '  /** The agent is away. */',
      '  offline: 2,',
      '} as const;',
      '',
      '/** Whether an agent is there. */',
      'export type Status = schema.Status;',
    ].join('\n'),
  );
});

test('the names of all schemas, but those that have values', () => {
  const schemas = {
    Status: { type: 'integer', enum: [0], 'x-enum-varnames': ['online'] },
    Bird: { type: 'object' },
    Colour: { type: 'string', enum: ['red'] },
  };
  expect(generate({ ...bundle({ content: {} }), components: { schemas } }).schemas).toContain(
    "export type {\n  Bird,\n  Colour,\n} from './schema.gen.ts';",
  );
});

test('the types follow the bundle, so a client cannot drift from it', () => {
  const content = { 'application/json': { schema } };
  expect(generate(bundle({ content })).schema).toContain('ids?: number[]');
  const changed = structuredClone(schema) as { properties: { ids: { items: { type: string } } } };
  changed.properties.ids.items.type = 'string';
  expect(generate(bundle({ content: { 'application/json': { schema: changed } } })).schema).toContain('ids?: string[]');
});

test('each file starts with its source and a warning not to edit it', () => {
  for (const text of Object.values(generate(bundle({ content: {} })))) {
    expect(text.split('\n')[0]).toMatch(/^\/\/ Derived from Things 2\.0\. Do not edit: change spec\/ and run/);
  }
});

test.each([
  { name: 'no arguments', args: [], want: /give the bundle and the folder to write to/ },
  { name: 'a bundle that does not exist', args: ['/none.json', '/tmp'], want: /none\.json/ },
])('$name: one clear line and a non-zero exit', ({ args, want }) => {
  const { status, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
  expect(status).not.toBe(0);
  expect(stderr).toMatch(/^generate-client: .*\n$/);
  expect(stderr).toMatch(want);
});
