import type { ChatFact } from '@comm100-openapi/description';
import { describe, expect, test } from 'vitest';
import { advance } from '../../src/sandbox/life/live.ts';
import { followFacts } from '../../src/sandbox/life/record.ts';
import { Activity } from '../../src/sandbox/reports/activity.ts';
import { type Entity, Store } from '../../src/sandbox/store.ts';
import { problemsOf } from './schemas.ts';

const hour = 3_600_000;
const start = Date.UTC(2025, 2, 7, 14);

const list = (entities: Entity[]) => new Map(entities.map((entity) => [String(entity.id), entity]));
const agent = (id: number, displayName: string, status: string, departments: number[]): Entity => {
  return {
    id,
    displayName,
    email: `${displayName}@larkspur.example`,
    status,
    departments,
    maxChatsCount: 1,
    ongoingChats: 0,
  };
};
const seed = new Map([
  [
    'agents',
    list([agent(1, 'Maya', 'online', [1, 2]), agent(2, 'Tom', 'online', [1]), agent(3, 'Elena', 'offline', [2])]),
  ],
  [
    'departments',
    list([
      { id: 1, name: 'Support' },
      { id: 2, name: 'Sales' },
    ]),
  ],
  ['campaigns', list([{ id: 1 }])],
  ['customAwayStatus', list([{ id: 1, name: 'Lunch' }])],
  ['conversionActions', list([{ id: 4 }])],
]);
const template: ChatFact = {
  id: 'c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001',
  time: start - hour,
  outcome: 'chat',
  isQueued: false,
  end: start - hour / 2,
  wait: 1000,
  campaign: 1,
  department: 1,
  agent: 1,
  visitor: '3b6f0c52-9d1e-4a57-8c20-5a1d7e4f0001',
  page: 'https://www.larkspur.example/',
  source: 'visitor',
  agentMessages: 1,
  visitorMessages: 1,
  responses: 1,
  responseTime: 1000,
  isLastByAgent: true,
  rating: 5,
  wrapup: [[21, 'Advice']],
};

function company() {
  const store = new Store(seed);
  const activity = new Activity({ chats: [template], statuses: [{ time: 0, agent: 1, status: 'Online' }] });
  followFacts(store, activity);
  return { store, activity };
}

const lived = company();
advance(lived, start, start + 6 * hour);
const { store, activity } = lived;
const chats = activity.chats.all().filter(({ id }) => id !== template.id);

test('visitors come and go, chats begin and end, and agents change their status', () => {
  const outcomes = new Set(chats.map(({ outcome }) => outcome));
  expect([...outcomes]).toEqual(expect.arrayContaining(['chat']));
  expect(chats.length).toBeGreaterThan(30);
  expect(store.list('chats').length).toBeGreaterThan(20);
  expect(activity.visits.size).toBeGreaterThan(chats.length);
  expect(new Set(activity.statuses.all().map(({ status }) => status))).toContain('Away');
  expect(activity.conversions.size).toBeGreaterThan(0);
  expect(chats.filter(({ wrapup }) => wrapup).length).toBeGreaterThan(10);
});

test('what happens depends on the seed and the time, and not on how often one looks', () => {
  const other = company();
  for (let time = start; time <= start + 6 * hour; time += 7_000) advance(other, start, time);
  advance(other, start, start + 6 * hour);
  expect(other.store.difference()).toEqual(store.difference());
  expect(other.activity.facts()).toEqual(activity.facts());

  const another = company();
  advance(another, start, start + 6 * hour, { seed: 2 });
  expect(another.store.difference()).not.toEqual(store.difference());
});

test('goes on after a restart as if there had been none', () => {
  const first = company();
  advance(first, start, start + 3 * hour);
  const kept = JSON.parse(JSON.stringify(first.store.difference()));
  const second = company();
  second.store.restore(kept);
  advance(second, start, start + 6 * hour);
  expect(second.store.difference()).toEqual(store.difference());
  expect(second.activity.facts()).toEqual(activity.facts());
});

describe('is consistent', () => {
  test('chats that ended, missed chats and messages are in the lists, those that go on are not', () => {
    const ids = (is: (fact: ChatFact) => boolean) =>
      chats
        .filter(is)
        .map(({ id }) => id)
        .sort();
    expect([...store.keys('chats')].sort()).toEqual(ids(({ end }) => end !== undefined));
    const missed = ids(({ outcome }) => outcome === 'abandoned' || outcome === 'switched');
    expect([...store.keys('missedAndRefusedChats')].sort()).toEqual(missed);
    expect([...store.keys('offlineMessages')].sort()).toEqual(
      activity.offlineMessages
        .all()
        .map(({ id }) => id)
        .sort(),
    );
  });

  test('agents have no more chats at a time than they can, and are online when one begins', () => {
    for (const id of [1, 2, 3]) {
      const own = chats
        .filter(({ outcome, agent, earlier }) => outcome === 'chat' && agent === id && !earlier)
        .map(({ time, wait = 0, end = start + 6 * hour }) => ({ from: time + wait, end }));
      for (const { from } of own) {
        expect(own.filter((other) => other.from <= from && other.end > from).length).toBeLessThanOrEqual(1);
        const status = activity.statuses.all().findLast(({ agent, time }) => agent === id && time <= from)?.status;
        expect(status ?? seed.get('agents')?.get(String(id))?.status).toMatch(/online/i);
      }
    }
  });

  test('an agent has as many ongoing chats as there are', () => {
    for (const { id, ongoingChats } of store.list('agents')) {
      const ongoing = chats.filter(
        ({ outcome, agent, end }) => outcome === 'chat' && agent === id && end === undefined,
      );
      expect(ongoingChats).toBe(ongoing.length);
    }
  });

  test('what is listed is valid', () => {
    const withoutOwn = ({ v1: _, secret: __, ...fields }: Entity) => fields;
    for (const chat of store.list('chats')) expect(problemsOf('Chat', withoutOwn(chat))).toEqual([]);
    for (const visitor of store.list('visitors')) expect(problemsOf('Visitor', visitor)).toEqual([]);
  });

  test('those who left without a chat are gone, those with a chat are out of site', () => {
    const states = new Set(store.list('visitors').map(({ status }) => status));
    expect(states).toContain(11);
    const active = new Set(store.keys('live.visits'));
    for (const { id, status } of store.list('visitors')) {
      if (active.has(String(id))) expect(status).not.toBe(11);
      else expect([status, chats.some(({ visitor }) => visitor === id)]).toEqual([11, true]);
    }
  });
});

test('those who were here at the beginning leave within the hour, and are known further on', () => {
  const grace = { id: '3b6f0c52-9d1e-4a57-8c20-5a1d7e4f0001', name: 'Grace Hall', status: 10 };
  const store = new Store(new Map([...seed, ['visitors', list([grace])]]));
  const activity = new Activity({ chats: [template] });
  followFacts(store, activity);
  advance({ store, activity }, start, start + 5 * 60_000);
  expect(store.get('visitors', grace.id)).toEqual(grace);
  advance({ store, activity }, start, start + hour);
  expect(store.get('visitors', grace.id)).toEqual({ ...grace, status: 11 });
});

test('a chat that is deleted is in no report any more, and is again when all goes back', () => {
  const { store, activity } = company();
  advance({ store, activity }, start, start + hour);
  const kept = store.difference();
  const before = activity.chats.size;
  const [id = ''] = store.keys('chats');
  store.remove('chats', id);
  expect(activity.chats.size).toBe(before - 1);
  store.restore(JSON.parse(JSON.stringify(kept)));
  expect(activity.chats.size).toBe(before);
  store.restore();
  expect(activity.facts()).toEqual(company().activity.facts());
});

test('no more than a day is made up at once', () => {
  const { store, activity } = company();
  advance({ store, activity }, start, start + 90 * 24 * hour);
  expect(Math.min(...activity.visits.all().map(({ time }) => time))).toBeGreaterThanOrEqual(start + 89 * 24 * hour);
});
