import { expect, test } from 'vitest';
import { InvalidValueError, isOneOf, knownValue, parseBoolean, sameValue } from '../src/index.ts';

const wanted = ['round robin', 'load balancing'];

test.each([
  { given: 'Round Robin', want: 'round robin' },
  { given: 'load balancing', want: 'load balancing' },
  { given: 'roundrobin', want: undefined },
  { given: 'round robin ', want: undefined },
  { given: '', want: undefined },
  { given: null, want: undefined },
  { given: undefined, want: undefined },
])('$given is $want', ({ given, want }) => {
  expect(knownValue(given, wanted)).toBe(want);
  expect(isOneOf(given, wanted)).toBe(want !== undefined);
  expect(wanted.map((each) => sameValue(given, each.toUpperCase()))).toEqual(wanted.map((each) => each === want));
});

test.each([
  { given: true, want: true },
  { given: false, want: false },
  { given: 'true', want: true },
  { given: 'True', want: true },
  { given: 'false', want: false },
  { given: 'False', want: false },
])('$given is $want', ({ given, want }) => expect(parseBoolean(given)).toBe(want));

test.each(['', 'yes', '1', '0', ' true', 'null', undefined, null, 0, 1, {}, ['true', 'x']])(
  '%j is neither true nor false',
  (given) => {
    expect(() => parseBoolean(given as never)).toThrow(InvalidValueError);
    expect(() => parseBoolean(given as never)).toThrow('is neither true nor false');
  },
);
