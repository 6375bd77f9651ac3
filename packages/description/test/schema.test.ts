import { expect, test } from 'vitest';
import { enumOf, flatten, partsOf, propertiesOf, type Schema, valuesInWords, withoutValues } from '../src/index.ts';
import { document } from './fixture.ts';

test('properties are found through allOf and oneOf, with every schema that a name has', () => {
  const found = [...propertiesOf(document, { $ref: '#/components/schemas/Bird' })];
  expect(found.map(([name, { schemas, required }]) => [name, schemas.map(({ type }) => type), required])).toEqual([
    ['id', ['integer'], true],
    ['name', ['string'], false],
    ['nest', ['string', 'integer'], true],
    ['box', ['string'], false],
  ]);
});

test('the parts of a schema are itself and everything that it is composed of', () => {
  expect(partsOf(document, { $ref: '#/components/schemas/Bird' })).toHaveLength(5);
});

test('values of an enum come with names and meanings where there are some', () => {
  const schema = { enum: [0, 1], 'x-enum-varnames': ['off', 'on'], 'x-enum-descriptions': ['Not in use.'] };
  expect(enumOf(schema)).toEqual([
    { value: 0, name: 'off', meaning: 'Not in use.' },
    { value: 1, name: 'on', meaning: undefined },
  ]);
  expect(enumOf({ type: 'string' })).toEqual([]);
});

test.each<{ given: Schema; want: string | undefined }>([
  { given: { type: 'string' }, want: undefined },
  { given: { enum: ['a', 'b'] }, want: undefined },
  { given: { enum: ['', 'b'], 'x-enum-descriptions': ['No.', 'Bee.'] }, want: 'Values:\n\n- `""`: No.\n- `b`: Bee.' },
  { given: { 'x-extensible-enum': ['a', 1] }, want: 'Known values, to which the service may add others: `a`, `1`.' },
  {
    given: { 'x-extensible-enum': [0], 'x-enum-varnames': ['off'], 'x-enum-descriptions': ['Not in use.'] },
    want: 'Known values, to which the service may add others:\n\n- `0` (off): Not in use.',
  },
])('the values of $given in words', ({ given, want }) => {
  expect(valuesInWords(given)).toBe(want);
  expect(withoutValues(`A bird.\n\nIt flies.\n\n${want ?? ''}`).trimEnd()).toBe('A bird.\n\nIt flies.');
  expect(withoutValues(want ?? '')).toBe('');
});

test('flattening merges what allOf collects, and the schema wins over its parts', () => {
  const schema = {
    title: 'Tall bird',
    allOf: [
      { $ref: '#/components/schemas/Named', description: 'Not the tall bird’s.' },
      { properties: { size: { type: 'integer', minimum: 1 } }, required: ['size'], 'x-evidence': 'sample' as const },
    ],
    properties: { size: { description: 'In metres.', minimum: 2 } },
    required: ['name'],
    unevaluatedProperties: false,
  };
  expect(flatten(document, schema)).toEqual({
    title: 'Tall bird',
    type: 'object',
    properties: { name: { type: 'string' }, size: { type: 'integer', description: 'In metres.', minimum: 2 } },
    required: ['size', 'name'],
    unevaluatedProperties: false,
  });
  const listed = { type: 'string', 'x-extensible-enum': ['a'], 'x-when': {} };
  expect(flatten(document, { allOf: [listed] })).toEqual({ type: 'string', 'x-extensible-enum': ['a'] });
  const twice = { allOf: [{ $ref: '#/components/schemas/Home' }], oneOf: [{ type: 'object' }] };
  expect(() => flatten(document, twice)).toThrow('oneOf');
});
