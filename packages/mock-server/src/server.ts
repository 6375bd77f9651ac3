import type { Company, Document } from '@comm100-openapi/description';
import cors from '@fastify/cors';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import findMyWay from 'find-my-way';
import { createEngine } from './engine.ts';
import { type Exchange, type Incoming, type Outgoing, ServiceError, type World } from './exchange.ts';
import { type ServedOperation, servedOperations } from './operations.ts';
import { answer } from './pipeline/answer.ts';
import { authenticate } from './pipeline/authenticate.ts';
import { authorise } from './pipeline/authorise.ts';
import { meterQuota } from './pipeline/meter-quota.ts';
import { normalise } from './pipeline/normalise.ts';
import { route } from './pipeline/route.ts';
import { selfCheck } from './pipeline/self-check.ts';
import { spell } from './pipeline/spell.ts';
import { validate } from './pipeline/validate.ts';
import { Quota } from './quota.ts';
import { Tokens } from './tokens.ts';

/** The header that gives the documented spelling. */
export const spellingHeader = 'comm100-mock-spelling';

export interface MockOptions {
  /** The bundled descriptions to serve. */
  readonly bundles: readonly Document[];
  /** The accounts that can log in. */
  readonly company: Company;
  /** Requests that the account may send a day. @default no limit */
  readonly dailyQuota?: number;
  /** The account's edition; what it does not include is rejected with 403. @default every edition's operations work */
  readonly edition?: string;
  /** Called with each request when its response is sent. */
  readonly onAnswer?: (entry: LogEntry) => void;
}

/** One request and its status, for a log. Contains no credential. */
export interface LogEntry {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly message: string | undefined;
  readonly remarks: readonly string[];
}

/** A mock that listens. */
export interface Mock {
  readonly url: string;
  close(): Promise<void>;
}

/** Where to listen. */
export interface Address {
  /** @default 4010; 0 takes a free one */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
}

/**
 * Starts a mock of all the bundles on one port.
 *
 * @throws {Error} where a bundle cannot be read, or the port is in use (`code` is `EADDRINUSE`).
 */
export async function startMock(
  options: MockOptions,
  { port = 4010, host = '127.0.0.1' }: Address = {},
): Promise<Mock> {
  const app = await createMock(options);
  const url = await app.listen({ port, host });
  return { url, close: () => app.close() };
}

async function createMock(options: MockOptions): Promise<FastifyInstance> {
  const operations = (await Promise.all(options.bundles.map(servedOperations))).flat();
  const world: World = {
    operations,
    company: options.company,
    edition: options.edition,
    engine: createEngine(),
    quota: new Quota(options.dailyQuota ?? Number.POSITIVE_INFINITY),
    tokens: new Tokens(),
    find: createFinder(operations),
  };

  const log = (request: FastifyRequest, status: number, message: string | undefined, remarks: string[] = []) =>
    options.onAnswer?.({ method: request.method, path: urlOf(request).split('?')[0] ?? '/', status, message, remarks });
  // What Fastify and Node reject before any step runs has the service's form too.
  const reject = (error: ServiceError, request: FastifyRequest, reply: FastifyReply) => {
    const { status, headers, body } = errorResponse(error);
    log(request, status, error.message);
    reply.status(status).headers(headers).send(body);
  };
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: 10 * 1024 * 1024,
    frameworkErrors: (_error, request, reply) =>
      reject(
        new ServiceError(400, `The path '${urlOf(request)}' is not encoded as an address must be.`),
        request,
        reply,
      ),
    clientErrorHandler: (_error, socket) => {
      const text = JSON.stringify(errorResponse(new ServiceError(400, 'The request is not valid HTTP.')).body);
      const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${text.length}`;
      if (socket.writable) socket.end(`${head}\r\nconnection: close\r\n\r\n${text}`);
    },
  });
  // Browsers can call the mock from any page; its data is invented.
  await app.register(cors, {
    delegator: ({ headers }, use) =>
      use(null, {
        origin: true,
        methods: ['GET', 'PUT', 'POST', 'DELETE'],
        exposedHeaders: [spellingHeader],
        preflight: headers.origin !== undefined && headers['access-control-request-method'] !== undefined,
      }),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  // OPTIONS is the preflight of browsers; the CORS plugin answers it.
  const method = app.supportedMethods.filter((candidate) => candidate !== 'OPTIONS');
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const incoming: Incoming = {
      method: request.method,
      url: urlOf(request),
      headers: flatten(request.headers),
      body: typeof request.body === 'string' ? request.body : '',
    };
    const { outgoing, remarks, message } = await handle(incoming, world);
    reply.status(outgoing.status).headers(outgoing.headers);
    if (remarks.length) reply.header(spellingHeader, headerSafe(remarks.join('; ')));
    log(request, outgoing.status, message, remarks);
    return reply.send(outgoing.body === undefined ? '' : JSON.stringify(outgoing.body));
  };
  app.route({ method, url: '*', exposeHeadRoute: false, handler });
  // Methods that Fastify does not route, such as those of WebDAV, are rejected by the same steps.
  app.setNotFoundHandler(handler);
  app.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) =>
    reject(new ServiceError(error.statusCode ?? 500, error.message), request, reply),
  );
  return app;
}

/** The life of a request; each step is a file of `pipeline/`. */
async function handle(
  incoming: Incoming,
  world: World,
): Promise<{ outgoing: Outgoing; remarks: string[]; message?: string }> {
  const exchange: Exchange = {
    incoming,
    remarks: [],
    path: '',
    search: new URLSearchParams(),
    query: {},
    pathParameters: {},
  };
  try {
    normalise(exchange);
    const routed: Exchange = exchange;
    route(routed, world);
    await authenticate(routed, world);
    meterQuota(routed, world);
    authorise(routed, world);
    spell(routed);
    validate(routed, world);
    await answer(routed, world);
    selfCheck(routed, world);
    return { outgoing: routed.outgoing as Outgoing, remarks: exchange.remarks };
  } catch (error) {
    const reported =
      error instanceof ServiceError
        ? error
        : new ServiceError(500, `The mock failed: ${error instanceof Error ? error.message : error}`);
    return { outgoing: errorResponse(reported), remarks: exchange.remarks, message: reported.message };
  }
}

/** Path and query as they came, undecoded. */
function urlOf(request: FastifyRequest): string {
  return request.raw.url ?? '/';
}

function errorResponse({ status, message, headers }: ServiceError): Outgoing {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: { code: status * 1000, message },
  };
}

/** A router over all operations; letters of paths match in either case. */
function createFinder(operations: readonly ServedOperation[]): World['find'] {
  const router = findMyWay({ caseSensitive: false, ignoreTrailingSlash: true });
  for (const operation of operations) {
    for (const { method, path } of [operation, ...operation.aliases]) {
      router.on(method.toUpperCase() as 'GET', path.replaceAll(/\{(\w+)\}/g, ':$1'), () => {}, operation);
    }
  }
  return (method, path) => {
    const found = router.find(method as 'GET', path);
    if (!found) return undefined;
    return { operation: found.store as ServedOperation, path: found.params as Record<string, string> };
  };
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

/** Header values are short and printable ASCII; whatever else is in a remark came from the request. */
function headerSafe(text: string): string {
  return text.slice(0, 4000).replaceAll(/[^\x20-\x7e]/g, '?');
}
