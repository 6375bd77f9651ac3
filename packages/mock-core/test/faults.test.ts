import { describe, expect, test } from 'vitest';
import { answerHeader, createMock, faultHeader, type LogEntry, type MockOptions } from '../src/index.ts';
import { admin, basicHeader, bundles, company } from './helpers.ts';

const department = '/api/v2/livechat/departments/1';
const authorization = basicHeader(admin);

function mockWith(options: Partial<MockOptions> = {}) {
  const mock = createMock({ bundles, company, mode: 'example', ...options });
  return (headers: Record<string, string> = {}, signal?: AbortSignal) =>
    mock.fetch(
      new Request(`http://mock.test${department}`, {
        headers: { authorization, ...headers },
        ...(signal && { signal }),
      }),
    );
}

describe('the header comm100-mock-fault', () => {
  const send = mockWith();
  test.each([
    {
      fault: 'status=503',
      want: { status: 503, message: 'The mock responds with 503, because a fault was requested.' },
    },
    { fault: 'status=404', want: { status: 404, message: 'The requested resource could not be found.' } },
    { fault: 'quota', want: { status: 403, message: expect.stringMatching(/quota|limit/i) } },
    { fault: 'delay=0, status=500', want: { status: 500 } },
    { fault: 'none', want: { status: 200 } },
    // Basic credentials have no token.
    { fault: 'token-expired', want: { status: 200 } },
  ])('$fault', async ({ fault, want: { status, message } }) => {
    const response = await send({ [faultHeader]: fault });
    const body = await response.json();
    expect(response.status).toBe(status);
    expect(response.headers.get(faultHeader)).toBe(fault === 'none' ? null : fault);
    if (message) expect(body).toEqual({ code: status * 1000, message });
  });

  test.each([
    { fault: 'explode', want: /^The fault 'explode' is unknown\. Use status, delay, .*token-expired\./ },
    { fault: 'constructor', want: /^The fault 'constructor' is unknown\./ },
    { fault: 'status', want: /^The fault 'status' needs a whole number from 400 to 599, such as status=503\./ },
    { fault: 'status=200', want: /from 400 to 599/ },
    { fault: 'status=503x', want: /from 400 to 599/ },
    { fault: 'delay=60001', want: /^The fault 'delay=60001' needs a whole number from 0 to 60000/ },
    { fault: 'slow=0', want: /from 1 to 60000/ },
    { fault: 'reset=1', want: /^The fault 'reset=1' has no number\. Use reset\./ },
    { fault: 'delay=1, ', want: /^The fault '' is unknown/ },
    { fault: 'x'.repeat(5000), want: /^The fault 'x{100}' is unknown/ },
  ])('$fault is rejected by name', async ({ fault, want }) => {
    const response = await send({ [faultHeader]: fault });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ code: 400_000, message: expect.stringMatching(want) });
  });

  test('a token expires in the middle of a run', async () => {
    const mock = createMock({ bundles, company, mode: 'example' });
    const tokens = await mock.fetch(
      new Request('http://mock.test/oauth/token', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ grant_type: 'password', email: admin.email, password: admin.password }).toString(),
      }),
    );
    const bearer = `Bearer ${(await tokens.json()).access_token}`;
    const statuses = [];
    for (const fault of ['none', 'token-expired', 'none']) {
      const headers = { authorization: bearer, [faultHeader]: fault };
      const response = await mock.fetch(new Request(`http://mock.test${department}`, { headers }));
      statuses.push([response.status, (await response.json()).message]);
    }
    const [works, expired] = [
      [200, undefined],
      [401, 'The access token is invalid or has expired.'],
    ];
    expect(statuses).toEqual([works, expired, works]);
  });
});

describe('faults of the connection, without a connection', () => {
  const send = mockWith();

  test('reset is the error that fetch has', async () => {
    await expect(send({ [faultHeader]: 'reset' })).rejects.toThrow(TypeError);
  });

  test('truncate ends the body in the middle', async () => {
    const response = await send({ [faultHeader]: 'truncate' });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  test('slow sends the whole body in parts', async () => {
    const [slow, usual] = [await send({ [faultHeader]: 'slow=200' }), await send()];
    const started = performance.now();
    const parts: Uint8Array[] = [];
    for await (const part of slow.body ?? []) parts.push(part);
    expect(performance.now() - started).toBeGreaterThan(100);
    expect(parts.length).toBeGreaterThan(10);
    expect(Buffer.concat(parts).toString()).toBe(await usual.text());
  });

  test('delay ends with the reason of a client that no longer waits', async () => {
    const started = performance.now();
    const signal = AbortSignal.timeout(50);
    const rejected = expect(send({ [faultHeader]: 'delay=5000' }, signal)).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await rejected;
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('faults for all requests', () => {
  const statuses = async (options: Partial<MockOptions>) => {
    const send = mockWith(options);
    const all: number[] = [];
    for (let index = 0; index < 200; index++) all.push((await send()).status);
    return all;
  };

  test('the rate is the part of the requests, and the seed says which', async () => {
    const faults = ['status=503@0.25'];
    const [first, again, other] = [
      await statuses({ faults, seed: 1 }),
      await statuses({ faults, seed: 1 }),
      await statuses({ faults, seed: 2 }),
    ];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    const failed = first.filter((status) => status === 503).length;
    expect(failed).toBeGreaterThan(30);
    expect(failed).toBeLessThan(70);
    expect(first.filter((status) => status === 200)).toHaveLength(200 - failed);
  });

  test('the header of a request goes first, and the log says what each got', async () => {
    const log: LogEntry[] = [];
    const send = mockWith({ faults: ['status=503'], onAnswer: (entry) => log.push(entry) });
    await send();
    await send({ [faultHeader]: 'none' });
    await send({ [faultHeader]: 'quota' });
    expect(log.map(({ status, fault }) => [status, fault])).toEqual([
      [503, 'status=503'],
      [200, ''],
      [403, 'quota'],
    ]);
  });

  test.each(['status=503@2', 'status=503@', 'status=503@a', 'status=503@-1', 'nothing@0.5'])(
    '%s is an error at the start',
    (fault) => {
      expect(() => mockWith({ faults: [fault] })).toThrow(RangeError);
    },
  );
});

test('latency is the time of each response', async () => {
  const send = mockWith({ latency: [60, 90] });
  const started = performance.now();
  for (const _ of Array(3)) await send();
  expect(performance.now() - started).toBeGreaterThanOrEqual(170);
});

test('the lifetime of tokens is in the response and in the token', async () => {
  const mock = createMock({ bundles, company, mode: 'example', tokenLifetime: 1 });
  const response = await mock.fetch(
    new Request('http://mock.test/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'password', email: admin.email, password: admin.password }).toString(),
    }),
  );
  const { access_token: token, expires_in: lifetime } = await response.json();
  expect([response.headers.get(answerHeader), lifetime]).toEqual(['example', 1]);
  const { exp, iat } = JSON.parse(atob(token.split('.')[1]));
  expect(exp - iat).toBe(1);
});
