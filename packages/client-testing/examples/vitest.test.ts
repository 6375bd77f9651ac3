import { createTestClient } from '@comm100-openapi/client-testing';
import { expect, test } from 'vitest';
import { closeDepartment } from './close-department.ts';

test('the agents of a closed department are in the other one', async () => {
  const { client } = createTestClient();
  expect(await closeDepartment(client, 3, 1)).toBe(true);
  expect((await client.departments.get(1)).agents).toContain(4);
  expect((await client.departments.list()).map(({ name }) => name)).toEqual(['Support', 'Sales']);
});

test('a department that does not exist is not closed, and nothing is changed', async () => {
  const { client, mock } = createTestClient();
  expect(await closeDepartment(client, 99, 1)).toBe(false);
  expect(mock.requests.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
    'departments.get 200',
    'departments.get 404',
  ]);
});

test('a quota that is used up in the middle is an error', async () => {
  const { client, mock } = createTestClient();
  mock.on('departments.delete').reply('dailyQuota');
  await expect(closeDepartment(client, 3, 1)).rejects.toMatchObject({ reason: 'quota' });
});

test('a connection that breaks once is no problem', async () => {
  const { client, mock } = createTestClient();
  mock.on('departments.get').networkError().once();
  expect(await closeDepartment(client, 3, 1)).toBe(true);
});

test('an agent without the permission gets the error of the service', async () => {
  const { client } = createTestClient({ agent: 'tom.okafor@larkspur.example' });
  await expect(closeDepartment(client, 3, 1)).rejects.toMatchObject({ reason: 'permission' });
});
