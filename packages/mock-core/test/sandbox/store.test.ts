import { expect, test } from 'vitest';
import { Clock } from '../../src/sandbox/clock.ts';
import { type Change, Store } from '../../src/sandbox/store.ts';
import type { World } from '../../src/sandbox/world.ts';
import { Worlds } from '../../src/sandbox/worlds.ts';

const seed = new Map([
  [
    'departments',
    new Map([
      ['1', { name: 'Support' }],
      ['7', { name: 'Sales' }],
    ]),
  ],
]);

test('what one store changes, another with the same seed does not have', () => {
  const [one, other] = [new Store(seed), new Store(seed)];
  one.put('departments', '1', { name: 'Help' });
  one.remove('departments', '7');
  one.put('departments', '8', { name: 'Billing' });
  expect([...one.keys('departments')]).toEqual(['1', '8']);
  expect(one.list('departments')).toEqual([{ name: 'Help' }, { name: 'Billing' }]);
  expect(one.get('departments', '7')).toBeUndefined();
  expect(one.has('departments', '7')).toBe(false);
  expect(other.list('departments')).toEqual([{ name: 'Support' }, { name: 'Sales' }]);
});

test('an id is not given twice', () => {
  const store = new Store(seed);
  expect(store.nextId('departments')).toBe(8);
  store.put('departments', '8', {});
  store.remove('departments', '8');
  expect(store.nextId('departments')).toBe(9);
  expect(store.nextId('bans')).toBe(1);
});

test('what differs from the seed can be taken along and brought back', () => {
  const store = new Store(seed);
  store.remove('departments', '7');
  store.put('bans', '1', { ip: '192.0.2.1' });
  const difference = store.difference();
  expect(difference).toEqual({ departments: { 7: null }, bans: { 1: { ip: '192.0.2.1' } } });

  store.put('departments', '1', { name: 'Help' });
  store.restore(difference);
  expect(store.list('departments')).toEqual([{ name: 'Support' }]);
  expect(store.list('bans')).toEqual([{ ip: '192.0.2.1' }]);
  store.restore();
  expect(store.difference()).toEqual({});
  expect([...store.keys('departments')]).toEqual(['1', '7']);
});

test('listeners hear of each change, and of none that did not happen', () => {
  const store = new Store(seed);
  const changes: Change[] = [];
  const stop = store.onChange((change) => changes.push(change));
  store.put('departments', '7', { name: 'Shop' });
  store.remove('departments', '9');
  store.remove('departments', '1');
  store.restore({ departments: { 1: null } });
  stop();
  store.restore();
  const [support, sales] = [{ name: 'Support' }, { name: 'Sales' }];
  const made = { kind: 'departments', isRestored: false };
  expect(changes).toEqual([
    { ...made, key: '7', before: sales, after: { name: 'Shop' } },
    { ...made, key: '1', before: support, after: undefined },
    { ...made, key: '7', before: { name: 'Shop' }, after: sales, isRestored: true },
  ]);
});

test('a clock stands until it runs', async () => {
  const clock = new Clock(1000);
  expect(clock.now()).toBe(1000);
  clock.run(true);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(clock.now()).toBeGreaterThan(1000);
  clock.run(false);
  const then = clock.now();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(clock.now()).toBe(then);
});

test('of more worlds than fit, the one that was not used for longest is dropped, and never the main one', () => {
  const made: string[] = [];
  const closed: string[] = [];
  const worlds = new Worlds((name) => {
    made.push(name);
    return { name, close: () => void closed.push(name) } as World;
  }, 2);
  for (const name of [undefined, 'a', 'b', 'a', 'c', 'b']) worlds.of(name);
  expect(made).toEqual(['', 'a', 'b', 'c', 'b']);
  expect(worlds.names()).toEqual(['', 'c', 'b']);
  expect(closed).toEqual(['b', 'a']);
  expect(worlds.dropped).toBe(2);
  expect(() => worlds.of('<script>')).toThrow('comm100-mock-world is not a name');
});
