import type { Schema } from '@comm100-openapi/description';
import { describe, expect, test } from 'vitest';
import { limitsOf, plain, type SchemaView, viewSchema } from '../src/model/schema.ts';
import { documentWith } from './fixture.ts';

const components: Record<string, Schema> = {
  TentFields: {
    type: 'object',
    title: 'TentFields',
    description: 'What can be set.',
    properties: { name: { type: 'string' }, poles: { type: 'integer', description: 'How many poles.' } },
    'x-evidence': 'inferred',
    'x-evidence-note': 'No document says so.',
  },
  Tent: {
    type: 'object',
    title: 'Tent',
    description: 'A place to sleep.',
    allOf: [{ $ref: '#/components/schemas/TentFields' }],
    required: ['id', 'name'],
    properties: {
      id: { type: 'integer', readOnly: true },
      poles: { description: 'How many poles there are now.' },
    },
  },
  Season: {
    type: 'integer',
    title: 'Season',
    description: 'When it is warm enough.',
    readOnly: true,
    enum: [0, 2],
    'x-enum-varnames': ['summer', 'winter'],
    'x-enum-descriptions': ['From June.', 'From December.'],
  },
  LocalDateTime: {
    type: 'string',
    title: 'LocalDateTime',
    description: 'A time without an offset.',
    pattern: '^\\d+$',
    'x-format': 'yyyy-MM-dd',
    'x-evidence': 'sample',
  },
  Node: {
    type: 'object',
    title: 'Node',
    properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Node' } } },
  },
  ByDay: {
    type: 'object',
    title: 'ByDay',
    required: ['nights'],
    properties: { day: { type: 'string' }, nights: { type: 'integer', description: 'Nights slept.' } },
  },
  ByTent: {
    type: 'object',
    title: 'ByTent',
    required: ['nights'],
    properties: { tentId: { type: 'integer' }, nights: { type: 'integer', description: 'Nights slept.' } },
  },
};
const document = documentWith(components);
const view = (schema: Schema) => viewSchema(document, schema);
const ref = (name: string, more: Schema = {}): Schema => ({ $ref: `#/components/schemas/${name}`, ...more });
const names = ({ properties }: SchemaView) => properties.map(({ name }) => name);
const property = (schema: SchemaView, name: string) => {
  const found = schema.properties.find((it) => it.name === name);
  if (!found) throw new Error(`There is no property "${name}".`);
  return found;
};

describe('A type in words', () => {
  test.each<{ given: Schema; want: string }>([
    { given: { type: 'integer' }, want: 'integer' },
    { given: { type: ['string', 'null'] }, want: 'string or null' },
    { given: { type: ['string', 'integer'] }, want: 'string or integer' },
    { given: { type: 'string', format: 'uuid' }, want: 'string (uuid)' },
    { given: { enum: ['a', 'b'] }, want: 'string' },
    { given: { const: 3 }, want: 'number' },
    { given: { type: 'array', items: { type: 'integer' } }, want: 'array of integers' },
    { given: { type: 'array', items: { type: 'string', format: 'uuid' } }, want: 'array of strings (uuid)' },
    {
      given: { type: 'array', items: { type: 'array', items: { type: 'number' } } },
      want: 'array of arrays of numbers',
    },
    { given: { type: 'array', items: ref('Tent') }, want: 'array of Tent' },
    { given: ref('Tent'), want: 'Tent' },
    { given: ref('LocalDateTime'), want: 'LocalDateTime' },
    { given: { anyOf: [ref('Tent'), { type: 'null' }] }, want: 'Tent or null' },
    { given: { anyOf: [{ type: 'string' }, { type: 'integer' }] }, want: 'string or integer' },
    { given: { type: 'object', properties: { a: { type: 'string' } } }, want: 'object' },
  ])('$want', ({ given, want }) => {
    expect(plain(view(given).type)).toBe(want);
  });
});

describe('Limits as phrases', () => {
  test.each<{ given: Schema; want: string[] }>([
    { given: { minimum: 1 }, want: ['1 or more'] },
    { given: { minimum: 1, maximum: 100, default: 10 }, want: ['1 to 100', 'default `10`'] },
    { given: { maximum: 5 }, want: ['5 or less'] },
    { given: { exclusiveMinimum: 0 }, want: ['more than 0'] },
    { given: { minLength: 1 }, want: ['not empty'] },
    { given: { minLength: 2, maxLength: 8 }, want: ['2 to 8 characters'] },
    { given: { minLength: 32, maxLength: 32 }, want: ['32 characters'] },
    { given: { maxItems: 1 }, want: ['at most 1 entry'] },
    { given: { minProperties: 2 }, want: ['at least 2 fields'] },
    { given: { const: 'password' }, want: ['always `password`'] },
    { given: { default: '' }, want: ['default `""`'] },
    { given: { pattern: '^a+$' }, want: ['matches `^a+$`'] },
    { given: { title: 'Name', pattern: '^a+$' }, want: [] },
    { given: { 'x-value-aliases': { al: 'all' } }, want: ['`al` is accepted for `all`'] },
  ])('$want', ({ given, want }) => {
    expect(limitsOf(given)).toEqual(want);
  });
});

describe('An object', () => {
  const tent = view(ref('Tent'));

  test('has its own fields before those of its parts', () => {
    expect(names(tent)).toEqual(['id', 'poles', 'name']);
  });

  test('keeps its own name and description', () => {
    expect(tent).toMatchObject({ name: 'Tent', description: 'A place to sleep.' });
  });

  test('knows which fields are required and read-only', () => {
    expect(property(tent, 'id')).toMatchObject({ isRequired: true, isReadOnly: true });
    expect(property(tent, 'name')).toMatchObject({ isRequired: true, isReadOnly: false });
    expect(property(tent, 'poles').isRequired).toBe(false);
  });

  test('adds its own text to a field of a part', () => {
    expect(property(tent, 'poles').schema).toMatchObject({
      type: ['integer'],
      description: 'How many poles there are now.',
    });
  });

  test('carries the evidence of its parts', () => {
    expect(tent.typeEvidence).toEqual([{ mark: 'inferred', note: 'No document says so.' }]);
  });

  test('describes its further fields', () => {
    expect(view({ type: 'object', additionalProperties: { type: 'integer' } }).others).toMatchObject({
      type: ['integer'],
    });
    expect(view({ type: 'object', additionalProperties: true }).others).toBe('any');
    expect(view({ type: 'object', additionalProperties: false }).others).toBeUndefined();
  });

  test('lists the other names of its fields', () => {
    const { properties } = view({
      type: 'object',
      properties: { members: { type: 'string', 'x-aliases': ['member'] } },
    });
    expect(properties[0]?.aliases).toEqual(['member']);
  });

  test('is not expanded inside itself', () => {
    const children = property(view(ref('Node')), 'children').schema;
    expect(children.items).toMatchObject({ name: 'Node', isRecursive: true, properties: [] });
  });
});

describe('A named scalar', () => {
  test('gives its values with their names and meanings', () => {
    expect(view(ref('Season')).values).toEqual([
      { value: 0, name: 'summer', meaning: 'From June.' },
      { value: 2, name: 'winter', meaning: 'From December.' },
    ]);
  });

  test('keeps its own description beside that of the field that refers to it', () => {
    const { properties } = view({
      type: 'object',
      properties: { since: ref('LocalDateTime', { description: 'When it was pitched.' }) },
    });
    expect(properties[0]?.schema).toMatchObject({
      description: 'When it was pitched.',
      named: { name: 'LocalDateTime', description: 'A time without an offset.', form: 'yyyy-MM-dd' },
    });
  });
});

describe('A reference', () => {
  const guess: Schema = { 'x-evidence': 'inferred', 'x-evidence-note': 'A guess.' };
  const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
  test.each<{ given: Schema; own: string[]; ofType: string[] }>([
    { given: ref('LocalDateTime'), own: [], ofType: ['sample'] },
    { given: ref('LocalDateTime', { description: 'When.', ...guess }), own: ['inferred'], ofType: ['sample'] },
    { given: { ...orNull(ref('LocalDateTime')), ...guess }, own: ['inferred'], ofType: ['sample'] },
    { given: ref('Tent', { 'x-evidence': 'sample' }), own: ['sample'], ofType: ['inferred'] },
    { given: { allOf: [ref('TentFields')] }, own: ['inferred'], ofType: [] },
  ])('keeps the evidence of $given apart from that of its component', ({ given, own, ofType }) => {
    const schema = view(given);
    expect(schema.evidence.map(({ mark }) => mark)).toEqual(own);
    expect(schema.typeEvidence.map(({ mark }) => mark)).toEqual(ofType);
  });
});

describe('Shapes to choose from', () => {
  const branch = (kind: string): Schema => ({
    type: 'object',
    required: ['kind'],
    properties: { [`${kind}Only`]: { type: 'string' }, kind: { type: 'string', const: kind } },
  });

  test('are distinguished by their constants', () => {
    const [choice] = view({ oneOf: [branch('ip'), branch('visitor')] }).variants;
    expect(choice?.choice).toBe('one');
    expect(choice?.options.map(({ label }) => label)).toEqual(['`kind` is `ip`', '`kind` is `visitor`']);
  });

  test('the field that decides comes first, with the values of all shapes', () => {
    const { properties, variants } = view({ oneOf: [branch('ip'), branch('visitor')] });
    expect(properties[0]).toMatchObject({ name: 'kind', schema: { values: [{ value: 'ip' }, { value: 'visitor' }] } });
    expect(variants[0]?.options.map(({ schema }) => schema.properties[0]?.name)).toEqual(['kind', 'kind']);
  });

  test.each<{ name: string; given: Schema; want: string[] }>([
    { name: 'their names', given: { anyOf: [ref('ByDay'), ref('ByTent')] }, want: ['`ByDay`', '`ByTent`'] },
    {
      name: 'the fields that only they have',
      given: { anyOf: [{ properties: { a: { type: 'string' } } }, { properties: { b: { type: 'string' } } }] },
      want: ['with `a`', 'with `b`'],
    },
  ])('are distinguished by $name', ({ given, want }) => {
    expect(view(given).variants[0]?.options.map(({ label }) => label)).toEqual(want);
  });

  test('show once the fields that are the same in all of them', () => {
    const rows = view({ anyOf: [ref('ByDay'), ref('ByTent')] });
    expect(names(rows)).toEqual(['nights']);
    expect(rows.variants[0]?.options.map(({ schema }) => names(schema))).toEqual([['day'], ['tentId']]);
  });

  test('are none where null is the only alternative', () => {
    const schema = view({ anyOf: [ref('Tent'), { type: 'null' }] });
    expect(schema.variants).toEqual([]);
    expect(names(schema)).toContain('id');
  });
});

test('A $ref to nothing, deep inside a schema, is an error that names it', () => {
  expect(() => view({ type: 'array', items: { allOf: [ref('Yurt')] } })).toThrow(
    'Cannot resolve $ref "#/components/schemas/Yurt": there is no "Yurt".',
  );
});
