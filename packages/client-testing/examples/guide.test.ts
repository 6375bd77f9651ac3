// The samples of the guide on testing, which shows the regions.
import { createTestClient, createTestClientV1 } from '@comm100-openapi/client-testing';
import { expect, test, vi } from 'vitest';

test('the first one', async () => {
  // #region first
  const { client, mock } = createTestClient();

  await client.departments.create({ name: 'Returns' });
  expect((await client.departments.list()).length).toBe(4);

  mock.on('departments.list').reply('dailyQuota');
  await expect(client.departments.list()).rejects.toMatchObject({ reason: 'quota' });
  // #endregion first
});

test('the requests', async () => {
  const { client, mock } = createTestClient();
  // #region requests
  await client.departments.update(1, { agents: [2, 4] });
  expect(mock.requests).toMatchObject([{ name: 'departments.update', body: { agents: [2, 4] }, status: 200 }]);
  // #endregion requests
});

test('all else', async () => {
  // #region company
  const { client, mock } = createTestClient({ dailyQuota: 100, edition: 'business' });

  mock.clock.set(Date.UTC(2025, 2, 7, 14)); // the time in the company
  mock.faults.set(['status=503@0.1']); // a tenth of all requests fails

  const before = mock.sandbox.snapshot();
  await client.departments.delete(3, { headers: { 'comm100-mock-fault': 'none' } }); // spared of the faults
  mock.sandbox.restore(before);

  // Tom, and a client of version 1.0, in the same company
  const tom = createTestClient({ mock, agent: 'tom.okafor@larkspur.example' });
  const old = createTestClientV1({ mock });
  // #endregion company
  mock.faults.set([]);
  await expect(tom.client.departments.delete(3)).rejects.toMatchObject({ reason: 'permission' });
  expect((await old.client.departments.list()).length).toBe(3);
});

test('the time of the machine', async () => {
  // #region time
  vi.useFakeTimers({ toFake: ['Date'] });
  const { client } = createTestClient({ dailyQuota: 1 });
  await client.departments.list();
  await expect(client.departments.list()).rejects.toMatchObject({ reason: 'quota' });

  vi.setSystemTime(Date.now() + 86_400_000);
  expect((await client.departments.list()).length).toBe(3);
  // #endregion time
  vi.useRealTimers();
});
