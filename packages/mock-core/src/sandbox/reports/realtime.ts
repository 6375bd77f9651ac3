import type { BotChatFact, ChatFact, Json } from '@comm100-openapi/description';
import type { Activity } from './activity.ts';
import type { Reported } from './company.ts';
import { evaluate, type FieldOf } from './expression.ts';
import { cellOf } from './grouped.ts';
import { type Cell, metrics, numberOf } from './metrics.ts';
import { answeredAt, Scene, Scope } from './scope.ts';
import type { Period, Zone } from './time.ts';

const minute = 60_000;

/** What is going on at a moment: the facts until then, as they were then. */
export class Moment {
  readonly reported: Reported;
  readonly now: number;
  /** Those who wait, and the chats that go on. */
  readonly waiting: readonly ChatFact[];
  readonly ongoing: readonly ChatFact[];
  readonly #activity: Activity;

  constructor(activity: Activity, reported: Reported, now: number) {
    this.#activity = activity;
    this.reported = reported;
    this.now = now;
    const current = activity.chats.reachingInto(now, now + 1).flatMap((chat) => asOf(chat, now) ?? []);
    this.waiting = current.filter(({ outcome }) => outcome === 'waiting');
    this.ongoing = current.filter(({ outcome, end }) => outcome === 'chat' && end === undefined);
  }

  /** The chats that were requested in a period, as they are now. */
  chats({ from, to }: Period): ChatFact[] {
    return this.#activity.chats.between(from, to).flatMap((chat) => asOf(chat, this.now) ?? []);
  }

  /** Those whose wait ended after a time. */
  decidedSince(time: number): ChatFact[] {
    return this.#activity.chats
      .reachingInto(time, this.now + 1)
      .flatMap((chat) => asOf(chat, this.now) ?? [])
      .filter((chat) => endOfWait(chat) > time);
  }

  /** The status of each agent who has one. */
  statuses(): Map<number, string> {
    const until = this.#activity.statuses.between(Number.NEGATIVE_INFINITY, this.now + 1);
    return new Map(until.map(({ agent, status }) => [agent, status]));
  }

  visitorsOnSite(): number {
    return this.#activity.visits
      .reachingInto(this.now, this.now + 1)
      .reduce((sum, { until = 0, count = 1 }) => sum + (until > this.now ? count : 0), 0);
  }

  botChats({ from, to }: Period): BotChatFact[] {
    return this.#activity.botChats.between(from, to).filter(({ end }) => end !== undefined && end <= this.now);
  }

  ongoingBotChats(): number {
    return this.#activity.botChats
      .reachingInto(this.now, this.now + 1)
      .filter(({ end }) => end === undefined || end > this.now).length;
  }

  /** The facts of a period that ends now, for the team or an agent. */
  cell(period: Period, agent?: number): Cell {
    const scene = new Scene(this.#activity, this.reported, period, this.now);
    // What happened at this very moment has happened.
    const until = { from: period.from, to: period.to + 1 };
    const chats = this.chats(until).filter((chat) => agent === undefined || chat.agent === agent);
    const invitations = this.#activity.invitations.between(until.from, until.to);
    return cellOf({ chats, invitations, botChats: this.botChats(until) }, [period], new Scope(scene, { agent }));
  }

  /** How long an agent was in each status in a period. */
  statusTimes(period: Period): Map<number, Map<string, number>> {
    const scene = new Scene(this.#activity, this.reported, period, this.now);
    const times = new Map<number, Map<string, number>>();
    for (const { agent, status, from, to } of scene.statusStages) {
      const time = Math.min(to, period.to) - Math.max(from, period.from);
      const own = times.get(agent) ?? new Map<string, number>();
      if (time > 0) times.set(agent, own.set(status, (own.get(status) ?? 0) + time));
    }
    return times;
  }
}

/** A chat as it was at a moment; `undefined` where it was not requested yet. */
function asOf(chat: ChatFact, now: number): ChatFact | undefined {
  if (chat.time > now) return undefined;
  const { wait, end, rating, postchat, wrapup, earlier, ...rest } = chat;
  const isDecided = wait !== undefined && chat.time + wait <= now;
  if (!isDecided) return { ...rest, outcome: 'waiting' };
  const isOver = chat.outcome !== 'chat' || (end !== undefined && end <= now);
  if (isOver) return chat;
  const passed = (earlier ?? []).filter(({ until }) => until <= now);
  const current = earlier?.[passed.length];
  return { ...rest, ...current, wait, ...(passed.length > 0 ? { earlier: passed } : {}) };
}

export function rightNow(moment: Moment): Json {
  const { reported, ongoing, waiting } = moment;
  const statuses = moment.statuses();
  const online = reported.agents.filter(({ id }) => statuses.get(id) === 'Online');
  const isOnline = new Set(online.map(({ id }) => id));
  const capacity = online.reduce((sum, { maxChats }) => sum + maxChats, 0);
  const ofOnline = ongoing.filter(({ agent }) => agent !== undefined && isOnline.has(agent)).length;
  const withChatbot = reported.hasChatbot ? moment.ongoingBotChats() : 0;
  return {
    agentsInChat: new Set(ongoing.flatMap(({ agent }) => agent ?? [])).size,
    ongoingChats: ongoing.length + withChatbot,
    visitorsOnSite: moment.visitorsOnSite(),
    loggedInAgents: reported.agents.filter(({ id }) => (statuses.get(id) ?? 'Offline') !== 'Offline').length,
    ...(reported.hasAutoAllocation && {
      currentQueueLength: waiting.filter(({ isQueued }) => isQueued).length,
      chatUtilization: capacity > 0 ? Math.round((ofOnline / capacity) * 100) / 100 : 0,
    }),
    ...(reported.hasChatbot && { ongoingChatsWithAgents: ongoing.length, ongoingChatsWithChatbot: withChatbot }),
  };
}

export function today(moment: Moment, zone: Zone, version: 'v1' | 'v2'): Json {
  const { reported, now } = moment;
  const cell = moment.cell(zone.dayUntil(now));
  const values = (names: Readonly<Record<string, keyof typeof metrics>>) =>
    Object.fromEntries(Object.entries(names).map(([name, metric]) => [name, numberOf(metrics[metric], [cell])]));
  const group = (name: string, isAvailable: boolean, names: Readonly<Record<string, keyof typeof metrics>>) => {
    if (isAvailable) return { [name]: values(names) };
    return version === 'v1' ? {} : { [name]: null };
  };
  return {
    ...group('chatOverview', true, {
      chatRequests: 'chatRequests',
      chats: 'chats',
      chatAcceptanceRate: 'chatAcceptanceRate',
      abandonedChats: 'abandonedChats',
      switchToMessages: 'switchedToMessages',
      missedChats: 'missedChats',
    }),
    ...group('chatbot', reported.hasChatbot, {
      chatbotOnlyChats: 'chatbotOnlyChats',
      chatsFromChatbotToAgent: 'chatsFromChatbotToAgent',
      answers: 'answers',
      highConfidenceAnswers: 'highConfidenceAnswers',
    }),
    ...group('serviceEfficiency', reported.isEnterprise, {
      avgWaitTime: 'avgWaitTime',
      avgChatTime: 'avgChatTime',
      avgResponseTime: 'avgAgentResponseTime',
      acceptedInvitations: 'accepted',
      departmentTransferChats: 'departmentTransferredChats',
      totalTransferChats: 'totalTransferredChats',
    }),
    ...group('agentPerformance', reported.isEnterprise, {
      uniqueChatRate: 'uniqueChatRate',
      agentUtilization: 'agentUtilization',
      avgScore: 'avgScore',
    }),
  };
}

export function customMetrics(moment: Moment, zone: Zone): Json {
  const { from, to } = zone.dayUntil(moment.now);
  const chats = moment.chats({ from, to: to + 1 }).filter(({ outcome }) => outcome === 'chat');
  const fields = chats.map((chat) => fieldsOf(chat, moment.reported));
  return moment.reported.customMetrics.map(({ id, expression }) => ({
    id,
    value: Math.round(evaluate(expression, fields) * 100) / 100,
  }));
}

/** The fields of a chat by the names that expressions have. Every chat has a name. */
function fieldsOf(chat: ChatFact, { departments, surveys }: Reported): FieldOf {
  const fields = new Map([
    ['Prechat.Name', chat.visitor],
    ['Prechat.Department', departments.find(({ id }) => id === chat.department)?.name ?? ''],
    ['Postchat.Rating', chat.rating === undefined ? '' : String(chat.rating)],
  ]);
  for (const [form, prefix] of [
    ['prechat', 'Prechat'],
    ['postchat', 'Postchat'],
    ['wrapup', 'Wrapup'],
  ] as const) {
    for (const [field, option] of chat[form] ?? []) {
      const survey = surveys.find((each) => each.form === form && each.field === field);
      if (survey) fields.set(`${prefix}.${survey.name}`, option);
    }
  }
  return (name) => fields.get(name) ?? '';
}

export function realTimeAgents(moment: Moment, zone: Zone, department: number | undefined): Json {
  const day = zone.dayUntil(moment.now);
  const statuses = moment.statuses();
  const times = moment.statusTimes(day);
  return moment.reported.agents
    .filter(({ departments }) => department === undefined || departments.includes(department))
    .map(({ id }) => {
      const cell = moment.cell(day, id);
      const own = times.get(id) ?? new Map<string, number>();
      const known = [...own.values()].reduce((sum, time) => sum + time, 0);
      // Before the first change of all, an agent is offline.
      const offline = (own.get('Offline') ?? 0) + (day.to - day.from - known);
      const away = [...own].filter(([status]) => !['Online', 'Away', 'Offline'].includes(status));
      const all = [
        ['Online', own.get('Online') ?? 0],
        ['Away', own.get('Away') ?? 0],
        ['Offline', offline],
        ...away,
      ] as const;
      return {
        agentId: id,
        currentStatus: statuses.get(id) ?? 'Offline',
        ongoingChats: moment.ongoing.filter(({ agent }) => agent === id).length,
        todayChats: numberOf(metrics.chats, [cell]),
        todayLinearChatTime: numberOf(metrics.linearChatTime, [cell]),
        statusDistribution: all.map(([status, time]) => ({ status, time: time / 1000 })),
      };
    });
}

/**
 * The queues: one for all agents, one for each department, and one for each agent to whom alone somebody was routed
 * in the last hour. The averages are of those whose wait in the queue ended in that time.
 */
export function realTimeQueues(moment: Moment): Json {
  const { now, reported, ongoing, waiting } = moment;
  const recent = moment.decidedSince(now - 60 * minute);
  const routes = [
    { type: 0 },
    ...reported.departments.map(({ id }) => ({ type: 1, id })),
    ...[...new Set([...recent, ...ongoing, ...waiting].flatMap(({ routedTo }) => routedTo ?? []))]
      .sort((one, other) => one - other)
      .map((id) => ({ type: 2, id })),
  ];
  return routes.map((route) => {
    const isHere = (chat: ChatFact) => routeOf(chat) === `${route.type} ${'id' in route ? route.id : ''}`;
    const left = (minutes: number) => recent.filter((chat) => isHere(chat) && endOfWait(chat) > now - minutes * minute);
    const count = (outcome: string) => left(30).filter((chat) => chat.outcome === outcome).length;
    const wait = (minutes: number) =>
      numberOf(metrics.avgQueueTime, [{ ...moment.cell({ from: now, to: now }), chats: left(minutes) }]);
    return {
      routeTo: route,
      ongoingChats: ongoing.filter(isHere).length,
      avgWaitTimeInLast30Mins: wait(30),
      avgWaitTimeInLast60Mins: wait(60),
      abandonedChatsInLast30Mins: count('abandoned'),
      switchedToMessagesInLast30Mins: count('switched'),
      queue: waiting
        .filter((chat) => chat.isQueued && isHere(chat))
        .map(({ visitor, time }) => ({ visitorId: visitor, waitTime: (now - time) / 1000 })),
    };
  });
}

function routeOf({ routedTo, department }: ChatFact): string {
  if (routedTo !== undefined) return `2 ${routedTo}`;
  return department === undefined ? '0 ' : `1 ${department}`;
}

/** When the visitor no longer waited; before all times where the wait goes on. */
function endOfWait(chat: ChatFact): number {
  return chat.wait === undefined ? Number.NEGATIVE_INFINITY : answeredAt(chat);
}
