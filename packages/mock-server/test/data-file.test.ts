import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock, type Entity, Store, type World } from '@comm100-openapi/mock-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataFile } from '../src/data-file.ts';
import { createMock, loadDemo } from '../src/index.ts';

const origin = { description: 'a', company: 'b' };
const seed = new Map([
  [
    'departments',
    new Map<string, Entity>([
      ['1', { name: 'Support' }],
      ['7', { name: 'Sales' }],
    ]),
  ],
]);

let folder: string;
let path: string;
const open: DataFile[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comm100-data-'));
  path = join(folder, 'state.db');
});
afterEach(() => {
  for (const file of open.splice(0)) file.close();
  rmSync(folder, { recursive: true });
});

function openFile(of = origin): DataFile {
  const file = new DataFile(path, of);
  open.push(file);
  return file;
}

/** Ends as a program does that is killed: what was not committed is lost. */
function close(): void {
  open.pop()?.close();
}

function worldOf(file: DataFile, name = ''): World {
  const world = { name, store: new Store(seed), clock: new Clock(1000) } as World;
  file.open(world);
  return world;
}

test('what was committed is there after a restart, in the order of its creation, and nothing else', () => {
  const file = openFile();
  const { store, clock } = worldOf(file);
  store.put('departments', '1', { name: 'Help', agents: [1, 2] });
  store.remove('departments', '7');
  for (const key of ['b', 'a', '11']) store.put('departments', key, { name: key });
  store.remove('departments', '11');
  clock.set(5000);
  file.commit();
  store.put('departments', 'b', { name: 'beta' });
  file.commit();
  store.put('departments', '12', { name: 'lost' });
  close();

  const again = worldOf(openFile());
  expect(again.store.difference()).toEqual({
    departments: { 1: { name: 'Help', agents: [1, 2] }, 7: null, a: { name: 'a' }, b: { name: 'beta' } },
  });
  expect([...again.store.keys('departments')]).toEqual(['1', 'b', 'a']);
  expect(again.store.nextId('departments')).toBe(12);
  expect([again.clock.now(), again.clock.isRunning]).toEqual([5000, false]);
});

test('worlds have their own state, and what goes back to the seed leaves nothing behind', () => {
  const file = openFile();
  const [one, other] = [worldOf(file, 'one'), worldOf(file, 'other')];
  one.store.put('departments', '1', { name: 'Help' });
  other.store.put('departments', '1', { name: 'Aid' });
  file.commit();
  one.store.restore();
  other.clock.run(true);
  file.commit();
  file.drop('dropped');
  close();
  const next = openFile();
  expect(worldOf(next, 'one').store.difference()).toEqual({});
  const kept = worldOf(next, 'other');
  expect([kept.store.get('departments', '1'), kept.clock.isRunning]).toEqual([{ name: 'Aid' }, true]);
  next.drop('other');
  close();
  expect(worldOf(openFile(), 'other').store.difference()).toEqual({});
});

test('of more worlds than fit, those that were changed last are kept, and the main one', () => {
  const file = openFile();
  for (let number = -1; number < 205; number++) {
    const { store } = worldOf(file, number < 0 ? '' : `world ${number}`);
    store.put('departments', '1', { name: `of ${number}` });
    file.commit();
  }
  close();
  const next = openFile();
  const name = (world: string) => worldOf(next, world).store.get('departments', '1')?.name;
  expect([name(''), name('world 4'), name('world 5'), name('world 204')]).toEqual([
    'of -1',
    'Support',
    'of 5',
    'of 204',
  ]);
});

test('a commit that fails keeps what it could not write for the next one', () => {
  const file = openFile();
  const { store } = worldOf(file);
  store.put('departments', '1', { name: 1n as never });
  expect(() => file.commit()).toThrow('The data file cannot be written: Do not know how to serialize a BigInt.');
  store.put('departments', '1', { name: 'Help' });
  file.commit();
  close();
  expect(worldOf(openFile()).store.get('departments', '1')).toEqual({ name: 'Help' });
});

test('says what it builds on, before it is opened', () => {
  expect(DataFile.originOf(path)).toEqual({});
  openFile({ ...origin, '--today': '2026-01-15' } as typeof origin);
  close();
  expect(DataFile.originOf(path)).toEqual({ ...origin, '--today': '2026-01-15' });
  expect(() => openFile()).toThrow('it was made with another --today (2026-01-15). Start with the same');
});

test('the file can be read by its owner only', () => {
  openFile();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

describe('a file that cannot be used gives an error and is left as it is', () => {
  const sql = (code: string) =>
    execFileSync(process.execPath, [
      '--no-warnings',
      '-e',
      `const d = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(path)}); d.exec(${JSON.stringify(code)}); d.close()`,
    ]);
  test.each([
    { name: 'text', make: () => writeFileSync(path, 'departments: []\n'), want: 'it is a file of another program' },
    {
      name: 'a database of another program',
      make: () => sql('CREATE TABLE a (b)'),
      want: 'it is a file of another program',
    },
    {
      name: 'another version',
      make: () => {
        openFile();
        close();
        sql('PRAGMA user_version = 9');
      },
      want: 'it is of version 9, and this program writes version 1',
    },
    {
      name: 'another company and description',
      make: () => {
        openFile({ description: 'a', company: 'c' });
        close();
      },
      want: 'it was made with another company. Start with the same, or choose another name.',
    },
  ])('$name', ({ make, want }) => {
    make();
    const before = readFileSync(path);
    expect(() => openFile()).toThrow(`--data ${path}: ${want}`);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('that of a program that runs', () => {
    const file = openFile();
    worldOf(file).store.put('departments', '1', { name: 'Help' });
    expect(() => new DataFile(path, origin)).toThrow('it is in use by another program');
    file.commit();
    close();
    expect(worldOf(openFile()).store.get('departments', '1')).toEqual({ name: 'Help' });
  });

  test('in a folder that does not exist, or a folder', () => {
    expect(() => new DataFile(join(folder, 'none', 'a.db'), origin)).toThrow('its folder does not exist');
    expect(() => new DataFile(folder, origin)).toThrow('it is a folder');
  });
});

test('a restored snapshot and a reset are kept, and a world that is dropped is forgotten', async () => {
  const demo = loadDemo();
  const [admin] = demo.company.agents;
  const headers = {
    authorization: `Basic ${btoa(`${admin?.email}:${admin?.apiKey}`)}`,
    'content-type': 'application/json',
  };
  /** A mock after a restart. */
  const started = () => {
    close();
    return createMock({ ...demo, mode: 'sandbox', keeper: openFile() });
  };
  type Running = ReturnType<typeof started>;
  const rename = ({ sandbox }: Running, name: string, world = '') =>
    sandbox.world(world).fetch(
      new Request('http://mock.example/api/v2/livechat/departments/1', {
        method: 'PUT',
        headers,
        body: JSON.stringify({ name }),
      }),
    );
  const nameIn = ({ sandbox }: Running, world = '') => sandbox.world(world).overview.departments[0]?.name;
  /** A request to the control interface: what it does is kept before the response. */
  const control = (mock: Running, line: string, body?: object) => {
    const [method = '', path] = line.split(' ');
    const init = { method, ...(body && { body: JSON.stringify(body) }) };
    return mock.fetch(new Request(`http://mock.example/__mock/${path}`, init));
  };

  let mock = started();
  await rename(mock, 'One', 'a');
  await rename(mock, 'Two');
  const snapshot = mock.sandbox.snapshot();
  await rename(mock, 'Three');
  await control(mock, 'POST restore', snapshot);
  mock = started();
  expect([nameIn(mock), nameIn(mock, 'a')]).toEqual(['Two', 'One']);
  await control(mock, 'POST reset');
  await control(mock, 'DELETE worlds/a');
  mock = started();
  expect([nameIn(mock), nameIn(mock, 'a')]).toEqual(['Support', 'Support']);
});
