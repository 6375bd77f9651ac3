import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  type Mock as CoreMock,
  createMock,
  errorResponse,
  type Incoming,
  type MockOptions,
  ServiceError,
} from '@comm100-openapi/mock-core';
import { readBody } from './body.ts';
import { sendFaulty } from './faulty.ts';
import { listen, urlOf } from './listen.ts';
import { pageFor } from './page.ts';

/** A server that listens. */
export interface Listening {
  /** The address that a program on this machine can call. */
  readonly url: string;
  /** Ends the server, and the connections that it has. */
  close(): Promise<void>;
}

/** A mock that listens. */
export interface Mock extends Listening, Pick<CoreMock, 'company' | 'sandbox'> {
  /**
   * Goes on with other options on the same port. Tokens and the used quota of before end.
   *
   * @throws {Error} where a bundle cannot be used; the mock then goes on as it is.
   */
  use(options: MockOptions): void;
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

  async function respond(request: IncomingMessage, response: ServerResponse, problem?: ServiceError) {
    const incoming = new Call(request, response, problem);
    current.set(request.socket, incoming);
    const outgoing = pageFor(incoming) ?? (await mock.handle(incoming));
    const { status, body = '' } = outgoing;
    const headers: OutgoingHttpHeaders = { ...outgoing.headers };
    if (status !== 204) headers['content-length'] = Buffer.byteLength(body);
    if (incoming.problem) headers.connection = 'close';
    response.writeHead(status, headers);
    const sent = incoming.method === 'HEAD' ? undefined : body;
    if (outgoing.fault) await sendFaulty(response, sent, outgoing.fault);
    else response.end(sent);
  }

  /** The request that a connection is busy with. */
  const current = new WeakMap<Duplex, Call>();
  const server = createServer(
    {
      requireHostHeader: false,
      headersTimeout: timeout,
      requestTimeout: timeout,
      connectionsCheckingInterval: Math.min(1000, timeout),
    },
    (request, response) => void respond(request, response),
  );
  server.on('checkContinue', (request, response) => void respond(request, response));
  server.on('checkExpectation', (request, response) => {
    const expectation = String(request.headers.expect).slice(0, 100);
    const problem = new ServiceError(417, `The expectation '${expectation}' cannot be met, only 100-continue.`);
    void respond(request, response, problem);
  });
  server.on('connect', (_, socket) => reject(socket, new ServiceError(405, 'CONNECT is not allowed.')));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const call = current.get(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else if (call?.request.complete !== false) reject(socket, invalidHttp(error.code));
    else if (call.response.headersSent) socket.destroy();
    else call.break(invalidHttp(error.code));
  });

  const { url, close } = await listen(server, port, host);
  const living = setInterval(() => {
    try {
      mock.tick();
    } catch {
      // What cannot be kept between requests is reported to the next one.
    }
  }, 1000).unref();
  return {
    url,
    company: mock.company,
    get sandbox() {
      return mock.sandbox;
    },
    use: (other) => {
      mock = withHost(other);
    },
    close() {
      clearInterval(living);
      return close();
    },
  };
}

const noHost = new ServiceError(400, 'The request has no Host header.');

/** A request of Node, as the mock reads it. */
class Call implements Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly url: string;
  /** What is wrong with the request as HTTP. No other request is read from the connection then. */
  problem: ServiceError | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, problem?: ServiceError) {
    this.request = request;
    this.response = response;
    this.method = request.method ?? 'GET';
    this.url = request.url ?? '/';
    this.problem =
      problem ?? (request.httpVersion === '1.1' && request.headers.host === undefined ? noHost : undefined);
  }

  get origin(): string {
    const { headers, socket } = this.request;
    if (/^[\w.:[\]-]+$/.test(headers.host ?? '')) return `http://${headers.host}`;
    return urlOf(socket.address() as AddressInfo);
  }

  header(name: string): string | undefined {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  body(limit: number): Promise<string> {
    if (this.problem) return Promise.reject(this.problem);
    // Nobody is asked for a body before the caller is known.
    if (this.request.headers.expect && this.request.httpVersion === '1.1') this.response.writeContinue();
    return readBody(this.request, limit);
  }

  signal(): AbortSignal {
    const controller = new AbortController();
    this.response.once('close', () => controller.abort());
    if (this.response.destroyed) controller.abort();
    return controller.signal;
  }

  /** Ends the reading of the request, as an error of whoever reads its body. */
  break(problem: ServiceError): void {
    this.problem = problem;
    if (this.request.listenerCount('error') > 0) this.request.emit('error', problem);
  }
}

/** What Node could not read as a request. */
function invalidHttp(code: string | undefined): ServiceError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ServiceError(431, 'The headers of the request are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ServiceError(408, 'The request took too long.');
    default:
      return new ServiceError(400, 'The request is not valid HTTP.');
  }
}

/** Writes an error to a connection on which there is no request, and closes it. */
function reject(socket: Duplex, error: ServiceError): void {
  const { status, headers, body = '' } = errorResponse(error);
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  // The client can be gone already; without a listener that would end the process.
  socket.on('error', () => socket.destroy());
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.end(body);
}
