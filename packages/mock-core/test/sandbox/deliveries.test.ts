import { expect, onTestFinished, test, vi } from 'vitest';
import { Deliveries, type DeliveryOptions, NotAllowed, type WebhookRequest } from '../../src/sandbox/deliveries.ts';

const call = {
  webhook: '1',
  event: 'chatEnded',
  url: 'http://127.0.0.1:9/chats',
  body: { event: 'chat_ended' },
  time: 5,
};

/** Deliveries whose attempts get these responses in turn; an error is thrown. */
function deliveriesOf(responses: (number | Error)[], options: Partial<DeliveryOptions> = {}) {
  const requests: WebhookRequest[] = [];
  const send = async (request: WebhookRequest) => {
    requests.push(request);
    const response = responses[requests.length - 1] ?? 200;
    if (response instanceof Error) throw response;
    return response;
  };
  vi.useFakeTimers();
  const deliveries = new Deliveries({ send, ...options });
  onTestFinished(() => {
    deliveries.close();
    vi.useRealTimers();
  });
  return { deliveries, requests };
}

test.each([
  { name: 'a success', given: [204], want: { state: 'delivered', problems: [''], seconds: [0] } },
  {
    name: 'a success after failures',
    given: [503, new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }), 200],
    want: {
      state: 'delivered',
      problems: ['The status 503 is not a success.', 'connect ECONNREFUSED', ''],
      seconds: [0, 1, 6],
    },
  },
  {
    name: 'no success',
    given: [301, 500, 500, 500, 500, 500],
    want: {
      state: 'failed',
      problems: ['A redirect is not followed.', ...Array(5).fill('The status 500 is not a success.')],
      seconds: [0, 1, 6, 36, 156, 756],
    },
  },
  {
    name: 'an address that may not be called',
    given: [new NotAllowed('hooks.larkspur.example may not be called.')],
    want: { state: 'failed', problems: ['hooks.larkspur.example may not be called.'], seconds: [0] },
  },
])('a delivery that gets $name is $want.state', async ({ given, want }) => {
  const { deliveries } = deliveriesOf(given);
  const start = Date.now();
  expect(deliveries.add(call)).toEqual({ id: 1, ...call, state: 'waiting', attempts: [] });
  await vi.advanceTimersByTimeAsync(3_600_000);
  const [{ state, attempts } = { state: '', attempts: [] }] = deliveries.list();
  expect({
    state,
    problems: attempts.map(({ problem }) => problem),
    seconds: attempts.map(({ time }) => Math.round((time - start) / 1000)),
  }).toEqual(want);
});

test('sends JSON, and says of which event and delivery it is', async () => {
  const { deliveries, requests } = deliveriesOf([]);
  deliveries.add(call);
  await vi.advanceTimersByTimeAsync(0);
  const headers = {
    'content-type': 'application/json',
    'comm100-mock-event': 'chatEnded',
    'comm100-mock-delivery': '1',
  };
  expect(requests).toEqual([
    { url: call.url, body: '{"event":"chat_ended"}', headers, signal: expect.any(AbortSignal) },
  ]);
});

test('an attempt without a response ends, and the next one comes', async () => {
  let attempts = 0;
  const send = ({ signal }: WebhookRequest) =>
    new Promise<number>((resolve, reject) => {
      if (++attempts === 2) resolve(200);
      else signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  const { deliveries } = deliveriesOf([], { send, timeout: 100 });
  deliveries.add(call);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(deliveries.list()[0]?.attempts.map(({ problem }) => problem)).toEqual([
    'There was no response in 100 ms.',
    '',
  ]);
});

test('can be repeated', async () => {
  const { deliveries, requests } = deliveriesOf([]);
  deliveries.add(call);
  await vi.advanceTimersByTimeAsync(0);
  expect(deliveries.replay(1)).toMatchObject({ id: 2, replayOf: 1, body: call.body, state: 'waiting' });
  expect(deliveries.replay(9)).toBeUndefined();
  await vi.advanceTimersByTimeAsync(0);
  expect(requests.map(({ body }) => body)).toEqual(Array(2).fill('{"event":"chat_ended"}'));
});

test('no more are kept than the limit, and no more run at once than allowed', async () => {
  let running = 0;
  let most = 0;
  const send = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 10));
    running--;
    return 500;
  };
  const { deliveries } = deliveriesOf([], { send, limit: 5, parallel: 2, pauses: [20] });
  for (let count = 0; count < 8; count++) deliveries.add(call);
  expect(deliveries.list().map(({ id }) => id)).toEqual([4, 5, 6, 7, 8]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(most).toBe(2);
  expect(deliveries.list().map(({ attempts }) => attempts.length)).toEqual([2, 2, 2, 2, 2]);
});

test('those that are done make room first', async () => {
  const { deliveries } = deliveriesOf([500, 200], { limit: 2 });
  deliveries.add(call);
  deliveries.add(call);
  await vi.advanceTimersByTimeAsync(0);
  deliveries.add(call);
  expect(deliveries.list().map(({ id }) => id)).toEqual([1, 3]);
});

test('what is forgotten is not sent', async () => {
  const { deliveries, requests } = deliveriesOf([500]);
  deliveries.add(call);
  await vi.advanceTimersByTimeAsync(0);
  deliveries.add(call);
  deliveries.clear();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect([requests.length, deliveries.list()]).toEqual([1, []]);
});
