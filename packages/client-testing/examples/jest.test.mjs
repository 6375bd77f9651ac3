import { createTestClient } from '@comm100-openapi/client-testing';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { departmentNames } from './department-names.mjs';

// This program makes its client itself, so that the test replaces the `fetch` that the client calls.
const { client, mock } = createTestClient();
const { fetch } = globalThis;

beforeEach(() => {
  globalThis.fetch = mock.fetch;
  process.env.COMM100_URL = 'https://comm100.test';
  process.env.COMM100_EMAIL = 'maya.brooks@larkspur.example';
  process.env.COMM100_API_KEY = '00000000000000000000000000000001';
});

afterEach(() => {
  globalThis.fetch = fetch;
  mock.reset();
});

test('a new department is among the names', async () => {
  await client.departments.create({ name: 'Returns' });
  expect(await departmentNames()).toEqual(['Support', 'Sales', 'Billing', 'Returns']);
});

test.each(['dailyQuota', 'permission', 'invalidApiKey', 'serverError'])('%s: there is still one', async (reply) => {
  mock.on('departments.list').reply(reply);
  expect(await departmentNames()).toEqual(['Support']);
});

test('a page of a proxy in place of JSON: there is still one', async () => {
  mock.on('departments.list').reply(new Response('<html>Bad gateway</html>', { status: 502 }));
  expect(await departmentNames()).toEqual(['Support']);
});

test('a key that does not work: there is still one, and no second request', async () => {
  process.env.COMM100_API_KEY = '0'.repeat(32);
  expect(await departmentNames()).toEqual(['Support']);
  expect(mock.requests.map(({ status }) => status)).toEqual([401]);
});
