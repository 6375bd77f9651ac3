import { ServiceError } from '../exchange.ts';
import type { World } from './world.ts';

/** The request header that names a world. */
export const worldHeader = 'comm100-mock-world';

/** The world of requests that name none. It is never dropped. */
const main = '';

/** Worlds by name, each made when it is first named. Beyond a limit, the one that was not used for longest is dropped. */
export class Worlds {
  readonly #make: (name: string) => World;
  readonly #limit: number;
  /** The one that was used last is last. */
  readonly #worlds = new Map<string, World>();
  #dropped = 0;

  /** @param limit How many there can be beside the main one. @default 200 */
  constructor(make: (name: string) => World, limit = 200) {
    this.#make = make;
    this.#limit = limit;
  }

  /** The world with this name; the main one where none is given. @throws {ServiceError} 400 where it is not a name. */
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
    if (this.#worlds.size > this.#limit + 1) this.#dropOldest();
    return world;
  }

  /** The names of the worlds, the one that was used last at the end. The main one is `''`. */
  names(): string[] {
    return [...this.#worlds.keys()];
  }

  /** How many were dropped because of the limit. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @returns whether there was one */
  drop(name: string): boolean {
    return this.#worlds.delete(name);
  }

  #dropOldest(): void {
    for (const name of this.#worlds.keys()) {
      if (name === main) continue;
      this.#worlds.delete(name);
      this.#dropped++;
      return;
    }
  }
}
