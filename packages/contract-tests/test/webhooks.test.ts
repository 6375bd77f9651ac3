import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createClient, parseWebhook, type WebhookDelivery } from '@comm100-openapi/client-v2';
import { createMock, type WebhookRequest } from '@comm100-openapi/mock-core';
import { loadDemo } from '@comm100-openapi/mock-server';
import { expect, test } from 'vitest';
import { agents, basic } from '../src/harness.ts';

// The sandbox calls webhooks as the description says, and the client reads what they send.

const names: WebhookDelivery['event'][] = [
  'chatEnded',
  'chatRequested',
  'chatStarted',
  'chatTransferred',
  'chatWrappedUp',
  'offlineMessageSubmitted',
  'operatorEventNotification',
];

test('every webhook of the sandbox is read, as the event that it was created for', async () => {
  const sent: WebhookRequest[] = [];
  const mock = createMock({
    ...loadDemo(),
    isLive: true,
    sendWebhook: async (request) => {
      sent.push(request);
      return 200;
    },
  });
  const client = createClient({ auth: basic(agents.admin), fetch: (request) => mock.fetch(request) });
  for (const { id } of await client.webhooks.list()) await client.webhooks.delete(id);
  for (const event of names) await client.webhooks.create({ event, targetUrl: `https://hooks.example/${event}` });

  const { clock, deliveries } = mock.sandbox;
  for (let quarter = 0; quarter < 40; quarter++) {
    clock.set(clock.now() + 900_000);
    mock.tick();
    await expect.poll(() => deliveries.list().every(({ state }) => state === 'delivered'), { interval: 2 }).toBe(true);
  }
  const seen = new Set<string>();
  for (const { url, body, headers } of sent) {
    const want = url.replace('https://hooks.example/', '');
    const { event, payload } = await parseWebhook(new Request(url, { method: 'POST', body, headers }));
    expect(event).toBe(want);
    expect(payload).toEqual(JSON.parse(body));
    seen.add(event);
  }
  expect([...seen].sort()).toEqual(names);
});

test('every example of a webhook in the description is read', async () => {
  const file = fileURLToPath(import.meta.resolve('@comm100-openapi/spec/strict/v2.json'));
  const { webhooks, components } = JSON.parse(readFileSync(file, 'utf8'));
  expect(Object.keys(webhooks).sort()).toEqual(names);
  for (const name of names) {
    const examples = Object.values(webhooks[name].post.requestBody.content['application/json'].examples);
    for (const example of examples as { $ref?: string; value?: object }[]) {
      const value = example.value ?? components.examples[example.$ref?.split('/').at(-1) ?? ''].value;
      expect(await parseWebhook(value)).toEqual({ event: name, payload: value });
    }
  }
});

test('what else is sent to the address of a webhook is an error', async () => {
  await expect(parseWebhook('{"event":"chat_ended","visitor":{}}')).rejects.toMatchObject({
    code: 'invalid_webhook',
    reason: 'wrong_field',
    message: expect.stringContaining('`chat` of chatEnded is missing'),
  });
  await expect(parseWebhook({ event: 'chat_deleted' })).rejects.toMatchObject({ reason: 'unknown_event' });
});
