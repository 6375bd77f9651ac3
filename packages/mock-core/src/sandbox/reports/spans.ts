import type { Period } from './time.ts';

/** The time that at least one of several periods covers. */
export class Spans {
  /** Apart from each other, in order. */
  readonly #periods: readonly Period[];
  /** How long the periods before each are together. */
  readonly #before: readonly number[];

  constructor(periods: Iterable<Period>) {
    const joined: Period[] = [];
    for (const { from, to } of [...periods].sort((one, other) => one.from - other.from)) {
      const last = joined.at(-1);
      if (to <= from) continue;
      if (last && from <= last.to) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, to) };
      else joined.push({ from, to });
    }
    let length = 0;
    this.#before = joined.map(({ from, to }) => {
      length += to - from;
      return length - (to - from);
    });
    this.#periods = joined;
  }

  /** The time that this or the other covers. */
  or(other: Spans): Spans {
    return new Spans([...this.#periods, ...other.#periods]);
  }

  /** How much of a period is covered, in milliseconds. */
  within({ from, to }: Period): number {
    return to <= from ? 0 : this.#until(to) - this.#until(from);
  }

  #until(instant: number): number {
    const index = lastAtOrBefore(this.#periods, instant, ({ from }) => from);
    const period = this.#periods[index];
    return period ? (this.#before[index] ?? 0) + Math.min(instant, period.to) - period.from : 0;
  }
}

/** How many periods cover each moment. */
export class Levels {
  /** From when on there are how many, in order. */
  readonly #steps: readonly { readonly time: number; readonly level: number }[];

  constructor(periods: readonly Period[]) {
    const changes = new Map<number, number>();
    for (const { from, to } of periods) {
      if (to <= from) continue;
      changes.set(from, (changes.get(from) ?? 0) + 1);
      changes.set(to, (changes.get(to) ?? 0) - 1);
    }
    let level = 0;
    this.#steps = [...changes]
      .sort(([one], [other]) => one - other)
      .map(([time, change]) => {
        level += change;
        return { time, level };
      });
  }

  /** The largest number at any moment of a period. */
  most({ from, to }: Period): number {
    let index = lastAtOrBefore(this.#steps, from, ({ time }) => time);
    let most = this.#steps[index]?.level ?? 0;
    for (index++; index < this.#steps.length; index++) {
      const step = this.#steps[index];
      if (!step || step.time >= to) break;
      most = Math.max(most, step.level);
    }
    return most;
  }
}

/** The index of the last item whose time is not after an instant; -1 where there is none. */
function lastAtOrBefore<Item>(items: readonly Item[], instant: number, timeOf: (item: Item) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && timeOf(item) <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
