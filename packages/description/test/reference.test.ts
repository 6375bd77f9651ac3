import { describe, expect, test } from 'vitest';
import { lookUp, nameOf, resolve, type Schema, UnresolvedReference } from '../src/index.ts';
import { document } from './fixture.ts';

describe('a reference that cannot be followed names itself and the reason', () => {
  test.each([
    { given: '#/components/schemas/Bat', want: 'Cannot resolve $ref "#/components/schemas/Bat": there is no "Bat".' },
    { given: '#/components/schemas/Bird/toString', want: /there is no "toString"/ },
    { given: 'birds.yaml', want: 'Cannot resolve $ref "birds.yaml": it points out of the bundle.' },
    { given: '#/components/schemas/Circle', want: /it refers to itself/ },
  ])('$given', ({ given, want }) => {
    const attempt = () => resolve<Schema>(document, { $ref: given });
    expect(attempt).toThrow(UnresolvedReference);
    expect(attempt).toThrow(want);
  });
});

describe('what is written beside a $ref is kept, the outermost first', () => {
  const target = { type: 'string', 'x-evidence': 'sample' };
  test.each([
    { given: { $ref: '#/components/schemas/a~1b~0c%20d' }, want: { ...target, description: 'At the target.' } },
    { given: { $ref: '#/components/schemas/Alias' }, want: { ...target, description: 'In between.' } },
    {
      given: { $ref: '#/components/schemas/Alias', description: 'Here.', 'x-evidence': 'inferred' as const },
      want: { type: 'string', description: 'Here.', 'x-evidence': 'inferred' },
    },
    { given: { type: 'integer' }, want: { type: 'integer' } },
  ])('$given', ({ given, want }) => {
    expect(resolve<Schema>(document, given)).toEqual(want);
  });
});

test('a pointer is decoded: ~1, ~0 and percent signs', () => {
  expect(lookUp(document, '#/paths/~1birds~1{id}/get/operationId')).toBe('getBird');
  expect(nameOf('#/components/schemas/a~1b~0c%20d')).toBe('a/b~c d');
});
