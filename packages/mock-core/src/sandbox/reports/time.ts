import { ServiceError } from '../../exchange.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** From an instant on and before another, in milliseconds since 1970 UTC. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export type Unit = 'halfHour' | 'hour' | 'day' | 'week' | 'month';

/** A report has no more periods than this, so that no request can fill the memory. */
const mostPeriods = 200_000;

/**
 * A time zone: its local times as milliseconds, as if they were UTC.
 *
 * Where clocks go forward, a local time that they skip is read with the offset from before, so that a day without
 * midnight begins when the clocks change. Where they go back, a local time that comes twice is the first one.
 */
export class Zone {
  readonly #offsetAt: (instant: number) => number;

  /**
   * @param name An offset such as `+08:00`, or a name of the IANA time zone database such as `Europe/Berlin`.
   * @throws {ServiceError} 400 where it is neither.
   */
  constructor(name: string) {
    const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(name) ?? [];
    if (sign) {
      const offset = (sign === '-' ? -1 : 1) * (Number(hours) * hour + Number(minutes) * minute);
      if (Math.abs(offset) > 18 * hour || Number(minutes) > 59) throw unknownZone(name);
      this.#offsetAt = () => offset;
    } else {
      this.#offsetAt = remembered(clockOf(name));
    }
  }

  local(instant: number): number {
    return instant + this.#offsetAt(instant);
  }

  instant(local: number): number {
    const before = this.#offsetAt(local - day);
    const after = this.#offsetAt(local + day);
    if (before === after || this.#offsetAt(local - before) === before) return local - before;
    return this.#offsetAt(local - after) === after ? local - after : local - before;
  }

  /** The periods of a range: each begins at a full hour, day, … of the zone, but the first one with the range. */
  periods({ from, to }: Period, unit: Unit): Period[] {
    const periods: Period[] = [];
    for (let start = from; start < to; ) {
      const end = Math.min(this.#next(start, unit), to);
      periods.push({ from: start, to: end });
      if (periods.length > mostPeriods) {
        throw new ServiceError(400, 'The range from timeFrom to timeTo is too long for its group.');
      }
      start = end;
    }
    return periods;
  }

  /** Where the next period begins. Weeks begin on Sunday, as in the samples of the distributions. */
  #next(instant: number, unit: Unit): number {
    const local = this.local(instant);
    if (unit === 'hour') return instant + hour - modulo(local, hour);
    if (unit === 'halfHour') return instant + hour / 2 - modulo(local, hour / 2);
    const midnight = local - modulo(local, day);
    const date = new Date(midnight);
    if (unit === 'day') date.setUTCDate(date.getUTCDate() + 1);
    if (unit === 'week') date.setUTCDate(date.getUTCDate() + 7 - date.getUTCDay());
    if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + 1, 1);
    return this.instant(date.getTime());
  }

  /** `2025-03-07T09:30:00`, with decimals only where there are any. */
  text(instant: number): string {
    return new Date(this.local(instant)).toISOString().replace(/(\.000)?Z$/, '');
  }

  /** The instant of a text such as `2025-03-07T09:30:00`. @throws {ServiceError} 400 where there is no such time. */
  parse(name: string, text: string): number {
    const local = Date.parse(`${text}Z`);
    const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/.test(text);
    // A date such as 30 February is read as one of March.
    if (!isTime || Number.isNaN(local) || new Date(local).toISOString().slice(0, 19) !== text.slice(0, 19)) {
      throw new ServiceError(400, `${name} is not a time: write it as yyyy-MM-ddTHH:mm:ss.`);
    }
    return this.instant(local);
  }

  /** The day that an instant is in, until that instant. */
  dayUntil(instant: number): Period {
    const local = this.local(instant);
    return { from: this.instant(local - modulo(local, day)), to: instant };
  }
}

/** Where a period is in a day (`halfHour`) or in a week from Sunday (`hour`), and the day that it is on. */
export function slotOf(zone: Zone, { from }: Period, unit: 'halfHour' | 'hour'): { slot: number; date: number } {
  const local = zone.local(from);
  const date = Math.floor(local / day);
  const time = modulo(local, day);
  return unit === 'halfHour'
    ? { slot: Math.floor(time / (hour / 2)), date }
    : { slot: new Date(local).getUTCDay() * 24 + Math.floor(time / hour), date };
}

/** The bounds of a slot: `{ from: '23:30', to: '24:00' }`, `{ from: 'Sat. 23:00', to: 'Sat. 24:00' }`. */
export function slotText(slot: number, unit: 'halfHour' | 'hour'): { from: string; to: string } {
  const perDay = unit === 'halfHour' ? 48 : 24;
  const names = unit === 'halfHour' ? [''] : ['Sun. ', 'Mon. ', 'Tue. ', 'Wed. ', 'Thu. ', 'Fri. ', 'Sat. '];
  const text = (index: number) => {
    const minutes = index * (1440 / perDay);
    return `${names[Math.floor(slot / perDay)]}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  };
  return { from: text(slot % perDay), to: text((slot % perDay) + 1) };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** The remainder that is never negative. */
function modulo(number: number, divisor: number): number {
  return ((number % divisor) + divisor) % divisor;
}

/** The clock of a named zone: from an instant to the local time, to the second, as if it were UTC. */
function clockOf(name: string): (instant: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      ...{ era: 'short', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  } catch {
    throw unknownZone(name);
  }
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
    const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
    const date = new Date(0);
    date.setUTCFullYear(year, part('month') - 1, part('day'));
    date.setUTCHours(part('hour'), part('minute'), part('second'));
    return date.getTime();
  };
}

/**
 * The offset of a clock. It asks the clock for the offset at the beginning and the end of a day in UTC, and once more
 * only within a day on which the two differ: no zone changes its clocks twice in a day.
 */
function remembered(clock: (instant: number) => number): (instant: number) => number {
  const offset = (instant: number) => clock(instant) - Math.floor(instant / 1000) * 1000;
  const known = new Map<number, number>();
  const atStart = (date: number) => {
    const found = known.get(date) ?? offset(date * day);
    known.set(date, found);
    return found;
  };
  return (instant) => {
    const date = Math.floor(instant / day);
    const start = atStart(date);
    return start === atStart(date + 1) ? start : offset(instant);
  };
}

function unknownZone(name: string): ServiceError {
  return new ServiceError(400, `timezone ${JSON.stringify(name.slice(0, 40))} is not an offset such as +08:00.`);
}
