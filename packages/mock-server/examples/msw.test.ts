// The mock as a handler of MSW 3, for code whose `fetch` cannot be replaced: it calls the address of the service.
import { createClient } from '@comm100-openapi/client-v2';
import { createMock, loadDemo } from '@comm100-openapi/mock-server';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';

const demo = loadDemo();
const [agent] = demo.company.agents;
const mock = createMock(demo);
const server = setupServer(http.all('https://hosted.comm100.com/*', ({ request }) => mock.fetch(request)));

beforeAll(() => server.listen());
afterAll(() => server.close());

test('calls to the address of the service get the responses of the mock', async () => {
  const auth = { type: 'basic', email: agent?.email ?? '', apiKey: agent?.apiKey ?? '' } as const;
  const client = createClient({ domain: 'hosted.comm100.com', auth });
  const departments = await client.get('/api/v2/livechat/departments');
  expect(departments.map(({ name }) => name)).toContain('Support');
  const created = await client.post('/api/v2/livechat/departments', { body: { name: 'Returns' } });
  expect(created).toMatchObject({ id: expect.any(Number) });
  await expect(fetch('https://hosted.comm100.com/api/v2/livechat/chats')).resolves.toMatchObject({ status: 401 });
});
