import type { ChatFact, Facts, OfflineMessageFact } from '@comm100-openapi/description';
import type { Collection, Entity, Seed } from '../store.ts';
import { castOf, readable, templatesOf, workersOf } from './cast.ts';
import { visitorId, visitorNumber } from './chat-table.ts';
import { type Cast, composeChat, composeMissed, composeOfflineMessage, composeVisitor, secretOf } from './compose.ts';
import { type History, makeHistory } from './history.ts';
import { day } from './pace.ts';

/** A company: what it begins with, and what has happened in it. */
export interface Past {
  readonly seed: Seed;
  readonly facts: Facts;
}

/**
 * Gives a company what its facts are about and nothing describes: chats, missed chats and messages in the lists, and
 * visitors by their ids. What can be read of them is made when it is first read.
 */
export function complete({ seed, facts }: Past): Past {
  const company = readable(seed);
  const has = (kind: string, id: string) => seed.get(kind)?.has(id) ?? false;
  const held = facts.chats.filter(
    ({ id, outcome, end }) => outcome === 'chat' && end !== undefined && !has('chats', id),
  );
  const missed = facts.chats.filter(
    ({ id, outcome }) => outcome !== 'chat' && outcome !== 'waiting' && !has('missedAndRefusedChats', id),
  );
  const visits = new Map<string, ChatFact[]>();
  for (const chat of facts.chats) {
    if (!has('visitors', chat.visitor)) visits.set(chat.visitor, [...(visits.get(chat.visitor) ?? []), chat]);
  }
  const visitor = (id: string): Entity | undefined => {
    const own = visits.get(id);
    const [first, last] = [own?.[0], own?.at(-1)];
    if (!own || !first || !last) return undefined;
    const chats = own.filter(({ outcome }) => outcome === 'chat').length;
    const { time, page, department = -1 } = last;
    return composeVisitor(
      id,
      { first: first.time, time, visits: own.length, chats, status: 11, department, page },
      cast,
    );
  };
  const cast: Cast = { ...castOf(company), visitor: (id) => company.get('visitors', id) ?? visitor(id) };
  const messages = facts.offlineMessages.filter(({ id }) => !has('offlineMessages', id));
  const own = new Map<string, Collection>([
    ['chats', composed(held, (fact) => ({ ...composeChat(fact, cast), secret: secretOf(fact) }))],
    ['missedAndRefusedChats', composed(missed, (fact) => ({ ...composeMissed(fact, cast), secret: secretOf(fact) }))],
    ['offlineMessages', composed(messages, (fact) => composeOfflineMessage(fact, senderOf(fact, facts), cast))],
    ['visitors', { size: 0, has: (id) => visits.has(id), get: visitor, keys: () => [] }],
  ]);
  const both = [...own].map(([kind, made]) => [kind, join(made, seed.get(kind))] as const);
  return { seed: new Map([...seed, ...both]), facts };
}

/** Who left a message: whoever gave up waiting for a chat then, or somebody of the company's visitors. */
function senderOf({ time, department, id }: OfflineMessageFact, { chats }: Facts): string {
  const [asked] = chats.filter((chat) => chat.outcome === 'switched' && chat.time + (chat.wait ?? 0) === time);
  const others = chats.filter((chat) => chat.department === department);
  const index = Number.parseInt(id.slice(-4), 16) % Math.max(others.length, 1);
  return (asked ?? others[index] ?? chats[0])?.visitor ?? '';
}

/** Entities that are made of facts when they are first read. */
function composed<Fact extends { readonly id: string; readonly time: number }>(
  facts: readonly Fact[],
  compose: (fact: Fact) => Entity,
): Collection {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  return {
    size: known.size,
    has: (key) => known.has(key),
    get: (key) => {
      const fact = known.get(key);
      return fact && compose(fact);
    },
    keys: () => known.keys(),
    timeOf: (key) => known.get(key)?.time,
  };
}

/**
 * Gives a company so many chats, by making up what happened before its first one. What can be read of a chat is made
 * when it is first read.
 *
 * @param size How many chats there are with those that it has already.
 * @param start The present, in milliseconds since 1970 UTC.
 * @throws {RangeError} where the company has no agents, departments or campaigns.
 */
export function enlarge({ seed, facts }: Past, size: number, start: number, randomSeed: number): Past {
  const known = seed.get('chats')?.size ?? 0;
  if (size <= known) return { seed, facts };
  const company = readable(seed);
  const first = facts.chats.reduce((time, chat) => Math.min(time, chat.time), start);
  const ids = (kind: string) => company.list(kind).map(({ id }) => Number(id));
  const away = company.list('customAwayStatus')[0]?.name;
  const history = makeHistory({
    chats: size - known,
    until: Math.floor(first / day) * day,
    seed: randomSeed,
    workers: workersOf(company),
    departments: ids('departments'),
    campaigns: ids('campaigns'),
    conversionActions: ids('conversionActions'),
    awayStatus: typeof away === 'string' ? away : 'Away',
    templates: templatesOf(facts.chats, company),
  });
  return { seed: withPast(seed, history), facts: joined(history.facts, facts) };
}

function joined(past: Facts, present: Facts): Facts {
  return {
    chats: [...past.chats, ...present.chats],
    visits: [...past.visits, ...present.visits],
    statuses: [...past.statuses, ...present.statuses],
    invitations: [...past.invitations, ...present.invitations],
    offlineMessages: [...past.offlineMessages, ...present.offlineMessages],
    conversions: [...past.conversions, ...present.conversions],
    botChats: [...past.botChats, ...present.botChats],
  };
}

function withPast(seed: Seed, { table, facts }: History): Seed {
  const company = readable(seed);
  const cast: Cast = { ...castOf(company), visitor: (id) => company.get('visitors', id) ?? visitor(id) };
  const visitor = (id: string): Entity | undefined => {
    const number = visitorNumber(id);
    const rows = number === undefined ? [] : table.rowsOfVisitor(number);
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const visit = {
      first: table.time(first),
      time: table.time(last),
      visits: rows.length,
      chats: rows.filter((row) => table.outcome(row) === 'chat').length,
      status: 11,
      department: table.department(last),
      page: table.template(last)?.page ?? '',
    };
    return composeVisitor(visitorId(number ?? 0), visit, cast);
  };
  const rows = Array.from({ length: table.size }, (_, row) => row);
  const isChat = (row: number) => table.outcome(row) === 'chat';
  const ofRows = (own: readonly number[], compose: (row: number) => Entity): Collection => {
    const all = Uint32Array.from(own);
    const rowOf = (key: string) => {
      const row = table.rowOf(key);
      return row !== undefined && isChat(row) === isChat(all[0] ?? 0) ? row : undefined;
    };
    return {
      size: all.length,
      has: (key) => rowOf(key) !== undefined,
      get: (key) => {
        const row = rowOf(key);
        return row === undefined ? undefined : compose(row);
      },
      *keys() {
        for (const row of all) yield table.id(row);
      },
      timeOf: (key) => table.time(rowOf(key) ?? 0),
    };
  };
  const messages = new Map(facts.offlineMessages.map((message) => [message.id, message]));
  const own = new Map<string, Collection>([
    ['chats', ofRows(rows.filter(isChat), (row) => ofRow(composeChat, row))],
    [
      'missedAndRefusedChats',
      ofRows(
        rows.filter((row) => !isChat(row)),
        (row) => ofRow(composeMissed, row),
      ),
    ],
    [
      'offlineMessages',
      {
        size: messages.size,
        has: (key) => messages.has(key),
        get: (key) => {
          const message = messages.get(key);
          const chat = message && table.rowOf(chatOfMessage(key));
          if (!message || chat === undefined) return undefined;
          const fact = table.fact(chat);
          return { ...composeOfflineMessage(message, fact.visitor, cast), secret: secretOf(fact) };
        },
        keys: () => messages.keys(),
        timeOf: (key) => messages.get(key)?.time,
      },
    ],
    // Visitors of the past are found by their ids; the list has those who are here now.
    ['visitors', { size: 0, has: (key) => visitor(key) !== undefined, get: visitor, keys: () => [] }],
  ]);
  const ofRow = (compose: typeof composeChat, row: number): Entity => {
    const fact = table.fact(row);
    return { ...compose(fact, cast), secret: secretOf(fact) };
  };
  const both = [...own].map(([kind, past]) => [kind, join(past, seed.get(kind))] as const);
  return new Map([...seed, ...both]);
}

/** The id of the chat that became an offline message. */
function chatOfMessage(id: string): string {
  return `c8a4e1d1-2f6b-4d39-9b15-${id.slice(24)}`;
}

/** One collection after another. */
function join(first: Collection, second: Collection | undefined): Collection {
  if (!second) return first;
  return {
    size: first.size + second.size,
    has: (key) => first.has(key) || second.has(key),
    get: (key) => first.get(key) ?? second.get(key),
    *keys() {
      yield* first.keys();
      yield* second.keys();
    },
    timeOf: (key) => (first.has(key) ? first : second).timeOf?.(key),
  };
}
