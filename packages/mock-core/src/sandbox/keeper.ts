import type { World } from './world.ts';

/** Keeps what worlds have beyond the life of the program, such as in a file. */
export interface Keeper {
  /** Called with each new world, before its first request: brings back what it had, and watches it from then on. */
  open(world: Pick<World, 'name' | 'store' | 'clock'>): void;
  /** Keeps what has changed. Called before each response is sent. @throws {Error} where it cannot. */
  commit(): void;
  /** Called when a world is dropped: forgets what it had. */
  drop(name: string): void;
}
