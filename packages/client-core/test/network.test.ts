import type { RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { basic, resolveBaseUrl } from '../src/index.ts';
import { callsTo, localServer, rejection, service } from './helpers.ts';

// What the client does when the network or what is in front of the service fails, over a real connection.

const things = '{"things":[1,2]}';

describe('a response that does not arrive as it should', () => {
  const faults: { name: string; respond: (response: ServerResponse) => void; want: string }[] = [
    { name: 'a reset before it', respond: (response) => response.socket?.destroy(), want: 'connection_failed' },
    {
      name: 'a reset after its headers',
      respond: (response) => {
        response.writeHead(200, { 'content-length': things.length }).flushHeaders();
        setTimeout(() => response.socket?.destroy(), 20);
      },
      want: 'connection_failed',
    },
    {
      name: 'a reset in the middle of its body',
      respond: (response) => {
        response.writeHead(200, { 'content-length': things.length }).write(things.slice(0, 5));
        setTimeout(() => response.socket?.destroy(), 20);
      },
      want: 'connection_failed',
    },
    {
      name: 'gzip that is none',
      respond: (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(things),
      want: 'connection_failed',
    },
    { name: 'nothing, ever', respond: () => {}, want: 'timed_out' },
    { name: 'headers, and no body', respond: (response) => response.flushHeaders(), want: 'timed_out' },
  ];

  test.each(faults)('$name: an error, and a read gets past it', async ({ respond, want }) => {
    let requests = 0;
    const url = await localServer((_, response) => {
      if (++requests <= 2) respond(response);
      else response.end(things);
    });
    const calls = callsTo(url, { timeout: 300 });
    expect(await rejection(calls.post('/things', { body: { name: 'x' } }))).toMatchObject({ code: want });
    expect(requests).toBe(1);
    expect(await calls.get('/things')).toEqual({ things: [1, 2] });
    expect(requests).toBe(3);
  });

  // The gzip of Node ends such a body without an error, so that its JSON is cut off.
  test('gzip that is cut off is an error', async () => {
    const url = await localServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(things).subarray(0, 15)),
    );
    expect(await rejection(callsTo(url, { retries: 0 }).get('/things'))).toMatchObject({
      code: expect.stringMatching('invalid_response|connection_failed'),
    });
  });

  test('gzip that is whole is a body like any other', async () => {
    const url = await localServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(things)),
    );
    expect(await callsTo(url).get('/things')).toEqual({ things: [1, 2] });
  });
});

// workerd and other realms (Jest) have another TypeError, and a fetch from npm has errors of its own.
describe('a failure that is no TypeError of this realm', () => {
  test.each([
    { name: 'an error of workerd', failure: Object.assign(new Error('Network connection lost.'), { retryable: true }) },
    { name: 'an object of another realm', failure: { name: 'TypeError', message: 'fetch failed' } },
    { name: 'a text', failure: 'socket hang up' },
    { name: 'nothing at all', failure: undefined },
  ])('$name is a broken connection', async ({ failure }) => {
    let requests = 0;
    const { calls } = service([], {
      retries: 1,
      fetch: async () => {
        requests++;
        throw failure;
      },
    });
    expect(await rejection(calls.get('/things'))).toMatchObject({
      code: 'connection_failed',
      call: { path: '/things' },
    });
    expect(requests).toBe(2);
  });
});

describe('a redirect', () => {
  /** A server that redirects once to `to`, and records what it and the target of another origin get. */
  async function redirecting(status: number, to: (elsewhere: string) => string) {
    const seen: string[] = [];
    const record =
      (name: string, respond: RequestListener): RequestListener =>
      (request, response) => {
        seen.push(`${name} ${request.method} ${request.url} ${request.headers.authorization ? 'with key' : 'without'}`);
        respond(request, response);
      };
    const elsewhere = await localServer(record('elsewhere', (_, response) => response.end(things)));
    const url = await localServer(
      record('here', (request, response) => {
        if (!request.url?.startsWith('/things')) response.end(things);
        else response.writeHead(status, { location: to(elsewhere) }).end();
      }),
    );
    return { calls: callsTo(url, { credentials: basic('maya', '0001') }), seen };
  }

  test.each([301, 302, 303, 307, 308])('%i of a read within the origin is followed', async (status) => {
    const { calls, seen } = await redirecting(status, () => '/moved?page=1');
    expect(await calls.get('/things')).toEqual({ things: [1, 2] });
    expect(seen).toEqual(['here GET /things with key', 'here GET /moved?page=1 with key']);
  });

  test.each([
    { name: 'another port', to: (elsewhere: string) => `${elsewhere}/things` },
    { name: 'another host', to: (elsewhere: string) => `${elsewhere.replace('127.0.0.1', 'localhost')}/things` },
    { name: 'an address without a scheme', to: (elsewhere: string) => elsewhere.replace('http:', '') },
    { name: 'no address', to: () => 'http://[' },
  ])('of a read to $name is not followed', async ({ to }) => {
    const { calls, seen } = await redirecting(302, to);
    expect(await rejection(calls.get('/things'))).toMatchObject({
      code: 'unexpected_status',
      status: 302,
      message: expect.stringContaining('a redirect; the client follows those of reads, within the origin'),
    });
    expect(seen).toEqual(['here GET /things with key']);
  });

  test('from https to http of the same host is not followed', async () => {
    const seen: string[] = [];
    const { calls } = service([], {
      fetch: async ({ url }) => {
        seen.push(url);
        return new Response('', { status: 302, headers: { location: 'http://service.example/things' } });
      },
    });
    expect(await rejection(calls.get('/things'))).toMatchObject({ status: 302 });
    expect(seen).toEqual(['https://service.example/things']);
  });

  test('that leads back to itself ends', async () => {
    const { calls, seen } = await redirecting(302, () => '/things');
    expect(await rejection(calls.get('/things'))).toMatchObject({ status: 302 });
    expect(seen).toHaveLength(6);
  });

  // fetch would send a GET in place of the POST and report a success, and send the body of the PUT to another host.
  test.each([
    { status: 302, method: 'post' },
    { status: 307, method: 'put' },
  ] as const)('$status of a write is not followed', async ({ status, method }) => {
    const { calls, seen } = await redirecting(status, () => '/moved');
    const send = {
      post: () => calls.post('/things', { body: { name: 'x' } }),
      put: () => calls.put('/things/{id}', { path: { id: '1' }, body: {} }),
    }[method];
    expect(await rejection(send())).toMatchObject({ code: 'unexpected_status', status });
    expect(seen).toHaveLength(1);
  });

  test('that a browser hides is an error that says so', async () => {
    const hidden = Object.defineProperties(new Response(''), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
      ok: { value: false },
    });
    const { calls } = service([], { fetch: async () => hidden });
    expect(await rejection(calls.get('/things'))).toMatchObject({ message: expect.stringContaining('a redirect') });
  });
});

describe('the fetch that sends', () => {
  test('is the one that is global at the time of the call', async () => {
    const url = await localServer((_, response) => response.end(things));
    const calls = callsTo(url);
    const original = globalThis.fetch;
    const seen: string[] = [];
    try {
      globalThis.fetch = async (input, init) => {
        seen.push(String((input as Request).url));
        return original(input, init);
      };
      await calls.get('/things');
    } finally {
      globalThis.fetch = original;
    }
    expect(seen).toEqual([`${url}/things`]);
  });

  // As node-fetch does: an object that is no Request of its own is an address, and all else is in the second argument.
  test('may be one that wants an address and options', async () => {
    const { calls } = service([], {
      fetch: async (address: unknown, { method, headers, body }: RequestInit) =>
        Response.json({
          things: [new URL(String(address)).pathname, method, new Headers(headers).get('x-trace'), body],
        }),
    });
    expect(await calls.post('/things', { body: { name: 'x' }, headers: { 'x-trace': '7' } })).toEqual({
      things: ['/things', 'POST', '7', '{"name":"x"}'],
    });
  });

  // AbortSignal.any is in Node since 20.3, and the packages run on 20.0; older workers have no URL.canParse.
  test('needs no AbortSignal.any, no AbortSignal.timeout and no URL.canParse', async () => {
    const url = await localServer((_, response) => response.end(things));
    const { any, timeout } = AbortSignal;
    const { canParse } = URL;
    try {
      Object.assign(AbortSignal, { any: undefined, timeout: undefined });
      Object.assign(URL, { canParse: undefined });
      expect(resolveBaseUrl({ baseUrl: url }, { defaultDomain: 'one.example', domains: [], retired: {} })).toBe(url);
      const { signal } = new AbortController();
      expect(await callsTo(url).get('/things', { signal })).toEqual({ things: [1, 2] });
    } finally {
      Object.assign(AbortSignal, { any, timeout });
      Object.assign(URL, { canParse });
    }
  });
});
