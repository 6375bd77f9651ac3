import { type Case, get, getAt, paths, response, responseAt, schema, schemaAt } from './cases.ts';

const list = 'packages/description/src/extensions.ts';
const document = (node: object) => ({ 'openapi.yaml': schema({ type: 'string', ...node }) });
const domain = { domain: 'old.example', successor: 'new.example', since: '2020-03-20' };
const servers = (value: unknown) => ({
  'openapi.yaml': paths({}, { servers: [{ url: 'https://new.example', 'x-retired-domains': value }] }),
});
const token = { scheme: 'bearer', token: 'access_token', user: 'username', password: 'password' };

export const cases: Case[] = [
  { given: 'a known name in its place', files: document({ 'x-aliases': ['Id'], 'x-format': '±hh:mm' }), want: [] },
  {
    given: 'a property that is called like an extension',
    files: document({ properties: { 'x-alias': { type: 'string' } } }),
    want: [],
  },
  {
    given: 'data of an example that is called like an extension',
    files: { 'openapi.yaml': response({ examples: { one: { value: { 'x-alias': 1 } } } }) },
    want: [],
  },
  { given: 'a domain that is no longer served', files: servers([domain]), want: [] },
  {
    given: 'domains in a file',
    files: { ...servers({ $ref: 'domains.yaml' }), 'domains.yaml': [domain] },
    want: [],
  },
  {
    given: 'a token with a site',
    files: { 'openapi.yaml': get({ 'x-issues-token': { ...token, site: 's' } }) },
    want: [],
  },
  {
    given: 'an unknown name on a schema',
    files: document({ 'x-alias': ['Id'] }),
    want: [
      {
        at: `${schemaAt}/x-alias`,
        says: `x-alias on this Schema is unknown, so nothing reads it. Write x-aliases, or add it to ${list}`,
      },
    ],
  },
  {
    given: 'an unknown name on an operation',
    files: { 'openapi.yaml': get({ 'x-permissions': 'Manage Things' }) },
    want: [
      {
        at: `${getAt}/x-permissions`,
        says: 'x-permissions on this Operation is unknown, so nothing reads it. Write x-permission,',
      },
    ],
  },
  {
    given: 'an unknown name at the top of the document',
    files: { 'openapi.yaml': paths({}, { 'x-sources': 'v2' }) },
    want: [{ at: 'openapi.yaml#/x-sources', says: 'x-sources on this Root is unknown' }],
  },
  {
    given: 'an unknown name beside a reference',
    files: {
      'openapi.yaml': schema({ type: 'object', properties: { id: { $ref: 'Id.yaml', 'x-evidence-notes': 'So.' } } }),
      'Id.yaml': { type: 'integer' },
    },
    want: [{ at: `${schemaAt}/properties/id/x-evidence-notes`, says: 'Write x-evidence-note,' }],
  },
  {
    given: 'a name of operations on a schema',
    files: document({ 'x-permission': 'Manage Things' }),
    want: [
      { at: `${schemaAt}/x-permission`, says: 'is not allowed on Schema, where nothing reads it, but on Operation' },
    ],
  },
  {
    given: 'a name of schemas beside a reference to a parameter',
    files: {
      'openapi.yaml': get({ parameters: [{ $ref: 'page.yaml', 'x-format': 'whole' }] }),
      'page.yaml': { name: 'page', in: 'query', schema: { type: 'integer' } },
    },
    want: [{ at: `${getAt}/parameters/0/x-format`, says: 'is not allowed on Parameter' }],
  },
  {
    given: 'evidence on an example',
    files: { 'openapi.yaml': response({ examples: { one: { value: 1, 'x-evidence': 'sample' } } }) },
    want: [{ at: `${responseAt}/examples/one/x-evidence`, says: 'is not allowed on Example' }],
  },
  {
    given: 'one alias that is not in a list',
    files: document({ 'x-aliases': 'Id' }),
    want: [{ at: `${schemaAt}/x-aliases`, says: 'has another form than expected. Write it as in [siteid]' }],
  },
  {
    given: 'aliases of values in a list',
    files: document({ 'x-value-aliases': ['Online'] }),
    want: [{ at: `${schemaAt}/x-value-aliases`, says: 'Write it as in { Online: online }' }],
  },
  {
    given: 'a form that is not text',
    files: document({ 'x-format': 8 }),
    want: [{ at: `${schemaAt}/x-format`, says: 'Write it as in ±hh:mm' }],
  },
  {
    given: 'a domain that ended without a successor',
    files: servers([{ domain: 'old.example', since: '2020-03-20' }]),
    want: [{ at: 'openapi.yaml#/servers/0/x-retired-domains', says: 'successor: new.example.com' }],
  },
  {
    given: 'a token without a scheme',
    files: { 'openapi.yaml': get({ 'x-issues-token': { ...token, scheme: undefined } }) },
    want: [{ at: `${getAt}/x-issues-token`, says: 'Write it as in { scheme: bearer' }],
  },
];
