import { type Case, paths } from './cases.ts';

const item = { get: { responses: {} } };

export const cases: Case[] = [
  {
    given: 'a path that is one reference to a file',
    files: { 'openapi.yaml': paths({ '/api/things': { $ref: 'item.yaml' }, 'x-note': 'hi' }), 'item.yaml': item },
    want: [],
  },
  {
    given: 'a path item written out',
    files: { 'openapi.yaml': paths({ '/api/things': item }) },
    want: [{ at: 'openapi.yaml#/paths/~1api~1things', says: '/api/things is not one reference to a file' }],
  },
  {
    given: 'something beside the reference',
    files: { 'openapi.yaml': paths({ '/api/things': { $ref: 'item.yaml', summary: 'Things' } }), 'item.yaml': item },
    want: [{ at: 'openapi.yaml#/paths/~1api~1things', says: 'here only { $ref:' }],
  },
  {
    given: 'a reference into the document itself',
    files: {
      'openapi.yaml': paths(
        { '/api/things': { $ref: '#/components/pathItems/things' } },
        { components: { pathItems: { things: item } } },
      ),
    },
    want: [{ at: 'openapi.yaml#/paths/~1api~1things', says: '/api/things' }],
  },
  {
    given: 'a webhook written out',
    files: { 'openapi.yaml': paths({}, { webhooks: { chatEnded: { post: { responses: {} } } } }) },
    want: [{ at: 'openapi.yaml#/webhooks/chatEnded', says: 'chatEnded is not one reference' }],
  },
];
