import { type Case, schema } from './cases.ts';

const thing = (node: object, ref = 'Thing.yaml') => ({ 'openapi.yaml': schema({ $ref: ref }), 'Thing.yaml': node });

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
];
