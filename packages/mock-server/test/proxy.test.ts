import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createClient } from '@comm100-openapi/client-v2';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { loadDemo, type RunningProxy, startMock, startProxy } from '../src/index.ts';
import { HarFile, type RecordedExchange } from '../src/proxy/har.ts';

const { bundles, company } = loadDemo();
const department = '/api/v2/livechat/departments/1';
const json = { 'content-type': 'application/json' };

/** Responses as the description has them, taken from the mock. */
const mock = await startMock({ bundles, company, mode: 'example' }, { port: 0 });
afterAll(() => mock.close());
const [admin] = company.agents;
const apiKey = admin?.apiKey ?? '';
const authorization = `Basic ${btoa(`${admin?.email}:${apiKey}`)}`;
const read = async (path: string) => (await fetch(mock.url + path, { headers: { authorization } })).json();
const right = await read(department);
const { name: _, ...nameless } = right;
const rightV1 = await read('/api/v1/livechat/departments/1');
const page = await read('/api/v2/livechat/chats');
const [chat, ...chats] = page.chats;
const chatVolume = '/api/v2/livechat/reports/chatVolume?timeFrom=2025-03-03T00:00:00&group=day';
const volume = await read(`${chatVolume}&timeTo=2025-03-08T00:00:00`);

/** A service on this machine, and a proxy before it. */
async function proxied(
  service: RequestListener,
): Promise<{ proxy: RunningProxy; target: string; seen: RecordedExchange[] }> {
  const server = createServer(service);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const seen: RecordedExchange[] = [];
  const proxy = await startProxy({ target, port: 0, onExchange: (exchange) => seen.push(exchange) });
  onTestFinished(async () => {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });
  return { proxy, target, seen };
}

interface Given {
  path?: string;
  method?: string;
  type?: string;
  body?: string;
  /** The response of the service. */
  status?: number;
  headers?: Record<string, string>;
  response?: unknown;
}

/** Sends a request through a proxy to a service that responds as given. @returns The lines of the report. */
async function linesFor({
  path = department,
  method = 'GET',
  type,
  body,
  status = 200,
  headers = json,
  response,
}: Given) {
  const text = typeof response === 'string' ? response : JSON.stringify(response ?? right);
  const { proxy, seen } = await proxied((_, outgoing) => outgoing.writeHead(status, headers).end(text));
  const received = await fetch(proxy.url + path, {
    method,
    ...(type !== undefined && { headers: { 'content-type': type } }),
    ...(body !== undefined && { body }),
  });
  expect([received.status, await received.text()]).toEqual([status, method === 'HEAD' ? '' : text]);
  await expect.poll(() => seen).toHaveLength(1);
  return seen[0]?.differences;
}

describe('each class of difference has its line', () => {
  const of = '2.0 getDepartment response 200';
  const rejected = { code: 404_000, message: 'Nothing is here.' };
  test.each<{ name: string; given: Given; want: (string | RegExp)[] }>([
    { name: 'none', given: {}, want: [] },
    { name: 'none in an error', given: { status: 404, response: rejected }, want: [] },
    { name: 'a path that neither knows', given: { path: '/api/v2/ghosts', status: 404, response: rejected }, want: [] },
    {
      name: 'undocumented path',
      given: { path: '/api/v2/livechat/ghosts?x=1', response: [] },
      want: ['request: undocumented path: GET /api/v2/livechat/ghosts got 200'],
    },
    {
      name: 'undocumented method',
      given: { method: 'PATCH' },
      want: [/^request: undocumented method: PATCH \S+\/1 got 200; documented: .*GET/],
    },
    {
      name: 'undocumented parameter',
      given: { path: `${department}?verbose=1` },
      want: ["2.0 getDepartment request: undocumented parameter: 'verbose' was accepted"],
    },
    {
      name: 'a required parameter that nobody missed',
      given: { path: chatVolume, response: volume },
      want: ["2.0 getChatVolumeReport request: missing field: 'timeTo', and was accepted"],
    },
    {
      name: 'a condition with a higher number than those that are described one by one',
      given: { path: '/api/v2/livechat/chats?conditions[7][value]=x', response: page },
      want: [],
    },
    {
      name: 'a parameter that the service rejects',
      given: { path: `${department}?verbose=1`, status: 400, response: { code: 400_000, message: 'No.' } },
      want: [],
    },
    {
      name: 'undocumented status',
      given: { status: 418, response: { code: 418_000, message: 'I am a teapot.' } },
      want: ['2.0 getDepartment response 418: undocumented status: 418; documented: 200, 400, 401, 403, 404, 500'],
    },
    {
      name: 'other content type',
      given: { headers: { 'content-type': 'text/plain; charset=utf-8' } },
      want: [`${of}: content type: text/plain; documented: application/json`],
    },
    { name: 'not JSON', given: { response: '<h1>' }, want: [`${of}: body: it is not JSON`] },
    { name: 'no body', given: { response: '' }, want: [`${of}: body: there is none; documented: application/json`] },
    {
      name: 'a body that is not documented',
      given: { method: 'DELETE', path: '/api/v1/livechat/cannedMessages/1', response: { id: 1 } },
      want: ['1.0 deleteCannedMessage response 200: body: there is one, and none is documented'],
    },
    {
      name: 'unknown field',
      given: { response: { ...right, color: 'red' } },
      want: [`${of}: unknown field: 'color', a string`],
    },
    { name: 'missing field', given: { response: nameless }, want: [`${of}: missing field: 'name'`] },
    {
      name: 'wrong type',
      given: { response: { ...right, id: '1' } },
      want: [`${of}: wrong type: 'id' is a string, must be a whole number`],
    },
    {
      name: 'unknown value of an enum',
      given: { response: { ...right, allocationRule: 'lottery' } },
      want: [
        /^2\.0 getDepartment response 200: unknown value: 'allocationRule' is "lottery", must be one of .*round robin/,
      ],
    },
    {
      name: 'a value in another form, without what it says',
      given: {
        path: '/api/v2/livechat/chats',
        response: {
          total: 1,
          previousPage: '',
          nextPage: '',
          chats: [{ ...chat, requestTime: '3 March 2025' }, ...chats],
        },
      },
      want: [/^2\.0 listChats response 200: wrong value: 'chats\[\]\.requestTime' is like "0 aaaaa 0000", must /],
    },
    {
      name: 'the same in each entry of a list, once',
      given: { path: '/api/v2/livechat/departments', response: [{ ...right, x: 1 }, right, { ...right, x: 2 }] },
      want: ["2.0 listDepartments response 200: unknown field: '[].x', a number"],
    },
    {
      name: 'an error in another form',
      given: { status: 404, response: { error: 'gone' } },
      want: ["2.0 getDepartment response 404: error form: the error is not {code, message}: 'code' is missing"],
    },
    {
      name: 'an error in HTML',
      given: { status: 500, headers: { 'content-type': 'text/html' }, response: '<h1>Oops</h1>' },
      want: ['2.0 getDepartment response 500: error form: the error is not {code, message}: the body is not JSON'],
    },
    {
      name: 'a request that breaks the description, accepted',
      given: { method: 'PUT', type: 'application/json', body: '{"name":5,"color":"red"}' },
      want: [
        "2.0 updateDepartment request: wrong type: 'name' is a number, must be a string, and was accepted",
        "2.0 updateDepartment request: unknown field: 'color', a string, and was accepted",
      ],
    },
    {
      name: 'a form with an unknown field, accepted',
      given: {
        method: 'PUT',
        path: '/api/v1/livechat/departments/1',
        type: 'application/x-www-form-urlencoded',
        body: 'name=Returns&color=red&members=1,2',
        response: rightV1,
      },
      want: ["1.0 updateDepartment request: unknown field: 'color' was accepted"],
    },
    {
      name: 'another content type of a request, accepted',
      given: { method: 'PUT', type: 'text/plain', body: '{"name":"Returns"}' },
      want: ['2.0 updateDepartment request: content type: text/plain was accepted; documented: application/json'],
    },
  ])('$name', async ({ given, want }) => {
    expect(await linesFor(given)).toEqual(
      want.map((line) => (line instanceof RegExp ? expect.stringMatching(line) : line)),
    );
  });
});

test('the report counts what differs and what is as described', async () => {
  const { proxy, seen } = await proxied(({ url }, outgoing) => {
    outgoing.writeHead(200, json).end(JSON.stringify(url === department ? right : { ...right, id: 'x' }));
  });
  for (const id of [1, 2, 1, 3]) await (await fetch(`${proxy.url}/api/v2/livechat/departments/${id}`)).text();
  await expect.poll(() => seen).toHaveLength(4);
  expect(String(proxy.report).split('\n').slice(1)).toEqual([
    '',
    'Differences: 1',
    "  2.0 getDepartment response 200: wrong type: 'id' is a string, must be a whole number  ×2",
    '',
    'As described: 1',
    '  2.0 getDepartment 200  ×2',
    '',
  ]);
});

describe('what passes is not changed', () => {
  test('a client works through it, and the mock differs in nothing', async () => {
    const proxy = await startProxy({ target: mock.url, port: 0 });
    const auth = { type: 'oauth', email: admin?.email ?? '', password: admin?.password ?? '' } as const;
    const client = createClient({ baseUrl: proxy.url, auth });
    expect(await client.get('/api/v2/livechat/departments/{id}', { path: { id: 1 } })).toEqual(right);
    expect(await client.post('/api/v2/livechat/departments', { body: { name: 'Returns' } })).toHaveProperty('id');
    await expect(client.get('/api/v2/livechat/departments/{id}', { path: { id: 'x' as never } })).rejects.toThrow();
    await expect.poll(() => String(proxy.report)).toMatch(/in 4 requests\n\nDifferences: none\n\nAs described: 4\n/);
    await proxy.close();
  });

  test('method, address, headers and body, compressed or not', async () => {
    const body = gzipSync(JSON.stringify({ ...right, color: 'red' }));
    const got: unknown[] = [];
    const { proxy, target, seen } = await proxied((incoming, outgoing) => {
      const { method, url, headers } = incoming;
      got.push(method, url, headers['x-own'], headers.host, headers['comm100-mock-fault']);
      incoming.on('data', (part) => got.push(String(part)));
      outgoing.writeHead(
        200,
        [
          ['content-type', 'application/json'],
          ['content-encoding', 'gzip'],
          ['x-a', '1'],
          ['x-a', '2'],
        ].flat(),
      );
      incoming.on('end', () => outgoing.end(body));
    });
    const response = await fetch(`${proxy.url}${department}?a=%20b&a=`, {
      method: 'DELETE',
      headers: { 'x-own': 'yes', 'comm100-mock-fault': 'reset' },
      body: new Blob(['{"é":1}']).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(await response.json()).toEqual({ ...right, color: 'red' });
    expect(response.headers.get('x-a')).toBe('1, 2');
    expect(got).toEqual(['DELETE', `${department}?a=%20b&a=`, 'yes', new URL(target).host, undefined, '{"é":1}']);
    await expect.poll(() => seen[0]?.responseBody).toContain('"color":"red"');
  });

  test('a body that is too large to compare', async () => {
    const large = 'x'.repeat(9 * 1024 * 1024);
    const { proxy, seen } = await proxied((_, outgoing) => outgoing.writeHead(200, json).end(large));
    expect(await (await fetch(proxy.url + department)).text()).toHaveLength(large.length);
    await expect.poll(() => seen[0]).toMatchObject({ responseSize: large.length, responseBody: undefined });
    expect(seen[0]?.differences).toEqual([]);
  });
});

describe('what is wrong with the service or the target', () => {
  test.each([
    { name: 'nobody listens', service: undefined, want: [502, /127\.0\.0\.1:\d+ cannot be reached: ECONNREFUSED\./] },
    { name: 'it is silent', service: () => {}, want: [504, /did not respond in time\./] },
    {
      name: 'it hangs up',
      service: ((incoming) => incoming.socket.destroy()) as RequestListener,
      want: [502, /ECONNRESET/],
    },
  ])('$name', async ({ service, want: [status, message] }) => {
    const server = createServer(service);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (!service) await new Promise((done) => server.close(done));
    const proxy = await startProxy({ target, port: 0, timeout: 300 });
    const response = await fetch(proxy.url + department);
    expect([response.status, (await response.json()).message]).toEqual([
      status,
      expect.stringMatching(message as RegExp),
    ]);
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });

  test.each([
    { target: 'hosted.comm100.com', want: /'hosted\.comm100\.com' is not an address\. Use https:/ },
    { target: 'http://hosted.comm100.com', want: /is not https\. Credentials are sent by https only/ },
    { target: 'http://localhost.example.com', want: /is not https/ },
    { target: 'ftp://127.0.0.1', want: /is not https/ },
    {
      target: 'https://hosted.comm100.com/api',
      want: /is more than an origin\. Use https:\/\/hosted\.comm100\.com\.$/,
    },
    { target: 'https://me:hunter2@hosted.comm100.com', want: /^(?!.*hunter2).*is more than an origin/ },
  ])('$target', async ({ target, want }) => {
    await expect(startProxy({ target, port: 0 })).rejects.toThrow(want);
  });
});

describe('credentials are nowhere in what is recorded', () => {
  const secret = 's3cret+/=Wörd';
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXlhIn0.c2lnbmF0dXJl';
  test.each<{
    name: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string;
    sets?: Record<string, string>;
    response?: string;
  }>([
    { name: 'Basic', headers: { authorization: `Basic ${Buffer.from(`maya:${secret}`).toString('base64')}` } },
    { name: 'Bearer', headers: { authorization: `Bearer ${encodeURIComponent(secret)}` } },
    { name: 'a header of its own', headers: { 'x-api-key': encodeURIComponent(secret) } },
    { name: 'cookies', headers: { cookie: `session=${encodeURIComponent(secret)}` } },
    { name: 'a query', path: `${department}?api_key=${encodeURIComponent(secret)}&x=1` },
    { name: 'a query with a name in brackets', path: `${department}?Password[0]=${encodeURIComponent(secret)}` },
    {
      name: 'a form',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `a=1&password=${encodeURIComponent(secret)}`,
    },
    { name: 'JSON', headers: json, body: JSON.stringify({ user: { newPassword: secret } }) },
    { name: 'JSON below a name', headers: json, body: JSON.stringify({ token: { value: [secret] } }) },
    { name: 'JSON that is cut off', headers: json, body: `{"name":"x","apiKey":${JSON.stringify(secret)},"x` },
    {
      name: 'text behind a file in Base64, and that in no time',
      headers: { 'content-type': 'text/plain' },
      body: `${'a'.repeat(100_000)} password=${secret}`,
    },
    { name: 'a token of the response', response: JSON.stringify({ access_token: secret, token_type: 'Bearer' }) },
    { name: 'a cookie of the response', sets: { 'set-cookie': `id=${encodeURIComponent(secret)}; HttpOnly` } },
    { name: 'a JSON Web Token anywhere', headers: { 'x-note': jwt }, path: `/api/${jwt}`, response: `"see ${jwt}"` },
    {
      name: 'an error that repeats it',
      path: `${department}?api_key=${encodeURIComponent(secret)}`,
      response: JSON.stringify({ code: secret, message: `'${secret}' is wrong`, [secret]: 1 }),
    },
  ])('$name', async ({ path = department, headers = {}, body, sets = {}, response = '{}' }) => {
    const { proxy, seen } = await proxied((_, outgoing) => outgoing.writeHead(200, { ...json, ...sets }).end(response));
    await fetch(proxy.url + path, { method: body ? 'PUT' : 'GET', headers, ...(body && { body }) });
    await expect.poll(() => seen).toHaveLength(1);
    const all = JSON.stringify(seen) + proxy.report;
    const forms = [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
      jwt,
      'c2lnbmF0dXJl',
    ];
    for (const form of [...forms, Buffer.from(`maya:${secret}`).toString('base64')]) expect(all).not.toContain(form);
    expect(all).toContain('[redacted]');
  });

  test('and what is no credential stays', async () => {
    const { proxy, seen } = await proxied((_, outgoing) => outgoing.writeHead(200, json).end(JSON.stringify(right)));
    await (
      await fetch(`${proxy.url}${department}?keywords=tent`, { headers: { authorization, 'x-note': 'token' } })
    ).text();
    await expect.poll(() => seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      url: expect.stringMatching(/\?keywords=tent$/),
      responseBody: JSON.stringify(right),
    });
    expect(seen[0]?.requestHeaders).toEqual(
      expect.arrayContaining([
        ['x-note', 'token'],
        ['authorization', 'Basic [redacted]'],
      ]),
    );
  });
});

test('redocly drift reads the HAR', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'comm100-proxy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'a.har');
  const har = new HarFile(file, '0.0.0');
  const { proxy, target, seen } = await proxied((_, outgoing) =>
    outgoing.writeHead(200, json).end(JSON.stringify({ ...right, color: 'red' })),
  );
  const paths = ['?verbose=1', '/ghosts'].map((end) => department + end);
  for (const path of paths) await (await fetch(proxy.url + path, { headers: { authorization } })).text();
  await expect.poll(() => seen).toHaveLength(2);
  for (const exchange of seen) har.add(exchange);
  har.close();

  const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
  const bundle = fileURLToPath(import.meta.resolve('@comm100-openapi/spec/strict/v2.json'));
  const args = [cli, 'drift', file, '--api', bundle, '--server', target, '--format', 'json'];
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  const { problems } = JSON.parse(stdout);
  expect(problems.map(({ message }: { message: string }) => message).sort()).toEqual([
    expect.stringMatching(/must NOT have unevaluated properties/),
    expect.stringMatching(/^Undocumented endpoint: GET .*\/ghosts/),
    expect.stringMatching(/"verbose"/),
  ]);
  expect(status).toBe(1);
});

describe('the command', () => {
  const command = fileURLToPath(new URL('../bin/comm100-mock.js', import.meta.url));
  function start(args: string[]): { child: ChildProcess; out: () => string; ended: Promise<number | null> } {
    const child = spawn(process.execPath, [command, 'proxy', ...args], { env: { ...process.env, NO_COLOR: '1' } });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (out += part));
    onTestFinished(() => void child.kill('SIGKILL'));
    return { child, out: () => out, ended: new Promise((resolve) => child.once('close', resolve)) };
  }

  test('prints and writes the differences, and a HAR', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'comm100-proxy-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { proxy: _, target } = await proxied((_, outgoing) =>
      outgoing.writeHead(200, json).end(JSON.stringify({ ...right, color: apiKey })),
    );
    const [har, report] = ['a.har', 'a.txt'].map((name) => join(folder, name)) as [string, string];
    const { child, out, ended } = start(['--target', target, '--port', '0', '--har', har, '--report', report]);
    await expect.poll(out, { timeout: 10_000 }).toMatch(/Comm100 proxy +http/);
    const [url] = /http:\S+/.exec(out()) ?? [];
    for (const query of ['', '?x=1'])
      await (await fetch(url + department + query, { headers: { authorization } })).text();
    await expect.poll(out).toMatch(/'x' was accepted/);
    // It is complete before the end.
    expect(JSON.parse(readFileSync(har, 'utf8')).log.entries).toHaveLength(2);
    child.kill('SIGINT');
    expect(await ended).toBe(0);

    const lines = [
      "  2.0 getDepartment request: undocumented parameter: 'x' was accepted",
      "  2.0 getDepartment response 200: unknown field: 'color', a string  ×2",
    ];
    expect(readFileSync(report, 'utf8').split('\n')).toEqual(expect.arrayContaining(lines));
    for (const line of lines) expect(out()).toContain(line);
    const { log } = JSON.parse(readFileSync(har, 'utf8'));
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'comm100-mock' } });
    expect(log.entries[1]).toMatchObject({
      request: { method: 'GET', url: `${target}${department}?x=1`, queryString: [{ name: 'x', value: '1' }] },
      response: { status: 200, content: { mimeType: 'application/json' } },
      comment: expect.stringContaining("unknown field: 'color'"),
    });
    expect(JSON.parse(log.entries[1].response.content.text)).toEqual({ ...right, color: '[redacted]' });
    for (const text of [out(), readFileSync(har, 'utf8'), readFileSync(report, 'utf8')]) {
      expect(text).not.toContain(apiKey);
      expect(text).not.toContain(authorization.slice(6));
    }
  });

  test('leaves a HAR as it is where the report cannot be written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'comm100-proxy-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const har = join(folder, 'a.har');
    writeFileSync(har, 'of before');
    const { out, ended } = start(['--target', 'http://127.0.0.1:9', '--port', '0', '--har', har, '--report', folder]);
    expect([await ended, out()]).toEqual([1, expect.stringContaining(`--report ${folder}: it is a folder.`)]);
    expect(readFileSync(har, 'utf8')).toBe('of before');
  });

  test('prints a report that can no longer be written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'comm100-proxy-'));
    const { child, out, ended } = start([
      '--target',
      'http://127.0.0.1:9',
      '--port',
      '0',
      '--report',
      join(folder, 'a.txt'),
    ]);
    await expect.poll(out, { timeout: 10_000 }).toMatch(/Comm100 proxy +http/);
    rmSync(folder, { recursive: true });
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(out()).toMatch(/Differences: none.*a\.txt: its folder does not exist\./s);
  });

  test.each([
    {
      args: [],
      exit: 2,
      want: /^comm100-mock: proxy needs --target, such as --target https:\/\/hosted\.comm100\.com\.\n$/,
    },
    { args: ['--target', 'http://a.example'], exit: 2, want: /^comm100-mock: --target: The target .* is not https/ },
    {
      args: ['--mode', 'x'],
      exit: 2,
      want: /^comm100-mock: Unknown option '--mode'\. See comm100-mock proxy --help\.\n$/,
    },
    {
      args: ['--target', 'http://127.0.0.1:9', '--port', '0', '--har', '/nowhere/a.har'],
      exit: 1,
      want: /^comm100-mock: --har \/nowhere\/a\.har: its folder does not exist\. Make it, or choose another name\.\n$/,
    },
    {
      args: ['--target', 'http://127.0.0.1:9', '--har', 'a.har', '--report', './a.har'],
      exit: 2,
      want: /^comm100-mock: --report and --har need a file each\.\n$/,
    },
    {
      args: ['--target', 'http://127.0.0.1:9', '--target', 'http://127.0.0.1:8'],
      exit: 2,
      want: /^comm100-mock: --target is given twice\. See comm100-mock proxy --help\.\n$/,
    },
    { args: ['--help'], exit: 0, want: /--target .*--har .*Ctrl\+C/s },
  ])('$args', async ({ args, exit, want }) => {
    const { out, ended } = start(args);
    expect([await ended, out()]).toEqual([exit, expect.stringMatching(want)]);
  });
});
