import createFetchClient from 'openapi-fetch';
import { apiError } from './api-error.ts';
import type { Credentials } from './credentials.ts';
import {
  ConfigurationError,
  ConnectionError,
  type FailedCall,
  InvalidResponseError,
  InvalidValueError,
  TimeoutError,
} from './errors.ts';
import { type FormBodies, serialiseForm, serialisePath, serialiseQuery } from './serialise.ts';
import type { CallSettings, Calls, Method } from './types.ts';

/** Options of every client, whichever version of the API it uses. */
export interface TransportOptions {
  /**
   * How often a read is sent again after a 5xx, a 429 or a broken connection. Writes are never sent again.
   *
   * @default 2
   */
  retries?: number;
  /**
   * How long one attempt may take, in milliseconds. Fetching a token is an attempt of its own.
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
  /** The operations whose success may be text in place of JSON, such as `GET /things/{id}/code`. */
  textResponses?: readonly string[];
}

interface AnyOptions extends CallSettings {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** The wait before the first retry, in milliseconds. Each further wait is twice as long. */
const firstWait = 250;

/** The longest time that a timer can wait, in milliseconds. */
const longestTimeout = 2 ** 31 - 1;

/**
 * Builds the calls of a description. The type parameter is the `paths` of openapi-typescript.
 *
 * @throws {ConfigurationError} for a `timeout` or a number of `retries` that is out of range.
 */
export function createCalls<Paths extends object>(settings: CoreOptions): Calls<Paths> {
  const {
    retries = 2,
    timeout = 30_000,
    formBodies,
    textResponses = [],
    credentials,
    fetch: send = globalThis.fetch,
  } = settings;
  if (!Number.isInteger(timeout) || timeout < 1 || timeout > longestTimeout)
    throw new ConfigurationError(
      `timeout ${timeout} is not a whole number of milliseconds from 1 to ${longestTimeout}.`,
    );
  if (!(retries >= 0)) throw new ConfigurationError(`retries ${retries} is not a number of 0 or more.`);
  const client = createFetchClient<Record<string, never>>({
    baseUrl: settings.baseUrl,
    pathSerializer: serialisePath,
    querySerializer: serialiseQuery,
  });

  async function attempt(
    method: Method,
    path: string,
    options: AnyOptions,
    authorization: string | undefined,
  ): Promise<Outcome> {
    options.signal?.throwIfAborted();
    const lists = formBodies[`${method.toUpperCase()} ${path}`];
    const expiry = AbortSignal.timeout(timeout);
    let sent = false;
    try {
      return await (client.request as UntypedRequest)(method, path, {
        params: { path: options.path ?? {}, query: options.query },
        body: options.body,
        ...(lists && { bodySerializer: (body: unknown) => serialiseForm(body, lists) }),
        headers: {
          ...(lists && { 'content-type': 'application/x-www-form-urlencoded' }),
          ...(authorization && { authorization }),
        },
        parseAs: 'text',
        // After a 302, fetch would send a POST again as a GET; after a 307, it would send the body to another host.
        redirect: method === 'get' ? 'follow' : 'manual',
        fetch: (request: Request) => {
          sent = true;
          return send(request);
        },
        signal: options.signal ? AbortSignal.any([options.signal, expiry]) : expiry,
      });
    } catch (cause) {
      options.signal?.throwIfAborted();
      if (expiry.aborted) throw new TimeoutError({ method, path }, timeout, cause);
      if (!(cause instanceof TypeError)) throw cause;
      // fetch reports every failure of the network as a TypeError: https://fetch.spec.whatwg.org/#fetch-method
      if (sent) throw new ConnectionError({ method, path }, cause);
      throw new InvalidValueError(`${method.toUpperCase()} ${path} cannot be sent: ${cause.message}`, { cause });
    }
  }

  async function authorization(signal: AbortSignal | undefined): Promise<string | undefined> {
    return credentials && untilAborted(signal, () => credentials.authorization());
  }

  async function call(method: Method, path: string, options: AnyOptions = {}): Promise<unknown> {
    let renewed = false;
    for (let tried = 0; ; tried++) {
      const mayRepeat = method === 'get' && tried < retries;
      const wait = firstWait * 2 ** tried;
      let outcome: Outcome;
      try {
        const header = await authorization(options.signal);
        outcome = await attempt(method, path, options, header);
        if (outcome.response.status === 401 && !renewed && header && credentials?.renew(header)) {
          renewed = true;
          outcome = await attempt(method, path, options, await authorization(options.signal));
        }
      } catch (error) {
        if (!mayRepeat || !(error instanceof ConnectionError)) throw error;
        await pause(wait, options.signal);
        continue;
      }
      const { status, headers } = outcome.response;
      if (!mayRepeat || (status < 500 && status !== 429)) {
        const mayBeText = textResponses.includes(`${method.toUpperCase()} ${path}`);
        return readResponse({ method, path }, outcome, mayBeText);
      }
      await pause(requestedWait(headers) ?? wait, options.signal);
    }
  }

  const bind = (method: Method) => (path: string, options?: AnyOptions) => call(method, path, options);
  return { get: bind('get'), put: bind('put'), post: bind('post'), delete: bind('delete') } as Calls<Paths>;
}

/** What openapi-fetch returns: the text of a success in `data`, or the parsed body of an error in `error`. */
interface Outcome {
  response: Response;
  data?: string | undefined;
  error?: unknown;
}

/** openapi-fetch is generic over the paths, which only the caller knows here. */
type UntypedRequest = (method: string, path: string, init: Record<string, unknown>) => Promise<Outcome>;

function readResponse(call: FailedCall, { response, data, error }: Outcome, mayBeText: boolean): unknown {
  if (!response.ok) throw apiError(call, response.status, error);
  try {
    return data ? JSON.parse(data) : undefined;
  } catch (cause) {
    if (mayBeText) return data;
    throw new InvalidResponseError(call, response.status, cause);
  }
}

/**
 * The wait that a response requests, in milliseconds, a minute at most. A date in place of seconds is ignored.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
function requestedWait(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') || Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 60) * 1000 : undefined;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  return untilAborted(
    signal,
    () => new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds))),
  ).finally(() => clearTimeout(timer));
}

/** Resolves as the promise of `start` does, or rejects as soon as the signal aborts. */
function untilAborted<T>(signal: AbortSignal | undefined, start: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    start()
      .then(resolve, reject)
      .finally(() => signal?.removeEventListener('abort', abort));
  });
}
