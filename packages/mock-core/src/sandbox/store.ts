import type { Json } from '@comm100-openapi/description';

/**
 * A thing of the sandbox: its fields by the names of version 2.0. Under `v1` are the fields that only version 1.0 has,
 * under `secret` those that no response shows.
 */
export type Entity = Readonly<Record<string, Json>>;

/** Entities of one kind by key, in order. A `Map` is one; a generated company makes each when it is first read. */
export interface Collection {
  readonly size: number;
  has(key: string): boolean;
  get(key: string): Entity | undefined;
  keys(): Iterable<string>;
  /** The time that lists are in the order of, in milliseconds since 1970, where it is known without the entity. */
  timeOf?(key: string): number | undefined;
}

/** What a sandbox begins with, by kind. Never changed, so that many worlds can share it. */
export type Seed = ReadonlyMap<string, Collection>;

/** What differs from the seed, by kind and key: the entity, or `null` where it was removed. */
export type Difference = Readonly<Record<string, Readonly<Record<string, Entity | null>>>>;

/** One entity was created (no `before`), changed, or removed (no `after`). */
export interface Change {
  readonly kind: string;
  readonly key: string;
  readonly before: Entity | undefined;
  readonly after: Entity | undefined;
  /** Whether it only went back to what it was before, so that nothing has happened in the company. */
  readonly isRestored: boolean;
}

interface Listener {
  readonly call: (change: Change) => void;
  /** `undefined` for all. */
  readonly kinds: ReadonlySet<string> | undefined;
}

const nothing: Collection = new Map();

/**
 * All that a sandbox knows: a seed, and what has changed since. A kind is the name of a collection in the paths of
 * version 2.0, such as `departments`; a key is the id as text. The settings of an entity are a kind of their own
 * (`campaigns.chatButton`) with the key of the entity; those of the site have the key `''`.
 */
export class Store {
  readonly #seed: Seed;
  /** By kind and key; `null` where an entity of the seed was removed. */
  readonly #changed = new Map<string, Map<string, Entity | null>>();
  /** The largest whole number that was a key, by kind. */
  readonly #largest = new Map<string, number>();
  readonly #listeners = new Set<Listener>();
  /** Who listens to a kind; empty after a listener has come or gone. */
  readonly #listenersOf = new Map<string, readonly Listener[]>();
  #isRestoring = false;

  constructor(seed: Seed) {
    this.#seed = seed;
  }

  /** Another store with the same seed, and without changes. */
  copy(): Store {
    return new Store(this.#seed);
  }

  get(kind: string, key: string): Entity | undefined {
    const changed = this.#changed.get(kind)?.get(key);
    if (changed !== undefined) return changed ?? undefined;
    return this.#seed.get(kind)?.get(key);
  }

  has(kind: string, key: string): boolean {
    const changed = this.#changed.get(kind)?.get(key);
    return changed === undefined ? this.#collection(kind).has(key) : changed !== null;
  }

  /** The keys of a kind: those of the seed in its order, then the others in the order of their creation. */
  *keys(kind: string): Iterable<string> {
    const seeded = this.#collection(kind);
    const changed = this.#changed.get(kind);
    for (const key of seeded.keys()) if (changed?.get(key) !== null) yield key;
    for (const [key, entity] of changed ?? []) if (entity !== null && !seeded.has(key)) yield key;
  }

  /** The entities of a kind in the order of `keys`. */
  list(kind: string): Entity[] {
    return [...this.keys(kind)].map((key) => this.get(kind, key) ?? {});
  }

  /** Creates or replaces an entity. */
  put(kind: string, key: string, entity: Entity): void {
    const before = this.get(kind, key);
    if (before === undefined) this.#note(kind, key);
    this.#of(kind).set(key, entity);
    this.#tell({ kind, key, before, after: entity, isRestored: this.#isRestoring });
  }

  /** @returns whether there was one */
  remove(kind: string, key: string): boolean {
    const before = this.get(kind, key);
    if (before === undefined) return false;
    this.#note(kind, key);
    if (this.#collection(kind).has(key)) this.#of(kind).set(key, null);
    else this.#of(kind).delete(key);
    this.#tell({ kind, key, before, after: undefined, isRestored: this.#isRestoring });
    return true;
  }

  /** A whole number that no entity of the kind has or had. */
  nextId(kind: string): number {
    return this.#largestOf(kind) + 1;
  }

  /**
   * @param kinds What the listener is called for. @default all kinds
   * @returns a function that ends it
   */
  onChange(call: (change: Change) => void, kinds?: Iterable<string>): () => void {
    const listener = { call, kinds: kinds && new Set(kinds) };
    this.#listeners.add(listener);
    this.#listenersOf.clear();
    return () => {
      this.#listeners.delete(listener);
      this.#listenersOf.clear();
    };
  }

  /** What a kind began with. */
  seed(kind: string): Collection {
    return this.#collection(kind);
  }

  /** What differs from the seed of a kind: an entity, or `null` where it was removed. */
  changes(kind: string): ReadonlyMap<string, Entity | null> {
    return this.#changed.get(kind) ?? new Map();
  }

  /** What differs from the seed. */
  difference(): Difference {
    const kinds = [...this.#changed].map(([kind, changed]) => [kind, Object.fromEntries(changed)] as const);
    return Object.fromEntries(kinds.filter(([, changed]) => Object.keys(changed).length > 0));
  }

  /**
   * Goes back to the seed, and from there to a difference. Listeners hear of every entity that changes. An id that the
   * difference removes is not given again.
   *
   * @default the seed alone
   */
  restore(difference: Difference = {}): void {
    const wanted = new Map(Object.entries(difference).map(([kind, each]) => [kind, new Map(Object.entries(each))]));
    this.#isRestoring = true;
    for (const [kind, changed] of [...this.#changed]) {
      for (const key of [...changed.keys()]) {
        if (wanted.get(kind)?.has(key)) continue;
        this.#set(kind, key, this.#collection(kind).get(key));
        changed.delete(key);
      }
      this.#largest.delete(kind);
    }
    for (const [kind, each] of wanted) {
      for (const [key, entity] of each) {
        this.#note(kind, key);
        this.#set(kind, key, entity ?? undefined);
      }
    }
    this.#isRestoring = false;
  }

  #set(kind: string, key: string, entity: Entity | undefined): void {
    if (entity === undefined) this.remove(kind, key);
    else this.put(kind, key, entity);
  }

  #collection(kind: string): Collection {
    return this.#seed.get(kind) ?? nothing;
  }

  #of(kind: string): Map<string, Entity | null> {
    const changed = this.#changed.get(kind) ?? new Map();
    this.#changed.set(kind, changed);
    return changed;
  }

  #largestOf(kind: string): number {
    let largest = this.#largest.get(kind);
    if (largest === undefined) {
      largest = 0;
      for (const keys of [this.#collection(kind).keys(), this.#changed.get(kind)?.keys() ?? []]) {
        for (const key of keys) if (/^\d{1,9}$/.test(key)) largest = Math.max(largest, Number(key));
      }
      this.#largest.set(kind, largest);
    }
    return largest;
  }

  /** Remembers the largest id, so that one that is removed is not given again. */
  #note(kind: string, key: string): void {
    if (/^\d{1,9}$/.test(key)) this.#largest.set(kind, Math.max(this.#largestOf(kind), Number(key)));
  }

  #tell(change: Change): void {
    const { kind } = change;
    let listeners = this.#listenersOf.get(kind);
    if (!listeners) {
      listeners = [...this.#listeners].filter(({ kinds }) => kinds?.has(kind) ?? true);
      this.#listenersOf.set(kind, listeners);
    }
    for (const { call } of listeners) call(change);
  }
}
