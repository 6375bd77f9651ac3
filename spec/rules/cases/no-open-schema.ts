import { type Case, schema, schemaAt } from './cases.ts';

const parts = {
  'ThingFields.yaml': { title: 'ThingFields', type: 'object', properties: { id: { type: 'integer' } } },
  'Thing.yaml': { title: 'Thing', type: 'object', properties: { id: { type: 'integer' } } },
};
const document = (node: object) => ({ ...parts, 'openapi.yaml': schema(node) });
const properties = { id: { type: 'integer' } };
const fields = { $ref: 'ThingFields.yaml' };
const closed = { type: 'object', properties, additionalProperties: false };
const evidence = { 'x-evidence': 'sample', 'x-evidence-note': 'A sample has more.' };

export const cases: Case[] = [
  { given: 'a closed object', files: document(closed), want: [] },
  {
    given: 'an object that builds on an open one and closes it',
    files: document({ type: 'object', allOf: [fields], unevaluatedProperties: false }),
    want: [],
  },
  {
    given: 'an object with an open one inside its allOf',
    files: document({
      type: 'object',
      allOf: [{ ...parts['ThingFields.yaml'], title: 'OtherFields' }],
      unevaluatedProperties: false,
    }),
    want: [],
  },
  {
    given: 'an open object, meant for allOf by its title, written elsewhere',
    files: document({ ...parts['ThingFields.yaml'], title: 'OtherFields' }),
    want: [{ at: schemaAt, says: 'is open, since its title says that it is meant for allOf' }],
  },
  { given: 'a map', files: document({ type: 'object', additionalProperties: { type: 'string' } }), want: [] },
  {
    given: 'an open object with evidence',
    files: document({ type: 'object', properties, additionalProperties: true, ...evidence }),
    want: [],
  },
  { given: 'a list', files: document({ type: 'array', items: { type: 'integer' } }), want: [] },
  { given: 'a choice of closed objects', files: document({ anyOf: [closed, { type: 'null' }] }), want: [] },
  {
    given: 'an object that is one of several closed ones',
    files: document({ type: 'object', oneOf: [closed, closed] }),
    want: [],
  },
  {
    given: 'an object that is a closed one or an open one',
    files: document({ type: 'object', oneOf: [closed, { properties: { a: { type: 'integer' } } }] }),
    want: [{ at: schemaAt, says: 'is open' }],
  },
  {
    given: 'branches that narrow an object closed around them',
    files: document({
      type: 'object',
      properties: { kind: { type: 'string' } },
      oneOf: [
        { required: ['kind'], properties: { kind: { const: 'a' }, a: { type: 'integer' } } },
        { not: { required: ['kind'] } },
      ],
      unevaluatedProperties: false,
    }),
    want: [],
  },
  { given: 'an empty schema', files: document({}), want: [{ at: schemaAt, says: 'accepts anything' }] },
  {
    given: 'a schema that only describes',
    files: document({ description: 'Something.', 'x-note': 'hi' }),
    want: [{ at: schemaAt, says: 'Give it a type, an enum, a const, or a $ref' }],
  },
  {
    given: 'a property that is anything',
    files: document({ ...closed, properties: { id: true } }),
    want: [{ at: `${schemaAt}/properties/id`, says: "lets the property 'id' be anything" }],
  },
  {
    given: 'a branch that restricts nothing',
    files: document({ ...closed, anyOf: [{ title: 'Nothing' }] }),
    want: [{ at: `${schemaAt}/anyOf/0`, says: 'accepts anything' }],
  },
  {
    given: 'an object without properties',
    files: document({ type: 'object', additionalProperties: false }),
    want: [{ at: schemaAt, says: 'is an object without properties' }],
  },
  {
    given: 'an object without properties that may also be null',
    files: document({ type: ['object', 'null'], additionalProperties: false }),
    want: [{ at: schemaAt, says: 'is an object without properties' }],
  },
  {
    given: 'a map of anything',
    files: document({ type: 'object', additionalProperties: {} }),
    want: [{ at: `${schemaAt}/additionalProperties`, says: 'accepts anything' }],
  },
  {
    given: 'a list without items',
    files: document({ type: 'array' }),
    want: [{ at: schemaAt, says: 'is a list of anything. Give it items' }],
  },
  {
    given: 'a list of anything',
    files: document({ type: 'array', items: true }),
    want: [{ at: schemaAt, says: 'is a list of anything' }],
  },
  {
    given: 'an object that is not closed',
    files: document({ $ref: 'Thing.yaml' }),
    want: [{ at: 'Thing.yaml#/', says: 'Thing.yaml is open. Close it with additionalProperties: false' }],
  },
  {
    given: 'an open object without evidence',
    files: document({ type: 'object', properties, additionalProperties: true }),
    want: [{ at: schemaAt, says: 'without evidence' }],
  },
  {
    given: 'a composed object that is not closed',
    files: document({ allOf: [fields] }),
    want: [{ at: schemaAt, says: 'is open' }],
  },
  {
    given: 'a composed object closed with the keyword that does not see its branches',
    files: document({ type: 'object', allOf: [fields], additionalProperties: false }),
    want: [{ at: schemaAt, says: "does not see 'id' of its branches. Use unevaluatedProperties" }],
  },
  {
    given: 'a choice of an open object',
    files: document({ oneOf: [{ type: 'object', properties }] }),
    want: [{ at: `${schemaAt}/oneOf/0`, says: 'is open' }],
  },
  {
    given: 'an open object, meant for allOf, on its own',
    files: document({ type: 'array', items: fields }),
    want: [
      {
        at: `${schemaAt}/items`,
        says: 'ThingFields is open, since it is meant for allOf, and is used here on its own',
      },
    ],
  },
];
