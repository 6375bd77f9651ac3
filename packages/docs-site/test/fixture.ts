import type { Document, Operation, Schema } from '../src/model/openapi.ts';

/** A document with the given components and nothing else. */
export function documentWith(schemas: Record<string, Schema>, paths: Document['paths'] = {}): Document {
  return {
    openapi: '3.1.1',
    info: { title: 'Tents', version: '2.0' },
    servers: [{ url: 'https://tents.example' }],
    security: [{ basicAuth: [] }],
    tags: [{ name: 'Tents', description: 'Places to sleep.' }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        basicAuth: { type: 'http', scheme: 'basic' },
        partnerToken: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

/** An operation that says as little as it can. */
export function operationWith(more: Partial<Operation> = {}): Operation {
  return { operationId: 'getTent', summary: 'Get a tent', tags: ['Tents'], responses: {}, ...more };
}

export const demo = {
  site: { id: 10001, name: 'Larkspur' },
  agents: [{ email: 'maya@larkspur.example', apiKey: 'key', password: 'secret' }],
  partner: { email: 'partners@trailhead.example', password: 'secret' },
};
