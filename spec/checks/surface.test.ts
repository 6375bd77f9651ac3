import type { Document } from '@comm100-openapi/description';
import { describe, expect, it } from 'vitest';
import { surfaceOf } from '../surface/report.ts';
import { changes, reports } from '../surface/reports.ts';

describe.each(reports())('$file', ({ accepted, found }) => {
  it('is what the description looks like from outside', () => {
    const differences = changes(accepted, found);
    // The message is for whoever changed the description, so it has the lines and nothing else.
    const shown = [
      ...differences.slice(0, 200),
      ...(differences.length > 200 ? [`… ${differences.length - 200} more`] : []),
    ];
    if (differences.length > 0) {
      expect.fail(`The surface changed. If each line is meant, accept it with: npm run surface\n${shown.join('\n')}`);
    }
  });

  it('has every line once, in order', () => {
    expect(accepted.length).toBeGreaterThan(0);
    expect(accepted).toEqual([...new Set(accepted)].sort());
  });
});

// One description with one of everything, and the lines that a person would write for it.
const small: Document = {
  openapi: '3.1.0',
  info: { title: 'Birds', version: '1.0' },
  servers: [
    {
      url: 'https://{domain}',
      variables: { domain: { default: 'a.example', enum: ['a.example', 'b.example'] } },
      'x-retired-domains': [{ domain: 'c.example', successor: 'b.example', since: '2020-03-20' }],
    },
  ],
  security: [{ basic: [] }],
  tags: [],
  paths: {
    '/birds': {
      get: {
        operationId: 'listBirds',
        summary: 'List',
        tags: ['Birds'],
        'x-permission': 'Manage Birds',
        'x-edition': ['enterprise'],
        'x-source': { document: 'birds.md', heading: 'List birds' },
        'x-aliases': ['POST /bird'],
        parameters: [
          { name: 'size', in: 'query', required: true, schema: { type: 'integer', minimum: 1, default: 10 } },
        ],
        responses: {
          200: {
            description: 'All.',
            content: {
              'application/json': {
                schema: { type: 'array', items: { $ref: '#/components/schemas/Bird' } },
                examples: { all: { value: [], 'x-when': { size: [1] } } },
              },
            },
          },
          500: { $ref: '#/components/responses/Failed' },
        },
      },
    },
  },
  components: {
    securitySchemes: { basic: { type: 'http', scheme: 'basic' } },
    responses: {
      Failed: {
        description: 'No.',
        content: { 'application/json': { examples: { failed: { value: { code: 500000, message: 'It failed.' } } } } },
      },
    },
    schemas: {
      Bird: {
        allOf: [{ $ref: '#/components/schemas/Named' }],
        properties: { kind: { type: 'string', enum: ['owl'], 'x-aliases': ['Kind'], 'x-evidence': 'sample' } },
        required: ['name'],
        unevaluatedProperties: false,
      },
      Named: { type: 'object', properties: { name: { type: ['string', 'null'] } } },
    },
  },
};

it('a report names each fact in one line', () => {
  expect(surfaceOf(small)).toEqual([
    'Bird.kind: also Kind',
    'Bird.kind: evidence sample',
    'Bird.kind: string',
    'Bird.kind: value "owl"',
    'Bird.name: required',
    'Bird.name: string or null',
    'Bird: object, no other fields',
    'Named.name: string or null',
    'Named: object',
    'credentials basic: http basic',
    'error Failed failed: {"code":500000,"message":"It failed."}',
    'error Failed: as application/json',
    'error Failed: example failed',
    'host c.example ended 2020-03-20: use b.example',
    'host https://{domain}',
    'host {domain} can be a.example',
    'host {domain} can be b.example',
    'host {domain} is by default a.example',
    'listBirds 200: array',
    'listBirds 200: as application/json',
    'listBirds 200: example all when {"size":[1]}',
    'listBirds 200[]: Bird',
    'listBirds query size: integer, minimum 1, default 10',
    'listBirds query size: required',
    'listBirds: GET /birds',
    'listBirds: also POST /bird',
    'listBirds: credentials basic',
    'listBirds: editions enterprise',
    'listBirds: permission Manage Birds',
    'listBirds: response 500 is Failed',
    'listBirds: source birds.md, List birds',
    'listBirds: tag Birds',
    'version 1.0',
  ]);
});
