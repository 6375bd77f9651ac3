import type { ChatFact } from '@comm100-openapi/description';
import { describe, expect, test } from 'vitest';
import { type HistoryOptions, makeHistory } from '../../src/sandbox/life/history.ts';

const day = 86_400_000;
const until = Date.UTC(2025, 2, 3);
const options: HistoryOptions = {
  chats: 1000,
  until,
  seed: 1,
  workers: [
    { id: 1, departments: [1, 2], maxChats: 5 },
    { id: 2, departments: [1], maxChats: 2 },
    { id: 3, departments: [2], maxChats: 3 },
  ],
  departments: [1, 2, 3],
  campaigns: [1, 2],
  conversionActions: [1],
  awayStatus: 'Lunch',
  templates: [
    {
      campaign: 1,
      page: 'https://www.larkspur.example/',
      source: 'visitor',
      department: 1,
      rating: 5,
      wrapup: [[21, 'Advice']],
    },
    { campaign: 2, page: 'https://www.larkspur.example/help', source: 'auto', department: 2, visitorSegment: 1 },
    { campaign: 1, page: 'https://www.larkspur.example/boots', source: 'visitor' },
  ],
};
const { table, facts } = makeHistory(options);
const chats = facts.chats.filter(({ outcome }) => outcome === 'chat');

test('has as many chats as asked for, all of them in the past, in order', () => {
  expect(chats.length).toBe(1000);
  const times = facts.chats.map(({ time }) => time);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(Math.max(...chats.map(({ end = Number.NaN }) => end))).toBeLessThan(until);
  expect(new Set(facts.chats.map(({ id }) => id)).size).toBe(facts.chats.length);
  expect(facts.chats.length).toBeGreaterThan(1000);
});

test('each chat is found by its id, and no other', () => {
  expect(facts.chats.map(({ id }) => table.rowOf(id))).toEqual([...facts.chats.keys()]);
  const [first = '', last = ''] = [facts.chats[0]?.id, facts.chats.at(-1)?.id];
  const before = `${first.slice(0, -4)}${(Number.parseInt(first.slice(-4), 16) - 1).toString(16).padStart(4, '0')}`;
  for (const id of [before, `${last.slice(0, -4)}ffff`, last.toUpperCase(), last.replace('c8', 'c9'), '1', '']) {
    expect(table.rowOf(id)).toBeUndefined();
  }
});

test('as data, a fact has all that it has as an object', () => {
  for (const fact of facts.chats.slice(0, 50)) {
    const data = JSON.parse(JSON.stringify(fact));
    for (const name of Object.keys(data) as (keyof ChatFact)[]) expect(data[name]).toEqual(fact[name]);
    expect(Object.keys(data)).toEqual(expect.arrayContaining(['id', 'time', 'outcome', 'wait', 'visitor', 'page']));
  }
});

test('is the same for the same seed, another for another, and a larger one has the days of a smaller one', () => {
  const data = (chats: readonly ChatFact[]) =>
    chats.map(({ id, time, agent, wait, end }) => [id, time, agent, wait, end]);
  expect(data(makeHistory(options).facts.chats)).toEqual(data(facts.chats));
  expect(data(makeHistory({ ...options, seed: 2 }).facts.chats)).not.toEqual(data(facts.chats));
  const less = data(makeHistory({ ...options, chats: 100 }).facts.chats);
  expect(data(facts.chats).slice(-less.length)).toEqual(less);
});

test('has the requests of each visitor, and none of a visitor who made none', () => {
  const rows = Array.from({ length: table.size }, (_, row) => row);
  const visitors = new Set(rows.map((row) => table.visitor(row)));
  for (const visitor of visitors) {
    expect(table.rowsOfVisitor(visitor)).toEqual(rows.filter((row) => table.visitor(row) === visitor));
  }
  expect(table.rowsOfVisitor(Math.max(...visitors) + 1)).toEqual([]);
});

describe('is consistent', () => {
  test('agents have chats while they are online, and no more at a time than they can', () => {
    for (const worker of options.workers) {
      const statuses = facts.statuses.filter(({ agent }) => agent === worker.id);
      const isOnline = (time: number) => statuses.findLast((status) => status.time <= time)?.status;
      const spans = chats.flatMap(({ time, wait = 0, end = 0, agent, earlier = [] }) => {
        const stages = [...earlier, { agent, until: end }];
        return stages.map((stage, index) => ({
          agent: stage.agent,
          from: stages[index - 1]?.until ?? time + wait,
          to: stage.until,
        }));
      });
      const own = spans.filter(({ agent }) => agent === worker.id);
      expect(own.length).toBeGreaterThan(100);
      for (const { from, to } of own) {
        expect(['Online', 'Lunch']).toContain(isOnline(from));
        expect(['Online', 'Lunch']).toContain(isOnline(to));
        expect(own.filter((other) => other.from <= from && other.to > from).length).toBeLessThanOrEqual(
          worker.maxChats,
        );
      }
    }
  });

  test('messages, responses and times agree', () => {
    for (const {
      agentMessages,
      visitorMessages,
      responses,
      responseTime,
      isLastByAgent,
      time,
      wait = 0,
      end = 0,
    } of chats) {
      expect(agentMessages).toBe(responses + 1);
      expect(visitorMessages).toBe(responses + (isLastByAgent ? 0 : 1));
      expect(responseTime).toBeLessThan(end - time - wait);
    }
  });

  test('what had no chat has no agent, rating or wrap-up, and left a message where it says so', () => {
    const others = facts.chats.filter(({ outcome }) => outcome !== 'chat');
    for (const { agent, rating, wrapup, end, agentMessages, wait } of others) {
      expect([agent, rating, wrapup, end, agentMessages]).toEqual([undefined, undefined, undefined, undefined, 0]);
      expect(wait).toBeGreaterThan(0);
    }
    const switched = others.filter(({ outcome }) => outcome === 'switched');
    expect(switched.length).toBeGreaterThan(0);
    expect(facts.offlineMessages.map(({ time }) => time)).toEqual(switched.map(({ time, wait = 0 }) => time + wait));
  });

  test('is as a company is: quiet nights and weekends, few missed, some transferred, visitors who come back', () => {
    const share = (is: (fact: ChatFact) => boolean) => facts.chats.filter(is).length / facts.chats.length;
    expect(share(({ time }) => new Date(time).getUTCHours() < 6)).toBe(0);
    expect(share(({ time }) => new Date(time).getUTCDay() % 6 === 0)).toBeLessThan(0.15);
    expect(share(({ outcome }) => outcome !== 'chat')).toBeLessThan(0.25);
    expect(share(({ earlier }) => earlier !== undefined)).toBeGreaterThan(0.01);
    const visitors = new Set(chats.map(({ visitor }) => visitor));
    expect(visitors.size).toBeLessThan(900);
    expect(chats.every(({ time, visitor }) => Number.parseInt(visitor.slice(-12), 16) / 1000 <= time / day + 1)).toBe(
      true,
    );
  });
});

test('a company without agents has no past', () => {
  expect(() => makeHistory({ ...options, workers: [] })).toThrow('A past needs agents.');
});
