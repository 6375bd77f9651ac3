import { connect } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeLog, type LogEntry, loadDemo, type Mock, startMock } from '../src/index.ts';

const { bundles, company } = loadDemo();
const [admin] = company.agents;
const authorization = `Basic ${btoa(`${admin?.email}:${admin?.apiKey}`)}`;
const departments = '/api/v2/livechat/departments';

const log: LogEntry[] = [];
let mock: Mock;
beforeAll(async () => {
  mock = await startMock(
    { bundles, company, mode: 'example', onAnswer: (entry) => log.push(entry) },
    { port: 0, timeout: 300 },
  );
});
afterAll(() => mock.close());

/** What comes back for bytes on a connection, until the mock closes it or has sent `until`. */
async function send(text: string, until = /$^/) {
  const { hostname, port } = new URL(mock.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.on('error', () => {});
  socket.write(text);
  let all = '';
  for await (const part of socket) {
    all += part;
    if (until.test(all)) break;
  }
  return all;
}

function lines(first: string, headers: Record<string, string>): string {
  return `${[first, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
}

const json = { 'content-type': 'application/json' };
const closing = { host: 'mock', connection: 'close' };
const known = { ...closing, authorization };

describe('what is wrong with a request as HTTP is an error in the form of the service, after 401', () => {
  const create = `POST ${departments} HTTP/1.1`;
  test.each([
    {
      name: 'not HTTP',
      given: '-DELETE / HTTP/1.1\r\nhost: mock\r\n\r\n',
      want: [400, 'The request is not valid HTTP.'],
    },
    {
      name: 'headers that are too large',
      given: lines('GET / HTTP/1.1', { ...known, 'x-long': 'x'.repeat(20_000) }),
      want: [431, 'The headers of the request are too large.'],
    },
    {
      name: 'no Host',
      given: lines(`GET ${departments} HTTP/1.1`, { connection: 'close', authorization }),
      want: [400, 'The request has no Host header.'],
    },
    {
      name: 'no Host and no credentials',
      given: lines(`GET ${departments} HTTP/1.1`, { connection: 'close' }),
      want: [401, 'Authentication is required.'],
    },
    {
      name: 'an expectation that nobody knows',
      given: lines(create, { ...known, expect: 'a miracle' }),
      want: [417, "The expectation 'a miracle' cannot be met, only 100-continue."],
    },
    {
      name: 'an expectation and no credentials',
      given: lines(create, { ...closing, expect: 'a miracle' }),
      want: [401, 'Authentication is required.'],
    },
    {
      name: 'a body that is announced as too large',
      given: lines(create, { ...known, ...json, 'content-length': '2000000' }),
      want: [413, 'The request body is larger than 1048576 bytes.'],
    },
    {
      name: 'a body that becomes too large',
      given: `${lines(create, { ...known, ...json, 'transfer-encoding': 'chunked' })}180000\r\n${'x'.repeat(0x180000)}\r\n`,
      want: [413, 'The request body is larger than 1048576 bytes.'],
    },
    {
      name: 'a body that is too large and no credentials',
      given: lines(create, { ...closing, ...json, 'content-length': '2000000' }),
      want: [401, 'Authentication is required.'],
    },
    {
      name: 'a head that does not end',
      given: `GET ${departments} HTTP/1.1\r\nhost: mock\r\n`,
      want: [408, 'The request took too long.'],
    },
    {
      name: 'a body that does not end',
      given: `${lines(create, { ...known, ...json, 'content-length': '100' })}{"name":`,
      want: [408, 'The request took too long.'],
    },
    {
      name: 'a body that is not what its length says',
      given: `${lines(create, { ...known, ...json, 'transfer-encoding': 'chunked' })}zz\r\n`,
      want: [400, 'The request is not valid HTTP.'],
    },
    {
      name: 'a request for a tunnel',
      given: lines('CONNECT mock:443 HTTP/1.1', closing),
      want: [405, 'CONNECT is not allowed.'],
    },
  ])('$name', async ({ given, want: [status, message] }) => {
    const response = await send(given);
    expect(response).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(response).toMatch(/\r\ncontent-type: application\/json\r\n/);
    expect(JSON.parse(response.slice(response.indexOf('{')))).toEqual({ code: Number(status) * 1000, message });
  });
});

test('a body is asked for once the caller is known', async () => {
  const headers = { ...json, expect: '100-continue', 'content-length': '2' };
  const create = `POST ${departments} HTTP/1.1`;
  expect(await send(lines(create, { ...known, ...headers }), /100/)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  expect(await send(lines(create, { ...closing, ...headers }))).toMatch(/^HTTP\/1\.1 401 /);
});

test('a body that nobody asked for does not hold the connection for ever', async () => {
  const head = lines(`GET ${departments} HTTP/1.1`, { host: 'mock', authorization, 'content-length': '100' });
  const response = await send(head);
  expect(response).toMatch(/^HTTP\/1\.1 200 /);
  expect(response.match(/HTTP\/1\.1/g)).toHaveLength(1);
});

test('a client that is gone when it is rejected ends nothing but its connection', async () => {
  const { hostname, port } = new URL(mock.url);
  const leave = (text: string) =>
    new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(text);
        setImmediate(() => socket.resetAndDestroy());
      });
      socket.once('close', () => resolve());
    });
  const odd = ['CONNECT mock:443 HTTP/1.1\r\nhost: mock\r\n\r\n', 'odd\r\n\r\n'];
  await Promise.all(Array.from({ length: 100 }, (_, index) => leave(odd[index % 2] ?? '')));
  expect((await fetch(mock.url)).status).toBe(404);
});

test('HEAD is GET without the body', async () => {
  const [head, get] = await Promise.all([
    send(lines(`HEAD ${departments} HTTP/1.1`, known)),
    send(lines(`GET ${departments} HTTP/1.1`, known)),
  ]);
  const headOf = (response: string) => response.slice(0, response.indexOf('\r\n\r\n')).replace(/\r\ndate:.*/i, '');
  expect(head.endsWith('\r\n\r\n')).toBe(true);
  expect(headOf(head)).toBe(headOf(get));
  expect(headOf(head)).toMatch(/^HTTP\/1\.1 200 .*\r\ncontent-length: [1-9]/s);
});

test('a response without a body has no content type', async () => {
  const response = await send(lines('DELETE /api/v1/livechat/cannedMessages/1 HTTP/1.1', known));
  expect(response).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(response).toMatch(/\r\ncontent-length: 0\r\n/);
  expect(response).not.toMatch(/content-type/i);
});

test('an address in full is taken as its path', async () => {
  expect(await send(lines(`GET http://mock${departments} HTTP/1.1`, known))).toMatch(/^HTTP\/1\.1 200 /);
});

test('links lead to the host that was called, and to the mock itself where that is no host', async () => {
  const link = async (host: string) =>
    /"nextPage":"([^"]*)"/.exec(
      await send(lines('GET /api/v2/livechat/chats?pageSize=1 HTTP/1.1', { ...known, host })),
    )?.[1];
  const page = '/api/v2.0/livechat/chats?pageIndex=1&pageSize=1';
  expect(await link('mock.test:8080')).toBe(`http://mock.test:8080${page}`);
  expect(await link('"<script>')).toBe(mock.url + page);
});

test.each([
  { host: '127.0.0.1:4010', want: 204 },
  { host: 'localhost', want: 204 },
  { host: 'attacker.com', want: 403 },
  { host: '127.0.0.1.attacker.com:80', want: 403 },
  { host: 'localhost', origin: 'http://localhost:3000', want: 403 },
  { host: 'localhost:3000', origin: 'http://localhost:3000', want: 204 },
])('the mock is controlled by its own name only: $host $origin', async ({ host, origin, want }) => {
  const headers = { host, connection: 'close', 'content-length': '0', ...(origin && { origin }) };
  const response = await send(lines('POST /__mock/reset HTTP/1.1', headers));
  expect(response).toMatch(new RegExp(`^HTTP/1\\.1 ${want} `));
  expect(response).not.toMatch(/access-control-/i);
});

test('a line of the log stays one line of a bearable length, whatever a request contains', async () => {
  log.length = 0;
  await fetch(`${mock.url}${departments}?%1b[2J%0aGET=1`, { headers: { authorization } });
  const unknown = Array.from({ length: 400 }, (_, index) => `${'x'.repeat(20)}${index}=`).join('&');
  await fetch(`${mock.url}${departments}?${unknown}`, { headers: { authorization } });
  const [line = '', long = ''] = log.map(describeLog).map(stripVTControlCharacters);
  expect(line).toBe(`  200 GET ${departments}   spelling: query: '?[2J?GET' is unknown and was ignored`);
  expect(log[1]?.remarks).toHaveLength(20);
  expect(long.length).toBeLessThan(1200);
});

test.each([
  { host: '127.0.0.1', want: /^http:\/\/127\.0\.0\.1:\d+$/ },
  { host: '0.0.0.0', want: /^http:\/\/127\.0\.0\.1:\d+$/ },
])('a mock on $host says where it can be called', async ({ host, want }) => {
  const other = await startMock({ bundles, company, mode: 'example' }, { port: 0, host });
  expect(other.url).toMatch(want);
  expect((await fetch(other.url)).status).toBe(404);
  await other.close();
});
