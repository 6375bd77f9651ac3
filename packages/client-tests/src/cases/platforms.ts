import { parseWebhook } from '@comm100-openapi/client-v2';
import type { Case } from '../suite.ts';
import { atLeast, department, good, impatient } from './fixtures.ts';

// What differs from one runtime, realm or fetch to another.

const failures: readonly { name: string; failure: unknown }[] = [
  { name: 'an error of a worker', failure: Object.assign(new Error('Network connection lost.'), { retryable: true }) },
  { name: 'an object of another realm', failure: { name: 'TypeError', message: 'fetch failed' } },
  { name: 'a text', failure: 'socket hang up' },
  { name: 'nothing at all', failure: undefined },
];

/** A request that a webhook sent, with a body of this many bytes or with this text. */
const sent = (body: string | number) =>
  new Request('https://receiver.example/', {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });

const webhooks: readonly { name: string; body: string | number; want: unknown }[] = [
  { name: 'is not JSON', body: '<xml>', want: 'unreadable' },
  { name: 'has an event that is unknown', body: '{"event":"chat_painted"}', want: 'unknown_event' },
  { name: 'has no event', body: '{}', want: 'wrong_field' },
  { name: 'is two megabytes long', body: 2_000_000, want: 'too_large' },
];

export const platforms: readonly Case[] = [
  {
    name: 'an API key is sent by a program, and by a page only if that is allowed',
    script: { replies: [good] },
    run: ({ create }) =>
      create({
        auth: { type: 'basic', email: 'maya', apiKey: '0001' },
        dangerouslyAllowBrowser: false,
      }).departments.get(1),
    want: { value: department, sent: ['GET /api/v2/livechat/departments/1 Basic bWF5YTowMDAx'] },
    inBrowsers: { error: { code: 'invalid_configuration', message: /dangerouslyAllowBrowser/ }, sent: 0 },
  },
  {
    name: 'a webhook is told by its event',
    script: {},
    run: () => parseWebhook(sent('{"event":"Login","operator_id":7}')),
    want: { value: { event: 'operatorEventNotification', payload: { operator_id: 7 } }, sent: 0 },
  },
  ...webhooks.map(
    ({ name, body, want }): Case => ({
      name: `a webhook whose body ${name} is an error`,
      script: {},
      run: () => parseWebhook(sent(body)),
      want: { error: { code: 'invalid_webhook', reason: want }, sent: 0 },
    }),
  ),
  ...failures.map(
    ({ name, failure }): Case => ({
      name: `a fetch that fails with ${name} is a connection that failed, and a read is sent again`,
      script: { replies: [good] },
      run: async ({ create }) => {
        let attempts = 0;
        const failing = async () => {
          attempts++;
          throw failure;
        };
        const code = await create({ fetch: failing, retries: 1 })
          .departments.get(1)
          .catch((error) => error.code);
        return [code, attempts];
      },
      want: { value: ['connection_failed', 2], sent: 0 },
    }),
  ),
  {
    name: 'a fetch that ignores its signal: the call ends in time',
    script: {},
    settings: { fetch: () => new Promise(() => {}), timeout: 100, retries: 0 },
    want: { error: { code: 'timed_out' }, sent: 0 },
  },
  {
    // As node-fetch does: an object that is no Request of its own is an address, and all else is in the second argument.
    name: 'a fetch that wants an address and options gets them',
    script: { replies: [good] },
    run: ({ create }) =>
      create({ fetch: (request, init) => fetch(String(request), init) }).departments.create(
        { name: 'Returns' },
        { headers: { 'trace-id': '7' } },
      ),
    want: { value: department, sent: ['POST /api/v2/livechat/departments Bearer t0'] },
  },
  {
    name: 'the fetch that sends is the one that is global at the time of the call',
    alone: true,
    script: { replies: [good] },
    run: async ({ client }) => {
      const original = globalThis.fetch;
      const seen: string[] = [];
      try {
        globalThis.fetch = ((input: Request, init) => {
          seen.push(new URL(input.url).pathname.replace(/^\/[^/]+/, ''));
          return original(input, init);
        }) as typeof fetch;
        await client.departments.get(1);
      } finally {
        globalThis.fetch = original;
      }
      return seen;
    },
    want: { value: ['/api/v2/livechat/departments/1'], sent: 1 },
  },
  {
    // AbortSignal.any is in Node since 20.3 only; older workers have no URL.canParse.
    name: 'a runtime without AbortSignal.any, AbortSignal.timeout and URL.canParse is enough',
    alone: true,
    script: { replies: [{ silent: 'before' }, good] },
    run: async ({ here, create }) => {
      const { any, timeout } = AbortSignal;
      const { canParse } = URL;
      try {
        Object.assign(AbortSignal, { any: undefined, timeout: undefined });
        Object.assign(URL, { canParse: undefined });
        const { signal } = new AbortController();
        return await create({ baseUrl: here, ...impatient }).departments.get(1, { signal });
      } finally {
        Object.assign(AbortSignal, { any, timeout });
        Object.assign(URL, { canParse });
      }
    },
    want: { value: department, sent: atLeast(2) },
  },
];
