import { describe, expect, test } from 'vitest';
import {
  type DateFormat,
  formatDate,
  formatDuration,
  formatTimeOfWeek,
  InvalidValueError,
  offsetAt,
  parseDate,
  parseDuration,
  parseOffset,
  parseTimeOfWeek,
} from '../src/index.ts';

describe('a date', () => {
  test.each([
    '',
    ' 2025-03-07',
    '2025-03-07\n',
    '2025-03',
    '2025-13-07',
    '2025-02-30',
    '2025-2-30',
    '2025-02-30T00:00:00',
    '2025-03-07T24:00:00',
    '2025-03-07T23:59:60',
    '2025-03-07T09:12',
    '2025-03-07 09:12:45',
    '2025-03-07T09:12:45.',
    '2025-03-07T09:12:45+08:60',
    '2025-03-07T09:12:45+0800',
    '13/07/2025 09:12:45',
    '02/30/2025 09:12:45',
    '3/7/2025 09:12:45',
    '03/07/2025',
    '7 March 2025',
    '1741338765000',
    '/Date()/',
    'Date(1)',
    '/Date(1)/ ',
    '/Date(99999999999999999)/',
    '09:12:45',
    '12s',
  ])('rejects %j', (given) => {
    expect(() => parseDate(given)).toThrow(InvalidValueError);
    expect(() => parseDate(given)).toThrow(/ is (not a date|not an offset|outside the range)/);
  });

  test.each([
    { given: '/Date(1741338765000)/', want: '2025-03-07T09:12:45.000Z' },
    { given: '/Date(1358453897)/', want: '2013-01-17T20:18:17.000Z' },
    { given: '/Date(-1000)/', want: '1969-12-31T23:43:20.000Z' },
    { given: '2025-03-07T09:12:45', want: '2025-03-07T09:12:45.000Z' },
    { given: '2025-03-07T09:12:45.5', want: '2025-03-07T09:12:45.500Z' },
    { given: '2025-03-07T09:12:45.1239999', want: '2025-03-07T09:12:45.123Z' },
    { given: '03/07/2025 09:12:45', want: '2025-03-07T09:12:45.000Z' },
    { given: '2025-03-07', want: '2025-03-07T00:00:00.000Z' },
    { given: '2025-3-7', want: '2025-03-07T00:00:00.000Z' },
    { given: '2024-02-29', want: '2024-02-29T00:00:00.000Z' },
    { given: '2025-03-07T09:12:45.027Z', want: '2025-03-07T09:12:45.027Z' },
    { given: '2025-03-07T09:12:45-03:30', want: '2025-03-07T12:42:45.000Z' },
  ])('$given is $want', ({ given, want }) => expect(parseDate(given).toISOString()).toBe(want));

  test.each<{ format: DateFormat; offset: string; text: string; moment: string }>([
    {
      format: 'yyyy-MM-ddTHH:mm:ss',
      offset: '+00:00',
      text: '2025-03-07T09:12:45',
      moment: '2025-03-07T09:12:45.000Z',
    },
    {
      format: 'yyyy-MM-ddTHH:mm:ss',
      offset: '+08:00',
      text: '2025-03-07T09:12:45',
      moment: '2025-03-07T01:12:45.000Z',
    },
    {
      format: 'yyyy-MM-ddTHH:mm:ss',
      offset: '-03:30',
      text: '2025-01-01T00:00:00',
      moment: '2025-01-01T03:30:00.000Z',
    },
    {
      format: 'MM/dd/yyyy HH:mm:ss',
      offset: '+08:00',
      text: '03/07/2025 09:12:45',
      moment: '2025-03-07T01:12:45.000Z',
    },
    {
      format: 'MM/dd/yyyy HH:mm:ss',
      offset: '-05:00',
      text: '12/31/2024 20:00:00',
      moment: '2025-01-01T01:00:00.000Z',
    },
    { format: 'yyyy-MM-dd', offset: '+08:00', text: '2025-03-07', moment: '2025-03-06T16:00:00.000Z' },
    // These say themselves to what they are local.
    { format: '/Date(n)/', offset: '+08:00', text: '/Date(1741338765027)/', moment: '2025-03-07T09:12:45.027Z' },
    { format: 'date-time', offset: '+08:00', text: '2025-03-07T09:12:45.027Z', moment: '2025-03-07T09:12:45.027Z' },
  ])('$text at $offset is $moment, and back', ({ format, offset, text, moment }) => {
    expect(parseDate(text, offset).toISOString()).toBe(moment);
    expect(formatDate(new Date(moment), format, offset)).toBe(text);
  });

  test('is made without parts of a second, and to the day before midnight', () => {
    const moment = new Date('2025-03-07T23:59:59.999Z');
    expect(formatDate(moment, 'yyyy-MM-ddTHH:mm:ss')).toBe('2025-03-07T23:59:59');
    expect(formatDate(moment, 'yyyy-MM-dd')).toBe('2025-03-07');
    expect(formatDate(moment, 'yyyy-MM-dd', '+00:01')).toBe('2025-03-08');
  });

  test.each([
    { given: [new Date('x'), 'date-time'], want: 'The date is invalid' },
    { given: [new Date(8.64e15), 'yyyy-MM-dd'], want: 'outside the years' },
    { given: [new Date('9999-12-31T23:00:00Z'), 'yyyy-MM-dd', '+02:00'], want: 'outside the years' },
    { given: [new Date(0), 'dd.MM.yyyy'], want: "'dd.MM.yyyy' is not a format of dates. Use one of /Date(n)/," },
    { given: [new Date(0), 'toString'], want: 'is not a format of dates' },
    ...['8', '+8:00', 'UTC', 'Europe/Berlin', '+15:00', '+08:60'].map((offset) => ({
      given: [new Date(0), 'yyyy-MM-dd', offset],
      want: `'${offset}' is not an offset of the form ±hh:mm`,
    })),
  ])('is not made of $given', ({ given, want }) => {
    const make = () => formatDate(...(given as Parameters<typeof formatDate>));
    expect(make).toThrow(InvalidValueError);
    expect(make).toThrow(want);
  });
});

describe('a duration', () => {
  test.each([
    { format: 'hh:mm:ss', text: '00:00:00', seconds: 0 },
    { format: 'hh:mm:ss', text: '00:01:50', seconds: 110 },
    { format: 'hh:mm:ss', text: '27:00:01', seconds: 97_201 },
    { format: '12s', text: '0s', seconds: 0 },
    { format: '12s', text: '110s', seconds: 110 },
  ] as const)('$text has $seconds seconds, and back', ({ format, text, seconds }) => {
    expect(parseDuration(text)).toBe(seconds);
    expect(formatDuration(seconds, format)).toBe(text);
  });

  test.each(['', '12', 's', '-1s', '1.5s', '01:50', '00:60:00', '00:00:60', '00:00:01.5', '12 s', '1:2:3'])(
    'rejects %j',
    (given) => expect(() => parseDuration(given)).toThrow(`'${given}' is not a duration of the form hh:mm:ss or 12s.`),
  );
  test.each([-1, 1.5, Number.NaN])('is not made of %s seconds', (given) =>
    expect(() => formatDuration(given, '12s')).toThrow(InvalidValueError),
  );
});

describe('a time of the week', () => {
  test.each([
    { text: '00:00', time: { weekday: undefined, minutes: 0 } },
    { text: '09:30', time: { weekday: undefined, minutes: 570 } },
    { text: 'Sun. 09:00', time: { weekday: 0, minutes: 540 } },
    { text: 'Sat. 24:00', time: { weekday: 6, minutes: 1440 } },
  ])('$text', ({ text, time }) => {
    expect(parseTimeOfWeek(text)).toEqual(time);
    expect(formatTimeOfWeek(time)).toBe(text);
  });

  test.each(['', '24:01', '25:00', '9:30', '09:60', 'Fri 09:00', 'Frx. 09:00', 'Friday. 09:00', '2025-03-07T09:00:00'])(
    'rejects %j',
    (given) => expect(() => parseTimeOfWeek(given)).toThrow(`'${given}' is not a time of the form`),
  );
  test.each([
    { weekday: 7, minutes: 0 },
    { weekday: undefined, minutes: 1441 },
    { weekday: 1, minutes: 0.5 },
    { weekday: 1, minutes: -1 },
  ])('is not made of $given', (given) => expect(() => formatTimeOfWeek(given)).toThrow(InvalidValueError));
});

describe('an offset', () => {
  test.each([
    { text: '+00:00', minutes: 0 },
    { text: '+08:00', minutes: 480 },
    { text: '-03:30', minutes: -210 },
    { text: '+14:00', minutes: 840 },
  ])('$text', ({ text, minutes }) => expect(parseOffset(text)).toBe(minutes));

  test.each([
    { zone: 'Europe/Berlin', moment: '2025-03-30T00:59:59Z', want: '+01:00' },
    { zone: 'Europe/Berlin', moment: '2025-03-30T01:00:00Z', want: '+02:00' },
    { zone: 'America/St_Johns', moment: '2025-01-01T00:00:00Z', want: '-03:30' },
    { zone: 'Asia/Kathmandu', moment: '2025-01-01T00:00:00Z', want: '+05:45' },
    { zone: 'UTC', moment: '2025-01-01T00:00:00Z', want: '+00:00' },
    // Local mean time has seconds, which no offset has.
    { zone: 'Europe/Berlin', moment: '1800-01-01T00:00:00Z', want: '+00:53' },
  ])('of $zone at $moment is $want', ({ zone, moment, want }) => {
    expect(offsetAt(new Date(moment), zone)).toBe(want);
  });

  test.each([
    { moment: new Date(0), zone: 'Europe/Nowhere', want: 'There is no offset: Invalid time zone' },
    { moment: new Date('x'), zone: 'UTC', want: 'There is no offset: ' },
  ])('of $zone is an error', ({ moment, zone, want }) => {
    expect(() => offsetAt(moment, zone)).toThrow(InvalidValueError);
    expect(() => offsetAt(moment, zone)).toThrow(want);
  });
});
