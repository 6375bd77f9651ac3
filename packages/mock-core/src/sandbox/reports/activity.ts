import type {
  BotChatFact,
  ChatFact,
  ConversionFact,
  Facts,
  InvitationFact,
  OfflineMessageFact,
  StatusFact,
  VisitFact,
} from '@comm100-openapi/description';

/**
 * Facts in the order of their times. A fact is never changed: `replace` puts another one in its place. Copies share
 * their facts until one of them changes, so that a copy costs nothing.
 */
export class Timeline<Fact extends { readonly time: number }> {
  #facts: Fact[];
  #isShared: boolean;
  /** How long a fact may reach beyond its time: to find those that reach into a range. */
  #longest: number;
  readonly #endOf: (fact: Fact) => number | undefined;

  /** @param endOf When a fact is over; `undefined` while it goes on. @default at its time */
  constructor(facts: Iterable<Fact> = [], endOf: (fact: Fact) => number | undefined = ({ time }) => time) {
    this.#facts = [...facts].sort((one, other) => one.time - other.time);
    this.#isShared = false;
    this.#endOf = endOf;
    this.#longest = this.#facts.reduce((longest, fact) => Math.max(longest, this.#lengthOf(fact)), 0);
  }

  get size(): number {
    return this.#facts.length;
  }

  /** All facts. */
  all(): readonly Fact[] {
    return this.#facts;
  }

  /** The facts from a time on and before another. */
  between(from: number, to: number): readonly Fact[] {
    return this.#facts.slice(this.#indexOf(from), this.#indexOf(to));
  }

  /** The facts that begin before `to` and are not over at `from`, or begin there. */
  reachingInto(from: number, to: number): readonly Fact[] {
    const first = this.#longest === Number.POSITIVE_INFINITY ? 0 : this.#indexOf(from - this.#longest);
    return this.#facts.slice(first, this.#indexOf(to)).filter((fact) => fact.time + this.#lengthOf(fact) >= from);
  }

  /** The last fact that fits. */
  find(fits: (fact: Fact) => boolean): Fact | undefined {
    return this.#facts.findLast(fits);
  }

  /** Adds a fact at its place; at the end is quickest. */
  add(fact: Fact): void {
    this.#own();
    this.#facts.splice(this.#indexOf(fact.time, true), 0, fact);
    this.#longest = Math.max(this.#longest, this.#lengthOf(fact));
  }

  /** Puts a fact in the place of the last one that fits. @returns whether there was one */
  replace(fits: (fact: Fact) => boolean, fact: Fact): boolean {
    const isThere = this.remove(fits);
    if (isThere) this.add(fact);
    return isThere;
  }

  /** Removes the last fact that fits. @returns whether there was one */
  remove(fits: (fact: Fact) => boolean): boolean {
    const index = this.#facts.findLastIndex(fits);
    if (index < 0) return false;
    this.#own();
    this.#facts.splice(index, 1);
    return true;
  }

  /** A copy that can change without this one. */
  copy(): Timeline<Fact> {
    const copy = new Timeline<Fact>([], this.#endOf);
    copy.#facts = this.#facts;
    copy.#longest = this.#longest;
    copy.#isShared = true;
    this.#isShared = true;
    return copy;
  }

  #own(): void {
    if (!this.#isShared) return;
    this.#facts = [...this.#facts];
    this.#isShared = false;
  }

  #lengthOf(fact: Fact): number {
    return (this.#endOf(fact) ?? Number.POSITIVE_INFINITY) - fact.time;
  }

  /** The index of the first fact at or after a time, or after it. */
  #indexOf(time: number, isAfter = false): number {
    let low = 0;
    let high = this.#facts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.#facts[middle]?.time ?? time;
      if (found < time || (isAfter && found === time)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * What happened in a company, for its reports. Facts can be added, replaced and removed at any time; what is removed is
 * in no report from then on.
 */
export class Activity {
  readonly chats: Timeline<ChatFact>;
  readonly visits: Timeline<VisitFact>;
  readonly statuses: Timeline<StatusFact>;
  readonly invitations: Timeline<InvitationFact>;
  readonly offlineMessages: Timeline<OfflineMessageFact>;
  readonly conversions: Timeline<ConversionFact>;
  readonly botChats: Timeline<BotChatFact>;

  /** @param facts What has happened. @default nothing */
  constructor(facts: Partial<Facts> = {}) {
    this.chats = new Timeline(facts.chats, endOfChat);
    this.visits = new Timeline(facts.visits, ({ time, until }) => until ?? time);
    this.statuses = new Timeline(facts.statuses);
    this.invitations = new Timeline(facts.invitations);
    this.offlineMessages = new Timeline(facts.offlineMessages);
    this.conversions = new Timeline(facts.conversions);
    this.botChats = new Timeline(facts.botChats, ({ end }) => end);
  }

  /** A copy for a world of its own; both share what does not change. */
  copy(): Activity {
    const copy = new Activity();
    return Object.assign(copy, {
      chats: this.chats.copy(),
      visits: this.visits.copy(),
      statuses: this.statuses.copy(),
      invitations: this.invitations.copy(),
      offlineMessages: this.offlineMessages.copy(),
      conversions: this.conversions.copy(),
      botChats: this.botChats.copy(),
    });
  }

  /** The facts as data, to save them or to slide them in time. */
  facts(): Facts {
    return {
      chats: this.chats.all(),
      visits: this.visits.all(),
      statuses: this.statuses.all(),
      invitations: this.invitations.all(),
      offlineMessages: this.offlineMessages.all(),
      conversions: this.conversions.all(),
      botChats: this.botChats.all(),
    };
  }
}

function endOfChat({ time, wait, end, outcome }: ChatFact): number | undefined {
  if (outcome === 'waiting') return undefined;
  return outcome === 'chat' ? end : time + (wait ?? 0);
}
