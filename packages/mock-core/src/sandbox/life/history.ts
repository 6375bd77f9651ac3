import type {
  ChatFact,
  ConversionFact,
  Facts,
  OfflineMessageFact,
  StatusFact,
  VisitFact,
} from '@comm100-openapi/description';
import { type Random, randomFrom } from '../../answers/random.ts';
import { type ChatRow, ChatTable, type Template, visitorId } from './chat-table.ts';
import { busynessAt, day, happens, hour, minute, second, skewed, type Worker, workersOf } from './pace.ts';

/** What a past is made up from. */
export interface HistoryOptions {
  /** How many chats there are. Requests without a chat come on top of them. */
  readonly chats: number;
  /** The past ends here, at 0:00 UTC of a day. */
  readonly until: number;
  readonly seed: number;
  readonly workers: readonly Worker[];
  readonly departments: readonly number[];
  readonly campaigns: readonly number[];
  readonly conversionActions: readonly number[];
  /** The name of the status of agents who are at lunch. */
  readonly awayStatus: string;
  /** What the chats have in common, each with the department that it is usually with. */
  readonly templates: readonly (Template & { readonly department?: number })[];
}

/** A past: its requests for chats in a table, and all its facts, in the order of their times. */
export interface History {
  readonly table: ChatTable;
  readonly facts: Facts;
}

/** How many chats an agent has on a weekday. */
const chatsADay = 20;

interface Day {
  readonly rows: ChatRow[];
  readonly statuses: StatusFact[];
  readonly visits: VisitFact[];
  readonly conversions: ConversionFact[];
}

/**
 * Makes up the past of a company, day by day, going back as far as it takes. A day depends on the seed and its date
 * only, so that a larger company has the days of a smaller one, but for the first.
 *
 * @throws {RangeError} where the company has no agents, departments or campaigns, or the past would reach back before 1970.
 */
export function makeHistory(options: HistoryOptions): History {
  const { chats, until, workers, departments, campaigns, templates } = options;
  for (const [name, list] of Object.entries({ workers, departments, campaigns, templates })) {
    if (list.length === 0) throw new RangeError(`A past needs ${name === 'workers' ? 'agents' : name}.`);
  }
  const days: Day[] = [];
  let missing = chats;
  for (let date = until / day - 1; missing > 0; date--) {
    if (date < 0) throw new RangeError(`So many chats do not fit in the time since 1970: ${chats}.`);
    const made = dayOf(date, options);
    const isChat = ({ outcome }: ChatRow) => outcome === 'chat';
    const ended = made.rows.filter(isChat).length;
    // Of the first day, the last chats are kept.
    const first = ended > missing ? made.rows.indexOf(made.rows.filter(isChat).at(-missing) as ChatRow) : 0;
    days.push({ ...made, rows: made.rows.slice(first) });
    missing -= Math.min(ended, missing);
  }
  days.reverse();
  const table = new ChatTable(
    days.flatMap(({ rows }) => rows),
    templates,
  );
  const facts = Array.from({ length: table.size }, (_, row) => table.fact(row));
  return {
    table,
    facts: {
      chats: facts,
      visits: days.flatMap(({ visits }) => visits),
      statuses: days.flatMap(({ statuses }) => statuses),
      invitations: [],
      offlineMessages: facts.filter(({ outcome }) => outcome === 'switched').map(offlineMessageOf),
      conversions: days.flatMap(({ conversions }) => conversions),
      botChats: [],
    },
  };
}

const offlinePrefix = '5e9d7a35-60cb-4f82-a7d1-';

/** The fact of the message that a visitor left in place of a chat. Its id ends as that of the chat. */
function offlineMessageOf({
  id,
  time,
  wait = 0,
  department,
  campaign,
  visitorSegment,
  isQueued,
}: ChatFact): OfflineMessageFact {
  return {
    id: offlinePrefix + id.slice(offlinePrefix.length),
    time: time + wait,
    campaign,
    isFromQueue: isQueued,
    ...(department !== undefined && { department }),
    ...(visitorSegment !== undefined && { visitorSegment }),
  };
}

/** An agent on one day. */
interface Shift {
  readonly worker: Worker;
  readonly from: number;
  readonly lunch: readonly [from: number, to: number];
  to: number;
  /** When the chats that the agent has had today end. */
  readonly ends: number[];
}

function dayOf(date: number, options: HistoryOptions): Day {
  const random = randomFrom(`${options.seed} day ${date}`);
  const midnight = date * day;
  const shifts = shiftsOf(random, midnight, options.workers);
  const rows: ChatRow[] = [];
  arrivalsOf(random, midnight, options.workers.length * chatsADay).forEach((time, number) => {
    const template = random.below(options.templates.length);
    const usual = options.templates[template]?.department;
    const department = usual ?? random.pick(options.departments);
    const isNew = happens(random, 0.6);
    const visitor = isNew ? visitorOf(date, number) : visitorOf(date - 1 - random.below(30), random.below(20));
    const common = { day: date, number, time, department, visitor, template };
    rows.push({ ...common, ...courseOf(random, time, department, shifts) });
  });
  return { rows, statuses: statusesOf(shifts, options.awayStatus), ...visitsOf(random, midnight, rows, options) };
}

/** The number of a visitor who came first on a day. */
function visitorOf(date: number, number: number): number {
  return date * 1000 + (number % 1000);
}

/** The times of a day at which visitors ask for a chat. */
function arrivalsOf(random: Random, midnight: number, onWeekday: number): number[] {
  const hours = Array.from({ length: 24 }, (_, index) => midnight + index * hour);
  // The busyness of the hours of a weekday adds up to 8.
  const arrivals = hours.flatMap((start) => {
    const expected = (busynessAt(start) * onWeekday) / 8;
    const count = Math.floor(expected) + (happens(random, expected % 1) ? 1 : 0);
    return Array.from({ length: count }, () => start + random.below(hour));
  });
  return arrivals.sort((one, other) => one - other);
}

function shiftsOf(random: Random, midnight: number, workers: readonly Worker[]): Shift[] {
  const isWeekend = new Date(midnight).getUTCDay() % 6 === 0;
  const present = workers.filter(() => happens(random, isWeekend ? 0.4 : 0.9));
  // There is always somebody.
  const all = present.length > 0 ? present : [random.pick(workers)];
  return all.map((worker) => {
    const lunch = midnight + 12 * hour + random.below(90) * minute;
    return {
      worker,
      from: midnight + 8 * hour + random.below(60) * minute,
      lunch: [lunch, lunch + (30 + random.below(20)) * minute],
      to: midnight + 17 * hour + random.below(60) * minute,
      ends: [],
    };
  });
}

type Course = Omit<ChatRow, 'day' | 'number' | 'time' | 'department' | 'visitor' | 'template'>;

const noChat = { length: 0, agent: 0, earlier: 0, earlierLength: 0, rounds: 0, responseTime: 0, isLastByAgent: false };

/** What becomes of a request. */
function courseOf(random: Random, time: number, department: number, shifts: readonly Shift[]): Course {
  const ids = new Set(
    workersOf(
      shifts.map(({ worker }) => worker),
      department,
    ).map(({ id }) => id),
  );
  const patience = (20 + skewed(random, 0, 280)) * second;
  const present = shifts.filter(({ worker, from, to }) => ids.has(worker.id) && from <= time && time + patience < to);
  const free = present
    .map((shift) => ({ shift, from: freeFrom(shift, time) }))
    .sort((one, other) => one.from - other.from || busy(one.shift, time) - busy(other.shift, time));
  const [best] = free;
  const isQueued = present.length > 0 && (best?.from ?? 0) > time;
  if (!best || best.from > time + patience) {
    return { ...noChat, outcome: happens(random, 0.4) ? 'switched' : 'abandoned', wait: patience, isQueued };
  }
  const wait = best.from - time + skewed(random, 2, 45) * second;
  if (happens(random, 0.03)) return { ...noChat, outcome: 'refused', wait, isQueued };
  const length = (90 + skewed(random, 0, 1500)) * second;
  const rounds = 1 + skewed(random, 0, 5);
  const end = time + wait + length;
  const next = free.find(({ shift, from }) => shift !== best.shift && from <= time && shift.to > end);
  const isTransferred = next !== undefined && happens(random, 0.06);
  const earlierLength = isTransferred ? Math.floor(length * (0.2 + random.below(50) / 100)) : 0;
  const last = isTransferred ? next.shift : best.shift;
  best.shift.ends.push(isTransferred ? time + wait + earlierLength : end);
  if (isTransferred) last.ends.push(end);
  last.to = Math.max(last.to, end + minute);
  return {
    outcome: 'chat',
    wait,
    isQueued,
    length,
    agent: last.worker.id,
    earlier: isTransferred ? best.shift.worker.id : 0,
    earlierLength,
    rounds,
    responseTime: Math.floor((length * (10 + random.below(30))) / 100),
    isLastByAgent: happens(random, 0.5),
  };
}

/** From when on an agent could take a chat that is asked for at a time. */
function freeFrom({ worker, lunch, ends }: Shift, time: number): number {
  const [away, back] = lunch;
  const start = time >= away && time < back ? back : time;
  const open = ends.filter((end) => end > start).sort((one, other) => one - other);
  return open.length < worker.maxChats ? start : (open[open.length - worker.maxChats] ?? start);
}

function busy({ ends }: Shift, time: number): number {
  return ends.filter((end) => end > time).length;
}

function statusesOf(shifts: readonly Shift[], awayStatus: string): StatusFact[] {
  const statuses = shifts.flatMap(({ worker: { id: agent }, from, lunch: [away, back], to }) => [
    { time: from, agent, status: 'Online' },
    { time: away, agent, status: awayStatus },
    { time: back, agent, status: 'Online' },
    { time: to, agent, status: 'Offline' },
  ]);
  return statuses.sort((one, other) => one.time - other.time);
}

/** Each visitor of a chat has visited, and so have many others. */
function visitsOf(
  random: Random,
  midnight: number,
  rows: readonly ChatRow[],
  { campaigns, conversionActions }: HistoryOptions,
): Pick<Day, 'visits' | 'conversions'> {
  const visits: VisitFact[] = [];
  for (let start = midnight; start < midnight + day; start += hour) {
    const asked = rows.filter(({ time }) => time >= start && time < start + hour).length;
    for (const campaign of campaigns) {
      const count = asked * (3 + random.below(6));
      if (count > 0) visits.push({ time: start, campaign, count });
    }
  }
  const conversions: ConversionFact[] = [];
  for (const { outcome, time, wait, length, visitor, department, agent } of rows) {
    if (outcome !== 'chat' || conversionActions.length === 0 || !happens(random, 0.15)) continue;
    conversions.push({
      time: time + wait + length + minute,
      conversionAction: random.pick(conversionActions),
      visitor: visitorId(visitor),
      value: 5 + random.below(300),
      department,
      agent,
    });
  }
  return { visits, conversions: conversions.sort((one, other) => one.time - other.time) };
}
