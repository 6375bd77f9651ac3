import { type Case, schema, schemaAt } from './cases.ts';

const document = (node: object) => ({ 'openapi.yaml': schema(node) });
const two = { 'x-enum-descriptions': ['The first.', 'The second.'] };

export const cases: Case[] = [
  { given: 'a sentence for each value', files: document({ enum: ['a', 'b'], ...two }), want: [] },
  { given: 'one value without a sentence', files: document({ enum: ['a'] }), want: [] },
  {
    given: 'numbers with names',
    files: document({ enum: [0, 2], ...two, 'x-enum-varnames': ['online', 'offline'] }),
    want: [],
  },
  {
    given: 'no sentences',
    files: document({ enum: ['a', 'b'] }),
    want: [
      {
        at: `${schemaAt}/enum`,
        says: 'x-enum-descriptions has 0 entries for 2 values. Add a sentence for each of: a, b',
      },
    ],
  },
  {
    given: 'a sentence too few',
    files: document({ enum: ['a', 'b', 'c'], ...two }),
    want: [{ at: `${schemaAt}/x-enum-descriptions`, says: 'has 2 entries for 3 values' }],
  },
  {
    given: 'something that is not a sentence',
    files: document({ enum: ['a', 'b'], 'x-enum-descriptions': ['The first.', 'second'] }),
    want: [{ at: `${schemaAt}/x-enum-descriptions`, says: "of 'b' starts with neither" }],
  },
  {
    given: 'numbers without names',
    files: document({ enum: [0, 2], ...two }),
    want: [{ at: `${schemaAt}/enum`, says: 'x-enum-varnames has 0 entries for 2 values' }],
  },
  {
    given: 'a name that is not in camelCase',
    files: document({ enum: [0, 2], ...two, 'x-enum-varnames': ['online', 'Off line'] }),
    want: [{ at: `${schemaAt}/x-enum-varnames`, says: "has 'Off line'" }],
  },
  {
    given: 'a name twice',
    files: document({ enum: [0, 2], ...two, 'x-enum-varnames': ['online', 'online'] }),
    want: [{ at: `${schemaAt}/x-enum-varnames`, says: 'has a name twice' }],
  },
  {
    given: 'sentences without an enum',
    files: document({ type: 'string', ...two }),
    want: [{ at: `${schemaAt}/x-enum-descriptions`, says: 'is on a schema without an enum' }],
  },
];
