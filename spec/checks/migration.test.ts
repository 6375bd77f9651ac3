import { readFileSync } from 'node:fs';
import type { Document, OperationObject, Parameter, PathItem, Schema } from '@comm100-openapi/description';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readMap } from '../migration/map.ts';
import { bundles } from './bundles.ts';

describe('migration.yaml', () => {
  it('has everything of version 1.0 and no name that does not exist', () => {
    const [v1, v2] = bundles.map(({ document }) => document);
    if (!v1 || !v2) throw new Error('There are two versions.');
    const written: unknown = parse(readFileSync(new URL('../migration.yaml', import.meta.url), 'utf8'));
    expect(readMap(written, v1, v2).problems).toEqual([]);
  });
});

// Two versions of an API of one resource, small enough to see what is wrong.
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });
const operation = (operationId: string, response?: Schema, more: Partial<OperationObject> = {}) => ({
  operationId,
  summary: '',
  tags: [],
  responses: { 200: { description: '', ...(response && json(response)) } },
  ...more,
});
const document = (
  version: string,
  paths: Record<string, PathItem>,
  properties: Record<string, Record<string, Schema>>,
  schemas: Record<string, Schema>,
): Document => ({
  openapi: '3.1.0',
  info: { title: 'Birds', version },
  servers: [],
  tags: [],
  paths,
  components: {
    schemas: {
      ...Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, { type: 'object', properties: of }])),
      ...schemas,
    },
  },
});
const integer = { type: 'integer' };
const string = { type: 'string' };
const id: Parameter = { name: 'id', in: 'path', required: true, schema: integer };
const page: Parameter = { name: 'page', in: 'query', schema: integer };
const wanted = { requestBody: json(ref('BirdCreate')) };

const was = document(
  '1.0',
  {
    '/birds': {
      get: operation('listBirds', { type: 'array', items: ref('Bird') }, { parameters: [page] }),
      post: operation('addBird', ref('Bird'), wanted),
    },
    '/birds/{id}': { delete: operation('deleteBird', undefined, { parameters: [id] }) },
    '/flock': { get: operation('getFlock', ref('Flock')) },
  },
  {
    BirdFields: { name: string, wing_span: { ...integer, description: 'In inches.' } },
    Nest: { tree: string },
    Flock: { size: integer },
  },
  {
    Bird: {
      allOf: [ref('BirdFields')],
      properties: { id: integer, mood: { ...integer, enum: [0, 1] }, nest: ref('Nest') },
    },
    BirdCreate: { allOf: [ref('BirdFields')] },
  },
);
const is = document(
  '2.0',
  {
    '/birds': {
      get: operation('listBirds', ref('BirdPage'), { parameters: [{ ...page, name: 'pageIndex' }] }),
      post: operation('createBird', ref('Bird'), wanted),
    },
    '/birds/{id}': { delete: operation('deleteBird', undefined, { parameters: [id] }) },
  },
  {
    BirdPage: { birds: { type: 'array', items: ref('Bird') } },
    Bird: {
      id: integer,
      name: string,
      wingSpan: { type: 'number' },
      mood: { ...string, enum: ['calm', 'shy'] },
      home: { anyOf: [ref('Home'), { type: 'null' }] },
    },
    Home: { place: { type: 'object', properties: { tree: string, branch: string } } },
  },
  {
    BirdCreate: {
      type: 'object',
      required: ['name'],
      properties: { name: string, wingSpan: { type: 'number' }, song: string },
    },
  },
);

/** The map between the two, which is as it should be. */
const good = `
general: [{ topic: bodies, title: Bodies, from: Bodies are forms., to: Bodies are JSON. }]
unchanged: [An error has a code.]
operations:
  - from: listBirds
    to: listBirds
    note: Count pages from 0.
    parameters: { page: { to: pageIndex, change: Counted from 0. } }
    answer: { to: BirdPage.birds, change: A page in place of a list. }
  - { from: addBird, to: createBird, note: Send JSON. }
  - { from: deleteBird, to: deleteBird, same: true }
  - { from: getFlock, gone: Flocks were removed., instead: [listBirds] }
schemas:
  - from: BirdFields
    fields: { name: name, wing_span: { to: wingSpan, change: Centimetres in place of inches. } }
  - from: Bird
    to: Bird
    rest: same
    fields:
      mood: { to: mood, values: { 0: calm, 1: shy } }
      nest: { to: home, change: It can be null. }
  - from: BirdCreate
    to: BirdCreate
    fields: { name: { to: name, change: It is required. } }
  - { from: Nest, to: Home, fields: { tree: place.tree } }
  - { from: Flock, gone: Flocks were removed. }
`;

const faults: { given: string; put: [string, string]; want: string }[] = [
  {
    given: 'an operation that is not in it',
    put: ['- { from: deleteBird, to: deleteBird, same: true }', ''],
    want: 'operations.deleteBird: is not in the map',
  },
  {
    given: 'an operation that is in it twice',
    put: ['operations:', 'operations:\n  - { from: deleteBird, to: deleteBird, same: true }'],
    want: 'operations.deleteBird: is in the map twice',
  },
  {
    given: 'an operation that version 1.0 does not have',
    put: ['from: getFlock', 'from: getFlocks'],
    want: 'operations.getFlocks: version 1.0 does not have this operation',
  },
  {
    given: 'an operation that version 2.0 does not have',
    put: ['to: createBird', 'to: makeBird'],
    want: 'operations.addBird: version 2.0 has no operation makeBird',
  },
  {
    given: 'an operation to use instead that does not exist',
    put: ['instead: [listBirds]', 'instead: [getFlock]'],
    want: 'operations.getFlock: version 2.0 has no operation getFlock',
  },
  {
    given: 'an operation that is both mapped and removed',
    put: ['from: getFlock,', 'from: getFlock, to: listBirds,'],
    want: 'operations.getFlock: is both mapped and removed',
  },
  {
    given: 'an operation that is neither mapped nor removed',
    put: ['to: createBird, ', ''],
    want: 'operations.addBird: is neither mapped nor removed',
  },
  {
    given: 'an operation without a note',
    put: ['to: createBird, note: Send JSON.', 'to: createBird'],
    want: 'operations.addBird: has no note',
  },
  {
    given: 'an operation that is not the same',
    put: ['to: createBird, note: Send JSON.', 'to: createBird, same: true'],
    want: 'operations.addBird: differs in body and is not the same',
  },
  {
    given: 'a parameter that is not in it',
    put: ['parameters: { page: { to: pageIndex, change: Counted from 0. } }', ''],
    want: 'operations.listBirds.parameters.page: is not in the map',
  },
  {
    given: 'a parameter that version 1.0 does not have',
    put: ['{ page: {', '{ size: { gone: Pages have no size. }, page: {'],
    want: 'operations.listBirds.parameters: version 1.0 has no size',
  },
  {
    given: 'a parameter that version 2.0 does not have',
    put: ['to: pageIndex', 'to: pageNumber'],
    want: 'operations.listBirds.parameters.page: version 2.0 has no pageNumber in listBirds',
  },
  {
    given: 'parameters that are not the same',
    put: ['parameters: { page: { to: pageIndex, change: Counted from 0. } }', 'parameters: same'],
    want: 'operations.listBirds.parameters.page: is not the same in both versions',
  },
  {
    given: 'a page for a list without an explanation',
    put: ['answer: { to: BirdPage.birds, change: A page in place of a list. }', ''],
    want: 'operations.listBirds: the response was list and is object: explain it in answer',
  },
  {
    given: 'a response in a place that does not exist',
    put: ['to: BirdPage.birds', 'to: BirdPage.flock'],
    want: 'operations.listBirds.answer: version 2.0 has no BirdPage.flock',
  },
  {
    given: 'an object that is not in it',
    put: ['- { from: Nest, to: Home, fields: { tree: place.tree } }', ''],
    want: 'schemas.Nest: is not in the map',
  },
  {
    given: 'an object that version 1.0 does not have',
    put: ['schemas:', 'schemas:\n  - { from: Egg, gone: Eggs were removed. }'],
    want: 'schemas.Egg: version 1.0 does not have this schema',
  },
  {
    given: 'an object that no mapped operation uses',
    put: ['  - { from: addBird, to: createBird, note: Send JSON. }', ''],
    want: 'schemas.BirdCreate: no mapped operation uses it',
  },
  {
    given: 'an object that version 2.0 does not have',
    put: ['to: Home', 'to: [Home, House]'],
    want: 'schemas.Nest: version 2.0 has no schema House',
  },
  {
    given: 'an object that no field is mapped to',
    put: ['to: Home', 'to: [Home, BirdPage]'],
    want: 'schemas.Nest: no field of it is mapped to BirdPage',
  },
  {
    given: 'an object that is mapped to another than the field with it',
    put: ['{ from: Nest, to: Home, fields: { tree: place.tree } }', '{ from: Nest, to: Bird, fields: { tree: name } }'],
    want: 'schemas.Bird.nest: is mapped to Home, but Nest in it to Bird',
  },
  {
    given: 'a body that the operation of version 2.0 does not have',
    put: ['    to: BirdCreate\n', '    to: Bird\n'],
    want: 'operations.addBird: its body BirdCreate is mapped to Bird, which is not in the body of version 2.0',
  },
  {
    given: 'an object that is not the same',
    put: ['{ from: Nest, to: Home, fields: { tree: place.tree } }', '{ from: Nest, same: true }'],
    want: 'schemas.Nest: is not the same in both versions',
  },
  {
    given: 'an object that is neither mapped nor removed',
    put: ['    to: BirdCreate\n', ''],
    want: 'schemas.BirdCreate: is neither mapped nor removed',
  },
  {
    given: 'a field that is not in it',
    put: ['fields: { tree: place.tree }', ''],
    want: 'schemas.Nest.tree: is not in the map',
  },
  {
    given: 'a field that version 1.0 does not have',
    put: ['{ tree: place.tree }', '{ tree: place.tree, roof: place.branch }'],
    want: 'schemas.Nest: version 1.0 has no roof in it',
  },
  {
    given: 'a field that version 2.0 does not have',
    put: ['tree: place.tree', 'tree: place.shrub'],
    want: 'schemas.Nest.tree: version 2.0 has no place.shrub in Home',
  },
  {
    given: 'a field of another object that version 2.0 does not have',
    put: ['tree: place.tree', 'tree: Bird.tree'],
    want: 'schemas.Nest.tree: version 2.0 has no Bird.tree',
  },
  {
    given: 'a field that is both mapped and removed',
    put: ['tree: place.tree', 'tree: { to: place.tree, gone: Birds live on the ground. }'],
    want: 'schemas.Nest.tree: is both mapped and removed',
  },
  {
    given: 'a field that is neither mapped nor removed',
    put: ['{ to: home, change: It can be null. }', '{ change: It can be null. }'],
    want: 'schemas.Bird.nest: is neither mapped nor removed',
  },
  {
    given: 'a field that has another type without an explanation',
    put: ['{ to: wingSpan, change: Centimetres in place of inches. }', 'wingSpan'],
    want: 'schemas.BirdFields.wing_span: was integer and is number: explain it in change',
  },
  {
    given: 'a field that is required now without an explanation',
    put: ['fields: { name: { to: name, change: It is required. } }', ''],
    want: 'schemas.BirdCreate.name: version 2.0 requires BirdCreate.name: describe it in change',
  },
  {
    given: 'a value that version 1.0 does not have',
    put: ['{ 0: calm, 1: shy }', '{ 0: calm, 1: shy, 2: calm }'],
    want: 'schemas.Bird.mood.values: version 1.0 has no 2',
  },
  {
    given: 'a value that version 2.0 does not have',
    put: ['{ 0: calm, 1: shy }', '{ 0: calm, 1: bold }'],
    want: 'schemas.Bird.mood.values: version 2.0 has no bold',
  },
  {
    given: 'a value that is missing',
    put: ['{ 0: calm, 1: shy }', '{ 0: calm }'],
    want: 'schemas.Bird.mood.values: version 2.0 has no 1',
  },
  {
    given: 'a note that is not a sentence',
    put: ['note: Send JSON.', 'note: json'],
    want: 'operations.addBird.note: starts with neither an upper-case letter nor a backtick',
  },
  {
    given: 'a change that is not a sentence',
    put: ['change: It can be null.', 'change: It can be null'],
    want: 'schemas.Bird.nest.change: does not end with a full stop',
  },
  {
    given: 'a reason for a removal that is not a sentence',
    put: ['from: Flock, gone: Flocks were removed.', 'from: Flock, gone: Flocks were removed'],
    want: 'schemas.Flock.gone: does not end with a full stop',
  },
  {
    given: 'a general difference that is not a sentence',
    put: ['from: Bodies are forms.', 'from: forms'],
    want: 'general.bodies.from: starts with neither an upper-case letter nor a backtick',
  },
  {
    given: 'a general difference without its second half',
    put: [', to: Bodies are JSON.', ''],
    want: 'general.bodies: has no to',
  },
  {
    given: 'something unchanged that is not a sentence',
    put: ['An error has a code.', 'errors'],
    want: 'unchanged: errors starts with neither an upper-case letter nor a backtick',
  },
  {
    given: 'a doubt without a reason',
    put: ['to: home, change', 'to: home, evidence: inferred, change'],
    want: 'schemas.Bird.nest: has only one of evidence and reason',
  },
  {
    given: 'a misspelt key',
    put: ['to: home, change', 'to: home, chnage'],
    want: 'schemas.Bird.nest: has an unknown key chnage',
  },
];

describe('the check of the map', () => {
  it('reports nothing in a good map', () => {
    expect(readMap(parse(good), was, is).problems).toEqual([]);
  });

  it.each(faults)('reports $given', ({ put: [good_, bad], want }) => {
    expect(good).toContain(good_);
    expect(readMap(parse(good.replace(good_, bad)), was, is).problems).toContain(want);
  });
});

describe('the map with its short forms written out', () => {
  const { map } = readMap(parse(good), was, is);
  const schema = (name: string) => map.schemas.find(({ from }) => from === name);

  it.each([
    {
      given: 'a field that only a part has an entry for, in each schema that has it',
      got: schema('Bird')?.fields.find(({ from }) => from === 'wing_span'),
      want: { from: 'wing_span', to: ['Bird.wingSpan'], change: 'Centimetres in place of inches.' },
    },
    {
      given: 'a field that the schema itself has an entry for',
      got: schema('BirdCreate')?.fields.find(({ from }) => from === 'name'),
      want: { from: 'name', to: ['BirdCreate.name'], change: 'It is required.' },
    },
    {
      given: 'a field that stays as it is',
      got: schema('Bird')?.fields.find(({ from }) => from === 'id'),
      want: { from: 'id', to: ['Bird.id'] },
    },
    {
      given: 'values with their types',
      got: schema('Bird')?.fields.find(({ from }) => from === 'mood')?.values,
      want: [
        { from: 0, to: ['calm'] },
        { from: 1, to: ['shy'] },
      ],
    },
    {
      given: 'what is new, inside of objects too',
      got: [schema('BirdCreate')?.added, schema('Nest')?.added],
      want: [[{ name: 'BirdCreate.song', required: false }], [{ name: 'Home.place.branch', required: false }]],
    },
    { given: 'no schema that is a part only', got: schema('BirdFields'), want: undefined },
  ])('has $given', ({ got, want }) => {
    expect(got).toEqual(want);
  });
});
