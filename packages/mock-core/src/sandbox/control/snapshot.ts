import type { Json } from '@comm100-openapi/description';
import { FaultSource } from '../../faults.ts';
import type { Difference, Entity } from '../store.ts';
import type { World } from '../world.ts';

/** The state of a world, as JSON: what differs from the company that the mock began with. */
export interface Snapshot {
  readonly format: typeof format;
  /** The company that it builds on. */
  readonly company: SnapshotCompany;
  readonly clock: { /** ISO 8601, in UTC. */ readonly time: string; readonly isRunning: boolean };
  /** The faults for all requests. */
  readonly faults: readonly string[];
  /** By kind and key: the entity, or `null` where it was removed. */
  readonly changed: Difference;
}

interface SnapshotCompany {
  readonly id: number;
  readonly name: string;
}

const format = 'comm100-mock-snapshot/1';

/** How many lists and objects can be inside each other, and how many characters a key can have. */
const deepest = 64;
const longestName = 200;

/** The state of a world as it is now; later changes of the world do not change it. */
export function snapshotOf({ store, clock, faults }: World, { id, name }: SnapshotCompany): Snapshot {
  return {
    format,
    company: { id, name },
    clock: { time: new Date(clock.now()).toISOString(), isRunning: clock.isRunning },
    faults: faults.list,
    changed: structuredClone(store.difference()),
  };
}

/**
 * Reads a snapshot.
 *
 * @returns a copy, which later changes of the value do not change.
 * @throws {RangeError} naming what is wrong.
 */
export function readSnapshot(value: unknown, company: SnapshotCompany): Snapshot {
  const all = objectOf(value, 'The snapshot');
  if (all.format !== format) throw new RangeError(`'format' of the snapshot must be '${format}'.`);
  only(all, 'The snapshot', ['format', 'company', 'clock', 'faults', 'changed']);
  const { id, name } = objectOf(all.company, "'company'");
  if (id !== company.id || name !== company.name) {
    const made = `${String(name).slice(0, 100)} (${String(id).slice(0, 20)})`;
    throw new RangeError(`The snapshot is of the company ${made}, and this mock has ${company.name} (${company.id}).`);
  }
  const clock = objectOf(all.clock, "'clock'");
  only(clock, "'clock'", ['time', 'isRunning']);
  return {
    format,
    company,
    clock: {
      time: new Date(readTime(clock.time, "'clock.time'")).toISOString(),
      isRunning: readBoolean(clock.isRunning, "'clock.isRunning'"),
    },
    faults: readFaults(all.faults),
    changed: readChanged(all.changed),
  };
}

/** The faults for all requests. @throws {RangeError} naming what is wrong. */
export function readFaults(value: unknown): string[] {
  if (!Array.isArray(value) || !value.every((each): each is string => typeof each === 'string')) {
    throw new RangeError('\'faults\' must be a list of strings, such as ["status=503@0.1"].');
  }
  return new FaultSource(value, 1).list;
}

/** A time in milliseconds since 1970 UTC. @throws {RangeError} where it is not ISO 8601 with a time zone. */
export function readTime(value: unknown, what: string): number {
  const isTime =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(value);
  const time = isTime ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new RangeError(`${what} must be a time with a time zone, such as '2025-03-07T14:00:00Z'.`);
  }
  return time;
}

/** @throws {RangeError} where it is none. */
export function readBoolean(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') throw new RangeError(`${what} must be true or false.`);
  return value;
}

/** @throws {RangeError} where it is not an object of JSON. */
export function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new RangeError(`${what} must be an object.`);
  return value;
}

/** Whether it is an object as JSON has them: not a list, a `Date` or a `Map`. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** @throws {RangeError} naming what else is in it. */
export function only(value: object, what: string, names: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`${what} has '${unknown.slice(0, 100)}', which is unknown. It can have ${names.join(', ')}.`);
  }
}

function readChanged(value: unknown): Difference {
  const kinds = Object.entries(objectOf(value, "'changed'")).map(([kind, each]) => {
    if (!/^[a-z][\w.]{0,99}$/i.test(kind))
      throw new RangeError(`'changed' has '${kind.slice(0, 100)}', which is not a kind.`);
    const entities = Object.entries(objectOf(each, `'changed.${kind}'`)).map(([key, entity]) => {
      const at = `'changed.${kind}.${key.slice(0, 100)}'`;
      if (key.length > longestName) throw new RangeError(`The key ${at} has more than ${longestName} characters.`);
      return [key, entity === null ? null : readEntity(entity, at)] as const;
    });
    return [kind, Object.fromEntries(entities)] as const;
  });
  return Object.fromEntries(kinds);
}

function readEntity(value: unknown, at: string): Entity {
  return copyOf(objectOf(value, at) as Json, at, deepest) as Entity;
}

function copyOf(value: Json, at: string, depth: number): Json {
  if (depth === 0) throw new RangeError(`${at} is nested deeper than ${deepest} levels.`);
  if (Array.isArray(value)) return value.map((each) => copyOf(each, at, depth - 1));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copyOf(each, at, depth - 1)]));
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value;
  throw new RangeError(`${at} has a value that is not of JSON.`);
}
