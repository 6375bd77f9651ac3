import type { ChatFact, Json } from '@comm100-openapi/description';
import { type Random, randomFrom } from '../../answers/random.ts';
import type { Activity } from '../reports/activity.ts';
import type { Entity, Store } from '../store.ts';
import { castOf, templatesOf, workersOf } from './cast.ts';
import type { Template } from './chat-table.ts';
import { type Cast, composeChat, composeMissed, composeOfflineMessage, composeVisitor, secretOf } from './compose.ts';
import { busynessAt, day, happens, minute, second, skewed, workersOf as workersIn } from './pace.ts';
import { noteStatus, plain, recordedFact, recordFact } from './record.ts';

/** What a company lives in. */
export interface LiveWorld {
  readonly store: Store;
  readonly activity: Activity;
}

export interface LiveOptions {
  /** Another seed makes up other visitors. @default 1 */
  readonly seed?: number;
}

/** No operation reads these kinds: how far the life of a world has come, and the visits that go on. */
const stateKind = 'live';
const visitKind = 'live.visits';

/** A visit longer ago than this is not made up after the event. */
const most = day;

/** What happens next in a visit. */
type Act = 'arrive' | 'ask' | 'answer' | 'transfer' | 'end' | 'convert' | 'wrapUp' | 'leave';

interface Step {
  readonly time: number;
  readonly act: Act;
}

/** A visit that goes on, as the store keeps it. */
interface Visit {
  readonly visitor: string;
  readonly from: number;
  readonly until: number;
  readonly template: Template & { readonly department?: number };
  /** When the visitor gives up waiting. */
  readonly patience: number;
  readonly length: number;
  readonly rounds: number;
  readonly isLastByAgent: boolean;
  readonly isTransferred: boolean;
  readonly isConverted: boolean;
  readonly steps: readonly Step[];
}

/**
 * Lets time pass in a company: visitors arrive and leave, ask for chats, are answered or give up, agents end chats, wrap
 * them up and change their status. What happens depends on the seed, the time and the state of the company alone, not
 * on how often this is called. No more than the last day is made up.
 *
 * @param from When it began, in milliseconds since 1970 UTC; counts the first time only.
 * @param to How far the company is to live.
 * @returns How many things happened.
 */
export function advance(world: LiveWorld, from: number, to: number, { seed = 1 }: LiveOptions = {}): number {
  const { store } = world;
  const { since, until } = { since: from, until: from, ...store.get(stateKind, '') };
  if (to <= until) return 0;
  const start = Math.max(until, to - most);
  const company = new Company(world, since, seed);
  if (until === since) company.departures(since);
  let count = 0;
  for (let slot = Math.floor(start / minute) * minute; slot <= to; slot += minute) {
    // The minute that it has lived through already began with its arrivals.
    if (slot > start || (slot === since && until === since)) {
      company.arrivals(slot);
      company.changeStatuses(slot);
    }
    count += company.live(Math.min(slot + minute - 1, to));
  }
  store.put(stateKind, '', { since, until: to });
  return count;
}

class Company {
  readonly #store: Store;
  readonly #seed: number;
  readonly #cast: Cast;
  readonly #templates: readonly (Template & { readonly department?: number })[];
  readonly #visits: Map<string, Visit>;

  constructor({ store, activity }: LiveWorld, since: number, seed: number) {
    this.#store = store;
    this.#seed = seed;
    this.#cast = castOf(store);
    this.#templates = templatesOf(activity.chats.between(0, since), store);
    const visits = store.list(visitKind) as unknown as Visit[];
    this.#visits = new Map(visits.map((visit) => [visit.visitor, visit]));
  }

  /** Those who arrive within a minute. */
  arrivals(slot: number): void {
    if (this.#templates.length === 0) return;
    const random = randomFrom(`${this.#seed} live ${slot}`);
    const workers = workersOf(this.#store).length;
    // Even at night somebody comes, so that there is something to see.
    const expected = 0.6 * workers * Math.max(busynessAt(slot), 0.1);
    const count = Math.floor(expected) + (happens(random, expected % 1) ? 1 : 0);
    for (let index = 0; index < count; index++) this.#plan(random, slot, index);
  }

  /** Those who were here before leave within the hour, after their chats. */
  departures(since: number): void {
    const [template] = this.#templates;
    for (const visitor of template ? this.#store.keys('visitors') : []) {
      if (!template || this.#store.get('visitors', visitor)?.status === 11) continue;
      const random = randomFrom(`${this.#seed} departure ${visitor}`);
      const until = since + (10 + random.below(40)) * minute;
      const stay = {
        length: 0,
        rounds: 0,
        patience: 0,
        isLastByAgent: false,
        isTransferred: false,
        isConverted: false,
      };
      this.#keep({ visitor, from: since, until, template, ...stay, steps: [] }, [{ time: until, act: 'leave' }]);
    }
  }

  #plan(random: Random, slot: number, index: number): void {
    const from = slot + random.below(60) * second;
    const until = from + (60 + skewed(random, 0, 840)) * second;
    const asks = happens(random, 0.2);
    const visitor = `3b6f0c54-9d1e-4a57-8c20-${(slot / minute).toString(16).padStart(8, '0')}${index.toString(16).padStart(4, '0')}`;
    const visit: Visit = {
      visitor,
      from,
      until,
      template: random.pick(this.#templates),
      patience: (20 + skewed(random, 0, 280)) * second,
      length: (60 + skewed(random, 0, 900)) * second,
      rounds: 1 + skewed(random, 0, 5),
      isLastByAgent: happens(random, 0.5),
      isTransferred: happens(random, 0.06),
      isConverted: happens(random, 0.15),
      steps: [
        { time: from, act: 'arrive' },
        asks ? { time: from + (5 + random.below(55)) * second, act: 'ask' } : { time: until, act: 'leave' },
      ],
    };
    this.#keep(visit, visit.steps);
  }

  /** Does all that is due until a time, in its order. */
  live(until: number): number {
    let count = 0;
    for (;;) {
      let next: { visit: Visit; step: Step } | undefined;
      for (const visit of this.#visits.values()) {
        const [step] = visit.steps;
        if (step && step.time <= until && (!next || step.time < next.step.time)) next = { visit, step };
      }
      if (!next) return count;
      const { visit, step } = next;
      const following = this.#acts[step.act](visit, step.time);
      this.#keep(
        visit,
        [...visit.steps.slice(1), ...following].sort((one, other) => one.time - other.time),
      );
      count++;
    }
  }

  #keep(visit: Visit, steps: readonly Step[]): void {
    const { visitor } = visit;
    if (steps.length > 0) {
      const kept = { ...visit, steps };
      this.#visits.set(visitor, kept);
      this.#store.put(visitKind, visitor, kept as unknown as Entity);
    } else {
      this.#visits.delete(visitor);
      this.#store.remove(visitKind, visitor);
    }
  }

  readonly #acts: Readonly<Record<Act, (visit: Visit, time: number) => readonly Step[]>> = {
    arrive: ({ visitor, from, until, template }) => {
      const { page, campaign, department = 0 } = template;
      const visit = { first: from, time: from, visits: 1, chats: 0, status: 10, department, page };
      this.#store.put('visitors', visitor, composeVisitor(visitor, visit, this.#cast));
      recordFact(this.#store, 'visits', visitor, { time: from, until, campaign });
      return [];
    },
    ask: (visit, time) => {
      this.#setVisitor(visit.visitor, { status: 0 });
      this.#record({ ...waiting(visit), time });
      return [{ time: time + (3 + (visit.length % 12_000) / second) * second, act: 'answer' }];
    },
    answer: (visit, time) => {
      const asked = this.#fact(visit);
      if (!asked) return [{ time, act: 'leave' }];
      const wait = time - asked.time;
      const agent = this.#freeAgent(asked.department);
      const { visitor } = visit;
      if (agent !== undefined) {
        this.#setVisitor(visitor, { status: 2, chats: 1 });
        this.#record({ ...asked, outcome: 'chat', wait, agent, agentMessages: 1 });
        this.#countChat(agent, 1);
        const end = time + visit.length;
        return visit.isTransferred
          ? [
              { time: time + Math.floor(visit.length / 2), act: 'transfer' },
              { time: end, act: 'end' },
            ]
          : [{ time: end, act: 'end' }];
      }
      if (wait < visit.patience) {
        if (!asked.isQueued) this.#record({ ...asked, isQueued: true });
        return [{ time: time + 5 * second, act: 'answer' }];
      }
      this.#giveUp(visit, asked, wait);
      return [{ time: time + 10 * second, act: 'leave' }];
    },
    transfer: (visit, time) => {
      const fact = this.#fact(visit);
      if (fact?.agent === undefined) return [];
      const agent = this.#freeAgent(undefined, fact.agent);
      if (agent === undefined) return [];
      const stage = {
        agent: fact.agent,
        until: time,
        ...(fact.department !== undefined && { department: fact.department }),
      };
      this.#countChat(fact.agent, -1);
      this.#countChat(agent, 1);
      this.#record({ ...fact, agent, earlier: [...(fact.earlier ?? []), stage] });
      return [];
    },
    end: (visit, time) => {
      const fact = this.#fact(visit);
      if (fact?.agent === undefined) return [{ time, act: 'leave' }];
      const { wrapup: _, ...template } = visit.template;
      const { rounds, isLastByAgent, length } = visit;
      const ended: ChatFact = {
        ...fact,
        ...template,
        end: time,
        responses: rounds,
        agentMessages: rounds + 1,
        visitorMessages: rounds + (isLastByAgent ? 0 : 1),
        responseTime: Math.floor(length / 4),
        isLastByAgent,
      };
      this.#setVisitor(visit.visitor, { status: 9 });
      this.#countChat(fact.agent, -1);
      this.#show(ended);
      this.#record(ended);
      return [
        ...(visit.isConverted ? [{ time: time + 20 * second, act: 'convert' as const }] : []),
        ...(visit.template.wrapup ? [{ time: time + 40 * second, act: 'wrapUp' as const }] : []),
        { time: Math.max(time + minute, visit.until), act: 'leave' },
      ];
    },
    convert: (visit, time) => {
      const [action] = this.#store.list('conversionActions');
      const { agent, department } = this.#fact(visit) ?? {};
      if (!action) return [];
      recordFact(this.#store, 'conversions', visit.visitor, {
        time,
        conversionAction: Number(action.id),
        visitor: visit.visitor,
        value: 5 + (visit.length % 300),
        ...(agent !== undefined && { agent }),
        ...(department !== undefined && { department }),
      });
      return [];
    },
    wrapUp: (visit) => {
      const fact = this.#fact(visit);
      const { wrapup } = visit.template;
      // A chat that was deleted in between is not filed.
      if (!fact || !wrapup || !this.#store.has('chats', fact.id)) return [];
      this.#show({ ...fact, wrapup });
      this.#record({ ...fact, wrapup });
      return [];
    },
    leave: ({ visitor }) => {
      const isKnown = recordedFact(this.#store, 'chats', chatOf(visitor)) || this.#store.seed('visitors').has(visitor);
      if (isKnown) this.#setVisitor(visitor, { status: 11 });
      else this.#store.remove('visitors', visitor);
      return [];
    },
  };

  /** The visitor leaves without a chat, some with a message. */
  #giveUp({ visitor, length }: Visit, asked: ChatFact, wait: number): void {
    const isSwitched = length % 5 < 2;
    const missed: ChatFact = { ...asked, wait, outcome: isSwitched ? 'switched' : 'abandoned' };
    const entity = composeMissed(missed, this.#cast);
    this.#store.put('missedAndRefusedChats', missed.id, { ...entity, secret: secretOf(missed) });
    this.#record(missed);
    this.#setVisitor(visitor, { status: isSwitched ? 6 : 10 });
    if (!isSwitched) return;
    const message = {
      id: `5e9d7a36${missed.id.slice(8)}`,
      time: missed.time + wait,
      campaign: missed.campaign,
      isFromQueue: missed.isQueued,
      ...(missed.department !== undefined && { department: missed.department }),
    };
    const shown = composeOfflineMessage(message, visitor, this.#cast);
    this.#store.put('offlineMessages', message.id, { ...shown, secret: secretOf(missed) });
    recordFact(this.#store, 'offlineMessages', message.id, message);
  }

  /** Agents who have nothing to do go away now and then, and come back. Somebody always stays. */
  changeStatuses(slot: number): void {
    const [away] = this.#store.list('customAwayStatus').map(({ name }) => String(name));
    const random = randomFrom(`${this.#seed} statuses ${slot}`);
    const chatting = this.#chatsByAgent();
    for (const { id } of workersOf(this.#store)) {
      const online = this.#store.list('agents').filter(({ status }) => status === 'online').length;
      const agent = this.#store.get('agents', String(id));
      const part = random.below(1000);
      const isIdle = (chatting.get(id) ?? 0) === 0;
      if (agent?.status === 'online') {
        if (isIdle && online > 1 && part < 12) this.#setStatus(slot, id, part < 6 && away ? away : 'away');
      } else if (agent && agent.status !== 'offline') {
        if (part < 100) this.#setStatus(slot, id, 'online');
      } else if (agent && (online === 0 || part < 2)) this.#setStatus(slot, id, 'online');
    }
  }

  #setStatus(time: number, agent: number, status: string): void {
    const entity = this.#store.get('agents', String(agent));
    if (!entity) return;
    this.#store.put('agents', String(agent), { ...entity, status });
    noteStatus(this.#store, agent, status, time);
  }

  #chatsByAgent(): Map<number, number> {
    const chats = new Map<number, number>();
    for (const { visitor } of this.#visits.values()) {
      const { outcome, agent, end } = recordedFact(this.#store, 'chats', chatOf(visitor)) ?? {};
      if (outcome === 'chat' && agent !== undefined && end === undefined) chats.set(agent, (chats.get(agent) ?? 0) + 1);
    }
    return chats;
  }

  /** Who is online, has room for another chat, and has the fewest; of the department, where anybody is. */
  #freeAgent(department: number | undefined, except?: number): number | undefined {
    const chats = this.#chatsByAgent();
    const workers = workersOf(this.#store).filter(({ id }) => id !== except);
    const [free] = (department === undefined ? workers : workersIn(workers, department))
      .filter(({ id }) => this.#store.get('agents', String(id))?.status === 'online')
      .map(({ id, maxChats }) => ({ id, maxChats, has: chats.get(id) ?? 0 }))
      .filter(({ has, maxChats }) => has < maxChats)
      .sort((one, other) => one.has - other.has || one.id - other.id);
    return free?.id;
  }

  #countChat(agent: number, by: number): void {
    const entity = this.#store.get('agents', String(agent));
    if (!entity || typeof entity.ongoingChats !== 'number') return;
    this.#store.put('agents', String(agent), { ...entity, ongoingChats: Math.max(0, entity.ongoingChats + by) });
  }

  #fact({ visitor }: Visit): ChatFact | undefined {
    return recordedFact(this.#store, 'chats', chatOf(visitor));
  }

  #record(fact: ChatFact): void {
    recordFact(this.#store, 'chats', fact.id, plain(fact));
  }

  #show(fact: ChatFact): void {
    this.#store.put('chats', fact.id, { ...composeChat(fact, this.#cast), secret: secretOf(fact) });
  }

  #setVisitor(visitor: string, fields: Readonly<Record<string, Json>>): void {
    const entity = this.#store.get('visitors', visitor);
    if (entity) this.#store.put('visitors', visitor, { ...entity, ...fields });
  }
}

/** The id of the chat of a visit. */
function chatOf(visitor: string): string {
  return `c8a4e1d2${visitor.slice(8)}`;
}

function waiting({ visitor, template }: Visit): Omit<ChatFact, 'time'> {
  const { campaign, page, source, department, visitorSegment, prechat } = template;
  return {
    id: chatOf(visitor),
    outcome: 'waiting',
    isQueued: false,
    visitor,
    campaign,
    page,
    source,
    ...(department !== undefined && { department }),
    ...(visitorSegment !== undefined && { visitorSegment }),
    ...(prechat && { prechat }),
    agentMessages: 0,
    visitorMessages: 0,
    responses: 0,
    responseTime: 0,
    isLastByAgent: false,
  };
}
