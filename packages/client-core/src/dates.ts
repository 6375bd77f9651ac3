import { InvalidValueError } from './errors.ts';

/** The formats of moments and days, as the description names them. */
export type DateFormat = '/Date(n)/' | 'yyyy-MM-ddTHH:mm:ss' | 'MM/dd/yyyy HH:mm:ss' | 'yyyy-MM-dd' | 'date-time';

/** The formats of durations, as the description names them. */
export type DurationFormat = 'hh:mm:ss' | '12s';

/** The format of a time of the day, or of the week. */
export type TimeOfWeekFormat = 'ddd. hh:mm';

/** The format of an offset from UTC. */
export type OffsetFormat = '±hh:mm';

/**
 * A text with a format. Any text can be assigned to it, but no text with another format, so that the compiler finds a
 * duration that is read as a date, or a date of version 1.0 that is sent to version 2.0.
 */
export type Formatted<Format extends DateFormat | DurationFormat | TimeOfWeekFormat | OffsetFormat> = string & {
  readonly format?: Format | undefined;
};

/** Smaller numbers, of ten digits at most, are seconds. As milliseconds they would be dates before 27 April 1970. */
const firstMilliseconds = 10_000_000_000;

/**
 * The moment of a date in any format of the API:
 *
 * - `/Date(1741338765000)/`. Ten digits or fewer are read as seconds, since some responses have seconds in place of
 *   milliseconds;
 * - `2025-03-07T09:12:45`, also with decimals, and `03/07/2025 09:12:45`: local to `offset`;
 * - `2025-3-7`: the beginning of the day at `offset`;
 * - `2025-03-07T09:12:45Z` and other offsets.
 *
 * @param offset `±hh:mm`, the `timezone` of the request. @default '+00:00'
 * @throws {InvalidValueError} for any other text, a day that does not exist, and an invalid offset.
 * @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 */
export function parseDate(text: Formatted<DateFormat>, offset: Formatted<OffsetFormat> = '+00:00'): Date {
  const digits = /^\/Date\((-?\d+)\)\/$/.exec(text)?.[1];
  if (digits) {
    const number = Number(digits);
    const moment = new Date(Math.abs(number) < firstMilliseconds ? number * 1000 : number);
    if (Number.isNaN(moment.getTime())) throw new InvalidValueError(`'${text}' is outside the range of dates.`);
    return moment;
  }
  const [, year, month = '', day = '', time = '00:00:00', decimals = '', zone = offset] =
    /^(\d{4})-(\d\d?)-(\d\d?)(?:T(\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?)?$/.exec(
      text.replace(/^(\d\d)\/(\d\d)\/(\d{4}) (?=\d)/, '$3-$1-$2T'),
    ) ?? [];
  const local = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}`;
  const moment = new Date(`${local}.${decimals.slice(0, 3).padEnd(3, '0')}Z`);
  // JavaScript reads 30 February as 2 March.
  if (Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(local))
    throw new InvalidValueError(`'${text}' is not a date in a format of the API, such as yyyy-MM-ddTHH:mm:ss.`);
  return new Date(moment.getTime() - 60_000 * (zone === 'Z' ? 0 : parseOffset(zone)));
}

/**
 * A moment in a format of the API. Parts of a second are left out, but in `/Date(n)/` and `date-time`.
 *
 * @param format Such as `yyyy-MM-ddTHH:mm:ss`, which reports and lists take.
 * @param offset `±hh:mm`, to which the text is local; `/Date(n)/` and `date-time` are UTC. Send the same value as
 *   `timezone`. @default '+00:00'
 * @throws {InvalidValueError} for an invalid date, one outside the years 0 to 9999, an unknown format and an invalid offset.
 * @example
 * const timeFrom = formatDate(new Date(), 'yyyy-MM-ddTHH:mm:ss', '+08:00');
 */
export function formatDate<Format extends DateFormat>(
  moment: Date,
  format: Format,
  offset: Formatted<OffsetFormat> = '+00:00',
): Formatted<Format> {
  const time = moment.getTime();
  const utc = isoOf(time);
  const local = isoOf(time + 60_000 * parseOffset(offset));
  const [, year, month, day, clock] = /^(.+)-(..)-(..)T(.{8})/.exec(local) ?? [];
  const texts: Record<DateFormat, string> = {
    '/Date(n)/': `/Date(${time})/`,
    'yyyy-MM-ddTHH:mm:ss': local.slice(0, 19),
    'MM/dd/yyyy HH:mm:ss': `${month}/${day}/${year} ${clock}`,
    'yyyy-MM-dd': local.slice(0, 10),
    'date-time': utc,
  };
  if (!Object.hasOwn(texts, format))
    throw new InvalidValueError(`'${format}' is not a format of dates. Use one of ${Object.keys(texts).join(', ')}.`);
  return texts[format];
}

function isoOf(time: number): string {
  const date = new Date(time);
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  if (!/^\d{4}-/.test(text)) throw new InvalidValueError('The date is invalid, or outside the years 0 to 9999.');
  return text;
}

/**
 * The seconds of a duration: `00:01:50` or `110s`.
 *
 * @throws {InvalidValueError} for any other text.
 */
export function parseDuration(text: Formatted<DurationFormat>): number {
  const [, hours = '0', minutes = '0', seconds] =
    /^(\d+):([0-5]\d):([0-5]\d)$/.exec(text) ?? /^()()(\d+)s$/.exec(text) ?? [];
  if (!seconds) throw new InvalidValueError(`'${text}' is not a duration of the form hh:mm:ss or 12s.`);
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/**
 * A duration as text.
 *
 * @param seconds A whole number of 0 or more.
 * @throws {InvalidValueError} for any other number.
 */
export function formatDuration<Format extends DurationFormat>(seconds: number, format: Format): Formatted<Format> {
  if (!Number.isInteger(seconds) || seconds < 0)
    throw new InvalidValueError(`${seconds} is not a whole number of seconds, 0 or more.`);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return format === '12s' ? `${seconds}s` : parts.map((part) => String(part).padStart(2, '0')).join(':');
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A time of the day, or of the week. */
export interface TimeOfWeek {
  /** 0 for Sunday to 6 for Saturday, as in `Date`; undefined for a time of any day. */
  readonly weekday: number | undefined;
  /** Since the beginning of the day, 0 to 1440. */
  readonly minutes: number;
}

/**
 * The time of a row of a distribution: `09:30` or `Fri. 09:00`. The last row of a day ends at `24:00`.
 *
 * @throws {InvalidValueError} for any other text.
 */
export function parseTimeOfWeek(text: Formatted<TimeOfWeekFormat>): TimeOfWeek {
  const [, day, hours, minutes] = /^(?:([A-Z][a-z]{2})\. )?([01]\d|2[0-4]):([0-5]\d)$/.exec(text) ?? [];
  const weekday = day === undefined ? undefined : weekdays.indexOf(day);
  const total = Number(hours) * 60 + Number(minutes);
  if (weekday === -1 || !(total <= 1440))
    throw new InvalidValueError(`'${text}' is not a time of the form hh:mm or ddd. hh:mm, such as Fri. 09:00.`);
  return { weekday, minutes: total };
}

/** A time of the day, or of the week, as the rows of a distribution have it. @throws {InvalidValueError} for a time that does not exist. */
export function formatTimeOfWeek({ weekday, minutes }: TimeOfWeek): Formatted<TimeOfWeekFormat> {
  const day = weekday === undefined ? '' : weekdays[weekday];
  if (day === undefined || !Number.isInteger(minutes) || minutes < 0 || minutes > 1440)
    throw new InvalidValueError(`${minutes} minutes of day ${weekday} is not a time of the week.`);
  return `${day && `${day}. `}${clockOf(minutes)}`;
}

/** The minutes of an offset from UTC, such as `-03:30`; positive to the east. @throws {InvalidValueError} for any other text. */
export function parseOffset(offset: Formatted<OffsetFormat>): number {
  const [, sign, hours, minutes] = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(offset) ?? [];
  if (!sign) throw new InvalidValueError(`'${offset}' is not an offset of the form ±hh:mm.`);
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * The offset from UTC of a time zone at a moment, for the `timezone` of a request: `+02:00` in summer and `+01:00` in
 * winter for `Europe/Berlin`.
 *
 * @param timeZone A name of the IANA database. @default that of this machine
 * @throws {InvalidValueError} for an invalid date and an unknown name.
 * @see https://www.iana.org/time-zones
 */
export function offsetAt(moment: Date, timeZone?: string): Formatted<OffsetFormat> {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    // `GMT` alone is `+00:00`. Before standard time, offsets have seconds.
    return name.slice(3, 9) || '+00:00';
  } catch (cause) {
    throw new InvalidValueError(`There is no offset: ${(cause as Error).message}.`);
  }
}

function clockOf(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
