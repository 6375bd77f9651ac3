import { InvalidValueError } from './errors.ts';

/** Smaller numbers, of ten digits at most, are seconds. As milliseconds they would be dates before 27 April 1970. */
const firstMilliseconds = 10_000_000_000;

/**
 * The time of a `/Date(n)/` string of version 1.0. Numbers of ten digits or fewer are read as seconds, since some
 * responses have seconds in place of milliseconds.
 *
 * @throws {InvalidValueError} for any other string.
 */
export function parseJsonDate(text: string): Date {
  const digits = /^\/Date\((-?\d+)\)\/$/.exec(text)?.[1];
  if (digits === undefined) throw new InvalidValueError(`'${text}' is not a date of the form /Date(n)/.`);
  const number = Number(digits);
  const moment = new Date(Math.abs(number) < firstMilliseconds ? number * 1000 : number);
  if (Number.isNaN(moment.getTime())) throw new InvalidValueError(`'${text}' is outside the range of dates.`);
  return moment;
}

/**
 * A time as `yyyy-MM-ddTHH:mm:ss`, local to an offset from UTC: the form that reports and lists accept.
 *
 * @param offset `±hh:mm`. Send the same value as `timezone`. @default '+00:00'
 * @throws {InvalidValueError} for an invalid date or offset.
 */
export function formatLocalDateTime(moment: Date, offset = '+00:00'): string {
  if (Number.isNaN(moment.getTime())) throw new InvalidValueError('The date is invalid.');
  return new Date(moment.getTime() + milliseconds(offset)).toISOString().slice(0, 19);
}

/**
 * The time of a date-time without an offset, read as local to an offset from UTC.
 *
 * @param offset `±hh:mm`, the `timezone` of the request. @default '+00:00'
 * @throws {InvalidValueError} for a string of another form, or an invalid offset.
 */
export function parseLocalDateTime(text: string, offset = '+00:00'): Date {
  const moment = new Date(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/.test(text) ? `${text}Z` : Number.NaN);
  // JavaScript reads 30 February as 2 March.
  if (Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(text.slice(0, 19)))
    throw new InvalidValueError(`'${text}' is not a date-time of the form yyyy-MM-ddTHH:mm:ss.`);
  return new Date(moment.getTime() - milliseconds(offset));
}

function milliseconds(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(offset) ?? [];
  if (!sign) throw new InvalidValueError(`'${offset}' is not an offset of the form ±hh:mm.`);
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
