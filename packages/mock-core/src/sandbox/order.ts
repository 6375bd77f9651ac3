import { timeOf } from './project.ts';
import type { Collection, Entity, Store } from './store.ts';

/** Some keys in their order. */
export interface Keys {
  readonly length: number;
  /** As of a list. */
  slice(from?: number, to?: number): readonly string[];
}

/** The keys of a kind in the order of a time. */
export interface Order {
  /** The keys from a time on and before another, in milliseconds since 1970. */
  between(from: number, to: number): Keys;
}

interface Sorted {
  readonly times: readonly number[];
  readonly keys: readonly string[];
}

/** The seed is sorted once, for all worlds. */
const seeds = new WeakMap<Collection, Map<string, Sorted>>();
const orders = new WeakMap<Store, Map<string, Order>>();

/** The keys of a kind by the time in a field. Sorted when first asked for, and again after a change. */
export function orderOf(store: Store, kind: string, field: string): Order {
  const known = orders.get(store) ?? new Map<string, Order>();
  orders.set(store, known);
  const name = `${kind} ${field}`;
  const order = known.get(name) ?? new TimeOrder(store, kind, field);
  known.set(name, order);
  return order;
}

class TimeOrder implements Order {
  readonly #store: Store;
  readonly #kind: string;
  readonly #field: string;
  /** The keys as they are now; `undefined` after a change. */
  #now: Sorted | undefined;

  constructor(store: Store, kind: string, field: string) {
    this.#store = store;
    this.#kind = kind;
    this.#field = field;
    store.onChange(() => {
      this.#now = undefined;
    }, [kind]);
  }

  between(from: number, to: number): Keys {
    this.#now ??= this.#sort();
    const { times, keys } = this.#now;
    const first = indexOf(times, from);
    const length = Math.max(indexOf(times, to) - first, 0);
    // A page of many is not a copy of all of them.
    return { length, slice: (at = 0, end = length) => keys.slice(first + at, first + Math.min(end, length)) };
  }

  #sort(): Sorted {
    const seed = this.#store.seed(this.#kind);
    const base = this.#ofSeed(seed);
    const changed = this.#store.changes(this.#kind);
    if (changed.size === 0) return base;
    const rows: { time: number; key: string }[] = [];
    for (const [index, key] of base.keys.entries()) {
      if (!changed.has(key)) rows.push({ time: base.times[index] ?? 0, key });
    }
    const own = [...changed].flatMap(([key, entity]) => (entity ? [{ time: this.#timeOf(entity), key }] : []));
    rows.push(...own);
    if (own.length > 0) rows.sort((one, other) => one.time - other.time);
    return { times: rows.map(({ time }) => time), keys: rows.map(({ key }) => key) };
  }

  #ofSeed(seed: Collection): Sorted {
    const known = seeds.get(seed) ?? new Map<string, Sorted>();
    seeds.set(seed, known);
    const sorted = known.get(this.#field) ?? this.#sortSeed(seed);
    known.set(this.#field, sorted);
    return sorted;
  }

  #sortSeed(seed: Collection): Sorted {
    const rows = [...seed.keys()].map((key) => ({ key, time: seed.timeOf?.(key) ?? this.#timeOf(seed.get(key)) }));
    rows.sort((one, other) => one.time - other.time);
    return { times: rows.map(({ time }) => time), keys: rows.map(({ key }) => key) };
  }

  #timeOf(entity: Entity | undefined): number {
    const value = this.#field
      .split('.')
      .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], entity);
    return typeof value === 'string' ? timeOf(value) : 0;
  }
}

/** The index of the first time at or after another. */
function indexOf(times: readonly number[], time: number): number {
  return firstIndex(times.length, (index) => (times[index] ?? 0) >= time);
}

/** The first index below a length that fits, where all after it fit too; the length where none fits. */
export function firstIndex(length: number, fits: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
