import type { ChatFact, Facts } from '@comm100-openapi/description';
import { answeredAt, endedAt, type Scope } from './scope.ts';
import type { Period } from './time.ts';

/** What a row of a report counts: the facts of its periods, for the team, a department or an agent. */
export interface Cell extends Omit<Facts, 'statuses'> {
  readonly periods: readonly Period[];
  readonly scope: Scope;
}

/** A number of a report. */
export interface Metric {
  /** `undefined` where there is nothing to measure: shown as 0, and left out of an average. */
  readonly of: (cell: Cell) => number | undefined;
  /**
   * In a distribution: the average of the half hours or hours of each day or week (`each`), or one number for all of
   * them together (`all`).
   */
  readonly across: 'each' | 'all';
  /** Decimals of what is not a whole number. */
  readonly decimals: number;
}

/** A number that adds up: the rows of the days of a week have that of the week together. */
function total(of: (cell: Cell) => number): Metric {
  return { of, across: 'each', decimals: 2 };
}

/** A length of time that adds up, in seconds to the millisecond. */
function totalTime(of: (cell: Cell) => number): Metric {
  return { of: (cell) => of(cell) / 1000, across: 'each', decimals: 3 };
}

/** The largest length of time, in seconds. In a distribution, an average of those that there were. */
function largestTime(of: (cell: Cell) => readonly number[]): Metric {
  const largest = (cell: Cell) => {
    const times = of(cell);
    return times.length > 0 ? times.reduce((most, time) => Math.max(most, time), 0) / 1000 : undefined;
  };
  return { of: largest, across: 'each', decimals: 1 };
}

/** An average or a share: of all that is counted together. */
function ratio(of: (cell: Cell) => { readonly sum: number; readonly of: number }, decimals = 2): Metric {
  const value = (cell: Cell) => {
    const { sum, of: whole } = of(cell);
    return whole > 0 ? sum / whole : undefined;
  };
  return { of: value, across: 'all', decimals };
}

/** An average length of time, in seconds. */
function averageTime(of: (cell: Cell) => { readonly sum: number; readonly of: number }): Metric {
  return ratio((cell) => {
    const { sum, of: whole } = of(cell);
    return { sum: sum / 1000, of: whole };
  }, 1);
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((all, item) => all + value(item), 0);
}

/** The average of a number of each chat. */
function perChat({ chats }: Cell, value: (chat: ChatFact) => number): { sum: number; of: number } {
  const held = chats.filter(isChat);
  return { sum: sum(held, value), of: held.length };
}

function average(numbers: readonly number[]): { sum: number; of: number } {
  return { sum: sum(numbers, (number) => number), of: numbers.length };
}

function countOf(fits: (chat: ChatFact) => boolean): Metric {
  return total(({ chats }) => chats.reduce((count, chat) => count + (fits(chat) ? 1 : 0), 0));
}

const isChat = ({ outcome }: ChatFact) => outcome === 'chat';
const isMissed = ({ outcome }: ChatFact) => outcome === 'abandoned' || outcome === 'switched';
const isTransferred = ({ earlier = [] }: ChatFact) => earlier.length > 0;

/** The departments that a chat was in, one after the other. */
function departmentsOf({ earlier = [], department }: ChatFact): (number | undefined)[] {
  return [...earlier.map((stage) => stage.department), department];
}

function movesBetween(chat: ChatFact, fits: (from: number | undefined, to: number | undefined) => boolean): boolean {
  const departments = departmentsOf(chat);
  return departments.some(
    (to, index) => index > 0 && departments[index - 1] !== to && fits(departments[index - 1], to),
  );
}

/** How long visitors waited until an agent answered or they left; not where an agent refused. */
function waitsOf(chats: readonly ChatFact[]): number[] {
  return chats.flatMap((chat) => ((isChat(chat) || isMissed(chat)) && chat.wait !== undefined ? chat.wait : []));
}

const queued = (chats: readonly ChatFact[]) => chats.filter(({ isQueued }) => isQueued);
const missed = (chats: readonly ChatFact[]) => chats.filter(isMissed);
const visitorsOf = (facts: readonly { readonly visitor: string }[]) => new Set(facts.map(({ visitor }) => visitor));
const chatTime = ({ chats, scope }: Cell) =>
  sum(chats.filter(isChat), (chat) => endedAt(chat, scope.scene.now) - answeredAt(chat));
const lengthOf = (periods: readonly Period[]) => sum(periods, ({ from, to }) => to - from);
const busyTime = ({ periods, scope }: Cell) => sum(periods, (period) => scope.busy.within(period));
const loggedInTime = ({ periods, scope }: Cell) => sum(periods, (period) => scope.loggedIn.within(period));

/**
 * What each number of the reports counts. What no document defines is decided here:
 *
 * - A request belongs to the period in which it was made, with all that became of it: the chat, its length, its rating.
 *   So `chatRequests` is `chats` + `missedChats` + `refusedChats` + those who still wait.
 * - A chat belongs to the agent and the department that have it, or had it last.
 * - A chat lasts from the moment an agent answers until its end, or until now.
 * - `linearChatTime`, `idleTime` and `online` belong to the period in which they pass, whenever a chat began. For a
 *   department or the team, they are the time in which at least one agent was in a chat, was logged in without any chat
 *   (of the department), or was online.
 * - The wait of `waitTime` is that in the queue. That of `efficiency` is of all requests but those refused.
 * - A visitor counts once in each row of `conversions`, so that these rows do not add up.
 * - A conversion is of the department and the agent that it is credited to.
 */
export const metrics = {
  chatRequests: total(({ chats }) => chats.length),
  chats: countOf(isChat),
  missedChats: countOf(isMissed),
  refusedChats: countOf(({ outcome }) => outcome === 'refused'),
  abandonedChats: countOf(({ outcome }) => outcome === 'abandoned'),
  switchedToMessages: countOf(({ outcome }) => outcome === 'switched'),
  chatAcceptanceRate: ratio(({ chats }) => ({ sum: chats.filter(isChat).length, of: chats.length })),

  visits: total(({ visits }) => sum(visits, ({ count = 1 }) => count)),

  chatsByVisitors: countOf((chat) => isChat(chat) && chat.source === 'visitor'),
  chatsFromManualInvitations: countOf((chat) => isChat(chat) && chat.source === 'manual'),
  chatsFromAutoInvitations: countOf((chat) => isChat(chat) && chat.source === 'auto'),

  queuedChatRequests: countOf(({ isQueued }) => isQueued),
  chatsFromQueue: countOf((chat) => isChat(chat) && chat.isQueued),
  maxQueueSize: total(({ periods, scope }) =>
    Math.max(0, ...scope.queues.flatMap((queue) => periods.map((period) => queue.most(period)))),
  ),

  avgQueueTime: averageTime(({ chats }) => average(waitsOf(queued(chats)))),
  avgQueueTimeOfMissed: averageTime(({ chats }) => average(waitsOf(missed(chats)))),
  maxQueueTime: largestTime(({ chats }) => waitsOf(queued(chats))),
  maxQueueTimeOfMissed: largestTime(({ chats }) => waitsOf(missed(chats))),
  avgWaitTime: averageTime(({ chats }) => average(waitsOf(chats))),

  totalTransferredChats: countOf((chat) => isChat(chat) && isTransferred(chat)),
  departmentTransferredChats: countOf((chat) => isChat(chat) && movesBetween(chat, () => true)),
  departmentTransferredInChats: total(({ scope }) => transfers(scope, (_from, to) => to === scope.department)),
  departmentTransferredOutChats: total(({ scope }) => transfers(scope, (from) => from === scope.department)),

  online: totalTime(({ periods, scope }) => sum(periods, (period) => scope.online.within(period))),

  totalChatTime: totalTime(chatTime),
  avgChatTime: averageTime((cell) => ({ sum: chatTime(cell), of: cell.chats.filter(isChat).length })),
  linearChatTime: totalTime(busyTime),
  idleTime: totalTime((cell) => loggedInTime(cell) - busyTime(cell)),
  agentUtilization: ratio((cell) => ({ sum: busyTime(cell), of: loggedInTime(cell) })),
  avgConcurrentChats: ratio((cell) => ({ sum: chatTime(cell), of: lengthOf(cell.periods) })),

  avgAgentResponseTime: averageTime(({ chats }) => ({
    sum: sum(chats, ({ responseTime }) => responseTime),
    of: sum(chats, ({ responses }) => responses),
  })),
  avgAgentsChatMessages: ratio((cell) => perChat(cell, ({ agentMessages }) => agentMessages), 1),
  avgVisitorsChatMessages: ratio((cell) => perChat(cell, ({ visitorMessages }) => visitorMessages), 1),
  avgCannedMessages: ratio((cell) => perChat(cell, ({ cannedMessages = [] }) => cannedMessages.length), 1),
  lastMessageSentByAgent: { ...countOf((chat) => isChat(chat) && chat.isLastByAgent), across: 'all' },

  score5: countOf(({ rating }) => rating === 5),
  score4: countOf(({ rating }) => rating === 4),
  score3: countOf(({ rating }) => rating === 3),
  score2: countOf(({ rating }) => rating === 2),
  score1: countOf(({ rating }) => rating === 1),
  avgScore: ratio(({ chats }) => average(chats.flatMap(({ rating }) => rating ?? []))),

  wrapups: countOf(({ wrapup }) => wrapup !== undefined),

  conversions: total(({ conversions }) => conversions.length),
  value: total(({ conversions }) => sum(conversions, ({ value }) => value)),
  chattedVisitors: total(({ chats }) => visitorsOf(chats.filter(isChat)).size),
  convertedVisitors: total(({ conversions }) => visitorsOf(conversions).size),
  convertedChattedVisitors: total(({ chats, conversions }) => {
    const chatted = visitorsOf(chats.filter(isChat));
    return [...visitorsOf(conversions)].filter((visitor) => chatted.has(visitor)).length;
  }),
  uniqueChatRate: ratio(({ chats }) => {
    const held = chats.filter(isChat);
    return { sum: visitorsOf(held).size, of: held.length };
  }),

  sent: total(({ invitations }) => invitations.length),
  accepted: total(({ invitations }) => invitations.filter(({ isAccepted }) => isAccepted).length),

  messages: total(({ offlineMessages }) => offlineMessages.length),
  fromOfflineButton: total(({ offlineMessages }) => offlineMessages.filter(({ isFromQueue }) => !isFromQueue).length),
  fromChatQueue: total(({ offlineMessages }) => offlineMessages.filter(({ isFromQueue }) => isFromQueue).length),

  chatbotOnlyChats: total(({ botChats }) => botChats.filter(({ isHandedOver }) => !isHandedOver).length),
  chatsFromChatbotToAgent: total(({ botChats }) => botChats.filter(({ isHandedOver }) => isHandedOver).length),
  answers: total(({ botChats }) => sum(botChats, ({ answers }) => answers)),
  highConfidenceAnswers: total(({ botChats }) => sum(botChats, ({ confidentAnswers }) => confidentAnswers)),
} as const satisfies Record<string, Metric>;

/** How many chats of the range moved between departments so, whichever they are with now. */
function transfers({ scene }: Scope, fits: (from: number | undefined, to: number | undefined) => boolean): number {
  const { activity, range } = scene;
  return activity.chats.between(range.from, range.to).filter((chat) => isChat(chat) && movesBetween(chat, fits)).length;
}

/** The value of a metric in a row: of one cell, or in a distribution of the cells of each day or week. */
export function numberOf({ of, across, decimals }: Metric, cells: readonly Cell[]): number {
  if (across === 'all') return rounded(cells.length > 0 ? of(joined(cells)) : 0, decimals);
  const values = cells.flatMap((cell) => of(cell) ?? []);
  return rounded(values.length > 0 ? sum(values, (value) => value) / values.length : 0, decimals);
}

/** Several cells as one. */
export function joined(cells: readonly Cell[]): Cell {
  const [first] = cells;
  if (!first || cells.length === 1) return first as Cell;
  return {
    scope: first.scope,
    periods: cells.flatMap(({ periods }) => periods),
    chats: cells.flatMap(({ chats }) => chats),
    visits: cells.flatMap(({ visits }) => visits),
    invitations: cells.flatMap(({ invitations }) => invitations),
    offlineMessages: cells.flatMap(({ offlineMessages }) => offlineMessages),
    conversions: cells.flatMap(({ conversions }) => conversions),
    botChats: cells.flatMap(({ botChats }) => botChats),
  };
}

function rounded(value: number | undefined, decimals: number): number {
  return Math.round((value ?? 0) * 10 ** decimals + 1e-9) / 10 ** decimals;
}
