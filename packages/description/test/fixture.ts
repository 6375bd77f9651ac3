import type { Document } from '../src/index.ts';

/** A small description with a case of everything that the reader has rules for. */
export const document: Document = {
  openapi: '3.1.0',
  info: { title: 'Birds', version: '1.0' },
  servers: [{ url: 'https://birds.example' }],
  security: [{ basic: [] }, { token: [] }],
  tags: [{ name: 'Birds' }],
  paths: {
    '/birds/{id}': {
      parameters: [
        { $ref: '#/components/parameters/id' },
        { name: 'colour', in: 'query', description: 'Of the item.', schema: { type: 'string' } },
      ],
      put: {
        operationId: 'updateBird',
        summary: 'Update a bird',
        tags: ['Birds'],
        'x-aliases': ['/bird/{id}', 'POST /birds/{id}/update'],
        'x-permission': 'Manage Birds',
        parameters: [{ name: 'colour', in: 'query', description: 'Of the operation.', schema: { type: 'string' } }],
        requestBody: { $ref: '#/components/requestBodies/bird' },
        responses: {
          200: { description: 'The bird.', content: { 'application/json': { schema: { type: 'object' } } } },
          404: { $ref: '#/components/responses/NotFound' },
        },
      },
      get: {
        operationId: 'getBird',
        summary: 'Get a bird',
        tags: ['Birds'],
        security: [],
        responses: { 200: { description: 'The bird.' } },
      },
    },
  },
  webhooks: {
    birdSeen: { post: { operationId: 'birdSeen', summary: 'A bird was seen', tags: ['Birds'], responses: {} } },
  },
  components: {
    parameters: { id: { name: 'id', in: 'path', required: true, schema: { type: 'integer' } } },
    requestBodies: {
      bird: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Bird' },
            examples: { robin: { $ref: '#/components/examples/robin' }, wren: { value: { name: 'Wren' } } },
          },
        },
      },
    },
    responses: { NotFound: { description: 'No such bird.' } },
    examples: { robin: { summary: 'A robin', value: { name: 'Robin' }, 'x-when': { colour: ['red'] } } },
    schemas: {
      Bird: {
        allOf: [{ $ref: '#/components/schemas/Named' }, { $ref: '#/components/schemas/Home' }],
        properties: { id: { type: 'integer' } },
        required: ['id'],
      },
      Named: { type: 'object', properties: { name: { type: 'string' } } },
      Home: {
        oneOf: [
          { properties: { nest: { type: 'string' } }, required: ['nest'] },
          { properties: { nest: { type: 'integer' }, box: { type: 'string' } } },
        ],
      },
      'a/b~c d': { type: 'string', description: 'At the target.', 'x-evidence': 'sample' },
      Alias: { $ref: '#/components/schemas/a~1b~0c%20d', description: 'In between.' },
      Circle: { $ref: '#/components/schemas/Circle' },
    },
  },
};
