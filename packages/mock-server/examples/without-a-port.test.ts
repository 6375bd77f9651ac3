// A test of code that calls the service, without a port: the client sends its requests straight to the mock.
import { createClient, ForbiddenError } from '@comm100-openapi/client-v2';
import { createMock, loadDemo } from '@comm100-openapi/mock-server';
import { expect, test } from 'vitest';

const demo = loadDemo();
const [agent] = demo.company.agents;

function clientOf(mock: ReturnType<typeof createMock>) {
  return createClient({
    domain: 'hosted.comm100.com',
    auth: { type: 'basic', email: agent?.email ?? '', apiKey: agent?.apiKey ?? '' },
    fetch: mock.fetch,
  });
}

test('the names of the departments', async () => {
  const client = clientOf(createMock(demo));
  const departments = await client.get('/api/v2/livechat/departments');
  expect(departments.map(({ name }) => name)).toContain('Support');
});

test('a quota that is used up', async () => {
  const client = clientOf(createMock({ ...demo, dailyQuota: 0 }));
  await expect(client.get('/api/v2/livechat/departments')).rejects.toThrow(ForbiddenError);
});
