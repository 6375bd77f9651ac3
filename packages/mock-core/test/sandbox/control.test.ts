import { describe, expect, test } from 'vitest';
import { createMock, type MockOptions, type Outgoing } from '../../src/index.ts';
import { admin, basicHeader, bundles, company, migration } from '../helpers.ts';

const authorization = basicHeader(admin);
const origin = 'http://127.0.0.1:4010';

function mockWith(options: Partial<MockOptions> = {}) {
  const mock = createMock({ bundles, company, migration, mode: 'sandbox', ...options });

  /** A request as a server has it, with headers that a page cannot set itself. */
  async function raw(line: string, headers: Record<string, string> = {}, body = '', from = origin): Promise<Outgoing> {
    const [method = '', url = ''] = line.split(' ');
    return mock.handle({ method, url, origin: from, header: (name) => headers[name], body: async () => body });
  }

  /** Status and body of a request. */
  async function call(line: string, body?: unknown, world?: string) {
    const headers = world === undefined ? {} : { 'comm100-mock-world': world };
    const outgoing = await raw(line, headers, body === undefined ? '' : JSON.stringify(body));
    return { status: outgoing.status, value: outgoing.body && JSON.parse(String(outgoing.body)) };
  }

  /** Status and message of a request to the service. */
  async function use(url: string, headers: Record<string, string> = {}) {
    const { status, message } = await raw(`GET ${url}`, { authorization, ...headers });
    return { status, message };
  }
  return { mock, raw, call, use };
}

const departments = '/api/v2/livechat/departments';

describe('who may control the mock', () => {
  const { raw } = mockWith({ controlHosts: ['Sandbox.Internal'] });
  test.each([
    { name: 'a program', headers: {}, want: 204 },
    { name: 'the page of the mock', headers: { origin, 'sec-fetch-site': 'same-origin' }, want: 204 },
    { name: 'a person, by the address bar', headers: { 'sec-fetch-site': 'none' }, want: 204 },
    { name: 'a page of another site', headers: { origin: 'https://attacker.com' }, want: 403 },
    { name: 'a page of another port', headers: { origin: 'http://127.0.0.1:3000' }, want: 403 },
    { name: 'the same host by another scheme', headers: { origin: 'https://127.0.0.1:4010' }, want: 403 },
    { name: 'a page in a sandboxed frame', headers: { origin: 'null' }, want: 403 },
    { name: 'another site, without an origin', headers: { 'sec-fetch-site': 'cross-site' }, want: 403 },
    { name: 'another port, without an origin', headers: { 'sec-fetch-site': 'same-site' }, want: 403 },
    { name: 'a name that was made to stand for this machine', from: 'http://attacker.com:4010', want: 403 },
    {
      name: 'the same with its own origin',
      from: 'http://attacker.com',
      headers: { origin: 'http://attacker.com' },
      want: 403,
    },
    { name: 'a name that looks like this machine', from: 'http://localhost.attacker.com', want: 403 },
    { name: 'a name that begins like an address', from: 'http://127.0.0.1.attacker.com', want: 403 },
    { name: 'a name that ends like this machine', from: 'http://attackerlocalhost', want: 403 },
    { name: 'localhost', from: 'http://localhost:4010', want: 204 },
    { name: 'IPv6', from: 'http://[::1]:4010', want: 204 },
    { name: 'a name that was allowed', from: 'http://sandbox.internal:4010', want: 204 },
    { name: 'what is no host', from: 'http://[', want: 403 },
  ])('$name: $want', async ({ headers = {}, from = origin, want }) => {
    const { status, headers: sent, body } = await raw('POST /__mock/reset', headers, '', from);
    expect(status).toBe(want);
    expect(Object.keys(sent).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    if (want === 403) {
      const message = expect.stringMatching(/^The mock is not controlled by /);
      expect(JSON.parse(String(body))).toEqual({ code: 403_000, message });
    }
  });

  test('a preflight is not allowed either', async () => {
    const headers = { origin: 'https://attacker.com', 'access-control-request-method': 'POST' };
    const { status, headers: sent } = await raw('OPTIONS /__mock/reset', headers);
    expect([status, sent['access-control-allow-origin']]).toEqual([403, undefined]);
  });

  test('the service itself can be called by any page', async () => {
    const { status, headers } = await raw(`GET ${departments}`, { authorization, origin: 'https://attacker.com' });
    expect([status, headers['access-control-allow-origin']]).toEqual([200, 'https://attacker.com']);
  });
});

describe('what is wrong with a request is named', () => {
  const { call } = mockWith();
  const changed = (value: unknown) => ({ ...good, changed: value });
  const good = {
    format: 'comm100-mock-snapshot/1',
    company: { id: 10001, name: 'Larkspur Outdoor' },
    clock: { time: '2025-03-07T14:00:00Z', isRunning: false },
    faults: [],
    changed: {},
  };
  const deep = JSON.parse(`${'{"a":'.repeat(70)}1${'}'.repeat(70)}`);

  test.each([
    {
      given: 'GET /__mock/nothing',
      want: "404 The mock has no '/__mock/nothing'. See GET /__mock/ for what there is.",
    },
    { given: 'GET /__mock/reset', want: '405 GET is not allowed on this path. Use POST.' },
    { given: 'PATCH /__mock/clock', want: '405 PATCH is not allowed on this path. Use GET or PUT.' },
    { given: 'GET /__mock/%zz', want: "400 The path '/__mock/%zz' is not encoded as an address must be." },
    { given: 'PUT /__mock/clock', want: '400 The request body is not valid JSON.' },
    { given: 'PUT /__mock/clock', body: [], want: '400 The body must be an object.' },
    { given: 'PUT /__mock/clock', body: {}, want: "400 The body must have 'time' or 'isRunning'." },
    {
      given: 'PUT /__mock/clock',
      body: { tiem: 1 },
      want: "400 The body has 'tiem', which is unknown. It can have time, isRunning.",
    },
    {
      given: 'PUT /__mock/clock',
      body: { time: '2025-03-07T14:00' },
      want: /^400 'time' must be a time with a time zone/,
    },
    { given: 'PUT /__mock/clock', body: { time: '2025-13-07T14:00:00Z' }, want: /^400 'time' must be a time/ },
    { given: 'PUT /__mock/clock', body: { time: 5 }, want: /^400 'time' must be a time/ },
    { given: 'PUT /__mock/clock', body: { time: '1969-12-31T23:59:59Z' }, want: /^400 .* years 1970 to 9999/ },
    { given: 'PUT /__mock/clock', body: { isRunning: 'yes' }, want: "400 'isRunning' must be true or false." },
    { given: 'PUT /__mock/faults', body: { faults: 'reset' }, want: /^400 'faults' must be a list of strings/ },
    {
      given: 'PUT /__mock/faults',
      body: { faults: ['reset', 'explode'] },
      want: /^400 The fault 'explode' is unknown/,
    },
    { given: 'PUT /__mock/faults', body: { faults: ['reset@2'] }, want: /^400 .* needs a rate from 0 to 1/ },
    { given: 'PUT /__mock/faults', body: { faults: Array(51).fill('reset') }, want: /^400 .* at most 50 faults/ },
    { given: 'DELETE /__mock/worlds/none', want: /^404 There is no world 'none'\./ },
    { given: 'GET /__mock/clock', world: 'none', want: /^404 There is no world 'none'\./ },
    {
      given: 'PUT /__mock/clock',
      world: 'a\nb',
      body: { isRunning: true },
      want: /^400 The header comm100-mock-world is not a name/,
    },
    { given: 'POST /__mock/deliveries/1/replay', want: '404 There is no delivery 1.' },
    { given: 'POST /__mock/deliveries/x/replay', want: '400 The id of a delivery must be a whole number.' },
    { given: 'POST /__mock/restore', body: null, want: '400 The snapshot must be an object.' },
    {
      given: 'POST /__mock/restore',
      body: { ...good, format: 'other' },
      want: "400 'format' of the snapshot must be 'comm100-mock-snapshot/1'.",
    },
    {
      given: 'POST /__mock/restore',
      body: { ...good, more: 1 },
      want: /^400 The snapshot has 'more', which is unknown/,
    },
    {
      given: 'POST /__mock/restore',
      body: { ...good, company: { id: 7, name: 'Other' } },
      want: '400 The snapshot is of the company Other (7), and this mock has Larkspur Outdoor (10001).',
    },
    { given: 'POST /__mock/restore', body: { ...good, clock: {} }, want: /^400 'clock.time' must be a time/ },
    { given: 'POST /__mock/restore', body: { ...good, faults: ['x'] }, want: /^400 The fault 'x' is unknown/ },
    { given: 'POST /__mock/restore', body: changed([]), want: "400 'changed' must be an object." },
    {
      given: 'POST /__mock/restore',
      body: changed({ 'a/b': {} }),
      want: "400 'changed' has 'a/b', which is not a kind.",
    },
    {
      given: 'POST /__mock/restore',
      body: changed({ bans: { 1: 'x' } }),
      want: "400 'changed.bans.1' must be an object.",
    },
    {
      given: 'POST /__mock/restore',
      body: changed({ bans: { 1: deep } }),
      want: '400 The request body is nested deeper than 64 levels.',
    },
    {
      given: 'POST /__mock/restore',
      body: changed({ bans: { ['k'.repeat(201)]: {} } }),
      want: /^400 The key .* has more than 200 characters/,
    },
  ])('$given $want', async ({ given, body, world, want }) => {
    const before = (await call('GET /__mock/snapshot')).value;
    const { status, value } = await call(given, body, world);
    expect(value).toEqual({ code: status * 1000, message: expect.any(String) });
    expect(`${status} ${value.message}`).toEqual(typeof want === 'string' ? want : expect.stringMatching(want));
    expect((await call('GET /__mock/snapshot')).value).toEqual(before);
  });
});

test('GET /__mock/ names each operation that there is', async () => {
  const { call } = mockWith();
  const { value } = await call('GET /__mock/');
  expect(value.operations.map(({ method, path }: Record<string, string>) => `${method} ${path}`)).toEqual([
    'GET /__mock',
    'GET /__mock/state',
    'POST /__mock/reset',
    'GET /__mock/snapshot',
    'POST /__mock/restore',
    'GET /__mock/company',
    'GET /__mock/clock',
    'PUT /__mock/clock',
    'GET /__mock/faults',
    'PUT /__mock/faults',
    'DELETE /__mock/faults',
    'GET /__mock/requests',
    'DELETE /__mock/requests',
    'GET /__mock/worlds',
    'DELETE /__mock/worlds',
    'DELETE /__mock/worlds/{name}',
    'GET /__mock/deliveries',
    'POST /__mock/deliveries/{id}/replay',
  ]);
});

describe('the clock', () => {
  test('is set, runs and stands', async () => {
    const { call, mock } = mockWith();
    const time = '2025-03-07T15:30:00.000Z';
    expect(await call('PUT /__mock/clock', { time: '2025-03-07T16:30:00+01:00' })).toEqual({
      status: 200,
      value: { time, isRunning: false },
    });
    expect(mock.sandbox.clock.now()).toBe(Date.parse(time));
    await call('PUT /__mock/clock', { isRunning: true });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await call('PUT /__mock/clock', { isRunning: false });
    const passed = Date.parse((await call('GET /__mock/clock')).value.time) - Date.parse(time);
    expect(passed).toBeGreaterThanOrEqual(20);
    expect(passed).toBeLessThan(10_000);
  });
});

describe('faults for all requests', () => {
  test('are set, listed and ended, for one world', async () => {
    const { call, use } = mockWith({ faults: ['status=500@0.5'] });
    expect((await call('GET /__mock/faults')).value.faults).toEqual(['status=500@0.5']);
    expect((await call('PUT /__mock/faults', { faults: [' status=503 @ 1 '] })).value).toEqual({
      faults: ['status=503@1'],
    });
    expect((await use(departments)).status).toBe(503);
    expect((await use(departments, { 'comm100-mock-world': 'other' })).status).not.toBe(503);
    // The control itself has none.
    expect((await call('DELETE /__mock/faults')).status).toBe(204);
    expect((await use(departments)).status).toBe(200);
    await call('POST /__mock/reset');
    expect((await call('GET /__mock/faults')).value.faults).toEqual(['status=500@0.5']);
  });

  test('can be chosen from those that there are', async () => {
    const { call } = mockWith();
    const { kinds } = (await call('GET /__mock/faults')).value;
    expect(kinds.map(({ name }: { name: string }) => name)).toEqual([
      'status',
      'delay',
      'slow',
      'reset',
      'truncate',
      'quota',
      'token-expired',
    ]);
    expect(kinds[0]).toEqual({ name: 'status', from: 400, to: 599, example: 'status=503' });
  });
});

describe('the requests', () => {
  test('are listed with what was wrong and where that is documented', async () => {
    const { call, use, mock } = mockWith();
    await use(departments);
    await use(`${departments}/x`);
    await use(`${departments.toUpperCase()}?colour=red`);
    await use('/api/v2/nothing');
    const { requests } = (await call('GET /__mock/requests')).value;
    expect(requests).toEqual([
      {
        number: 1,
        time: expect.any(Number),
        world: '',
        method: 'GET',
        path: departments,
        status: 200,
        remarks: [],
        fault: '',
        operationId: 'listDepartments',
      },
      expect.objectContaining({
        number: 2,
        status: 400,
        message: expect.stringContaining("'id'"),
        operationId: 'getDepartment',
        documentation: {
          title: 'Get a single department',
          url: expect.stringMatching(/^https:.*v2\/Livechat\.md#get-a-single-department$/),
        },
      }),
      expect.objectContaining({
        status: 200,
        remarks: expect.arrayContaining([expect.stringContaining("'colour' is unknown")]),
        documentation: expect.objectContaining({ url: expect.stringMatching(/Livechat\.md#/) }),
      }),
      expect.objectContaining({ number: 4, status: 404, message: expect.stringMatching(/^No operation has the path/) }),
    ]);
    expect(requests[3]).not.toHaveProperty('operationId');
    expect(Math.abs(requests[0].time - Date.now())).toBeLessThan(10_000);
    expect(mock.sandbox.requests.map(({ status }) => status)).toEqual([200, 400, 200, 404]);
    await call('DELETE /__mock/requests');
    expect(mock.sandbox.requests).toEqual([]);
    await use(departments);
    expect(mock.sandbox.requests.map(({ number }) => number)).toEqual([5]);
  });

  test('are the last 200, each of a bearable length', async () => {
    const { use, mock } = mockWith();
    const long = Array.from({ length: 300 }, (_, index) => `${'x'.repeat(90)}${index}=`)
      .join('&')
      .slice(0, 16_000);
    for (let count = 0; count < 205; count++) await use(`${departments}?${long}`);
    expect(mock.sandbox.requests.map(({ number }) => number)).toEqual(
      Array.from({ length: 200 }, (_, index) => index + 6),
    );
    expect(JSON.stringify(mock.sandbox.requests[0]).length).toBeLessThan(2500);
  });

  test('contain no credential', async () => {
    const { raw, call } = mockWith();
    const secret = 'c0ffee00c0ffee00c0ffee00c0ffee00';
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const token = new URLSearchParams({ grant_type: 'password', email: admin.email, password: secret });
    await raw(`GET ${departments}`, { authorization: secret });
    await raw(`GET ${departments}`, { authorization: `${secret} x` });
    await raw(`GET ${departments}`, { authorization: `Basic ${btoa(`${admin.email}:${secret}`)}` });
    await raw(`GET ${departments}`, { authorization: `Bearer ${secret}` });
    await raw(`GET ${departments}?access_token=${secret}`, { authorization });
    await raw('POST /oauth/token', form, String(token));
    await raw(`POST /oauth/token?${token}`, form, '');
    await raw(
      'POST /api/v2/account/agents/2/password',
      { authorization, 'content-type': 'application/json' },
      JSON.stringify({ password: { secret } }),
    );
    const { requests } = (await call('GET /__mock/requests')).value;
    expect(requests.map(({ status }: { status: number }) => status)).toHaveLength(8);
    expect(JSON.stringify(requests)).not.toContain(secret.slice(0, 8));
  });
});

describe('worlds', () => {
  test('a request is for the world that it names', async () => {
    const { call, use, mock } = mockWith();
    await use(departments, { 'comm100-mock-world': 'one' });
    await mock.sandbox
      .world('two')
      .fetch(new Request(`http://mock.example${departments}/x`, { headers: { authorization } }));
    await mock.sandbox
      .world('two')
      .fetch(new Request(`http://mock.example${departments}/1`, { headers: { authorization } }));
    expect(mock.sandbox.requests).toEqual([]);
    expect((await call('GET /__mock/requests', undefined, 'two')).value.requests).toHaveLength(2);
    const { value } = await call('GET /__mock/worlds');
    expect(value).toMatchObject({ limit: 200, dropped: 0 });
    expect(value.worlds.map(({ name, requests }: Record<string, unknown>) => ({ name, requests }))).toEqual([
      { name: '', requests: 0 },
      { name: 'one', requests: 1 },
      { name: 'two', requests: 2 },
    ]);
    expect(mock.sandbox.worlds).toEqual(['one', 'two']);
    expect(mock.sandbox.world('one').requests.map(({ path }) => path)).toEqual([departments]);
  });

  test('are dropped one by one or all, and begin again', async () => {
    const { call, mock } = mockWith();
    for (const name of ['a b', 'c/d', 'e']) mock.sandbox.world(name).faults.set(['quota']);
    expect((await call('DELETE /__mock/worlds/c%2Fd')).status).toBe(204);
    expect(mock.sandbox.worlds).toEqual(['a b', 'e']);
    expect((await call('DELETE /__mock/worlds')).status).toBe(204);
    expect(mock.sandbox.worlds).toEqual([]);
    expect(mock.sandbox.world('e').faults.list).toEqual([]);
  });

  test('have stubs of their own, which a reset ends', async () => {
    const { use, mock } = mockWith();
    const one = { 'comm100-mock-world': 'one' };
    mock.sandbox.world('one').on('listDepartments').reply('dailyQuota');
    expect((await use(departments, one)).status).toBe(403);
    expect((await use(departments)).status).toBe(200);
    mock.sandbox.world('one').reset();
    expect((await use(departments, one)).status).toBe(200);
    expect(() => mock.sandbox.on('listDepartment')).toThrow("Version 2 has no operation 'listDepartment'.");
  });

  test('to read one neither makes it nor makes it newer', async () => {
    const { call, mock } = mockWith();
    for (const name of ['one', 'two']) mock.sandbox.world(name).reset();
    expect((await call('GET /__mock/state', undefined, 'one')).value.world).toBe('one');
    expect((await call('GET /__mock/state', undefined, 'three')).status).toBe(404);
    expect(mock.sandbox.worlds).toEqual(['one', 'two']);
  });
});
