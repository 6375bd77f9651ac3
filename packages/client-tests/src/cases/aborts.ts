import type { Reply } from '../script.ts';
import type { Case, Settings, World } from '../suite.ts';
import { department, good } from './fixtures.ts';

const oauth: Settings = { auth: { type: 'oauth', email: 'maya@larkspur.example', password: 'password-to-hide' } };
const reason = new Error('enough');
const isReason = (error: unknown) => error === reason;
const page = (chats: object[]) => ({ json: { total: 9, previousPage: '', nextPage: '/next', chats } });

/** Where a call is when it is aborted, a while after the server has got its request. */
const phases: readonly { name: string; reply: Reply; closed: true }[] = [
  { name: 'before the response', reply: { silent: 'before' }, closed: true },
  { name: 'after the headers', reply: { ...good, silent: 'after headers' }, closed: true },
  { name: 'in the body', reply: { ...good, silent: 'in body' }, closed: true },
  { name: 'in a body that comes byte by byte', reply: { body: ' '.repeat(200), drip: 20 }, closed: true },
];

/** A signal that aborts a while after the server has got a request. */
function onceSent({ seen }: World, why?: unknown): AbortSignal {
  const controller = new AbortController();
  const look = async () => {
    const isSent = (await seen()).length > 0;
    setTimeout(() => (isSent ? controller.abort(why) : look()), 100);
  };
  look();
  return controller.signal;
}

export const aborts: readonly Case[] = [
  {
    name: 'an abort before the call: nothing is sent',
    script: { replies: [good] },
    run: ({ client }) => {
      const controller = new AbortController();
      controller.abort(reason);
      return client.departments.get(1, { signal: controller.signal });
    },
    want: { error: isReason, sent: 0 },
  },
  ...phases.flatMap(({ name, reply, closed }): Case[] => [
    {
      name: `an abort ${name}: the call rejects with the reason, and the connection is closed`,
      script: { replies: [reply] },
      run: (world) => world.client.departments.get(1, { signal: onceSent(world, reason) }),
      want: { error: isReason, sent: 1, closed },
    },
    {
      name: `an abort of a write ${name}: the call rejects with the reason`,
      script: { replies: [reply] },
      run: (world) => world.client.departments.delete(1, { signal: onceSent(world, reason) }),
      want: { error: isReason, sent: 1, closed },
    },
  ]),
  {
    name: 'an abort while a token is fetched: the call rejects with the reason',
    script: { tokens: [{ silent: 'before' }] },
    // The request for the token goes on, because another call could use it.
    settings: { ...oauth, timeout: 5000, retries: 0 },
    run: (world) => world.client.departments.get(1, { signal: onceSent(world, reason) }),
    want: { error: isReason, sent: 1 },
  },
  {
    name: 'an abort in the wait before a retry: nothing more is sent',
    script: { replies: [{ status: 503, headers: { 'retry-after': '15' } }] },
    run: ({ create }) => {
      const controller = new AbortController();
      const { signal } = controller;
      const retry = () => void setTimeout(() => controller.abort(reason), 50);
      return create({ hooks: { retry } }).departments.get(1, { signal });
    },
    want: { error: isReason, sent: 1 },
  },
  {
    name: 'an abort between two pages: no further page is requested',
    script: { replies: [page([{ id: 1 }]), page([{ id: 2 }])] },
    run: async ({ client }) => {
      const controller = new AbortController();
      for await (const _ of client.chats.list({}, { signal: controller.signal })) controller.abort(reason);
    },
    want: { error: isReason, sent: 1 },
  },
  {
    name: 'an abort after the end does nothing',
    script: { replies: [good] },
    run: async ({ client }) => {
      const controller = new AbortController();
      const result = await client.departments.get(1, { signal: controller.signal });
      controller.abort(reason);
      return result;
    },
    want: { value: department, sent: 1 },
  },
  {
    name: 'an abort without a reason: the call rejects with the AbortError of the platform',
    script: { replies: [{ silent: 'before' }] },
    run: (world) => world.client.departments.get(1, { signal: onceSent(world) }),
    want: { error: { name: 'AbortError' }, sent: 1, closed: true },
  },
  {
    name: 'a signal with a time limit of the platform: the call rejects with its TimeoutError',
    script: { replies: [{ silent: 'before' }] },
    run: ({ client }) => client.departments.get(1, { signal: AbortSignal.timeout(2000) }),
    want: { error: { name: 'TimeoutError', code: (code: unknown) => code !== 'timed_out' }, sent: 1, closed: true },
  },
  {
    name: 'a deadline ends a call whose attempts are each in time',
    script: { replies: [{ silent: 'before' }] },
    settings: { timeout: 300, deadline: 1000, retries: 99 },
    want: { error: { code: 'timed_out' }, closed: true },
  },
  {
    name: 'a deadline ends a call that waits for a token',
    script: { tokens: [{ silent: 'before' }] },
    settings: { ...oauth, deadline: 2000 },
    want: { error: { code: 'timed_out', message: /within 2000 ms. Raise `deadline`/ }, sent: 1 },
  },
];
