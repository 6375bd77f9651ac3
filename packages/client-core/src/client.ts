import createFetchClient, { type Middleware } from 'openapi-fetch';
import type { Credentials } from './credentials.ts';
import { ConnectionError, type FailedCall, InvalidAnswerError, TimeoutError } from './errors.ts';
import { refusal } from './refusal.ts';
import { type FormBodies, serialiseForm, serialiseQuery } from './serialise.ts';
import type { CallSettings, Calls, Method } from './types.ts';

/** What every client takes, whichever version it speaks. */
export interface TransportOptions {
  /**
   * How often a read is tried again after a 5xx, a 429 or a broken connection. Writes are never repeated.
   *
   * @default 2
   */
  retries?: number;
  /**
   * How long one attempt may take, in milliseconds.
   *
   * @default 30000
   */
  timeout?: number;
  /** Sends the requests. @default globalThis.fetch */
  fetch?: (request: Request) => Promise<Response>;
}

interface CoreOptions extends TransportOptions {
  baseUrl: string;
  credentials?: Credentials | undefined;
  formBodies: FormBodies;
}

interface AnyOptions extends CallSettings {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** First wait before a read is tried again, in milliseconds; each further wait is twice as long. */
const firstWait = 250;

/** Builds the calls of a description. The type parameter is the `paths` of openapi-typescript. */
export function createCalls<Paths extends object>(options: CoreOptions): Calls<Paths> {
  const { retries = 2, timeout = 30_000, formBodies, credentials } = options;
  const client = createFetchClient<Record<string, never>>({
    baseUrl: options.baseUrl,
    querySerializer: serialiseQuery,
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
  if (credentials) client.use(authorise(credentials));

  async function attempt(method: Method, path: string, given: AnyOptions): Promise<Outcome> {
    const lists = formBodies[`${method.toUpperCase()} ${path}`];
    const form = lists && {
      bodySerializer: (body: unknown) => serialiseForm(body, lists),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
    const expiry = AbortSignal.timeout(timeout);
    try {
      return await (client.request as UntypedRequest)(method, path, {
        params: { path: given.path, query: given.query },
        body: given.body,
        ...form,
        parseAs: 'text',
        signal: given.signal ? AbortSignal.any([given.signal, expiry]) : expiry,
      });
    } catch (cause) {
      given.signal?.throwIfAborted();
      if (expiry.aborted) throw new TimeoutError({ method, path }, timeout, cause);
      // fetch reports every failure of the network as a TypeError: https://fetch.spec.whatwg.org/#fetch-method
      throw cause instanceof TypeError ? new ConnectionError({ method, path }, cause) : cause;
    }
  }

  async function call(method: Method, path: string, given: AnyOptions = {}): Promise<unknown> {
    let renewed = false;
    for (let tried = 0; ; tried++) {
      const mayRepeat = method === 'get' && tried < retries;
      const wait = firstWait * 2 ** tried;
      let outcome: Outcome;
      try {
        outcome = await attempt(method, path, given);
        if (outcome.response.status === 401 && !renewed && credentials?.renew()) {
          renewed = true;
          outcome = await attempt(method, path, given);
        }
      } catch (error) {
        if (!mayRepeat || !(error instanceof ConnectionError)) throw error;
        await pause(wait, given.signal);
        continue;
      }
      const { status, headers } = outcome.response;
      if (!mayRepeat || (status < 500 && status !== 429)) return readAnswer({ method, path }, outcome);
      await pause(secondsToWait(headers) ?? wait, given.signal);
    }
  }

  const bind = (method: Method) => (path: string, given?: AnyOptions) => call(method, path, given);
  return { get: bind('get'), put: bind('put'), post: bind('post'), delete: bind('delete') } as Calls<Paths>;
}

/** What openapi-fetch makes of an answer: the text of a success, or the parsed body of a refusal. */
interface Outcome {
  response: Response;
  data?: string | undefined;
  error?: unknown;
}

/** openapi-fetch is generic over the paths; here they are known to the caller only. */
type UntypedRequest = (method: string, path: string, init: Record<string, unknown>) => Promise<Outcome>;

function authorise(credentials: Credentials): Middleware {
  return {
    async onRequest({ request }) {
      request.headers.set('authorization', await credentials.authorization());
      return request;
    },
  };
}

function readAnswer(call: FailedCall, { response, data, error }: Outcome): unknown {
  if (!response.ok) throw refusal(call, response.status, error);
  try {
    return data ? JSON.parse(data) : undefined;
  } catch (cause) {
    throw new InvalidAnswerError(call, response.status, cause);
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function secondsToWait(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 60) * 1000 : undefined;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(done, milliseconds);
    function done() {
      signal?.removeEventListener('abort', abort);
      resolve();
    }
    function abort() {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}
