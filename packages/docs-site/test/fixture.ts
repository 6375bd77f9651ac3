import type { Company, Document, OperationObject, Schema } from '@comm100-openapi/description';

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

/** An operation with only what is required. */
export function operationWith(more: Partial<OperationObject> = {}): OperationObject {
  return { operationId: 'getTent', summary: 'Get a tent', tags: ['Tents'], responses: {}, ...more };
}

export const demo: Company = {
  site: { id: 10001, name: 'Larkspur', edition: 'enterprise' },
  agents: [{ id: 1, email: 'maya@larkspur.example', apiKey: 'key', password: 'secret', permissions: 'all' }],
  partner: { email: 'partners@trailhead.example', password: 'secret' },
};
