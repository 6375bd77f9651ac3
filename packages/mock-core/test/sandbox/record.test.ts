import { expect, test } from 'vitest';
import { Clock } from '../../src/sandbox/clock.ts';
import type { Keeper } from '../../src/sandbox/keeper.ts';
import { Life } from '../../src/sandbox/life/life.ts';
import { type Entity, Store } from '../../src/sandbox/store.ts';

const seed = new Map([['agents', new Map<string, Entity>([['2', { id: 2, status: 'online' }]])]]);

test('the status that a request gives to an agent is in the activity, and is not when all goes back', () => {
  const life = new Life(seed, undefined, 1000, {});
  const [store, clock] = [new Store(life.seed), new Clock(life.start)];
  const { activity, close } = life.begin({ name: '', store, clock });
  store.put('agents', '2', { id: 2, status: 'Lunch' });
  store.put('agents', '2', { id: 2, status: 'Lunch', bio: 'x' });
  clock.set(2000);
  store.put('agents', '2', { id: 2, status: 'offline' });
  expect(activity.statuses.all()).toEqual([
    { time: 1000, agent: 2, status: 'Lunch' },
    { time: 2000, agent: 2, status: 'Offline' },
  ]);
  const kept = store.difference();
  clock.set(3000);
  store.restore();
  expect(activity.statuses.all()).toEqual([]);
  store.restore(JSON.parse(JSON.stringify(kept)));
  expect(activity.statuses.all().map(({ status }) => status)).toEqual(['Lunch', 'Offline']);
  close();
  store.put('agents', '2', { id: 2, status: 'online' });
  expect(activity.statuses.size).toBe(2);
});

test('a clock that was kept while it stood runs where that is asked for', () => {
  const keeper: Keeper = {
    open({ clock }) {
      clock.set(5000);
      clock.run(false);
    },
    commit() {},
    drop() {},
  };
  for (const isRunning of [true, false]) {
    const life = new Life(seed, undefined, 1000, { keeper, isRunning });
    const clock = new Clock(life.start);
    life.begin({ name: '', store: new Store(life.seed), clock }).close();
    expect([clock.isRunning, clock.now() >= 5000]).toEqual([isRunning, true]);
  }
});
