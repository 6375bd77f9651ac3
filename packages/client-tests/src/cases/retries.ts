import type { Case, World } from '../suite.ts';
import { department, good } from './fixtures.ts';

const between = (least: number, most: number) => (value: unknown) => Number(value) >= least && Number(value) <= most;

/** The wait before the first retry, in milliseconds. The call ends there, so that nobody waits. */
function firstWait({ create }: World): Promise<unknown> {
  const controller = new AbortController();
  const { signal } = controller;
  const hooks = { retry: ({ wait }: { wait: number }) => controller.abort(wait) };
  return create({ hooks })
    .departments.get(1, { signal })
    .then(
      () => 'it did not wait',
      (thrown: unknown) => thrown,
    );
}

const usual = between(125, 250);
const date = 'Fri, 07 Mar 2025 09:12:45 GMT';
const waits: readonly { given: string; want: unknown }[] = [
  { given: '7', want: 7000 },
  { given: ' 7 ', want: 7000 },
  { given: '0', want: 0 },
  { given: '1.5', want: 1500 },
  { given: '60', want: 60_000 },
  { given: 'Fri, 07 Mar 2025 09:12:55 GMT', want: 10_000 },
  { given: 'Fri, 07 Mar 2025 09:00:00 GMT', want: 0 },
  { given: 'Friday, 07-Mar-25 09:12:55 GMT', want: 10_000 },
  { given: 'Fri Mar  7 09:12:55 2025', want: (wait: number) => wait >= 0 },
  { given: 'soon', want: usual },
  { given: '-5', want: usual },
  { given: '', want: usual },
];

export const retries: readonly Case[] = [
  ...[408, 429, 500, 502, 503, 504].flatMap((status): Case[] => [
    {
      name: `a ${status}, once: a read is sent again`,
      script: { replies: [{ status, json: { message: 'Later.' } }, good] },
      want: { value: department, sent: 2 },
    },
    {
      name: `a ${status}: a write is not sent again`,
      script: { replies: [{ status, json: { message: 'Later.' } }, good] },
      run: ({ client }) => client.departments.update(1, { name: 'Returns' }),
      want: { error: { status, serviceMessage: 'Later.' }, sent: 1 },
    },
  ]),
  ...[400, 404, 409, 418, 422].map(
    (status): Case => ({
      name: `a ${status}: a read is not sent again`,
      script: { replies: [{ status, json: { message: 'No.' } }, good] },
      want: { error: { status, serviceMessage: 'No.' }, sent: 1 },
    }),
  ),
  ...waits.map(
    ({ given, want }): Case => ({
      name: `Retry-After: '${given}' is the wait that it means`,
      script: { replies: [{ status: 503, headers: { 'retry-after': given, date } }, good] },
      run: firstWait,
      want: { value: want, sent: 1 },
    }),
  ),
  ...['61', '86400', 'Sat, 08 Mar 2025 09:12:45 GMT'].map(
    (given): Case => ({
      name: `Retry-After: '${given}' is too long to wait: the call fails at once and says how long`,
      script: { replies: [{ status: 429, headers: { 'retry-after': given, date } }, good] },
      settings: { deadline: 100_000_000 },
      want: { error: { status: 429, retryAfter: between(61_000, 86_400_000) }, sent: 1 },
    }),
  ),
  {
    name: 'Retry-After that would pass the deadline is not waited',
    script: { replies: [{ status: 503, headers: { 'retry-after': '50' } }, good] },
    settings: { deadline: 15_000 },
    want: { error: { status: 503, retryAfter: 50_000 }, sent: 1 },
  },
  {
    name: 'failures without end: as many attempts as the call wants, and no more',
    script: { replies: [{ status: 503, headers: { 'retry-after': '0' } }] },
    run: ({ client }) => client.departments.get(1, { retries: 3 }),
    want: { error: { code: 'server_error' }, sent: 4 },
  },
  {
    name: 'an outage: all calls together are sent again as often as the budget says',
    script: { replies: [{ status: 503, headers: { 'retry-after': '0' } }] },
    settings: { retryBudget: 3, retries: 2 },
    run: async ({ client }) => {
      const codes: string[] = [];
      for (let call = 0; call < 5; call++) codes.push(await client.departments.get(1).catch(({ code }) => code));
      return codes;
    },
    want: { value: Array.from({ length: 5 }, () => 'server_error'), sent: 8 },
  },
  {
    name: 'no retries: one attempt',
    script: { replies: [{ breaks: 'before' }, good] },
    settings: { retries: 0 },
    want: { error: { code: 'connection_failed' }, sent: 1 },
  },
  {
    name: 'hooks see each attempt of a call that is sent again',
    script: {
      replies: [{ status: 503, headers: { 'retry-after': '0', 'request-id': '7' } }, { breaks: 'before' }, good],
    },
    run: async ({ create }) => {
      const seen: string[] = [];
      await create({
        hooks: {
          request: ({ attempt, call }) => seen.push(`request ${attempt} ${call.path}`),
          response: ({ attempt, status }) => seen.push(`response ${attempt} ${status}`),
          retry: ({ attempt, error }) => seen.push(`retry ${attempt} ${error.code}`),
        },
      }).departments.get(1);
      return seen;
    },
    want: {
      value: [
        'request 1 /api/v2/livechat/departments/{id}',
        'response 1 503',
        'retry 1 server_error',
        'request 2 /api/v2/livechat/departments/{id}',
        'retry 2 connection_failed',
        'request 3 /api/v2/livechat/departments/{id}',
        'response 3 200',
      ],
      sent: 3,
    },
  },
];
