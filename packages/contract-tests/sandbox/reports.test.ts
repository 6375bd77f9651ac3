import { createMock } from '@comm100-openapi/mock-core';
import { loadDemo } from '@comm100-openapi/mock-server';
import { describe, expect, test } from 'vitest';
import { type Operation, operationsOf, versions } from '../src/description.ts';
import { World } from './harness.ts';

const reports = versions.flatMap((version) => operationsOf(version)).filter(({ path }) => path.includes('/reports/'));
const mock = createMock({ ...loadDemo(), mode: 'sandbox' });
let worlds = 0;
const fresh = () => {
  const name = `reports ${worlds++}`;
  return { world: new World(mock, name), control: mock.sandbox.world(name) };
};

const week = { timeFrom: '2025-03-03T00:00:00', timeTo: '2025-03-08T00:00:00' };

/** The parameters of an example: those that it is for, and those that the description shows. */
function queryOf({ parameters }: Operation, when: Readonly<Record<string, unknown[]>>) {
  const inQuery = parameters.filter((each) => each.in === 'query');
  return Object.fromEntries(
    inQuery.flatMap(({ name, example }): [string, unknown][] => {
      const values = when[name];
      if (values) return [[name, values.includes(example) ? example : values[0]]];
      return ['timeFrom', 'timeTo', 'timezone'].includes(name) && example !== undefined ? [[name, example]] : [];
    }),
  );
}

/** Examples that show less than the demo company has: no chatbot, or another edition. */
const others = new Set(['plain', 'business']);

const examples = reports.flatMap((operation) =>
  operation.responses
    .filter(({ name }) => !others.has(name))
    .map((example) => ({ name: `${operation.version} ${operation.id} ${example.name}`, operation, example })),
);

describe('in a fresh state, a report equals its example', () => {
  test('all 27 of each version have one', () => {
    expect(new Set(examples.map(({ operation: { version, id } }) => `${version} ${id}`)).size).toBe(54);
  });

  test.each(examples)('$name', async ({ operation, example: { value, when } }) => {
    const { world, control } = fresh();
    // Somebody waits in the queue a little before the moment that all else is about.
    if (operation.id === 'getRealTimeQueue') control.clock.set(Date.UTC(2025, 2, 7, 13, 46, 10));
    const query = queryOf(operation, when);
    const { status, body, headers, violations } = await world.send(operation, { query });
    expect({ status, violations, answer: headers.get('comm100-mock-answer') }).toEqual({
      status: 200,
      violations: '',
      answer: 'state',
    });
    // Of a distribution, the example shows some of the slots.
    const isPart = String(query.group).includes('Distribution');
    expect(body).toEqual(isPart ? expect.arrayContaining(value as unknown[]) : value);
  });
});

const operation = (version: string, id: string) => {
  const found = operationsOf(version as 'v1').find((each) => each.id === id);
  if (!found) throw new Error(`${id} is not an operation of ${version}.`);
  return found;
};
type Rows = Readonly<Record<string, unknown>>[];

test('a removed chat is in no report any more, in either version', async () => {
  const { world } = fresh();
  const volume = async (version: string) => {
    const { body } = await world.send(operation(version, 'getChatVolumeReport'), { query: { ...week, group: 'day' } });
    return (body as Rows).map(({ chats }) => chats);
  };
  expect(await volume('v1')).toEqual([20, 18, 17, 19, 11]);
  const path = { id: 'c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001' };
  expect((await world.send(operation('v2', 'deleteChat'), { path })).status).toBe(200);
  expect(await volume('v1')).toEqual([20, 18, 17, 19, 10]);
  expect(await volume('v2')).toEqual([20, 18, 17, 19, 10]);
});

test('a created department has a row, and a removed one takes its chats out of the totals', async () => {
  const { world } = fresh();
  const rows = async () => {
    const query = { ...week, group: 'department' };
    return (await world.send(operation('v2', 'getChatVolumeReport'), { query })).body as Rows;
  };
  const before = await rows();
  const created = await world.send(operation('v1', 'createDepartment'), { body: { name: 'Returns', members: '1' } });
  const { id } = created.body as { id: number };
  expect((await rows()).find(({ departmentId }) => departmentId === id)).toMatchObject({ chats: 0 });
  await world.send(operation('v2', 'deleteDepartment'), { path: { id: 2 } });
  const after = await rows();
  expect(after.map(({ departmentId }) => departmentId)).not.toContain(2);
  const support = (all: Rows) => all.find(({ departmentId }) => departmentId === 1)?.chats;
  expect(support(after)).toBe(support(before));
});

test('the lists have the chats that the reports count', async () => {
  const { world } = fresh();
  const { body } = await world.send(operation('v2', 'listChats'), { query: { ...week, pageSize: 100 } });
  const { total } = body as { total: number };
  const volume = await world.send(operation('v2', 'getChatVolumeReport'), { query: { ...week, group: 'day' } });
  const sum = (volume.body as Rows).reduce((all, { chats }) => all + Number(chats), 0);
  expect(sum).toBe(85);
  // A chat that goes on is counted, and listed once it has ended.
  expect(total).toBeLessThanOrEqual(sum);
  expect(total).toBeGreaterThanOrEqual(sum - 2);
});
