/**
 * The reports once more, as simply as can be: times are read by the platform's own calendar, periods are found by going
 * through the range a quarter of an hour at a time, and lengths of time are counted minute by minute. It shares nothing
 * with what it checks but the types. All times are in whole minutes.
 */
import type { ChatFact, Facts } from '@comm100-openapi/description';
import type { Reported, ReportQuery } from '../src/sandbox/reports/company.ts';

const minute = 60_000;
const quarter = 15 * minute;

const formats = new Map<string, Intl.DateTimeFormat>();
const localTexts = new Map<string, string>();

/** `2025-03-09T01:30:00` */
export function localText(timeZone: string, instant: number): string {
  const key = `${timeZone} ${instant}`;
  let text = localTexts.get(key);
  if (text === undefined) {
    let format = formats.get(timeZone);
    if (!format) {
      format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
      formats.set(timeZone, format);
    }
    text = format.format(instant).replace(' ', 'T');
    localTexts.set(key, text);
  }
  return text;
}

/** The first instant that has a local time, which is at a quarter of an hour. */
function firstInstant(timeZone: string, local: string): number {
  const guess = Date.parse(`${local}Z`);
  for (let instant = guess - 15 * 60 * minute; instant <= guess + 15 * 60 * minute; instant += quarter) {
    if (localText(timeZone, instant) === local) return instant;
  }
  throw new Error(`${timeZone} has no ${local}.`);
}

interface Part {
  readonly chats: ChatFact[];
  readonly facts: Facts;
  /** The minutes that the row is about. */
  readonly minutes: readonly number[];
  readonly agent: number | undefined;
  readonly department: number | undefined;
}

type Name = 'agent' | 'department' | 'campaign' | 'visitorSegment' | 'autoInvitation' | 'conversionAction';
type Numbers = Record<string, number | undefined>;

const has: Record<string, Name[]> = {
  chats: ['agent', 'department', 'campaign', 'visitorSegment'],
  visits: ['campaign'],
  invitations: ['agent', 'campaign', 'autoInvitation'],
  offlineMessages: ['department', 'campaign', 'visitorSegment'],
  conversions: ['agent', 'department', 'conversionAction'],
  statuses: [],
  botChats: [],
};

/** The rows of one of the reports that have a `group`. */
export function modelRows(
  operation: string,
  facts: Facts,
  reported: Reported,
  query: Required<ReportQuery>,
): Numbers[] {
  const { timezone: zone = '', group = '', now } = query;
  const from = firstInstant(zone, query.timeFrom ?? '');
  const to = firstInstant(zone, query.timeTo ?? '');
  const filterName = (query.filterName === 'conversion' ? 'conversionAction' : query.filterName) as Name | undefined;
  const filtered = pick(facts, (fact, list) => {
    if (fact.time < from || fact.time >= to) return list === 'statuses';
    if (operation === 'getManualInvitationReport' && list === 'invitations' && fact.agent === undefined) return false;
    if (operation === 'getAutoInvitationReport' && list === 'invitations' && fact.agent !== undefined) return false;
    return !filterName || !has[list]?.includes(filterName) || fact[filterName] === query.filterValue;
  });
  const scope = {
    agent: filterName === 'agent' ? query.filterValue : undefined,
    department: filterName === 'department' ? query.filterValue : undefined,
  };
  const all: number[] = [];
  for (let time = from; time < to; time += minute) all.push(time);
  const part = (minutes: readonly number[]): Part => {
    const times = new Set(minutes);
    const own = pick(filtered, ({ time }, list) => list === 'statuses' || times.has(time));
    return { chats: [...own.chats], facts: own, minutes, ...scope };
  };
  const count = (each: Part) => numbers(operation, each, facts, now, to, reported);
  /** The minutes of the range by what their local time says. */
  const dividedBy = (keyOf: (text: string, time: number) => string) => {
    const minutes = new Map<string, number[]>();
    for (let start = from; start < to; start += quarter) {
      const key = keyOf(localText(zone, start), start);
      const known = minutes.get(key) ?? [];
      for (let time = start; time < start + quarter; time += minute) known.push(time);
      minutes.set(key, known);
    }
    return minutes;
  };

  if (group.includes('Distribution')) {
    const slotOf = (text: string) => {
      const half = `${text.slice(11, 14)}${text.slice(14, 16) < '30' ? '00' : '30'}`;
      return group === '24*7Distribution' ? `${weekday(text)} ${text.slice(11, 13)}:00` : half;
    };
    const together = dividedBy(slotOf);
    const dates = dividedBy((text) => `${slotOf(text)} on ${text.slice(0, 10)}`);
    return (group === '24*7Distribution' ? hoursOfWeek : halfHours).map((slot) => {
      const each = [...dates]
        .filter(([key]) => key.startsWith(`${slot} on`))
        .map(([, minutes]) => count(part(minutes)));
      return inDistribution(operation, each, count(part(together.get(slot) ?? [])));
    });
  }

  if (['hour', 'day', 'week', 'month'].includes(group)) {
    const periods = dividedBy((text, time) => {
      if (group === 'month') return text.slice(0, 7);
      if (group === 'day') return text.slice(0, 10);
      if (group === 'hour') return `${text.slice(0, 13)} ${Date.parse(`${text}Z`) - time}`;
      const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
      while (date.getUTCDay() !== 0) date.setUTCDate(date.getUTCDate() - 1);
      return date.toISOString();
    });
    return [...periods.values()].map((minutes) => {
      const [first = 0, last = 0] = [minutes[0], minutes.at(-1)];
      const time = { from: localText(zone, first), to: localText(zone, last + minute) };
      return { time, ...count(part(minutes)) } as unknown as Numbers;
    });
  }

  const name = group as Name;
  const known = listed(name, filterName, query.filterValue, reported);
  const others = new Set<number>();
  for (const [list, each] of Object.entries(filtered) as [string, { [key in Name]?: number }[]][]) {
    if (!has[list]?.includes(name) || !used(operation).includes(list)) continue;
    for (const fact of each) if (fact[name] !== undefined) others.add(fact[name]);
  }
  const unlisted = [...others].filter((id) => !known.includes(id)).toSorted((one, other) => one - other);
  return [...known, ...unlisted].map((id) => {
    const own = pick(filtered, (fact, list) => !has[list]?.includes(name) || fact[name] === id);
    const row = { chats: [...own.chats], facts: own, minutes: all, ...scope, ...{ [name]: id } } as Part;
    const values = count(row);
    if (operation === 'getChatTransferReport') {
      const moved = (fits: (one: number | undefined, other: number | undefined) => boolean) =>
        facts.chats.filter(
          (chat) =>
            chat.time >= from &&
            chat.time < to &&
            chat.outcome === 'chat' &&
            movesOf(chat).some(([one, other]) => one !== other && fits(one, other)),
        ).length;
      return {
        departmentId: id,
        departmentTransferredInChats: moved((_one, other) => other === id),
        departmentTransferredOutChats: moved((one) => one === id),
        chats: values.chats,
      };
    }
    const campaign =
      name === 'autoInvitation'
        ? (reported.autoInvitations.find((each) => each.id === id)?.campaign ??
          facts.invitations.findLast((each) => each.autoInvitation === id)?.campaign)
        : undefined;
    return { [`${name}Id`]: id, ...(campaign === undefined ? {} : { campaignId: campaign }), ...values };
  });
}

const days = ['Sun.', 'Mon.', 'Tue.', 'Wed.', 'Thu.', 'Fri.', 'Sat.'];
const twice = (number: number) => String(number).padStart(2, '0');
const hoursOfWeek = days.flatMap((name) => Array.from({ length: 24 }, (_, hour) => `${name} ${twice(hour)}:00`));
const halfHours = Array.from({ length: 48 }, (_, half) => `${twice(Math.floor(half / 2))}:${half % 2 ? '30' : '00'}`);

function weekday(local: string): string {
  return days[new Date(`${local}Z`).getUTCDay()] ?? '';
}

type AnyFact = { readonly time: number } & { readonly [key in Name]?: number };

function pick(facts: Facts, keep: (fact: AnyFact, list: string) => boolean): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([list, each]) => [list, (each as AnyFact[]).filter((fact) => keep(fact, list))]),
  ) as unknown as Facts;
}

function used(operation: string): string[] {
  if (/Invitation/.test(operation)) return ['invitations'];
  if (/OfflineMessage/.test(operation)) return ['offlineMessages'];
  if (/Visits/.test(operation)) return ['visits'];
  if (/Conversions/.test(operation)) return ['conversions', 'chats'];
  return /Availability/.test(operation) ? [] : ['chats'];
}

function listed(name: Name, filterName: Name | undefined, value: number | undefined, reported: Reported): number[] {
  const departmentsOf = (agent: number | undefined) =>
    reported.agents.find(({ id }) => id === agent)?.departments ?? [];
  const ids = {
    agent: reported.agents
      .filter(({ departments }) => filterName !== 'department' || departments.some((id) => id === value))
      .map(({ id }) => id),
    department: reported.departments
      .filter(({ id }) => filterName !== 'agent' || departmentsOf(value).includes(id))
      .map(({ id }) => id),
    campaign: [...reported.campaigns],
    visitorSegment: [...reported.visitorSegments],
    autoInvitation: reported.autoInvitations
      .filter(({ campaign }) => filterName !== 'campaign' || campaign === value)
      .map(({ id }) => id),
    conversionAction: [...reported.conversionActions],
  }[name];
  return filterName === name ? ids.filter((id) => id === value) : ids;
}

/** From which department to which a chat went. */
function movesOf({ earlier = [], department }: ChatFact): [number | undefined, number | undefined][] {
  return earlier.map((stage, index) => [
    stage.department,
    index + 1 < earlier.length ? earlier[index + 1]?.department : department,
  ]);
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** All numbers of a row, in seconds. `undefined` where there is nothing to average. */
function numbers(
  operation: string,
  { chats, facts, minutes, agent, department }: Part,
  all: Facts,
  now: number,
  to: number,
  reported: Reported,
): Numbers {
  const number = (outcome: string) => chats.filter((chat) => chat.outcome === outcome).length;
  const held = chats.filter(({ outcome }) => outcome === 'chat');
  const seconds = (time: number) => time / 1000;
  const lengths = held.map((chat) => seconds(endOf(chat, now) - chat.time - (chat.wait ?? 0)));
  const waits = (kept: ChatFact[]) =>
    kept.flatMap(({ wait, outcome }) => (wait === undefined || outcome === 'refused' ? [] : seconds(wait)));
  const missed = chats.filter(({ outcome }) => outcome === 'abandoned' || outcome === 'switched');
  const people = (each: readonly { visitor: string }[]) => [...new Set(each.map(({ visitor }) => visitor))];
  const most = (values: number[]) => (values.length > 0 ? Math.max(...values) : undefined);

  switch (operation) {
    case 'getChatVolumeReport':
      return {
        chatRequests: chats.length,
        chats: held.length,
        missedChats: missed.length,
        refusedChats: number('refused'),
      };
    case 'getVisitsReport':
      return { visits: sum(facts.visits.map(({ count }) => count ?? 1)) };
    case 'getChatSourceReport': {
      const by = (source: string) => held.filter((chat) => chat.source === source).length;
      return {
        chats: held.length,
        chatsInitialtedByVisitors: by('visitor'),
        chatsFromManualInvitations: by('manual'),
        chatsFromAutoInvitations: by('auto'),
      };
    }
    case 'getQueueReport': {
      const queues = new Map<string, ChatFact[]>();
      for (const chat of all.chats) {
        if (!chat.isQueued || (department !== undefined && chat.department !== department)) continue;
        const queue = chat.routedTo === undefined ? `department ${chat.department}` : `agent ${chat.routedTo}`;
        queues.set(queue, [...(queues.get(queue) ?? []), chat]);
      }
      const sizes = [...queues.values()].flatMap((queue) =>
        minutes.map(
          (at) => queue.filter(({ time, wait }) => time <= at && at < (wait === undefined ? now : time + wait)).length,
        ),
      );
      return {
        queuedChatRequests: chats.filter(({ isQueued }) => isQueued).length,
        chatsFromQueue: held.filter(({ isQueued }) => isQueued).length,
        switchedToMessages: number('switched'),
        abandonedChats: number('abandoned'),
        refusedChats: number('refused'),
        maxQueueSize: Math.max(0, ...sizes),
      };
    }
    case 'getWaitTimeReport': {
      const queued = waits(chats.filter(({ isQueued }) => isQueued));
      return {
        avgWaitTime: mean(queued),
        avgWaitTimeOfMissedChats: mean(waits(missed)),
        maxWaitTime: most(queued),
        maxWaitTimeOfMissedChats: most(waits(missed)),
      };
    }
    case 'getChatTransferReport':
      return {
        chats: held.length,
        totalTransferredChats: held.filter(({ earlier }) => earlier && earlier.length > 0).length,
        departmentTransferredChats: held.filter((chat) => movesOf(chat).some(([one, other]) => one !== other)).length,
      };
    case 'getAvailabilityReport':
      return {
        online:
          60 *
          countMinutes(minutes, statusesOf(all, reported, now, to, agent, department), (status) => status === 'Online'),
      };
    case 'getAgentPerformanceReport':
      return {
        avgChatTime: mean(lengths),
        avgWaitTime: mean(waits([...held, ...missed])),
        totalChatTime: sum(lengths),
        lastMessageSentByAgent: held.filter(({ isLastByAgent }) => isLastByAgent).length,
      };
    case 'getWorkloadReport': {
      const stages = all.chats
        .flatMap((chat) => stagesOf(chat, now))
        .filter(
          (stage) =>
            (agent === undefined || stage.agent === agent) &&
            (department === undefined || stage.department === department),
        );
      const statuses = statusesOf(all, reported, now, to, agent, department);
      const isBusy = (at: number) => stages.some((stage) => stage.from <= at && at < stage.to);
      const busy = minutes.filter(isBusy).length;
      const free = minutes.filter((at) => !isBusy(at));
      const idle = countMinutes(free, statuses, (status) => status !== 'Offline');
      return {
        linearChatTime: busy * 60,
        idleTime: idle * 60,
        agentUtilization: busy + idle > 0 ? busy / (busy + idle) : undefined,
        avgConcurrentChats: minutes.length > 0 ? sum(lengths) / (minutes.length * 60) : undefined,
        totalChatTime: sum(lengths),
        chats: held.length,
      };
    }
    case 'getEfficiencyReport': {
      const responses = sum(chats.map(({ responses }) => responses));
      return {
        avgAgentResponseTime:
          responses > 0 ? seconds(sum(chats.map(({ responseTime }) => responseTime))) / responses : undefined,
        avgWaitTime: mean(waits([...held, ...missed])),
        avgChatTime: mean(lengths),
        avgAgentsChatMessages: mean(held.map(({ agentMessages }) => agentMessages)),
        avgVisitorsChatMessages: mean(held.map(({ visitorMessages }) => visitorMessages)),
        avgCannedMessages: mean(held.map(({ cannedMessages }) => cannedMessages?.length ?? 0)),
        lastMessageSentByAgent: held.filter(({ isLastByAgent }) => isLastByAgent).length,
      };
    }
    case 'getRatingReport':
      return Object.fromEntries(
        [5, 4, 3, 2, 1].map((score) => [`score${score}`, chats.filter(({ rating }) => rating === score).length]),
      );
    case 'getWrapupCompletionReport':
      return { wrapups: chats.filter(({ wrapup }) => wrapup).length, chats: held.length };
    case 'getConversionsReport':
      return {
        conversions: facts.conversions.length,
        chats: held.length,
        chattedVisitors: people(held).length,
        convertedVisitors: people(facts.conversions).length,
        convertedChattedVisitors: people(held).filter((visitor) =>
          facts.conversions.some((each) => each.visitor === visitor),
        ).length,
        value: sum(facts.conversions.map(({ value }) => value)),
      };
    case 'getManualInvitationReport':
    case 'getAutoInvitationReport':
      return {
        sent: facts.invitations.length,
        accepted: facts.invitations.filter(({ isAccepted }) => isAccepted).length,
      };
    case 'getOfflineMessageReport': {
      const queued = facts.offlineMessages.filter(({ isFromQueue }) => isFromQueue).length;
      return {
        messages: facts.offlineMessages.length,
        fromOfflineButton: facts.offlineMessages.length - queued,
        fromChatQueue: queued,
      };
    }
    default:
      throw new Error(`${operation} has no model.`);
  }
}

/** How the rows of distributions name the numbers, where not by `avg` and the name. */
const renamed: Record<string, Record<string, string>> = {
  getVisitsReport: { visits: 'visits' },
  getQueueReport: { maxQueueSize: 'avgMmaxQueueSize' },
  getWaitTimeReport: { avgWaitTime: 'avgWaitTime', avgWaitTimeOfMissedChats: 'avgWaitTimeOfMissedChats' },
  getWorkloadReport: { avgConcurrentChats: 'avgConcurrentChats' },
};

/** Shares, and averages of single chats, are of all chats of the row; all else is an average over the days or weeks. */
function inDistribution(operation: string, each: readonly Numbers[], together: Numbers): Numbers {
  return Object.fromEntries(
    Object.keys(together).map((name) => {
      const isWhole = operation === 'getEfficiencyReport' || /^avg|Utilization/.test(name);
      const capital = `avg${name[0]?.toUpperCase()}${name.slice(1)}`;
      const shown = operation === 'getEfficiencyReport' ? name : (renamed[operation]?.[name] ?? capital);
      return [shown, isWhole ? together[name] : mean(each.flatMap((row) => row[name] ?? []))];
    }),
  );
}

function endOf({ time, wait = 0, end, earlier = [] }: ChatFact, now: number): number {
  return end ?? Math.max(now, time + wait, ...earlier.map(({ until }) => until));
}

function stagesOf(
  chat: ChatFact,
  now: number,
): { agent: number | undefined; department: number | undefined; from: number; to: number }[] {
  if (chat.outcome !== 'chat') return [];
  const starts = [chat.time + (chat.wait ?? 0), ...(chat.earlier ?? []).map(({ until }) => until)];
  const holders = [
    ...(chat.earlier ?? []),
    { agent: chat.agent, department: chat.department, until: endOf(chat, now) },
  ];
  return holders.map(({ agent, department, until }, index) => ({
    agent,
    department,
    from: starts[index] ?? 0,
    to: until,
  }));
}

/** For each agent of the row, the status at a time. */
function statusesOf(
  { statuses }: Facts,
  reported: Reported,
  now: number,
  end: number,
  agent: number | undefined,
  department: number | undefined,
): ((at: number) => string)[] {
  const ours = new Set([...reported.agents.map(({ id }) => id), ...statuses.map((fact) => fact.agent)]);
  return [...ours]
    .filter((id) => agent === undefined || id === agent)
    .filter(
      (id) =>
        department === undefined || reported.agents.find((each) => each.id === id)?.departments.includes(department),
    )
    .map((id) => {
      const own = statuses.filter((fact) => fact.agent === id);
      return (at: number) => {
        const last = own.findLast(({ time }) => time <= at);
        // What is recorded last lasts until now.
        const isKnown = last && (last !== own.at(-1) || at < Math.max(now, last.time));
        return isKnown && at < end ? last.status : 'Offline';
      };
    });
}

function countMinutes(
  minutes: readonly number[],
  statuses: ((at: number) => string)[],
  fits: (status: string) => boolean,
): number {
  return minutes.filter((at) => statuses.some((statusAt) => fits(statusAt(at)))).length;
}

/** The reports that have no `group`. */
export function modelOther(
  operation: string,
  version: string,
  facts: Facts,
  reported: Reported,
  query: ReportQuery,
): unknown {
  const { timezone: zone = '', now, filterValue } = query;
  const from = query.timeFrom ? firstInstant(zone, query.timeFrom) : 0;
  const to = query.timeTo ? firstInstant(zone, query.timeTo) : 0;
  const chats = facts.chats.filter(({ time }) => time >= from && time < to);
  const members = reported.agents.filter(({ id, departments }) =>
    query.filterName === 'agent' ? id === filterValue : filterValue === undefined || departments.includes(filterValue),
  );

  const survey = (form: 'prechat' | 'postchat' | 'wrapup') =>
    reported.campaigns
      .filter((campaign) => filterValue === undefined || campaign === filterValue)
      .map((campaignId) => ({
        campaignId,
        fields: reported.surveys
          .filter((each) => each.form === form && each.campaign === campaignId)
          .map(({ field, name, options, groups }) => {
            const counted = (texts: readonly string[]) =>
              texts.map((text) => ({
                name: text,
                count: chats
                  .filter(({ campaign }) => campaign === campaignId)
                  .flatMap((chat) => chat[form] ?? [])
                  .filter((answer) => answer.join() === `${field},${text}`).length,
              }));
            const head = { fieldId: field, fieldName: name };
            if (groups)
              return { ...head, groups: groups.map((each) => ({ name: each.name, options: counted(each.options) })) };
            const isV2 = form === 'prechat' && version === 'v2';
            return { ...head, options: counted(options), ...(isV2 ? { groups: null } : {}) };
          }),
      }));

  switch (operation) {
    case 'getPreChatSurveyReport':
      return survey('prechat');
    case 'getPostChatSurveyReport':
      return survey('postchat');
    case 'getWrapupSurveyReport':
      return survey('wrapup');
    case 'getChatSourceRequestPageReport': {
      const held = chats.filter(({ outcome }) => outcome === 'chat');
      return [...new Set(held.map(({ page }) => page))]
        .sort()
        .map((requestPage) => ({ requestPage, chats: held.filter(({ page }) => page === requestPage).length }))
        .sort((one, other) => other.chats - one.chats);
    }
    case 'getCannedMessageReport': {
      const uses = chats.flatMap(({ cannedMessages = [], agent }) => cannedMessages.map((id) => ({ id, agent })));
      const listed = reported.cannedMessages.filter(
        ({ category }) => filterValue === undefined || category === filterValue,
      );
      return listed.map(({ id }) => {
        const own = uses.filter((use) => use.id === id);
        const agents = new Set(own.flatMap(({ agent }) => agent ?? []));
        return { id, usedTimes: own.length, agentsUsedIt: agents.size };
      });
    }
    case 'getAgentStatusReport':
      return members.map(({ id }) => {
        const own = facts.statuses.filter(({ agent, time }) => agent === id && time < to);
        const statusAt = (at: number) => own.findLast(({ time }) => time <= at)?.status ?? 'Offline';
        const log = [{ time: from, status: statusAt(from) }];
        for (let at = from + minute; at < to; at += minute) {
          if (log.at(-1)?.status !== statusAt(at)) log.push({ time: at, status: statusAt(at) });
        }
        const key = version === 'v1' ? 'name' : 'status';
        return {
          agentId: id,
          changeLogs: log.map(({ time, status }) => ({ time: localText(zone, time), [key]: status })),
        };
      });
    default:
      return realTime(operation, facts, reported, zone, now, members);
  }
}

/** What was the case at a moment. */
function realTime(
  operation: string,
  facts: Facts,
  reported: Reported,
  zone: string,
  now: number,
  members: Reported['agents'],
): unknown {
  const isToday = (time: number) =>
    time <= now && localText(zone, time).slice(0, 10) === localText(zone, now).slice(0, 10);
  const today: number[] = [];
  for (let time = now - minute; isToday(time); time -= minute) today.push(time);
  const isDecided = ({ time, wait }: ChatFact) => wait !== undefined && time + wait <= now;
  const isOver = (chat: ChatFact) =>
    isDecided(chat) && (chat.outcome !== 'chat' || (chat.end !== undefined && chat.end <= now));
  const made = facts.chats.filter(({ time }) => time <= now);
  const waiting = made.filter((chat) => !isDecided(chat));
  const ongoing = made.filter((chat) => isDecided(chat) && !isOver(chat));
  /** Who has an ongoing chat at the moment. */
  const holder = (chat: ChatFact) => chat.earlier?.find(({ until }) => until > now) ?? chat;
  const statusAt = (agent: number, at: number) =>
    facts.statuses.findLast((fact) => fact.agent === agent && fact.time <= at)?.status ?? 'Offline';
  const stages = made.flatMap((chat) => stagesOf(chat, now)).filter((stage) => stage.from <= now);

  const requests = made.filter(({ time }) => isToday(time));
  const held = requests.filter((chat) => chat.outcome === 'chat' && isDecided(chat));
  const decided = requests.filter(isDecided);
  const became = (outcome: string) => decided.filter((chat) => chat.outcome === outcome).length;
  const lengthOf = (chat: ChatFact) => (Math.min(chat.end ?? now, now) - chat.time - (chat.wait ?? 0)) / 1000;
  const passed = (chat: ChatFact) =>
    isOver(chat)
      ? chat
      : { ...chat, ...holder(chat), earlier: (chat.earlier ?? []).filter(({ until }) => until <= now) };

  switch (operation) {
    case 'getRealTimeRightNow': {
      const online = reported.agents.filter(({ id }) => statusAt(id, now) === 'Online');
      const theirs = ongoing.filter((chat) => online.some(({ id }) => id === holder(chat).agent)).length;
      const room = sum(online.map(({ maxChats }) => maxChats));
      const bots = facts.botChats.filter(({ time, end }) => time <= now && (end === undefined || end > now)).length;
      return {
        agentsInChat: new Set(ongoing.flatMap((chat) => holder(chat).agent ?? [])).size,
        ongoingChats: ongoing.length + bots,
        visitorsOnSite: sum(
          facts.visits.filter(({ time, until = 0 }) => time <= now && until > now).map(({ count = 1 }) => count),
        ),
        loggedInAgents: reported.agents.filter(({ id }) => statusAt(id, now) !== 'Offline').length,
        currentQueueLength: waiting.filter(({ isQueued }) => isQueued).length,
        chatUtilization: room > 0 ? theirs / room : 0,
        ongoingChatsWithAgents: ongoing.length,
        ongoingChatsWithChatbot: bots,
      };
    }
    case 'getRealTimeToday': {
      const waits = decided.filter(({ outcome }) => outcome !== 'refused').map(({ wait = 0 }) => wait / 1000);
      const responses = sum(requests.map((chat) => chat.responses));
      const busy = today.filter((at) => stages.some((stage) => stage.from <= at && at < stage.to)).length;
      const loggedIn = today.filter(
        (at) =>
          stages.some((stage) => stage.from <= at && at < stage.to) ||
          facts.statuses.some(({ agent }) => statusAt(agent, at) !== 'Offline'),
      ).length;
      const bots = facts.botChats.filter(({ time, end }) => isToday(time) && end !== undefined && end <= now);
      const moved = held.filter((chat) => movesOf(passed(chat)).length > 0);
      return {
        chatOverview: {
          chatRequests: requests.length,
          chats: held.length,
          chatAcceptanceRate: requests.length > 0 ? held.length / requests.length : 0,
          abandonedChats: became('abandoned'),
          switchToMessages: became('switched'),
          missedChats: became('abandoned') + became('switched'),
        },
        chatbot: {
          chatbotOnlyChats: bots.filter(({ isHandedOver }) => !isHandedOver).length,
          chatsFromChatbotToAgent: bots.filter(({ isHandedOver }) => isHandedOver).length,
          answers: sum(bots.map(({ answers }) => answers)),
          highConfidenceAnswers: sum(bots.map(({ confidentAnswers }) => confidentAnswers)),
        },
        serviceEfficiency: {
          avgWaitTime: mean(waits),
          avgChatTime: mean(held.map(lengthOf)),
          avgResponseTime:
            responses > 0 ? sum(requests.map(({ responseTime }) => responseTime)) / 1000 / responses : undefined,
          acceptedInvitations: facts.invitations.filter(({ time, isAccepted }) => isToday(time) && isAccepted).length,
          departmentTransferChats: moved.filter((chat) => movesOf(passed(chat)).some(([one, other]) => one !== other))
            .length,
          totalTransferChats: moved.length,
        },
        agentPerformance: {
          uniqueChatRate: held.length > 0 ? new Set(held.map(({ visitor }) => visitor)).size / held.length : 0,
          agentUtilization: loggedIn > 0 ? busy / loggedIn : 0,
          avgScore: mean(requests.filter(isOver).flatMap(({ rating }) => rating ?? [])),
        },
      };
    }
    case 'getRealTimeAgents':
      return members.map(({ id }) => {
        const own = stages.filter(({ agent }) => agent === id);
        const inStatus = (status: string) => 60 * today.filter((at) => statusAt(id, at) === status).length;
        const custom = [...new Set(today.map((at) => statusAt(id, at)))].filter(
          (status) => !['Online', 'Away', 'Offline'].includes(status),
        );
        return {
          agentId: id,
          currentStatus: statusAt(id, now),
          ongoingChats: ongoing.filter((chat) => holder(chat).agent === id).length,
          todayChats: held.filter((chat) => passed(chat).agent === id).length,
          todayLinearChatTime: 60 * today.filter((at) => own.some((stage) => stage.from <= at && at < stage.to)).length,
          statusDistribution: ['Online', 'Away', 'Offline', ...custom].map((status) => ({
            status,
            time: inStatus(status),
          })),
        };
      });
    case 'getRealTimeQueue': {
      const routes: { type: number; id?: number; fits: (chat: ChatFact) => boolean }[] = [
        { type: 0, fits: ({ routedTo, department }) => routedTo === undefined && department === undefined },
        ...reported.departments.map(({ id }) => ({
          type: 1,
          id,
          fits: ({ routedTo, department }: ChatFact) => routedTo === undefined && department === id,
        })),
      ];
      const left = (chat: ChatFact, most: number) =>
        isDecided(chat) && chat.time + (chat.wait ?? 0) > now - most * minute;
      for (const agent of [1, 2, 3, 4]) {
        const own = made.filter(({ routedTo }) => routedTo === agent);
        if (own.some((chat) => left(chat, 60) || waiting.includes(chat) || ongoing.includes(chat))) {
          routes.push({ type: 2, id: agent, fits: ({ routedTo }) => routedTo === agent });
        }
      }
      return routes.map(({ fits, ...routeTo }) => {
        const own = made.filter((chat) =>
          fits(chat.outcome === 'chat' && ongoing.includes(chat) ? { ...chat, ...holder(chat) } : chat),
        );
        const wait = (most: number) =>
          mean(
            own
              .filter((chat) => left(chat, most) && chat.isQueued && chat.outcome !== 'refused')
              .map((chat) => (chat.wait ?? 0) / 1000),
          );
        const count = (outcome: string) => own.filter((chat) => left(chat, 30) && chat.outcome === outcome).length;
        return {
          routeTo,
          ongoingChats: own.filter((chat) => ongoing.includes(chat)).length,
          avgWaitTimeInLast30Mins: wait(30),
          avgWaitTimeInLast60Mins: wait(60),
          abandonedChatsInLast30Mins: count('abandoned'),
          switchedToMessagesInLast30Mins: count('switched'),
          queue: own
            .filter((chat) => waiting.includes(chat) && chat.isQueued)
            .map(({ visitor, time }) => ({ visitorId: visitor, waitTime: (now - time) / 1000 })),
        };
      });
    }
    default:
      throw new Error(`${operation} has no model.`);
  }
}
