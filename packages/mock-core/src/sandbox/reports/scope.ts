import type { ChatFact } from '@comm100-openapi/description';
import type { Activity } from './activity.ts';
import type { Reported } from './company.ts';
import { Levels, Spans } from './spans.ts';
import type { Period } from './time.ts';

/** A part of a chat, with one agent. */
export interface ChatStage extends Period {
  readonly agent: number | undefined;
  readonly department: number | undefined;
}

/** The time that an agent was in a status. */
export interface StatusStage extends Period {
  readonly agent: number;
  readonly status: string;
}

/** What all rows of a report share: the facts that reach into its range, each read once. */
export class Scene {
  readonly activity: Activity;
  readonly reported: Reported;
  readonly range: Period;
  readonly now: number;
  #chatStages: ChatStage[] | undefined;
  #statusStages: StatusStage[] | undefined;

  constructor(activity: Activity, reported: Reported, range: Period, now: number) {
    this.activity = activity;
    this.reported = reported;
    this.range = range;
    this.now = now;
  }

  get chatStages(): readonly ChatStage[] {
    this.#chatStages ??= this.activity.chats
      .reachingInto(this.range.from, this.range.to)
      .flatMap((chat) => stagesOf(chat, this.now));
    return this.#chatStages;
  }

  /** Until the end of the range. The last status of an agent lasts until now. */
  get statusStages(): readonly StatusStage[] {
    this.#statusStages ??= statusStages(this.activity, this.range.to, this.now);
    return this.#statusStages;
  }
}

/** The whole team, a department, or an agent. */
export class Scope {
  readonly scene: Scene;
  readonly agent: number | undefined;
  readonly department: number | undefined;
  #busy: Spans | undefined;
  #loggedIn: Spans | undefined;
  #online: Spans | undefined;
  #queues: Levels[] | undefined;

  constructor(scene: Scene, { agent, department }: { agent?: number | undefined; department?: number | undefined }) {
    this.scene = scene;
    this.agent = agent;
    this.department = department;
  }

  /** The time with at least one chat. */
  get busy(): Spans {
    this.#busy ??= new Spans(this.scene.chatStages.filter((stage) => this.#has(stage.agent, stage.department)));
    return this.#busy;
  }

  /** The time with at least one agent logged in. An agent who is in a chat counts as logged in, whatever the status. */
  get loggedIn(): Spans {
    this.#loggedIn ??= this.inStatus((status) => status !== 'Offline').or(this.busy);
    return this.#loggedIn;
  }

  /** The time with at least one agent online. */
  get online(): Spans {
    this.#online ??= this.inStatus((status) => status === 'Online');
    return this.#online;
  }

  /** The time with at least one agent in such a status. A department's agents are its members. */
  inStatus(fits: (status: string) => boolean): Spans {
    const members = new Set(
      this.scene.reported.agents
        .filter(({ departments }) => this.department === undefined || departments.includes(this.department))
        .map(({ id }) => id),
    );
    const isOurs = (agent: number) =>
      (this.department === undefined || members.has(agent)) && (this.agent === undefined || this.agent === agent);
    return new Spans(this.scene.statusStages.filter(({ agent, status }) => isOurs(agent) && fits(status)));
  }

  /** How many requests waited in each queue: there is one for each route. */
  get queues(): readonly Levels[] {
    if (!this.#queues) {
      const { activity, range, now } = this.scene;
      const waits = new Map<string, Period[]>();
      for (const chat of activity.chats.reachingInto(range.from, range.to)) {
        if (!chat.isQueued || (this.department !== undefined && chat.department !== this.department)) continue;
        const queue = `${chat.routedTo} ${chat.routedTo === undefined ? chat.department : ''}`;
        const wait = { from: chat.time, to: chat.wait === undefined ? now : chat.time + chat.wait };
        const others = waits.get(queue);
        if (others) others.push(wait);
        else waits.set(queue, [wait]);
      }
      this.#queues = [...waits.values()].map((each) => new Levels(each));
    }
    return this.#queues;
  }

  #has(agent: number | undefined, department: number | undefined): boolean {
    return (
      (this.agent === undefined || this.agent === agent) &&
      (this.department === undefined || this.department === department)
    );
  }
}

/** When an agent answered a chat. */
export function answeredAt({ time, wait = 0 }: ChatFact): number {
  return time + wait;
}

/** When a chat ended; one that goes on lasts until now. */
export function endedAt(chat: ChatFact, now: number): number {
  return chat.end ?? Math.max(chat.earlier?.at(-1)?.until ?? answeredAt(chat), now);
}

/** The parts of a chat, with one agent each. */
function stagesOf(chat: ChatFact, now: number): ChatStage[] {
  if (chat.outcome !== 'chat') return [];
  let from = answeredAt(chat);
  const earlier = (chat.earlier ?? []).map(({ agent, department, until }) => {
    const stage = { agent, department, from, to: until };
    from = until;
    return stage;
  });
  return [...earlier, { agent: chat.agent, department: chat.department, from, to: endedAt(chat, now) }];
}

function statusStages(activity: Activity, to: number, now: number): StatusStage[] {
  const last = new Map<number, { status: string; from: number }>();
  const stages: StatusStage[] = [];
  for (const { time, agent, status } of activity.statuses.all()) {
    if (time >= to) break;
    const before = last.get(agent);
    if (before) stages.push({ agent, ...before, to: time });
    last.set(agent, { status, from: time });
  }
  for (const [agent, { status, from }] of last) {
    const next = activity.statuses.between(to, Number.POSITIVE_INFINITY).find((fact) => fact.agent === agent);
    stages.push({ agent, status, from, to: next ? next.time : Math.max(from, now) });
  }
  return stages;
}
