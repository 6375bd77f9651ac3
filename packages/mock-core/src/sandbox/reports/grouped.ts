import type { Json } from '@comm100-openapi/description';
import type { Reported } from './company.ts';
import { type Cell, joined, type Metric, metrics, numberOf } from './metrics.ts';
import { type Scene, Scope } from './scope.ts';
import { type Period, slotOf, slotText, type Unit, type Zone } from './time.ts';

/** A report with a row for each period, or for each agent, department, … */
export interface GroupedReport {
  readonly of: readonly Source[];
  readonly metrics: Readonly<Record<string, Metric>>;
  /** The metrics of the rows of a distribution. */
  readonly distribution?: Readonly<Record<string, Metric>>;
  /** The metrics of the rows of departments, where they differ. */
  readonly department?: Readonly<Record<string, Metric>>;
  /** The facts that count, where not all do. */
  readonly only?: (fact: Dimensions) => boolean;
}

/** The lists of facts that a report can be of. */
type Source = Exclude<keyof Cell, 'periods' | 'scope'>;

/** What facts can be filtered and grouped by. */
type Dimension = 'agent' | 'department' | 'campaign' | 'visitorSegment' | 'autoInvitation' | 'conversionAction';

type Dimensions = { readonly [Name in Dimension]?: number | undefined };

/** By what the facts of each list can be filtered and grouped; all others are the same for every row and filter. */
const dimensionsOf: Record<Source, readonly Dimension[]> = {
  chats: ['agent', 'department', 'campaign', 'visitorSegment'],
  visits: ['campaign'],
  invitations: ['agent', 'campaign', 'autoInvitation'],
  offlineMessages: ['department', 'campaign', 'visitorSegment'],
  conversions: ['agent', 'department', 'conversionAction'],
  botChats: [],
};

/** `filterName=conversion` has the id of a conversion action. */
const dimensions: Readonly<Record<string, Dimension>> = {
  agent: 'agent',
  department: 'department',
  campaign: 'campaign',
  visitorSegment: 'visitorSegment',
  autoInvitation: 'autoInvitation',
  conversionAction: 'conversionAction',
  conversion: 'conversionAction',
};

const units: Readonly<Record<string, Unit>> = { hour: 'hour', day: 'day', week: 'week', month: 'month' };

const { chatRequests, chats, missedChats, refusedChats } = metrics;
const { abandonedChats, switchedToMessages, queuedChatRequests, chatsFromQueue, maxQueueSize } = metrics;
const { visits, messages, fromOfflineButton, fromChatQueue, sent, accepted } = metrics;
const { avgChatTime, avgWaitTime, totalChatTime, lastMessageSentByAgent, linearChatTime, idleTime } = metrics;
const { agentUtilization, avgConcurrentChats, score1, score2, score3, score4, score5 } = metrics;

const efficiency = {
  avgAgentResponseTime: metrics.avgAgentResponseTime,
  avgWaitTime,
  avgChatTime,
  avgAgentsChatMessages: metrics.avgAgentsChatMessages,
  avgVisitorsChatMessages: metrics.avgVisitorsChatMessages,
  avgCannedMessages: metrics.avgCannedMessages,
  lastMessageSentByAgent,
};

/** The reports by the names of their operations. The names of the metrics are the documents', misspelt ones too. */
export const groupedReports: Readonly<Record<string, GroupedReport>> = {
  getChatVolumeReport: {
    of: ['chats'],
    metrics: { chatRequests, chats, missedChats, refusedChats },
    distribution: {
      avgChatRequests: chatRequests,
      avgChats: chats,
      avgMissedChats: missedChats,
      avgRefusedChats: refusedChats,
    },
  },
  getVisitsReport: { of: ['visits'], metrics: { visits }, distribution: { visits } },
  getChatSourceReport: {
    of: ['chats'],
    metrics: {
      chats,
      chatsInitialtedByVisitors: metrics.chatsByVisitors,
      chatsFromManualInvitations: metrics.chatsFromManualInvitations,
      chatsFromAutoInvitations: metrics.chatsFromAutoInvitations,
    },
    distribution: {
      avgChats: chats,
      avgChatsInitialtedByVisitors: metrics.chatsByVisitors,
      avgChatsFromManualInvitations: metrics.chatsFromManualInvitations,
      avgChatsFromAutoInvitations: metrics.chatsFromAutoInvitations,
    },
  },
  getQueueReport: {
    of: ['chats'],
    metrics: { queuedChatRequests, chatsFromQueue, switchedToMessages, abandonedChats, refusedChats, maxQueueSize },
    distribution: {
      avgQueuedChatRequests: queuedChatRequests,
      avgChatsFromQueue: chatsFromQueue,
      avgSwitchedToMessages: switchedToMessages,
      avgAbandonedChats: abandonedChats,
      avgRefusedChats: refusedChats,
      avgMmaxQueueSize: maxQueueSize,
    },
  },
  getWaitTimeReport: {
    of: ['chats'],
    metrics: {
      avgWaitTime: metrics.avgQueueTime,
      avgWaitTimeOfMissedChats: metrics.avgQueueTimeOfMissed,
      maxWaitTime: metrics.maxQueueTime,
      maxWaitTimeOfMissedChats: metrics.maxQueueTimeOfMissed,
    },
    distribution: {
      avgWaitTime: metrics.avgQueueTime,
      avgWaitTimeOfMissedChats: metrics.avgQueueTimeOfMissed,
      avgMaxWaitTime: metrics.maxQueueTime,
      avgMaxWaitTimeOfMissedChats: metrics.maxQueueTimeOfMissed,
    },
  },
  getChatTransferReport: {
    of: ['chats'],
    metrics: {
      chats,
      totalTransferredChats: metrics.totalTransferredChats,
      departmentTransferredChats: metrics.departmentTransferredChats,
    },
    department: {
      departmentTransferredInChats: metrics.departmentTransferredInChats,
      departmentTransferredOutChats: metrics.departmentTransferredOutChats,
      chats,
    },
  },
  getAvailabilityReport: { of: [], metrics: { online: metrics.online } },
  getAgentPerformanceReport: {
    of: ['chats'],
    metrics: { avgChatTime, avgWaitTime, totalChatTime, lastMessageSentByAgent },
  },
  getWorkloadReport: {
    of: ['chats'],
    metrics: { linearChatTime, idleTime, agentUtilization, avgConcurrentChats, totalChatTime, chats },
    distribution: {
      avgLinearChatTime: linearChatTime,
      avgIdleTime: idleTime,
      avgAgentUtilization: agentUtilization,
      avgConcurrentChats,
      avgTotalChatTime: totalChatTime,
      avgChats: chats,
    },
  },
  getEfficiencyReport: { of: ['chats'], metrics: efficiency, distribution: efficiency },
  getRatingReport: {
    of: ['chats'],
    metrics: { score5, score4, score3, score2, score1 },
    distribution: { avgScore5: score5, avgScore4: score4, avgScore3: score3, avgScore2: score2, avgScore1: score1 },
  },
  getWrapupCompletionReport: { of: ['chats'], metrics: { wrapups: metrics.wrapups, chats } },
  getConversionsReport: {
    of: ['conversions', 'chats'],
    metrics: {
      conversions: metrics.conversions,
      chats,
      chattedVisitors: metrics.chattedVisitors,
      convertedVisitors: metrics.convertedVisitors,
      convertedChattedVisitors: metrics.convertedChattedVisitors,
      value: metrics.value,
    },
  },
  getManualInvitationReport: {
    of: ['invitations'],
    metrics: { sent, accepted },
    only: ({ agent }) => agent !== undefined,
  },
  getAutoInvitationReport: {
    of: ['invitations'],
    metrics: { sent, accepted },
    only: ({ agent }) => agent === undefined,
  },
  getOfflineMessageReport: {
    of: ['offlineMessages'],
    metrics: { messages, fromOfflineButton, fromChatQueue },
    distribution: {
      avgMessages: messages,
      avgFromOfflineButton: fromOfflineButton,
      avgFromChatQueue: fromChatQueue,
    },
  },
};

/** A dimension that a report is filtered by, and the id. */
export interface Filter {
  readonly name: Dimension;
  readonly value: number;
}

/** The filter of a request. */
export function filterOf(name: string | undefined, value: number | undefined): Filter | undefined {
  const dimension = name === undefined ? undefined : dimensions[name];
  return dimension && value !== undefined ? { name: dimension, value } : undefined;
}

/** A row before its numbers: what it is about, and the cells that they are of. */
export interface Row {
  readonly head: Record<string, Json>;
  readonly cells: readonly Cell[];
}

/** The rows of a report. `extra` adds what is particular to a report. */
export function groupedRows(
  { of, metrics, distribution = metrics, department = metrics, only }: GroupedReport,
  group: string,
  filter: Filter | undefined,
  zone: Zone,
  scene: Scene,
  extra: (row: Row, group: string) => Record<string, Json> = () => ({}),
): Record<string, Json>[] {
  const facts = Object.fromEntries(of.map((source) => [source, factsOf(source, filter, only, scene)]));
  const unit = group === '24*7Distribution' ? 'hour' : group === 'halfHourDistribution' ? 'halfHour' : undefined;
  const dimension = dimensions[group];
  const rows = unit
    ? distributionRows(facts, unit, filter, zone, scene)
    : dimension
      ? objectRows(facts, dimension, filter, scene)
      : timeRows(facts, units[group] ?? 'day', filter, zone, scene);
  const shown = unit ? distribution : group === 'department' ? department : metrics;
  return rows.map((row) => ({
    ...row.head,
    ...Object.fromEntries(Object.entries(shown).map(([name, metric]) => [name, numberOf(metric, row.cells)])),
    ...extra(row, group),
  }));
}

/** Lists of facts, each of the kind of its source. */
type FactLists = Partial<Record<Source, AnyFact[]>>;
type AnyFact = Dimensions & { readonly time: number };

/** The facts of a list in the range, as far as they fit the filter. */
function factsOf(source: Source, filter: Filter | undefined, only: GroupedReport['only'], scene: Scene): AnyFact[] {
  const { from, to } = scene.range;
  const all: readonly AnyFact[] = scene.activity[source].between(from, to);
  const isFiltered = filter && dimensionsOf[source].includes(filter.name);
  return all.filter((fact) => (!isFiltered || fact[filter.name] === filter.value) && (!only || only(fact)));
}

function timeRows(facts: FactLists, unit: Unit, filter: Filter | undefined, zone: Zone, scene: Scene): Row[] {
  const scope = scopeOf(scene, filter);
  const periods = zone.periods(scene.range, unit);
  return cellsOf(facts, periods, scope).map((cell, index) => {
    const { from, to } = periods[index] as Period;
    return { head: { time: { from: zone.text(from), to: zone.text(to) } }, cells: [cell] };
  });
}

/** A row for each half hour of the day or hour of the week. On a day that has it twice, both count as one. */
function distributionRows(
  facts: FactLists,
  unit: 'halfHour' | 'hour',
  filter: Filter | undefined,
  zone: Zone,
  scene: Scene,
): Row[] {
  const scope = scopeOf(scene, filter);
  const periods = zone.periods(scene.range, unit);
  const slots = Array.from({ length: unit === 'halfHour' ? 48 : 7 * 24 }, () => new Map<number, Cell[]>());
  const cells = cellsOf(facts, periods, scope);
  cells.forEach((cell, index) => {
    const { slot, date } = slotOf(zone, periods[index] as Period, unit);
    const dates = slots[slot];
    dates?.set(date, [...(dates.get(date) ?? []), cell]);
  });
  return slots.map((dates, slot) => ({
    head: { time: slotText(slot, unit) },
    cells: [...dates.values()].map(joined),
  }));
}

/** A row for each agent, department, … that there is, and after them, by id, for others that facts are of. */
function objectRows(facts: FactLists, dimension: Dimension, filter: Filter | undefined, scene: Scene): Row[] {
  const divided = Object.keys(facts).filter((source) => dimensionsOf[source as Source].includes(dimension)) as Source[];
  const listed = idsOf(dimension, filter, scene.reported);
  const parts = new Map<number, FactLists>(listed.map((id) => [id, {}]));
  for (const source of divided) {
    for (const fact of facts[source] ?? []) {
      const id = fact[dimension];
      if (id === undefined) continue;
      const part = parts.get(id) ?? {};
      parts.set(id, part);
      listOf(part, source).push(fact);
    }
  }
  const empty = Object.fromEntries(divided.map((source) => [source, []]));
  const others = [...parts.keys()].slice(listed.length).sort((one, other) => one - other);
  return [...listed, ...others].map((id) => {
    const part = parts.get(id) ?? {};
    const scope = scopeOf(scene, filter, { name: dimension, value: id });
    return {
      head: { [`${dimension}Id`]: id },
      cells: [cellOf(asLists({ ...facts, ...empty, ...part }), [scene.range], scope)],
    };
  });
}

/** Whose rows there are: with a filter, those that belong to it. */
function idsOf(dimension: Dimension, filter: Filter | undefined, reported: Reported): readonly number[] {
  const all = allOf(dimension, reported);
  if (!filter) return all;
  if (filter.name === dimension) return all.filter((id) => id === filter.value);
  if (dimension === 'agent' && filter.name === 'department') {
    return reported.agents.filter(({ departments }) => departments.includes(filter.value)).map(({ id }) => id);
  }
  if (dimension === 'department' && filter.name === 'agent') {
    const own = reported.agents.find(({ id }) => id === filter.value)?.departments ?? [];
    return all.filter((id) => own.includes(id));
  }
  if (dimension === 'autoInvitation' && filter.name === 'campaign') {
    return reported.autoInvitations.filter(({ campaign }) => campaign === filter.value).map(({ id }) => id);
  }
  return all;
}

function allOf(dimension: Dimension, reported: Reported): readonly number[] {
  switch (dimension) {
    case 'agent':
      return reported.agents.map(({ id }) => id);
    case 'department':
      return reported.departments.map(({ id }) => id);
    case 'campaign':
      return reported.campaigns;
    case 'visitorSegment':
      return reported.visitorSegments;
    case 'autoInvitation':
      return reported.autoInvitations.map(({ id }) => id);
    case 'conversionAction':
      return reported.conversionActions;
  }
}

function scopeOf(scene: Scene, ...filters: (Filter | undefined)[]): Scope {
  return new Scope(
    scene,
    Object.fromEntries(filters.flatMap((filter) => (filter ? [[filter.name, filter.value]] : []))),
  );
}

/** The facts of each period. Periods follow each other without a gap. */
function cellsOf(facts: FactLists, periods: readonly Period[], scope: Scope): Cell[] {
  const parts = periods.map((): FactLists => ({}));
  for (const [source, all] of Object.entries(facts) as [Source, readonly AnyFact[]][]) {
    let index = 0;
    for (const fact of all) {
      while (fact.time >= (periods[index]?.to ?? Number.POSITIVE_INFINITY)) index++;
      const part = parts[index];
      if (part) listOf(part, source).push(fact);
    }
  }
  return parts.map((part, index) => cellOf(asLists(part), [periods[index] as Period], scope));
}

function listOf(part: FactLists, source: Source): AnyFact[] {
  part[source] ??= [];
  return part[source];
}

const none: readonly never[] = [];

/** A cell with these facts. */
export function cellOf(facts: Partial<Cell>, periods: readonly Period[], scope: Scope): Cell {
  return {
    chats: none,
    visits: none,
    invitations: none,
    offlineMessages: none,
    conversions: none,
    botChats: none,
    ...facts,
    periods,
    scope,
  };
}

/** The lists as a cell has them: dividing them has kept each fact in the list of its kind. */
function asLists(facts: FactLists): Partial<Cell> {
  return facts as unknown as Partial<Cell>;
}
