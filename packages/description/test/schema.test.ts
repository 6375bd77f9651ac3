import { expect, test } from 'vitest';
import { enumOf, flatten, partsOf, propertiesOf } from '../src/index.ts';
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
  const twice = { allOf: [{ $ref: '#/components/schemas/Home' }], oneOf: [{ type: 'object' }] };
  expect(() => flatten(document, twice)).toThrow('oneOf');
});
