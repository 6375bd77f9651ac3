import { type Case, paths, response, responseAt } from './cases.ts';

const group = {
  name: 'group',
  in: 'query',
  required: true,
  schema: { type: 'string', enum: ['hour', 'day', 'agent'] },
};
const departmentId = { name: 'departmentId', in: 'query', schema: { type: 'integer' } };
const example = (when?: unknown) => ({ summary: 'Some', value: 1, ...(when === undefined ? {} : { 'x-when': when }) });
const document = (examples: object, parameters: object[] = [group]) => ({
  'openapi.yaml': response({ schema: { type: 'integer' }, examples }, { parameters }),
});
const at = `${responseAt}/examples`;

export const cases: Case[] = [
  { given: 'examples that depend on nothing', files: document({ one: example(), two: example() }), want: [] },
  {
    given: 'each value once',
    files: document({ time: example({ group: ['hour', 'day'] }), agent: example({ group: ['agent'] }) }),
    want: [],
  },
  {
    given: 'the enum and the parameter in files',
    files: {
      ...document({ all: example({ group: ['hour', 'day', 'agent'] }) }, [{ $ref: 'group.yaml' }]),
      'group.yaml': { ...group, schema: { $ref: 'Group.yaml' } },
      'Group.yaml': group.schema,
    },
    want: [],
  },
  {
    given: 'one example for the rest where the values cannot be listed',
    files: document({ sales: example({ departmentId: [2] }), all: example() }, [departmentId]),
    want: [],
  },
  {
    given: 'two parameters whose every combination has an example',
    files: document(
      {
        dayOn: example({ group: ['day', 'hour'], on: [true] }),
        dayOff: example({ group: ['day', 'hour'], on: [false] }),
        agent: example({ group: ['agent'] }),
      },
      [group, { name: 'on', in: 'query', required: true, schema: { type: 'boolean' } }],
    ),
    want: [],
  },
  {
    given: 'a parameter that the operation does not have',
    files: document({ one: example({ groups: ['day'] }) }),
    want: [
      {
        at: `${at}/one/x-when/groups`,
        says: "names 'groups', which is not a parameter here. The parameters are: group",
      },
    ],
  },
  {
    given: 'a value that the enum does not have',
    files: document({ one: example({ group: ['hour', 'day', 'agent', 'year'] }) }),
    want: [{ at: `${at}/one/x-when/group`, says: "the value 'year'. Use one of: hour, day, agent" }],
  },
  {
    given: 'a value that is not in a list',
    files: document({ one: example({ group: 'day' }), two: example({ group: ['day', 'hour', 'agent'] }) }),
    want: [{ at: `${at}/one/x-when/group`, says: "does not give 'group' a list of values" }],
  },
  {
    given: 'an example that does not say when, beside one that does',
    files: document({ one: example({ group: ['hour', 'day', 'agent'] }), two: example() }),
    want: [{ at: `${at}/two`, says: "example 'two' has no x-when, and others have" }],
  },
  {
    given: 'a value without an example',
    files: document({ one: example({ group: ['day'] }) }),
    want: [{ at, says: 'no example belongs to group=hour, group=agent' }],
  },
  {
    given: 'a value with two examples',
    files: document({ one: example({ group: ['hour', 'day'] }), two: example({ group: ['day', 'agent'] }) }),
    want: [{ at, says: "the examples 'one' and 'two' both belong to group=day" }],
  },
  {
    given: 'no example for the rest where the values cannot be listed',
    files: document({ sales: example({ departmentId: [2] }) }, [departmentId]),
    want: [{ at, says: '0 examples have no x-when' }],
  },
  {
    given: 'x-when on a request body',
    files: {
      'openapi.yaml': paths({
        '/api/things': {
          post: {
            parameters: [group],
            requestBody: { content: { 'application/json': { examples: { one: example({ group: ['day'] }) } } } },
            responses: {},
          },
        },
      }),
    },
    want: [
      {
        at: 'openapi.yaml#/paths/~1api~1things/post/requestBody/content/application~1json/examples/one/x-when',
        says: "In the request body of POST /api/things, example 'one' has x-when, which belongs to a response",
      },
    ],
  },
];
