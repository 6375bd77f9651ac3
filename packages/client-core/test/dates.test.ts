import { describe, expect, test } from 'vitest';
import { formatLocalDateTime, InvalidValueError, parseJsonDate, parseLocalDateTime } from '../src/index.ts';

describe('/Date(n)/', () => {
  test.each([
    { given: '/Date(1741338765000)/', want: '2025-03-07T09:12:45.000Z' },
    { given: '/Date(1358453897)/', want: '2013-01-17T20:18:17.000Z' },
    { given: '/Date(-1000)/', want: '1969-12-31T23:43:20.000Z' },
  ])('$given', ({ given, want }) => expect(parseJsonDate(given).toISOString()).toBe(want));

  test.each(['', '/Date()/', 'Date(1)', '2025-03-07', '/Date(1)/ ', '/Date(99999999999999999)/'])(
    'rejects "%s"',
    (given) => expect(() => parseJsonDate(given)).toThrow(InvalidValueError),
  );
});

describe('a date-time without an offset', () => {
  test.each([
    { text: '2025-03-07T09:12:45', offset: '+00:00', want: '2025-03-07T09:12:45.000Z' },
    { text: '2025-03-07T09:12:45.027', offset: '+08:00', want: '2025-03-07T01:12:45.027Z' },
    { text: '2025-01-01T00:00:00', offset: '-03:30', want: '2025-01-01T03:30:00.000Z' },
  ])('$text at $offset is $want', ({ text, offset, want }) => {
    const moment = parseLocalDateTime(text, offset);
    expect(moment.toISOString()).toBe(want);
    expect(formatLocalDateTime(moment, offset)).toBe(text.slice(0, 19));
  });

  test.each([
    '2025-03-07',
    '2025-03-07T09:12:45Z',
    '2025-13-07T09:12:45',
    '2025-02-30T00:00:00',
    '2025-03-07T24:00:00',
    '',
  ])('rejects "%s"', (given) => expect(() => parseLocalDateTime(given)).toThrow(InvalidValueError));
  test.each(['8', '+8:00', 'UTC', 'Europe/Berlin', '+15:00', '+08:60'])('rejects the offset "%s"', (offset) =>
    expect(() => formatLocalDateTime(new Date(0), offset)).toThrow('is not an offset'),
  );
  test('rejects an invalid date', () => expect(() => formatLocalDateTime(new Date('x'))).toThrow(InvalidValueError));
});
