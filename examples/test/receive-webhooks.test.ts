import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestClient } from '@comm100-openapi/client-testing';
import type { WebhookDelivery } from '@comm100-openapi/client-v2';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createReceiver } from '../receive-webhooks.ts';

/** What the documents show that webhooks send. */
const example = (name: string): object =>
  parse(readFileSync(new URL(`../../spec/v2/livechat/webhook-events/examples/${name}.yaml`, import.meta.url), 'utf8'))
    .value;
const ended = example('event-chat-ended');

/** A machine can be busy. */
const patience = { timeout: 20_000 };

const secret = 'larkspur-hooks-0001';
const events: WebhookDelivery[] = [];
const problems: string[] = [];
const receiver = createReceiver({
  secret,
  onEvent(delivery) {
    events.push(delivery);
    if (delivery.event === 'operatorEventNotification' && delivery.payload.event === 'logout')
      throw new Error('the disk is full');
  },
  onProblem: (problem) => problems.push(problem),
});
let address: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks/${secret}`;
});
afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});
afterEach(() => {
  events.length = 0;
  problems.length = 0;
});

async function post(body: unknown, { to = address, method = 'POST' } = {}): Promise<number> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { status } = await fetch(to, { method, ...(method === 'POST' && { body: text }) });
  return status;
}

test.each([
  { name: 'another address', given: () => post(ended, { to: address.replace('0001', '0002') }), want: 404 },
  { name: 'a read', given: () => post('', { method: 'GET' }), want: 405 },
  { name: 'what is not JSON', given: () => post('{"event":'), want: 400 },
  { name: 'a list', given: () => post([ended]), want: 400 },
  { name: 'null', given: () => post('null'), want: 400 },
  { name: 'an object without an event', given: () => post({ chat: {} }), want: 400 },
  { name: 'an event that is not text', given: () => post({ event: 1 }), want: 400 },
])('$name gets $want, and is not handled', async ({ given, want }) => {
  expect(await given()).toBe(want);
  expect(events).toEqual([]);
});

test('more than a megabyte gets 413, without being read to its end', async () => {
  const status = await new Promise((resolve, reject) => {
    const sent = request(address, { method: 'POST' }, ({ statusCode }) => {
      resolve(statusCode);
      sent.destroy();
    });
    sent.on('error', reject);
    // There is no end.
    sent.write(`{"event":"${'a'.repeat(1_100_000)}`);
  });
  expect(status).toBe(413);
});

test('a secret that can be guessed is rejected', () => {
  expect(() => createReceiver({ secret: 'hooks', onEvent() {} })).toThrow('16 characters');
});

test('an event is handled once, however often it comes', async () => {
  expect([await post(ended), await post(ended)]).toEqual([200, 200]);
  expect(events).toEqual([{ event: 'chatEnded', payload: ended }]);
});

test('an event that is not known gets 200, so that the service does not send it again', async () => {
  expect(await post({ event: 'chat_translated' })).toBe(200);
  expect(problems).toEqual([expect.stringContaining('chat_translated')]);
  expect(events).toEqual([]);
});

test('a handler that fails does not stop the receiver', async () => {
  expect(await post({ event: 'logout', operator_id: 2 })).toBe(200);
  await expect.poll(() => problems, patience).toEqual(['An event could not be handled: the disk is full']);
  expect(await post({ event: 'login', operator_id: 2 })).toBe(200);
});

test('what the sandbox sends arrives: an agent comes online, and chats end as time passes', async () => {
  const { client, mock } = createTestClient({
    isLive: true,
    sendWebhook: async ({ url, body, headers, signal }) =>
      (await fetch(url, { method: 'POST', body, headers, signal })).status,
  });
  for (const event of ['chatEnded', 'operatorEventNotification'] as const)
    await client.webhooks.create({ event, targetUrl: address });
  await client.liveChatAgents.update(2, { status: 'online' });
  await expect
    .poll(() => events, patience)
    .toContainEqual({
      event: 'operatorEventNotification',
      payload: { event: 'online', operator_id: 2 },
    });
  mock.clock.set(mock.clock.now() + 2 * 3_600_000);
  await client.departments.list();
  await expect.poll(() => events.filter(({ event }) => event === 'chatEnded').length, patience).toBeGreaterThan(3);
  expect(problems).toEqual([]);
});
