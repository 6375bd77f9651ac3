import { createClient as createV1, parseDate } from '@comm100-openapi/client-v1';
import { ConfigurationError, createClient as createV2, UnauthorizedError } from '@comm100-openapi/client-v2';
import type { LogEntry, Mock } from '@comm100-openapi/mock-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { agents, basic, company, mock } from '../src/harness.ts';

// What clients and mock do together over more than one call, and what every-operation.test.ts does not see.

let server: Mock;
const log: LogEntry[] = [];
beforeAll(async () => {
  server = await mock({ onAnswer: (entry) => log.push(entry) });
});
afterAll(() => server.close());
beforeEach(() => {
  log.length = 0;
});

const departments = ['Support', 'Sales', 'Billing'];
const calls = () => log.map(({ method, path, status }) => `${status} ${method} ${path}`);
const { admin } = agents;
const password = { email: admin.email, password: admin.password };

describe('credentials', () => {
  test('a JSON Web Token is fetched once and allows what the agent may do', async () => {
    const client = createV2({ baseUrl: server.url, auth: { type: 'jwt', ...password, siteId: company.site.id } });
    const [first, second] = await Promise.all([
      client.get('/api/v2/livechat/departments/{id}', { path: { id: 1 } }),
      client.get('/api/v2/account/agents/me'),
    ]);
    expect(first.name).toBe('Support');
    expect(second.isActive).toBe(true);
    expect(calls().filter((call) => call.includes('jwttoken'))).toEqual([
      '200 POST /adminwebservice/api/jwttoken/generate',
    ]);
  });

  test('an OAuth token allows the same', async () => {
    const client = createV2({ baseUrl: server.url, auth: { type: 'oauth', ...password } });
    expect((await client.get('/api/v2/livechat/departments')).map(({ name }) => name)).toEqual(departments);
    expect(calls()).toEqual(['200 POST /oauth/token', '200 GET /api/v2/livechat/departments']);
  });

  test('a wrong password is an error of its own, and no call is sent after it', async () => {
    const client = createV2({ baseUrl: server.url, auth: { type: 'oauth', email: admin.email, password: 'wrong' } });
    const error = await client.get('/api/v2/livechat/departments').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnauthorizedError);
    expect(error).toMatchObject({
      call: { path: '/oauth/token' },
      serviceMessage: 'The email or the password is invalid.',
    });
    expect(calls()).toEqual(['401 POST /oauth/token']);
  });

  test('a token that has expired is renewed once', async () => {
    // A server signs with another key after a restart, so for a client its token has expired.
    const restarted = await mock({ onAnswer: (entry) => log.push(entry) });
    const moved = createV2({
      baseUrl: server.url,
      auth: { type: 'jwt', ...password, siteId: company.site.id },
      fetch: (request) => fetch(new Request(request.url.replace(server.url, target), request)),
    });
    let target = server.url;
    await moved.get('/api/v2/livechat/departments');
    target = restarted.url;
    log.length = 0;
    expect((await moved.get('/api/v2/livechat/departments')).map(({ name }) => name)).toEqual(departments);
    await restarted.close();
    expect(calls()).toEqual([
      '401 GET /api/v2/livechat/departments',
      '200 POST /adminwebservice/api/jwttoken/generate',
      '200 GET /api/v2/livechat/departments',
    ]);
  });

  test.each([
    { body: '', name: 'nothing', code: 'invalid_response' },
    { body: '{}', name: 'no token', code: 'invalid_value' },
  ])('a token response with $name in it is an error', async ({ body, code }) => {
    const auth = [
      { type: 'oauth', ...password },
      { type: 'jwt', ...password, siteId: 1 },
    ] as const;
    for (const each of auth) {
      const client = createV2({ baseUrl: server.url, auth: each, fetch: async () => new Response(body) });
      await expect(client.get('/api/v2/livechat/departments')).rejects.toMatchObject({ code });
    }
  });

  test.each([
    { auth: { type: 'saml' }, want: "auth.type 'saml' is unknown" },
    { auth: { type: 'token', token: '' }, want: 'auth.token is empty' },
    { auth: { type: 'jwt', ...password, siteId: undefined }, want: 'auth.siteId is empty' },
    { auth: { type: 'oauth', ...password, password: undefined }, want: 'auth.password is empty' },
    { auth: { type: 'partner', email: '', password: 'x' }, want: 'auth.email is empty' },
  ])('settings that cannot work are an error before any call: $want', ({ auth, want }) => {
    const create = () => createV2({ baseUrl: server.url, auth: auth as never });
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(want);
  });
});

describe('domains', () => {
  test('a retired domain is an error with its successor', () => {
    expect(() => createV2({ domain: 'eu.comm100.com', auth: basic(admin) })).toThrow(
      "'eu.comm100.com' was retired. Use 'euportal.comm100.com'.",
    );
    expect(() => createV1({ domain: 'ent.comm100.com', auth: basic(admin) })).toThrow("Use 'ent1portal.comm100.com'.");
  });

  test('without an address, requests go to the default domain by https', async () => {
    const requested: string[] = [];
    const client = createV2({
      auth: basic(admin),
      fetch: async ({ url }) => {
        requested.push(url);
        return new Response('[]');
      },
    });
    await client.get('/api/v2/livechat/departments');
    expect(requested).toEqual(['https://hosted.comm100.com/api/v2/livechat/departments']);
  });
});

describe('pages', () => {
  test('version 2.0 follows nextPage to the end, counting from 0', async () => {
    const client = createV2({ baseUrl: server.url, auth: basic(admin) });
    const names: string[] = [];
    for await (const page of client.pages('/api/v2/livechat/chats', { query: { pageSize: 1 } })) {
      names.push(...page.chats.map(({ name }) => name));
    }
    expect(names).toEqual(['Grace Hall', 'Hiro Tanaka']);
  });

  test('version 1.0 stops at the number of pages, counting from 1', async () => {
    const requested: string[] = [];
    const client = createV1({
      auth: basic(admin),
      fetch: async ({ url }) => {
        requested.push(new URL(url).search);
        return Response.json({ chats: [{ id: requested.length }], pages: 3, total: 27 });
      },
    });
    for await (const _ of client.pages('/api/v1/livechat/chats', { query: { keyword: 'tent' } }));
    expect(requested).toEqual(['?keyword=tent&page=1', '?keyword=tent&page=2', '?keyword=tent&page=3']);
  });
});

test('a write of version 1.0 is a form with comma-separated lists', async () => {
  const bodies: string[] = [];
  const client = createV1({
    baseUrl: server.url,
    auth: basic(admin),
    fetch: async (request) => {
      bodies.push(await request.clone().text());
      return fetch(request);
    },
  });
  await client.post('/api/v1/livechat/departments', { body: { name: 'Returns & repairs', members: [2, 4] } });
  expect(bodies).toEqual(['name=Returns+%26+repairs&members=2,4']);
});

describe('the demo company', () => {
  test('has the same chat in both versions', async () => {
    const id = 'c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001';
    const old = await createV1({ baseUrl: server.url, auth: basic(admin) }).get('/api/v1/livechat/chats/{id}', {
      path: { id },
    });
    const now = await createV2({ baseUrl: server.url, auth: basic(admin) }).get('/api/v2/livechat/chats/{id}', {
      path: { id },
    });
    expect(now).toMatchObject({ id: old.id, name: old.name, email: old.email, department: old.department });
    expect(parseDate(old.start_time).toISOString().slice(0, 19)).toBe(now.requestTime.slice(0, 19));
    expect(old.operators).toBe(now.agents.map(({ display_name }) => display_name).join(','));
  });

  test('has the same chat volume in both versions, each day the sum of its parts', async () => {
    const query = { timeFrom: '2025-03-03T00:00:00', timeTo: '2025-03-08T00:00:00', group: 'day' } as const;
    const old = await createV1({ baseUrl: server.url, auth: basic(admin) }).get('/api/v1/livechat/reports/chatVolume', {
      query,
    });
    const now = await createV2({ baseUrl: server.url, auth: basic(admin) }).get('/api/v2/livechat/reports/chatVolume', {
      query,
    });
    expect(now).toEqual(old);
    expect(now).toHaveLength(5);
    for (const row of now) {
      if (!('chats' in row)) throw new Error('A row of a day must have counts.');
      expect(row.chats + row.missedChats + row.refusedChats).toBe(row.chatRequests);
    }
  });
});
