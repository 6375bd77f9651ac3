import { type Case, get, getAt, schema } from './cases.ts';

const thing = (node: object) => ({ 'openapi.yaml': schema({ $ref: 'Thing.yaml' }), 'Thing.yaml': node });
const good = { type: 'object', description: 'Something that is kept.' };
const property = (id: object, more: object = {}) => thing({ ...good, properties: { id }, ...more });
const at = 'Thing.yaml#/properties/id';

export const cases: Case[] = [
  {
    given: 'a description of a schema and a property',
    files: property({ type: 'integer', description: 'Given by the service.' }),
    want: [],
  },
  { given: 'a description that starts with code', files: property({ description: '`0` for none.' }), want: [] },
  {
    given: 'a property that takes the description of what it refers to',
    files: { ...property({ $ref: 'Id.yaml' }), 'Id.yaml': { type: 'integer', description: 'Given by the service.' } },
    want: [],
  },
  {
    given: 'a branch that narrows a property described around it',
    files: thing({
      ...good,
      allOf: [{ $ref: 'ThingFields.yaml' }],
      oneOf: [{ properties: { kind: { const: 'a' } } }],
    }),
    want: [],
  },
  {
    given: 'a schema without a description',
    files: thing({ type: 'integer' }),
    want: [{ at: 'Thing.yaml#/', says: "The description of 'Thing' is missing" }],
  },
  {
    given: 'a schema with a title, inside another, without a description',
    files: thing({ ...good, allOf: [{ title: 'Part', type: 'object', properties: { id: { const: 1 } } }] }),
    want: [
      { at: 'Thing.yaml#/allOf/0', says: "The description of 'Part' is missing" },
      { at: 'Thing.yaml#/allOf/0/properties/id', says: "The description of 'id' is missing" },
    ],
  },
  {
    given: 'a property without a description',
    files: property({ type: 'integer' }),
    want: [{ at, says: "The description of 'id' is missing" }],
  },
  {
    given: 'a property that only a branch has, without a description',
    files: thing({ ...good, oneOf: [{ properties: { kind: { const: 'a' } } }] }),
    want: [{ at: 'Thing.yaml#/oneOf/0/properties/kind', says: "The description of 'kind' is missing" }],
  },
  {
    given: 'a description without a full stop',
    files: property({ description: 'Given by the service' }),
    want: [{ at: `${at}/description`, says: 'does not end with a full stop' }],
  },
  {
    given: 'a description that starts with a lower-case letter',
    files: property({ description: 'given by the service.' }),
    want: [{ at: `${at}/description`, says: 'starts with neither an upper-case letter nor a backtick' }],
  },
  {
    given: 'a description beside a reference that is not a sentence',
    files: {
      ...property({ $ref: 'Id.yaml', description: 'its id' }),
      'Id.yaml': { type: 'integer', description: 'An id of it.' },
    },
    want: [{ at: `${at}/description`, says: 'starts with neither' }],
  },
  {
    given: 'a description that repeats the name',
    files: thing({ ...good, properties: { departmentId: { description: 'The department id.' } } }),
    want: [{ at: 'Thing.yaml#/properties/departmentId/description', says: "'departmentId' only repeats the name" }],
  },
  {
    given: 'a parameter without a description',
    files: { 'openapi.yaml': get({ parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' } }] }) },
    want: [{ at: `${getAt}/parameters/0`, says: "The description of 'page' is missing" }],
  },
].map((it) => ({
  ...it,
  files: {
    ...it.files,
    'ThingFields.yaml': {
      type: 'object',
      description: 'Shared.',
      properties: { kind: { description: 'Which kind it is.' } },
    },
  },
}));
