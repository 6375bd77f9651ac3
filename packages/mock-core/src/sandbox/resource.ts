import type { Company, Json } from '@comm100-openapi/description';
import type { RoutedExchange } from '../exchange.ts';
import type { Action } from './actions.ts';
import type { Contract } from './contract.ts';
import type { Override } from './project.ts';
import type { Entity } from './store.ts';
import type { World } from './world.ts';

/** A request on its way to the store. */
export interface Call {
  readonly world: World;
  readonly exchange: RoutedExchange;
  readonly contract: Contract;
  readonly action: Action;
  /** The body with the names of version 2.0; empty where it is a list, or there is none. */
  readonly body: Readonly<Record<string, Json>>;
  /** What only version 1.0 has of the body. */
  readonly v1: Readonly<Record<string, Json>>;
  /** The time of the company, as `yyyy-MM-ddTHH:mm:ss.fff` in UTC. */
  readonly now: string;
  /** The settings that the operation is about, as its response has them. */
  settings(): Json;
  /** Creates an entity from the body and more, and returns it as the response of the operation has it. */
  create(kind: string, more: Readonly<Record<string, Json>>): Json;
}

/** Whether an entity is in a list that is filtered. */
export type Test = (entity: Entity, key: string) => boolean;

/** What is particular to a kind of entity. What is not here follows from the description. */
export interface Resource {
  /** The entity as the store keeps it, from what the examples of the description show. */
  seed?(entity: Entity, key: string, company: Company): Entity;
  /** The entity as responses show it, with what follows from others. */
  read?(entity: Entity, world: World, key: string): Entity;
  /**
   * The entity as it is kept, from what a request makes of it.
   *
   * @throws {ServiceError} 400 naming the field that is wrong.
   */
  write?(entity: Entity, before: Entity | undefined, call: Call, key: string): Entity;
  /** What a new entity has where neither the request nor an example says: concluded. */
  readonly usual?: Readonly<Record<string, Json>>;
  /** Called before an entity is removed. @throws {ServiceError} 400 where it cannot be. */
  beforeRemoval?(entity: Entity, key: string, call: Call): void;
  /** Removes what cannot be without it, and ends what refers to it. */
  afterRemoval?(entity: Entity, key: string, call: Call): void;
  /** The key of an entity from its name in a path, where that is not its id. */
  keyOf?(name: string, world: World): string | undefined;
  /** What is there where nobody has set it: the settings of a new entity. */
  initial?(key: string, world: World, contract: Contract): Entity | undefined;
  /** The path of the field with the time that lists are in the order of: `chat.requestTime`. */
  readonly time?: string;
  /** Whether lists begin with what was last. */
  readonly isNewestFirst?: boolean;
  /** What a parameter of a list filters by, by its name; `undefined` for no filter. */
  readonly filters?: Readonly<Record<string, (value: Json, call: Call) => Test | undefined>>;
  /** Fields of responses of version 1.0 that the map does not say all about, by schema and field. */
  readonly v1?: Readonly<Record<string, Override>>;
  /** What operations do that is not one of the usual actions, by version and id: `2 unlockAgent`. */
  readonly operations?: Readonly<Record<string, (call: Call) => Json | undefined>>;
}
