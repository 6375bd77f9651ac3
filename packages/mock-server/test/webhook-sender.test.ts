import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { webhookSender } from '../src/webhook-sender.ts';

const received: { path: string | undefined; body: string }[] = [];
let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    received.push({ path: request.url, body });
    if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' });
    response.end('x'.repeat(100_000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

function send(url: string, allowed: string[] = []): Promise<number> {
  const { signal } = new AbortController();
  return webhookSender(allowed)({ url, body: '{}', headers: { 'content-type': 'application/json' }, signal });
}

test.each([
  { name: 'an address of this machine', given: () => `http://127.0.0.1:${port}/hook`, want: 200 },
  { name: 'its name', given: () => `http://localhost:${port}/hook`, want: 200 },
  { name: 'its address in the form of IPv6', given: () => `http://[::ffff:127.0.0.1]:${port}/hook`, want: 200 },
  { name: 'a number that means it', given: () => `http://2130706433:${port}/hook`, want: 200 },
  { name: 'a redirect, which is not followed', given: () => `http://127.0.0.1:${port}/moved`, want: 302 },
])('calls $name', async ({ given, want }) => {
  received.length = 0;
  expect(await send(given())).toBe(want);
  expect(received).toEqual([{ path: new URL(given()).pathname, body: '{}' }]);
});

test.each([
  {
    name: 'an address of the local network',
    given: 'http://192.168.1.1/',
    want: "'192.168.1.1' is not on this machine",
  },
  { name: 'an address that means any', given: 'http://0.0.0.0/', want: "'0.0.0.0' is not on this machine" },
  { name: 'the address of a cloud', given: 'http://169.254.169.254/latest', want: "'169.254.169.254' is not on this" },
  { name: 'an address of IPv6', given: 'http://[fe80::1]/', want: '--allow-webhooks-to fe80::1' },
  { name: 'another scheme', given: 'file:///etc/passwd', want: 'file: is not http: or https:.' },
])('does not call $name', async ({ given, want }) => {
  await expect(send(given)).rejects.toThrow(want);
});

/** A name that stands for these addresses. */
function sendTo(addresses: string[], allowed: string[] = []): Promise<number> {
  const { signal } = new AbortController();
  const send = webhookSender(allowed, (_host, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    ),
  );
  return send({ url: `http://hooks.example:${port}/hook`, body: '{}', headers: {}, signal });
}

test('a name is called where all its addresses are of this machine, or where it is allowed', async () => {
  expect(await sendTo(['127.0.0.1'])).toBe(200);
  await expect(sendTo(['10.0.0.1'])).rejects.toThrow("'hooks.example' is not on this machine");
  await expect(sendTo(['127.0.0.1', '10.0.0.1'])).rejects.toThrow("'hooks.example' is not on this machine");
  expect(await sendTo(['127.0.0.1', '10.0.0.1'], ['HOOKS.example.'])).toBe(200);
  await expect(sendTo(['127.0.0.1', '10.0.0.1'], ['other.example'])).rejects.toThrow(
    '--allow-webhooks-to hooks.example',
  );
});
