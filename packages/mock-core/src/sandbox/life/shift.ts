import type { Facts, Json } from '@comm100-openapi/description';
import type { Collection, Entity, Seed } from '../store.ts';

const millisecondsOfDay = 86_400_000;

/** How the times of the sandbox are written: `2025-03-07`, `03/07/2025 09:12:57` and `/Date(1741338765000)/`. */
const times =
  /\/Date\((\d{10}|\d{13})\)\/|\b(\d{4})-(\d{2})-(\d{2})(?!\d)|\b(\d{2})\/(\d{2})\/(\d{4})(?= \d{2}:\d{2})/g;

/** Text whose dates are later by whole days. Those before 1971 stand for no time, and stay. */
export function shiftText(text: string, days: number): string {
  return text.replaceAll(times, (found, date, year, month, day, month2, day2, year2) => {
    if (date !== undefined) return `/Date(${Number(date) + days * (date.length === 10 ? 86_400 : millisecondsOfDay)})/`;
    const before = Date.UTC(Number(year ?? year2), Number(month ?? month2) - 1, Number(day ?? day2));
    if (Number.isNaN(before) || before < Date.UTC(1971, 0)) return found;
    const [y = '', m = '', d = ''] = new Date(before + days * millisecondsOfDay).toISOString().slice(0, 10).split('-');
    return year === undefined ? `${m}/${d}/${y}` : `${y}-${m}-${d}`;
  });
}

function shiftJson(value: Json, days: number): Json {
  if (typeof value === 'string') return shiftText(value, days);
  if (Array.isArray(value)) return value.map((item) => shiftJson(item, days));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shiftJson(inner, days)]));
}

/** A seed whose times are all later by whole days. An entity is made when it is first read. */
export function shiftSeed(seed: Seed, days: number): Seed {
  if (days === 0) return seed;
  return new Map([...seed].map(([kind, collection]) => [kind, new Shifted(collection, days)]));
}

class Shifted implements Collection {
  readonly #collection: Collection;
  readonly #days: number;
  readonly #made = new Map<string, Entity>();

  constructor(collection: Collection, days: number) {
    this.#collection = collection;
    this.#days = days;
  }

  get size(): number {
    return this.#collection.size;
  }

  has(key: string): boolean {
    return this.#collection.has(key);
  }

  get(key: string): Entity | undefined {
    const made = this.#made.get(key);
    if (made) return made;
    const entity = this.#collection.get(key);
    if (!entity) return undefined;
    const shifted = shiftJson(entity, this.#days) as Entity;
    this.#made.set(key, shifted);
    return shifted;
  }

  keys(): Iterable<string> {
    return this.#collection.keys();
  }
}

/** Facts whose times are all later by whole days. */
export function shiftFacts(facts: Facts, days: number): Facts {
  const by = days * millisecondsOfDay;
  const shift = <Fact extends { readonly time: number; readonly end?: number; readonly until?: number }>(
    fact: Fact,
  ) => ({
    ...fact,
    time: fact.time + by,
    ...(fact.end !== undefined && { end: fact.end + by }),
    ...(fact.until !== undefined && { until: fact.until + by }),
  });
  return {
    chats: facts.chats.map((chat) => ({
      ...shift(chat),
      ...(chat.earlier && { earlier: chat.earlier.map((stage) => ({ ...stage, until: stage.until + by })) }),
    })),
    visits: facts.visits.map(shift),
    statuses: facts.statuses.map(shift),
    invitations: facts.invitations.map(shift),
    offlineMessages: facts.offlineMessages.map(shift),
    conversions: facts.conversions.map(shift),
    botChats: facts.botChats.map(shift),
  };
}

/** How many days lie between two times, as the days of UTC. */
export function daysBetween(from: number, to: number): number {
  return Math.floor(to / millisecondsOfDay) - Math.floor(from / millisecondsOfDay);
}
