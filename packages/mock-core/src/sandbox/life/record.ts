import type { Facts, Json } from '@comm100-openapi/description';
import type { Activity, Timeline } from '../reports/activity.ts';
import type { Change, Entity, Store } from '../store.ts';

type FactName = keyof Facts;
type FactOf<Name extends FactName> = Facts[Name][number];

/** The kind of the facts that have come since the seed; no operation reads it. */
const kindOf = (name: FactName) => `facts.${name}`;

/**
 * Writes a fact to the store, so that it is kept, restored and forgotten with all else of a world. What follows the
 * store has it in its reports.
 *
 * @param key Its id, or another text that no other fact of its kind has.
 */
export function recordFact<Name extends FactName>(store: Store, name: Name, key: string, fact: FactOf<Name>): void {
  store.put(kindOf(name), key, fact as unknown as Entity);
}

/** A fact that has come since the seed. */
export function recordedFact<Name extends FactName>(store: Store, name: Name, key: string): FactOf<Name> | undefined {
  return store.get(kindOf(name), key) as FactOf<Name> | undefined;
}

const names = ['chats', 'visits', 'statuses', 'invitations', 'offlineMessages', 'conversions', 'botChats'] as const;
const nameOf: ReadonlyMap<string, FactName> = new Map(names.map((name) => [kindOf(name), name]));

/** The facts of what has an id, by the kinds of the entities that show them. */
const shown: Readonly<Record<string, 'chats' | 'offlineMessages'>> = {
  chats: 'chats',
  missedAndRefusedChats: 'chats',
  offlineMessages: 'offlineMessages',
};

/**
 * Keeps what happened in step with a store: facts that are recorded are added, and those of chats and messages that are
 * deleted are removed.
 *
 * @param activity Is changed.
 * @returns A function that ends it.
 */
export function followFacts(store: Store, activity: Activity): () => void {
  const seeded = activity.copy();
  /** Facts without an id, as they were added. */
  const added = new Map<string, unknown>();
  const put = <Name extends FactName>(name: Name, key: string, fact: FactOf<Name> | undefined) => {
    const timeline = activity[name] as unknown as Timeline<FactOf<Name>>;
    const known = added.get(`${name} ${key}`);
    const isIt = (other: FactOf<Name>) => (known === undefined ? 'id' in other && other.id === key : other === known);
    if (known !== undefined || shown[name]) timeline.remove(isIt);
    added.delete(`${name} ${key}`);
    if (fact === undefined) return;
    timeline.add(fact);
    added.set(`${name} ${key}`, fact);
  };
  return store.onChange(
    ({ kind, key, before, after }: Change) => {
      const name = nameOf.get(kind);
      if (name) return put(name, key, after as unknown as FactOf<typeof name> | undefined);
      const by = shown[kind];
      if (!by || (before !== undefined) === (after !== undefined)) return;
      const fact =
        recordedFact(store, by, key) ?? (seeded[by] as Timeline<FactOf<typeof by>>).find(({ id }) => id === key);
      put(by, key, after === undefined ? undefined : fact);
    },
    [...nameOf.keys(), ...Object.keys(shown)],
  );
}

/** Records that an agent has another status. @param status As an agent has it: `online`, or the name of an away status. */
export function noteStatus(store: Store, agent: number, status: string, time: number): void {
  const name = { online: 'Online', away: 'Away', offline: 'Offline' }[status] ?? status;
  recordFact(store, 'statuses', `${agent} ${time}`, { time, agent, status: name });
}

/** A fact as data: without what is `undefined`. */
export function plain<Fact extends object>(fact: Fact): Fact {
  return JSON.parse(JSON.stringify(fact)) as Fact & Json;
}
