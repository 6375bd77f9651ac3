import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Reply, Script, Seen } from './script.ts';

/** A server that fails as it is told to. Each case has a first segment of the path to itself, so that many run at once. */
export interface FaultServer {
  /** The origin, such as `http://127.0.0.1:4711`. */
  readonly origin: string;
  /** Files to serve at the root, for browsers. */
  readonly files: Map<string, { type: string; body: string }>;
  close(): Promise<void>;
}

interface Case {
  readonly script: Script;
  readonly seen: { -readonly [Name in keyof Seen]: Seen[Name] }[];
  readonly next: { replies: number; tokens: number };
}

/** Starts the server, and one at another origin that lets every page in, so that a leak to it is seen. */
export async function startFaultServer(): Promise<FaultServer> {
  const cases = new Map<string, Case>();
  const files: FaultServer['files'] = new Map();
  let origin = '';

  const listener =
    (where: '' | 'elsewhere '): RequestListener =>
    async (request, response) => {
      // A client may go at any time.
      request.on('error', () => {});
      response.on('error', () => {});
      const [, id = '', ...rest] = (request.url ?? '').split('/');
      const path = `/${rest.join('/')}`;
      const body = await textOf(request);
      // A connection that is used again can be reset before a request is read; then some runtimes send it once more.
      response.setHeader('connection', 'close');
      if (where)
        for (const name of ['origin', 'headers', 'methods']) response.setHeader(`access-control-allow-${name}`, '*');
      const file = files.get(id);
      if (file) return void response.setHeader('content-type', file.type).end(file.body);
      if (path === '/__script') {
        const script = JSON.parse(body) as Script;
        const origins = { origin, elsewhere: originOf(elsewhere) };
        cases.set(id, { script: filled(script, id, origins), seen: [], next: { replies: 0, tokens: 0 } });
        return void response.end(JSON.stringify(origins));
      }
      const found = cases.get(id);
      if (!found || request.method === 'OPTIONS') return void response.writeHead(found ? 204 : 404).end();
      if (path === '/__seen') return void response.end(JSON.stringify(found.seen));

      const { authorization = '' } = request.headers;
      const seen = { line: `${where}${request.method} ${path} ${authorization}`.trim(), body, closed: false };
      found.seen.push(seen);
      response.on('close', () => {
        seen.closed = !response.writableFinished;
      });
      await play(replyTo(found, path, authorization), response);
    };
  const here = await started(createServer(listener('')));
  const elsewhere = await started(createServer(listener('elsewhere ')));
  origin = originOf(here);
  return {
    origin,
    files,
    close: async () => {
      for (const server of [here, elsewhere]) {
        server.closeAllConnections();
        await new Promise((ended) => server.close(ended));
      }
    },
  };
}

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function started(server: Server): Promise<Server> {
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
  } catch {
    // Its client has gone.
  }
  return text;
}

/** A script with the addresses in place of their names. */
function filled(script: Script, id: string, origins: { origin: string; elsewhere: string }): Script {
  const text = JSON.stringify(script)
    .replaceAll('{root}', `/${id}`)
    .replaceAll('{host}', `${new URL(origins.origin).host}/${id}`)
    .replaceAll('{here}', `${origins.origin}/${id}`)
    .replaceAll('{elsewhere}', `${origins.elsewhere}/${id}`)
    .replaceAll('{localhost}', `${origins.origin.replace('127.0.0.1', 'localhost')}/${id}`);
  return JSON.parse(text);
}

function replyTo({ script, next }: Case, path: string, authorization: string): Reply {
  const list = /token/i.test(path) ? 'tokens' : 'replies';
  if (list === 'replies' && script.accepts && authorization !== script.accepts) return { status: 401, json: {} };
  const replies = script[list] ?? [];
  return replies[Math.min(next[list]++, replies.length - 1)] ?? {};
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

async function play(reply: Reply, response: ServerResponse): Promise<void> {
  const { socket } = response;
  const stop = () => void (reply.orderly ? socket?.end() : socket?.resetAndDestroy());
  if (reply.delay) await pause(reply.delay);
  if (reply.raw !== undefined) return void socket?.end(reply.raw);
  if (reply.breaks === 'before') return stop();
  if (reply.silent === 'before') return;

  const text = reply.json === undefined ? (reply.body ?? '') : JSON.stringify(reply.json);
  const packed = reply.gzip && reply.gzip !== 'none' ? gzipSync(text) : Buffer.from(text);
  const bytes = reply.gzip === 'cut' ? packed.subarray(0, -12) : packed;
  const status = reply.status ?? 200;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(reply.gzip && { 'content-encoding': 'gzip' }),
    ...(!reply.chunked && status >= 200 && ![204, 304].includes(status) && { 'content-length': bytes.length }),
    ...reply.headers,
  });
  if (reply.breaks || reply.silent) {
    response.flushHeaders();
    if ([reply.breaks, reply.silent].includes('in body')) response.write(bytes.subarray(0, bytes.length / 2));
    // The client has what was sent before the reset throws it away.
    await pause(30);
    if (reply.breaks) stop();
  } else if (reply.drip) {
    for (let index = 0; index < bytes.length && !response.destroyed; index++) {
      response.write(bytes.subarray(index, index + 1));
      await pause(reply.drip);
    }
    response.end();
  } else response.end(bytes);
}
