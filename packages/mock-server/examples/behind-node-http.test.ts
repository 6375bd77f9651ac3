// The mock behind a server of your own, beside its other routes.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createClient } from '@comm100-openapi/client-v2';
import { createMock, loadDemo } from '@comm100-openapi/mock-server';
import { afterAll, beforeAll, expect, test } from 'vitest';

const demo = loadDemo();
const [agent] = demo.company.agents;
const mock = createMock(demo);

const server = createServer(async (incoming, response) => {
  const { method = 'GET', url, headers } = incoming;
  if (url === '/health') return response.end('ok');
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const request = new Request(`http://${headers.host}${url}`, {
    method,
    headers: new Headers(headers as Record<string, string>),
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' }),
  });
  const { status, headers: sent, body } = await mock.fetch(request);
  response.writeHead(status, Object.fromEntries(sent));
  return body ? Readable.fromWeb(body as never).pipe(response) : response.end();
});

let baseUrl = '';
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test('reads and writes', async () => {
  expect(await (await fetch(`${baseUrl}/health`)).text()).toBe('ok');
  const auth = { type: 'basic', email: agent?.email ?? '', apiKey: agent?.apiKey ?? '' } as const;
  const client = createClient({ baseUrl, auth });
  expect(await client.get('/api/v2/livechat/departments')).not.toEqual([]);
  const created = await client.post('/api/v2/livechat/departments', { body: { name: 'Returns' } });
  expect(created).toMatchObject({ id: expect.any(Number) });
});
