import { type Incoming, ServiceError } from '../exchange.ts';
import type { World } from './world.ts';

/** The request header that names a world. */
export const worldHeader = 'comm100-mock-world';

/** The world of requests that name none. It is never dropped. */
const main = '';

/** A request as if it had the header that names a world. */
export function inWorld(incoming: Incoming, world: string): Incoming {
  return { ...incoming, header: (name) => (name === worldHeader ? world : incoming.header(name)) };
}

/** Worlds by name, each made when it is first named. Beyond a limit, the one that was not used for longest is dropped. */
export class Worlds {
  readonly #make: (name: string, before?: World) => World;
  readonly #limit: number;
  /** The one that was used last is last. */
  readonly #worlds = new Map<string, World>();
  #dropped = 0;

  /**
   * @param make Makes a world; one that replaces another gets that, to keep what is to last.
   * @param limit How many there can be beside the main one. @default 200
   */
  constructor(make: (name: string, before?: World) => World, limit = 200) {
    this.#make = make;
    this.#limit = limit;
  }

  /** The world with this name, which is then not the oldest; the main one where none is given. @throws {ServiceError} 400 where it is not a name. */
  of(name: string = main): World {
    if (!/^[\w.:@/ -]{0,100}$/.test(name)) {
      throw new ServiceError(
        400,
        `The header ${worldHeader} is not a name: letters, digits and . : @ / _ - up to 100.`,
      );
    }
    const world = this.#worlds.get(name) ?? this.#make(name);
    this.#worlds.delete(name);
    this.#worlds.set(name, world);
    if (this.#worlds.size - Number(this.#worlds.has(main)) > this.#limit) this.#dropOldest();
    return world;
  }

  /** The world with this name, where there is one. It does not count as used. */
  find(name: string): World | undefined {
    return this.#worlds.get(name);
  }

  /** All worlds, the one that was used last at the end. */
  all(): World[] {
    return [...this.#worlds.values()];
  }

  /** Puts a new world in the place of the one with this name. */
  renew(name: string): World {
    const before = this.of(name);
    this.drop(name);
    this.#worlds.set(name, this.#make(name, before));
    return this.of(name);
  }

  /** The names of the worlds, the one that was used last at the end. The main one is `''`. */
  names(): string[] {
    return [...this.#worlds.keys()];
  }

  /** How many there can be beside the main one. */
  get limit(): number {
    return this.#limit;
  }

  /** How many were dropped because of the limit. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @returns whether there was one */
  drop(name: string): boolean {
    this.#worlds.get(name)?.close();
    return this.#worlds.delete(name);
  }

  #dropOldest(): void {
    for (const name of this.#worlds.keys()) {
      if (name === main) continue;
      this.drop(name);
      this.#dropped++;
      return;
    }
  }
}
