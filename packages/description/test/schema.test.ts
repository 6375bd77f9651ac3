import { expect, test } from 'vitest';
import { enumOf, partsOf, propertiesOf } from '../src/index.ts';
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
