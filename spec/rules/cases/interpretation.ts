import { type Case, get, getAt, schema, schemaAt } from './cases.ts';

const document = (node: object) => ({ 'openapi.yaml': schema(node) });
const meanings = { enum: ['a', 'b'], 'x-enum-descriptions': ['The first.', 'The second.'] };
const inferred = { 'x-evidence': 'inferred', 'x-evidence-note': 'No document says so.' };
const parameter = { name: 'size', in: 'query', description: 'How many.' };

export const cases: Case[] = [
  { given: 'a schema that interprets nothing', files: document({ type: 'string', description: 'A name.' }), want: [] },
  { given: 'a limit that is documented', files: document({ maximum: 100, 'x-evidence': 'documented' }), want: [] },
  { given: 'meanings that are inferred', files: document({ ...meanings, ...inferred }), want: [] },
  {
    given: 'a parameter whose mark covers its schema',
    files: {
      'openapi.yaml': get({ parameters: [{ ...parameter, schema: { type: 'integer', maximum: 9 }, ...inferred }] }),
    },
    want: [],
  },
  {
    given: 'a list whose mark covers its items',
    files: document({ type: 'array', items: { type: 'integer', minimum: 1 }, ...inferred }),
    want: [],
  },
  {
    given: 'a unit in words, by way of a marked schema',
    files: {
      'openapi.yaml': schema({
        type: 'object',
        properties: { time: { $ref: 'Seconds.json', description: 'In seconds.' } },
      }),
      'Seconds.json': { type: 'number', description: 'A duration in seconds.', ...inferred },
    },
    want: [],
  },
  {
    given: 'a limit without a mark',
    files: document({ type: 'integer', minimum: 1 }),
    want: [{ at: schemaAt, says: 'Say on what evidence this has minimum' }],
  },
  {
    given: 'meanings without a mark',
    files: document(meanings),
    want: [{ at: schemaAt, says: 'has x-enum-descriptions' }],
  },
  {
    given: 'a unit without a mark',
    files: document({ type: 'object', properties: { time: { type: 'number', description: 'In seconds.' } } }),
    want: [{ at: `${schemaAt}/properties/time`, says: "the unit 'In seconds'" }],
  },
  {
    given: 'a limit of a parameter without a mark',
    files: { 'openapi.yaml': get({ parameters: [{ ...parameter, schema: { type: 'integer', maximum: 9 } }] }) },
    want: [{ at: `${getAt}/parameters/0/schema`, says: 'has maximum' }],
  },
];
