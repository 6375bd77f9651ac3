import type { Json } from '@comm100-openapi/description';
import type { FaultSource } from '../../faults.ts';
import type { ServedOperation } from '../../operation-table.ts';
import type { Clock } from '../clock.ts';
import type { Deliveries } from '../deliveries.ts';
import type { LoggedRequest } from '../request-log.ts';
import { Stub } from '../stubs.ts';
import type { World } from '../world.ts';
import type { Worlds } from '../worlds.ts';
import type { EntityCheck } from './check.ts';
import { type Overview, overviewOf } from './overview.ts';
import { readSnapshot, type Snapshot, snapshotOf } from './snapshot.ts';

/** What the control of a mock works on. */
export interface Controlled {
  readonly worlds: Worlds;
  /** The company that all worlds begin with. */
  readonly company: { readonly id: number; readonly name: string };
  /** The company of a world as a file to start a mock with. @throws {RangeError} where the mock keeps no state. */
  exportCompany(world: string): Json;
  /** The operation of a version, such as `2`, by its id. */
  operation(id: string, version: string): ServedOperation | undefined;
  /** @default entities are not checked */
  readonly check?: EntityCheck | undefined;
  /** A request to the mock that names a world. */
  fetch(request: Request, world: string): Promise<Response>;
}

/**
 * The state of a mock, and all that moves it, for one world. The same is under `/__mock/`. A world that does not exist,
 * or that was dropped, begins when it is first used.
 */
export class Sandbox {
  /** The name of the world; empty for the main one, which requests without a name have. */
  readonly name: string;
  readonly #mock: Controlled;

  constructor(mock: Controlled, name = '') {
    this.#mock = mock;
    this.name = name;
  }

  /** The same for another world. @param name At most 100 letters, digits, spaces and `. : @ / _ -`. */
  world(name: string): Sandbox {
    return new Sandbox(this.#mock, name);
  }

  /** The mock as a function, for requests that are for this world: `createClient({ fetch: sandbox.world('one').fetch })`. */
  readonly fetch = (request: Request): Promise<Response> => this.#mock.fetch(request, this.name);

  /**
   * Begins again: the company, the clock, the quota and the faults are as at the start; stubs, requests and deliveries
   * are forgotten. Tokens stay valid.
   */
  reset(): void {
    this.#mock.worlds.renew(this.name);
  }

  /** The state as it is now, as JSON. It has the passwords and API keys that were changed. */
  snapshot(): Snapshot {
    return snapshotOf(this.#world, this.#mock.company);
  }

  /**
   * Goes back to a snapshot, of this world or another of the same company. The requests stay in the log, and no webhook
   * is called.
   *
   * @throws {RangeError} naming what is wrong with the snapshot; the state is then as before.
   */
  restore(snapshot: unknown): void {
    const { clock, faults, changed } = readSnapshot(snapshot, this.#mock.company);
    const world = this.#world;
    const store = world.store.copy();
    store.restore(changed);
    const problem = this.#mock.check?.({ ...world, store }, changed);
    if (problem !== undefined) throw new RangeError(problem);
    world.store.restore(changed);
    world.faults.set(faults);
    world.clock.set(Date.parse(clock.time));
    world.clock.run(clock.isRunning);
  }

  /** The company as it is now, as a file to start a mock with. @throws {RangeError} where the mock keeps no state. */
  exportCompany(): Json {
    return this.#mock.exportCompany(this.name);
  }

  /** The time in the company: `clock.set(Date.UTC(2025, 2, 7, 14))`, `clock.run(true)`, `clock.run(false)`. */
  get clock(): Clock {
    return this.#world.clock;
  }

  /** The faults that requests get unasked: `faults.set(['status=503@0.1'])`, `faults.set([])`. */
  get faults(): FaultSource {
    return this.#world.faults;
  }

  /**
   * A response for an operation in place of the mock's own: `on('listChats').reply('dailyQuota')`.
   *
   * @param version @default '2'
   * @throws {RangeError} where there is no such operation.
   */
  on(operationId: string, version = '2'): Stub {
    const operation = this.#mock.operation(operationId, version);
    if (!operation) throw new RangeError(`Version ${version} has no operation '${operationId}'.`);
    return new Stub(operation, () => this.#world.stubs);
  }

  /** The operationIds of stubs that were made for a request that has not come. */
  get unusedStubs(): readonly string[] {
    return this.#world.stubs.awaited().map(({ id }) => id);
  }

  /** The last 200 requests, the oldest first. */
  get requests(): readonly LoggedRequest[] {
    return this.#world.requests.list();
  }

  /** Forgets the requests. */
  clearRequests(): void {
    this.#world.requests.clear();
  }

  /** The calls of webhooks. */
  get deliveries(): Deliveries {
    return this.#world.deliveries;
  }

  /** The company as it is now, in short: who is online, the chats of the day. */
  get overview(): Overview {
    return overviewOf(this.#world);
  }

  /** The worlds beside the main one, the one that was used last at the end. */
  get worlds(): readonly string[] {
    return this.#mock.worlds.names().filter((name) => name !== '');
  }

  /** Drops this world; it begins again when it is next used. @returns whether there was one */
  drop(): boolean {
    return this.#mock.worlds.drop(this.name);
  }

  get #world(): World {
    return this.#mock.worlds.of(this.name);
  }
}
