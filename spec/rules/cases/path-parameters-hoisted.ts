import { type Case, paths } from './cases.ts';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const page = { name: 'page', in: 'query', schema: { type: 'integer' } };
const at = 'openapi.yaml#/paths/~1api~1things~1{id}/get/parameters/1';

export const cases: Case[] = [
  {
    given: 'a path parameter on the path item and a query parameter in the operation',
    files: {
      'openapi.yaml': paths({
        '/api/things/{id}': { parameters: [id], get: { parameters: [page], responses: {} } },
      }),
    },
    want: [],
  },
  {
    given: 'a path parameter in the operation',
    files: {
      'openapi.yaml': paths({
        '/api/things/{id}': { get: { parameters: [page, id], responses: {} } },
      }),
    },
    want: [{ at, says: "GET /api/things/{id} declares the path parameter 'id' itself" }],
  },
  {
    given: 'a path parameter in the operation, by reference',
    files: {
      'openapi.yaml': paths({
        '/api/things/{id}': {
          get: { parameters: [page, { $ref: 'thingId.yaml' }], responses: {} },
        },
      }),
      'thingId.yaml': id,
    },
    want: [{ at, says: 'Move it to the parameters of the path item' }],
  },
];
