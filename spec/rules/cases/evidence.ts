import { type Case, get, getAt, schema, schemaAt } from './cases.ts';

const document = (node: object) => ({ 'openapi.yaml': schema({ type: 'integer', ...node }) });
const note = 'A sample has it.';

export const cases: Case[] = [
  { given: 'what is documented, without a note', files: document({ 'x-evidence': 'documented' }), want: [] },
  {
    given: 'a kind of evidence and a note',
    files: document({ 'x-evidence': 'sample', 'x-evidence-note': note }),
    want: [],
  },
  { given: 'nothing, which means documented', files: document({}), want: [] },
  {
    given: 'another kind',
    files: document({ 'x-evidence': 'guessed', 'x-evidence-note': note }),
    want: [{ at: `${schemaAt}/x-evidence`, says: "x-evidence is 'guessed'. Use 'documented'" }],
  },
  {
    given: 'evidence without a note',
    files: document({ 'x-evidence': 'sample' }),
    want: [{ at: `${schemaAt}/x-evidence`, says: 'has no x-evidence-note' }],
  },
  {
    given: 'a note without evidence',
    files: document({ 'x-evidence-note': note }),
    want: [{ at: `${schemaAt}/x-evidence-note`, says: 'has no x-evidence beside it' }],
  },
  {
    given: 'a note that is not a sentence',
    files: document({ 'x-evidence': 'sample', 'x-evidence-note': 'seen once' }),
    want: [{ at: `${schemaAt}/x-evidence-note`, says: 'Write a whole sentence' }],
  },
  {
    given: 'a note of 301 characters',
    files: document({ 'x-evidence': 'sample', 'x-evidence-note': `A${'a'.repeat(299)}.` }),
    want: [{ at: `${schemaAt}/x-evidence-note`, says: 'has 301 characters, and at most 300 are allowed' }],
  },
  {
    given: 'a fault beside a reference',
    files: {
      'openapi.yaml': schema({ type: 'object', properties: { id: { $ref: 'Id.yaml', 'x-evidence': 'sample' } } }),
      'Id.yaml': { type: 'integer' },
    },
    want: [{ at: `${schemaAt}/properties/id/x-evidence`, says: 'has no x-evidence-note' }],
  },
  {
    given: 'a fault on an operation',
    files: { 'openapi.yaml': get({ 'x-evidence': 'inferred' }) },
    want: [{ at: `${getAt}/x-evidence`, says: 'has no x-evidence-note' }],
  },
  {
    given: 'a fault on a parameter',
    files: {
      'openapi.yaml': get({
        parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' }, 'x-evidence-note': note }],
      }),
    },
    want: [{ at: `${getAt}/parameters/0/x-evidence-note`, says: 'has no x-evidence' }],
  },
];
