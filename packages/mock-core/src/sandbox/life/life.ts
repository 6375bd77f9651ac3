import type { Facts } from '@comm100-openapi/description';
import type { Clock } from '../clock.ts';
import { Deliveries, type SendWebhook } from '../deliveries.ts';
import type { Keeper } from '../keeper.ts';
import { Activity } from '../reports/activity.ts';
import type { Change, Seed, Store } from '../store.ts';
import type { World } from '../world.ts';
import { eventKinds, eventsOf } from './events.ts';
import { advance } from './live.ts';
import { complete, enlarge } from './past.ts';
import { followFacts, noteStatus } from './record.ts';
import { daysBetween, shiftFacts, shiftSeed } from './shift.ts';

export interface LifeOptions {
  /** The day on which the company is, `yyyy-MM-dd`, or `now`: all its times move there by whole days. @default its own */
  readonly today?: string | undefined;
  /** Whether the clock runs from the beginning. @default it stands, unless the company is live */
  readonly isRunning?: boolean | undefined;
  /** Whether visitors arrive, chats begin and end and agents change their status. @default false */
  readonly isLive?: boolean | undefined;
  /** How many chats the company has. @default those that it has of its own */
  readonly size?: number | undefined;
  /** Another seed makes up another past and other visitors. @default 1 */
  readonly seed?: number | undefined;
  /** Calls webhooks. @default they are not called, and what they would be called with can be listed */
  readonly sendWebhook?: SendWebhook | undefined;
  /** Keeps the state of worlds. @default it ends with the mock */
  readonly keeper?: Keeper | undefined;
}

/** What a life adds to a world. */
interface LivingParts {
  readonly activity: Activity;
  readonly deliveries: Deliveries;
  close(): void;
}

/** How often a company lives on, in milliseconds of its clock. */
const step = 1000;

/** What a company begins with, moved in time and enlarged as asked for, and what happens in its worlds by itself. */
export class Life {
  readonly seed: Seed;
  /** The present at the beginning, in milliseconds since 1970 UTC. */
  readonly start: number;
  readonly #activity: Activity;
  readonly #options: LifeOptions;
  #isAdvancing = false;

  /**
   * @param start The present of the company as it is written, in milliseconds since 1970 UTC.
   * @throws {RangeError} where `today` is not a day, or the company cannot be enlarged.
   */
  constructor(seed: Seed, facts: Facts | undefined, start: number, options: LifeOptions) {
    const days = options.today === undefined ? 0 : daysBetween(start, dayOf(options.today));
    this.#options = options;
    this.start = start + days * 86_400_000;
    const past = complete({ seed: shiftSeed(seed, days), facts: shiftFacts(facts ?? nothing, days) });
    const large = enlarge(past, options.size ?? 0, this.start, options.seed ?? 1);
    this.seed = large.seed;
    this.#activity = new Activity(large.facts);
  }

  /** Brings a new world to life: with all that it had if it was kept, and with webhooks that are called. */
  begin({ name, store, clock }: { name: string; store: Store; clock: Clock }): LivingParts {
    const { sendWebhook, keeper, isLive = false, isRunning = isLive } = this.#options;
    const activity = this.#activity.copy();
    const deliveries = new Deliveries({ send: sendWebhook });
    const ends = [followFacts(store, activity)];
    keeper?.open({ name, store, clock });
    // A clock that was kept while it stood runs where that is asked for now.
    if (isRunning) clock.run(true);
    ends.push(callWebhooks(store, clock, deliveries));
    ends.push(store.onChange((change) => this.#noteStatus(change, store, clock), ['agents']));
    return {
      activity,
      deliveries,
      close() {
        for (const end of ends) end();
        deliveries.close();
        keeper?.drop(name);
      },
    };
  }

  /** Lets a live company live up to the time of its clock. */
  tick({ store, activity, clock }: Pick<World, 'store' | 'activity' | 'clock'>): void {
    if (!this.#options.isLive) return;
    const now = Math.floor(clock.now() / step) * step;
    this.#isAdvancing = true;
    try {
      advance({ store, activity }, this.start, now, { seed: this.#options.seed ?? 1 });
    } finally {
      this.#isAdvancing = false;
    }
  }

  /** The status that a request gives to an agent is in the reports. What happens by itself is noted where it happens. */
  #noteStatus({ key, before, after, isRestored }: Change, store: Store, clock: Clock): void {
    if (isRestored || this.#isAdvancing || !after || before?.status === after.status) return;
    noteStatus(store, Number(key), String(after.status), clock.now());
  }

  /** Keeps what has changed. @throws {Error} where it cannot be kept. */
  commit(): void {
    this.#options.keeper?.commit();
  }
}

const nothing: Facts = {
  chats: [],
  visits: [],
  statuses: [],
  invitations: [],
  offlineMessages: [],
  conversions: [],
  botChats: [],
};

/** The beginning of a day, in milliseconds since 1970 UTC. @throws {RangeError} where it is not one. */
function dayOf(today: string): number {
  if (today === 'now') return Date.now();
  const time = Date.parse(`${today}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(today) && new Date(time).toISOString().startsWith(today);
  if (!isDay || time < Date.UTC(1990, 0)) {
    throw new RangeError(`'${today}' is not a day. Write it as 2026-01-15, from 1990 on, or write now.`);
  }
  return time;
}

/** Calls the webhooks of a store when what they wait for happens. */
function callWebhooks(store: Store, clock: Clock, deliveries: Deliveries): () => void {
  return store.onChange((change) => {
    const time = clock.now();
    for (const { event, body } of eventsOf(change, store, time)) {
      for (const { id, event: wanted, targetUrl } of store.list('webhooks')) {
        if (wanted === event && typeof targetUrl === 'string') {
          deliveries.add({ webhook: String(id), event, url: targetUrl, body, time });
        }
      }
    }
  }, eventKinds);
}
