import {
  ConnectionError,
  createClient,
  ForbiddenError,
  ServerError,
  TimeoutError,
  UnexpectedStatusError,
} from '@comm100-openapi/client-v2';
import { faultHeader, type LogEntry, type Mock } from '@comm100-openapi/mock-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { agents, basic, company, mock } from '../src/harness.ts';

// What the client does when the service or the network fails, over a real connection.

const log: LogEntry[] = [];
let server: Mock;
beforeAll(async () => {
  server = await mock({ onAnswer: (entry) => log.push(entry) });
});
afterAll(() => server.close());
beforeEach(() => {
  log.length = 0;
});

const { admin } = agents;

/** A client whose first calls get these faults, one each. The calls for a token get none. */
function clientWith(faults: string[], options: { retries?: number; timeout?: number; auth?: 'oauth' } = {}) {
  const { auth, ...others } = options;
  const rest = [...faults];
  return createClient({
    baseUrl: server.url,
    auth: auth ? { type: auth, email: admin.email, password: admin.password } : basic(admin),
    retries: 0,
    ...others,
    fetch: (request) => {
      const fault = request.url.includes('token') ? undefined : rest.shift();
      if (fault) request.headers.set(faultHeader, fault);
      return fetch(request);
    },
  });
}
const getDepartment = (client: ReturnType<typeof clientWith>) =>
  client.get('/api/v2/livechat/departments/{id}', { path: { id: 1 } });

describe('each fault as the client sees it', () => {
  test.each([
    { fault: 'status=503', error: ServerError, want: { status: 503, serviceCode: 503_000 } },
    { fault: 'status=418', error: UnexpectedStatusError, want: { status: 418 } },
    { fault: 'quota', error: ForbiddenError, want: { serviceMessage: expect.stringMatching(/quota|limit/i) } },
    { fault: 'reset', error: ConnectionError, want: { code: 'connection_failed' } },
    { fault: 'truncate', error: ConnectionError, want: { code: 'connection_failed' } },
    { fault: 'delay=5000', error: TimeoutError, want: { code: 'timed_out' } },
    { fault: 'slow=5000', error: TimeoutError, want: { code: 'timed_out' } },
  ])('$fault', async ({ fault, error, want }) => {
    const reason = await getDepartment(clientWith([fault], { timeout: 500 })).catch((thrown: unknown) => thrown);
    expect(reason).toBeInstanceOf(error);
    expect(reason).toMatchObject({ call: { path: '/api/v2/livechat/departments/{id}' }, ...want });
  });

  test('a slow body in time is a body like any other', async () => {
    const [slow, usual] = await Promise.all([getDepartment(clientWith(['slow=300'])), getDepartment(clientWith([]))]);
    expect(slow).toEqual(usual);
  });
});

describe('what the client recovers from', () => {
  test.each([{ fault: 'status=503' }, { fault: 'reset' }, { fault: 'truncate' }])('$fault, once', async ({ fault }) => {
    const department = await getDepartment(clientWith([fault], { retries: 1 }));
    expect(department.name).toBe('Support');
    expect(log.map(({ fault: got }) => got)).toEqual([fault, '']);
  });

  test('a token that expires in the middle of a run is renewed', async () => {
    const client = clientWith(['none', 'token-expired'], { auth: 'oauth' });
    await getDepartment(client);
    expect((await getDepartment(client)).name).toBe('Support');
    expect(log.map(({ status, path }) => `${status} ${path}`)).toEqual([
      '200 /oauth/token',
      '200 /api/v2/livechat/departments/1',
      '401 /api/v2/livechat/departments/1',
      '200 /oauth/token',
      '200 /api/v2/livechat/departments/1',
    ]);
  });

  test('tokens that live for a second', async () => {
    const hasty = await mock({ tokenLifetime: 1, onAnswer: (entry) => log.push(entry) });
    const client = createClient({
      baseUrl: hasty.url,
      auth: { type: 'jwt', email: admin.email, password: admin.password, siteId: company.site.id },
    });
    await client.get('/api/v2/livechat/departments');
    await client.get('/api/v2/livechat/departments');
    await hasty.close();
    // The client renews a token before it expires, so here before each call.
    expect(log.filter(({ path }) => path.includes('jwttoken'))).toHaveLength(2);
  });
});

test('a server whose client goes away during a delay ends at once', async () => {
  const other = await mock();
  const started = performance.now();
  const call = fetch(`${other.url}/api/v2/livechat/departments`, {
    headers: { [faultHeader]: 'delay=30000' },
    signal: AbortSignal.timeout(100),
  });
  await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  await other.close();
  expect(performance.now() - started).toBeLessThan(5000);
});
