import { type Case, get, getAt } from './cases.ts';

const good = {
  summary: 'List things',
  description: 'All things of the site.',
  tags: ['Things'],
  'x-permission': null,
  'x-source': { document: 'v2/Things.md', heading: 'Get a list of things' },
};
/** The same with one field changed; `undefined` removes it. */
const but = (change: object) => ({ 'openapi.yaml': get(JSON.parse(JSON.stringify({ ...good, ...change }))) });

export const cases: Case[] = [
  { given: 'all that is asked for', files: but({}), want: [] },
  {
    given: 'a documented permission and a known edition',
    files: but({ 'x-permission': 'Manage Agent & Agent Groups', 'x-edition': ['enterprise'] }),
    want: [],
  },
  {
    given: 'nothing said of a permission',
    files: but({ 'x-permission': undefined }),
    want: [{ at: getAt, says: 'x-permission of GET /api/things is missing. Name the permission, or write null' }],
  },
  {
    given: 'no summary',
    files: but({ summary: undefined }),
    want: [{ at: getAt, says: 'summary of GET /api/things is missing' }],
  },
  {
    given: 'a description that is not a sentence',
    files: but({ description: 'All things' }),
    want: [{ at: `${getAt}/description`, says: 'does not end with a full stop' }],
  },
  {
    given: 'two tags',
    files: but({ tags: ['Things', 'Other'] }),
    want: [{ at: `${getAt}/tags`, says: 'is not one tag' }],
  },
  {
    given: 'no source',
    files: but({ 'x-source': undefined }),
    want: [{ at: getAt, says: 'x-source of GET /api/things is not { document, heading }' }],
  },
  {
    given: 'a source without its heading',
    files: but({ 'x-source': { document: 'v2/Things.md' } }),
    want: [{ at: `${getAt}/x-source`, says: 'Name where it is documented' }],
  },
  {
    given: 'a permission that no document names',
    files: but({ 'x-permission': 'Manage Things' }),
    want: [{ at: `${getAt}/x-permission`, says: "is 'Manage Things', which no document names. Use one of" }],
  },
  {
    given: 'an edition that is not a list',
    files: but({ 'x-edition': 'enterprise' }),
    want: [{ at: `${getAt}/x-edition`, says: '[business, enterprise]' }],
  },
  {
    given: 'an unknown edition',
    files: but({ 'x-edition': ['enterprise', 'gold'] }),
    want: [{ at: `${getAt}/x-edition`, says: 'is not a list of editions' }],
  },
];
