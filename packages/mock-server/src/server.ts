import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Company } from '@comm100-openapi/description';
import {
  createMock,
  errorResponse,
  type Incoming,
  type MockOptions,
  type Sandbox,
  ServiceError,
} from '@comm100-openapi/mock-core';
import { readBody } from './body.ts';
import { sendFaulty } from './faulty.ts';
import { pageFor } from './page.ts';

/** A mock that listens. */
export interface Mock {
  /** Whose accounts can log in. */
  readonly company: Company;
  readonly url: string;
  /** The state, and all that moves it: reset, snapshots, the clock, faults, the last requests, other worlds. */
  readonly sandbox: Sandbox;
  /**
   * Goes on with other options on the same port. Tokens and the used quota of before end.
   *
   * @throws {Error} where a bundle cannot be used; the mock then goes on as it is.
   */
  use(options: MockOptions): void;
  close(): Promise<void>;
}

/** Where to listen. */
export interface Address {
  /** @default 4010; 0 takes a free one */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** How long a request can take until it is complete, in milliseconds. @default 10000 */
  readonly timeout?: number;
}

interface Busy {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Why the rest of the request cannot be read; after that, neither can another one on the connection. */
  problem: ServiceError | undefined;
}

/**
 * Starts a mock of all the bundles on one port.
 *
 * @throws {Error} where a bundle cannot be read, or the port is in use (`code` is `EADDRINUSE`).
 */
export async function startMock(
  options: MockOptions,
  { port = 4010, host = '127.0.0.1', timeout = 10_000 }: Address = {},
): Promise<Mock> {
  const withHost = (given: MockOptions) =>
    createMock({ ...given, controlHosts: [...(given.controlHosts ?? []), host] });
  let mock = withHost(options);
  let url = '';

  async function respond(request: IncomingMessage, response: ServerResponse, more: Partial<Incoming> = {}) {
    const busy: Busy = { request, response, problem: undefined };
    current.set(request.socket, busy);
    const { headers, method = 'GET' } = request;
    const incoming: Incoming = {
      method,
      url: request.url ?? '/',
      origin: isHost(headers.host) ? `http://${headers.host}` : url,
      header: (name) => {
        const value = headers[name];
        return Array.isArray(value) ? value.join(', ') : value;
      },
      body: (limit) => (busy.problem ? Promise.reject(busy.problem) : readBody(request, limit)),
      signal: () => signalOf(response),
      ...(headers.host === undefined && request.httpVersion === '1.1' && { problem: noHost }),
      ...more,
    };
    const outgoing = pageFor(incoming) ?? (await mock.handle(incoming));
    const { status, body } = outgoing;
    const length = status === 204 ? {} : { 'content-length': body?.byteLength ?? 0 };
    const closing = busy.problem ? { connection: 'close' } : {};
    response.writeHead(status, { ...outgoing.headers, ...length, ...closing });
    if (outgoing.fault) return sendFaulty(response, method === 'HEAD' ? undefined : body, outgoing.fault);
    response.end(method === 'HEAD' ? undefined : body);
  }

  /** The request that a connection is busy with. */
  const current = new WeakMap<Duplex, Busy>();
  const server = createServer(
    {
      requireHostHeader: false,
      headersTimeout: timeout,
      requestTimeout: timeout,
      connectionsCheckingInterval: Math.min(1000, timeout),
    },
    respond,
  );
  // Nobody is asked for a body before the caller is known.
  server.on('checkContinue', (request, response) => {
    const body = (limit: number) => {
      response.writeContinue();
      return readBody(request, limit);
    };
    void respond(request, response, { body });
  });
  server.on('checkExpectation', (request, response) => {
    const expectation = String(request.headers.expect).slice(0, 100);
    const problem = new ServiceError(417, `The expectation '${expectation}' cannot be met, only 100-continue.`);
    void respond(request, response, { problem });
  });
  server.on('connect', (_, socket) => reject(socket, new ServiceError(405, 'CONNECT is not allowed.')));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const busy = current.get(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else if (busy?.request.complete !== false) reject(socket, invalidHttp(error.code));
    else if (busy.response.headersSent) socket.destroy();
    else {
      busy.problem = invalidHttp(error.code);
      if (busy.request.listenerCount('error') > 0) busy.request.emit('error', busy.problem);
    }
  });

  await new Promise<void>((resolve, fail) => {
    server.once('error', fail);
    server.listen({ port, host }, resolve);
  });
  url = urlOf(server.address() as AddressInfo);
  const living = setInterval(() => liveOn(mock), 1000).unref();
  return {
    url,
    company: mock.company,
    get sandbox() {
      return mock.sandbox;
    },
    use: (other) => {
      mock = withHost(other);
    },
    close: () =>
      new Promise((resolve) => {
        clearInterval(living);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Between requests, too, time passes in a company. What cannot be kept then is reported to the next request. */
function liveOn(mock: { tick(): void }): void {
  try {
    mock.tick();
  } catch {
    // The next response says so.
  }
}

/** Ends when the connection closes before the response is sent. */
function signalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  if (response.destroyed) controller.abort();
  return controller.signal;
}

const noHost = new ServiceError(400, 'The request has no Host header.');

/** What Node could not read as a request. */
function invalidHttp(code: string | undefined): ServiceError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ServiceError(431, 'The headers of the request are too large.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new ServiceError(413, 'The chunk extensions of the request are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ServiceError(408, 'The request took too long.');
    default:
      return new ServiceError(400, 'The request is not valid HTTP.');
  }
}

/** Writes an error to a connection on which there is no request, and closes it. */
function reject(socket: Duplex, error: ServiceError): void {
  const { status, headers, body } = errorResponse(error);
  const lines = Object.entries({ ...headers, 'content-length': body?.byteLength ?? 0, connection: 'close' });
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  // The client can be gone already; without a listener that would end the process.
  socket.on('error', () => socket.destroy());
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.end(body);
}

function isHost(host: string | undefined): host is string {
  return host !== undefined && /^[\w.:[\]-]+$/.test(host);
}

/** The address that a program on this machine can call. */
function urlOf({ address, family, port }: AddressInfo): string {
  const host = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${port}`;
}
