import createFetchClient from 'openapi-fetch';
import type { Credentials } from './credentials.ts';
import {
  ConfigurationError,
  ConnectionError,
  type FailedCall,
  InvalidAnswerError,
  InvalidValueError,
  TimeoutError,
} from './errors.ts';
import { refusal } from './refusal.ts';
import { type FormBodies, serialiseForm, serialisePath, serialiseQuery } from './serialise.ts';
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
}

interface AnyOptions extends CallSettings {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** First wait before a read is tried again, in milliseconds; each further wait is twice as long. */
const firstWait = 250;

/** The longest time that a timer can run, in milliseconds. */
const longestTimeout = 2 ** 31 - 1;

/**
 * Builds the calls of a description. The type parameter is the `paths` of openapi-typescript.
 *
 * @throws {ConfigurationError} for a `timeout` or `retries` that is no number of such a thing.
 */
export function createCalls<Paths extends object>(options: CoreOptions): Calls<Paths> {
  const { retries = 2, timeout = 30_000, formBodies, credentials, fetch: send = globalThis.fetch } = options;
  if (!Number.isInteger(timeout) || timeout < 1 || timeout > longestTimeout)
    throw new ConfigurationError(
      `timeout ${timeout} is not a whole number of milliseconds from 1 to ${longestTimeout}.`,
    );
  if (!(retries >= 0)) throw new ConfigurationError(`retries ${retries} is not a number from 0 up.`);
  const client = createFetchClient<Record<string, never>>({
    baseUrl: options.baseUrl,
    pathSerializer: serialisePath,
    querySerializer: serialiseQuery,
  });

  async function attempt(
    method: Method,
    path: string,
    given: AnyOptions,
    authorization: string | undefined,
  ): Promise<Outcome> {
    given.signal?.throwIfAborted();
    const lists = formBodies[`${method.toUpperCase()} ${path}`];
    const expiry = AbortSignal.timeout(timeout);
    let sent = false;
    try {
      return await (client.request as UntypedRequest)(method, path, {
        params: { path: given.path ?? {}, query: given.query },
        body: given.body,
        ...(lists && { bodySerializer: (body: unknown) => serialiseForm(body, lists) }),
        headers: {
          ...(lists && { 'content-type': 'application/x-www-form-urlencoded' }),
          ...(authorization && { authorization }),
        },
        parseAs: 'text',
        // fetch would repeat a POST as a GET after a 302, and hand the body on to another host after a 307.
        redirect: method === 'get' ? 'follow' : 'manual',
        fetch: (request: Request) => {
          sent = true;
          return send(request);
        },
        signal: given.signal ? AbortSignal.any([given.signal, expiry]) : expiry,
      });
    } catch (cause) {
      given.signal?.throwIfAborted();
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

  async function call(method: Method, path: string, given: AnyOptions = {}): Promise<unknown> {
    let renewed = false;
    for (let tried = 0; ; tried++) {
      const mayRepeat = method === 'get' && tried < retries;
      const wait = firstWait * 2 ** tried;
      let outcome: Outcome;
      try {
        const shown = await authorization(given.signal);
        outcome = await attempt(method, path, given, shown);
        if (outcome.response.status === 401 && !renewed && shown && credentials?.renew(shown)) {
          renewed = true;
          outcome = await attempt(method, path, given, await authorization(given.signal));
        }
      } catch (error) {
        if (!mayRepeat || !(error instanceof ConnectionError)) throw error;
        await pause(wait, given.signal);
        continue;
      }
      const { status, headers } = outcome.response;
      if (!mayRepeat || (status < 500 && status !== 429)) return readAnswer({ method, path }, outcome);
      await pause(askedWait(headers) ?? wait, given.signal);
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

function readAnswer(call: FailedCall, { response, data, error }: Outcome): unknown {
  if (!response.ok) throw refusal(call, response.status, error);
  try {
    return data ? JSON.parse(data) : undefined;
  } catch (cause) {
    throw new InvalidAnswerError(call, response.status, cause);
  }
}

/**
 * The wait that an answer asks for, in milliseconds, a minute at most. A date in place of seconds is passed over.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
function askedWait(headers: Headers): number | undefined {
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

/** Waits for what `start` begins, but no longer than the signal lets it. */
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
