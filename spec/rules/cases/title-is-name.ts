import { type Case, schema, schemaAt } from './cases.ts';

/** A document whose response has two properties. */
const two = (a: object, b: object, more: Record<string, unknown> = {}) => ({
  'openapi.yaml': schema({ type: 'object', properties: { a, b } }),
  ...more,
});
const thing = (node: object, ref = 'Thing.yaml') => ({ 'openapi.yaml': schema({ $ref: ref }), 'Thing.yaml': node });

const shared = (parts: object) => ({ 'shared.yaml': parts });
const Thing = { title: 'Thing', type: 'integer' };

export const cases: Case[] = [
  { given: 'a title that is the name of the file', files: thing({ title: 'Thing', type: 'integer' }), want: [] },
  {
    given: 'a schema without a file of its own, untitled',
    files: { 'openapi.yaml': schema({ type: 'integer' }) },
    want: [],
  },
  {
    given: 'another title',
    files: thing({ title: 'Department', type: 'integer' }),
    want: [
      { at: 'Thing.yaml#/title', says: "The schema in Thing.yaml has the title 'Department'. Write title: Thing" },
    ],
  },
  {
    given: 'no title',
    files: thing({ type: 'integer' }),
    want: [{ at: 'Thing.yaml#/', says: 'The schema Thing has no title. Add title: Thing' }],
  },
  {
    given: 'a reference into the inside of a file',
    files: thing(
      { title: 'Thing', type: 'object', properties: { id: { type: 'integer' } } },
      'Thing.yaml#/properties/id',
    ),
    want: [
      {
        at: 'openapi.yaml#/paths/~1api~1things/get/responses/200/content/application~1json/schema/$ref',
        says: 'Thing.yaml#/properties/id points into the inside of a file',
      },
    ],
  },
  {
    given: 'a schema in a file of several, with its name there as title',
    files: two({ $ref: 'shared.yaml#/Thing' }, { $ref: 'shared.yaml#/Thing' }, shared({ Thing })),
    want: [],
  },
  {
    given: 'another title in a file of several',
    files: two({ $ref: 'shared.yaml#/Other' }, { type: 'integer' }, shared({ Other: Thing })),
    want: [{ at: 'shared.yaml#/Other/title', says: "The schema in shared.yaml#/Other has the title 'Thing'" }],
  },
  {
    given: 'no title in a file of several',
    files: two({ $ref: 'shared.yaml#/Thing' }, { type: 'integer' }, shared({ Thing: { type: 'integer' } })),
    want: [{ at: 'shared.yaml#/Thing', says: 'The schema Thing has no title' }],
  },
  {
    given: 'a reference into the inside of a part of a file of several',
    files: two({ $ref: 'shared.yaml#/Thing/items' }, { type: 'integer' }, shared({ Thing: { items: Thing } })),
    want: [{ at: `${schemaAt}/properties/a/$ref`, says: 'shared.yaml#/Thing/items points into the inside of a file' }],
  },
  { given: 'titles of inline schemas', files: two(Thing, { ...Thing, title: 'Other' }), want: [] },
  {
    given: 'an inline title that is not a name',
    files: two({ ...Thing, title: 'The thing' }, Thing),
    want: [{ at: `${schemaAt}/properties/a/title`, says: "The title 'The thing' is not the name of a component" }],
  },
  {
    given: 'one title on two inline schemas',
    files: two(Thing, Thing),
    want: [{ at: `${schemaAt}/properties/b/title`, says: `The title Thing is also that of ${schemaAt}/properties/a` }],
  },
  {
    given: 'the title of a file on an inline schema',
    files: two({ $ref: 'Thing.yaml' }, Thing, { 'Thing.yaml': Thing }),
    want: [{ at: `${schemaAt}/properties/b/title`, says: 'The title Thing is also that of Thing.yaml' }],
  },
];
