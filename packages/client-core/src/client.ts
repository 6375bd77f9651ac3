import type { Credentials } from './credentials.ts';
import {
  type CallInfo,
  type Comm100Error,
  ConfigurationError,
  ConnectionError,
  InvalidValueError,
  TimeoutError,
} from './errors.ts';
import { parseUrl } from './hosts.ts';
import { limit, pause, untilAborted } from './limit.ts';
import { type Outcome, type Results, readError, readSuccess } from './read-response.ts';
import { cleanCause, type Redact, redaction } from './redact.ts';
import { type FormBodies, serialiseForm, serialisePath, serialiseQuery } from './serialise.ts';
import type { Call, CallSettings, Calls, Completed, Limits, Method } from './types.ts';

/** Options of every client, whichever version of the API it uses. */
export interface TransportOptions extends Limits {
  /**
   * Sends the requests, for example through a proxy. A fetch that takes an address gets what it needs from `request.url`
   * and `init`.
   *
   * @default globalThis.fetch
   */
  fetch?: ((request: Request, init: RequestInit) => Promise<Response>) | undefined;
  /** Functions that the client calls for each attempt, for logs and figures. */
  hooks?: Hooks | undefined;
  /**
   * How many retries all calls of the client together have in reserve. Each success gives back a fifth of one, so that
   * in an outage the client soon sends each call once only.
   *
   * @default 100
   */
  retryBudget?: number | undefined;
  /**
   * Allows an API key or a password in a page of a browser, where everyone who opens it can read them. Set it for a page
   * that only its own agent opens, or for the mock.
   *
   * @default false
   */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** Functions that the client calls. What they throw, the call rejects with. */
export interface Hooks {
  /** Before a request is sent. */
  request?: ((event: AttemptEvent) => void) | undefined;
  /** After a response has arrived, with its body, whatever its status. */
  response?: ((event: ResponseEvent) => void) | undefined;
  /** Before the wait that comes before the next attempt. */
  retry?: ((event: RetryEvent) => void) | undefined;
}

/** An attempt at a call. It has no credentials. */
export interface AttemptEvent {
  /** Which call, and where it is sent: its `method`, `path`, `origin`, and `url` without the query. */
  readonly call: CallInfo;
  /** 1 for the first. */
  readonly attempt: number;
}

export interface ResponseEvent extends AttemptEvent {
  /** The HTTP status. */
  readonly status: number;
  /** As they came, with cookies if there are any. */
  readonly headers: Headers;
  /** From the request to the end of the body, in milliseconds. */
  readonly duration: number;
}

export interface RetryEvent extends AttemptEvent {
  /** Why the attempt failed. */
  readonly error: Comm100Error;
  /** The time until the next attempt, in milliseconds. */
  readonly wait: number;
}

interface CoreOptions<Paths extends object> extends TransportOptions {
  baseUrl: string;
  /**
   * Makes the credentials of the calls. `open` are calls without any, which fetch tokens: writes are sent again as reads
   * are, and no error shows a text of a response.
   */
  credentials?: ((open: Calls<Paths>) => Credentials) | undefined;
  formBodies: FormBodies;
  results: Results;
}

interface AnyOptions extends CallSettings {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** The wait before the first retry, in milliseconds. Each further wait is twice as long, up to the longest. */
const firstWait = 250;
/** The longest wait before a retry that the client chooses, in milliseconds. */
const longestWait = 8000;

/** The longest wait that a response can ask for, in milliseconds. A call that would have to wait longer fails at once. */
const longestRequestedWait = 60_000;

const mostRedirects = 5;

/** The longest time that a timer can wait, in milliseconds. */
const longestTimeout = 2 ** 31 - 1;

/** What a client does where its options do not say. */
const usual = { retries: 2, timeout: 30_000, deadline: 120_000, retryBudget: 100 };

/** The part of a retry that a success gives back to the budget. */
const refund = 0.2;

function limitsOf(given: Partial<Record<keyof typeof usual, number | undefined>>, others = usual): typeof usual {
  const limits = { ...others };
  for (const name of Object.keys(usual) as (keyof typeof usual)[]) {
    const value = given[name] ?? others[name];
    const least = name === 'timeout' || name === 'deadline' ? 1 : 0;
    if (!(value >= least && value <= longestTimeout))
      throw new ConfigurationError(`${name} ${value} is not a number from ${least} to ${longestTimeout}.`);
    limits[name] = value;
  }
  return limits;
}

/**
 * Builds the calls of a description. The type parameter is the `paths` of openapi-typescript.
 *
 * @throws {ConfigurationError} for a `timeout`, a `deadline` or a number of `retries` that is out of range.
 */
export function createCalls<Paths extends object>(settings: CoreOptions<Paths>): Calls<Paths> {
  const { formBodies, results, hooks = {} } = settings;
  const limits = limitsOf(settings);
  let budget = limits.retryBudget;
  // Looked up at each call: a test or a tracer may replace it later.
  const send = settings.fetch ?? ((request: Request, init: RequestInit) => globalThis.fetch(request, init));

  async function run(
    { credentials, forTokens }: Sender,
    method: Method,
    path: string,
    options: AnyOptions = {},
  ): Promise<Completed<unknown>> {
    const { retries, timeout, deadline } = limitsOf(options, limits);
    const verb = method.toUpperCase();
    const key = `${verb} ${path}`;
    // Otherwise it would go on with the name of the host, and the credentials to another one.
    if (typeof path !== 'string' || !path.startsWith('/'))
      throw new InvalidValueError(`${key} cannot be sent: a path begins with /.`);
    const { url, body, headers } = prepare(settings.baseUrl + path, key, formBodies[key], options);
    const call: CallInfo = { method, path, url: url.replace(/\?.*/s, ''), origin: new URL(url).origin };
    const kind = results[key] ?? (method === 'delete' ? 'text' : 'json');
    const overall = limit(options.signal, deadline, () => new TimeoutError(call, 'deadline', deadline));
    const endsAt = Date.now() + deadline;
    let retried = 0;
    let renewed = false;
    try {
      for (let attempt = 1; ; attempt++) {
        const authorization = credentials && (await untilAborted(overall.signal, () => credentials.authorization()));
        if (authorization) headers.set('authorization', authorization);
        const redact = redaction(headers, options.body);
        const shown = { redact, withBody: !forTokens };
        const event = { call, attempt };
        hooks.request?.(event);
        const startedAt = Date.now();
        const outcome = await exchange(
          send,
          { call, url, timeout, redact },
          { method: verb, headers, body },
          overall.signal,
        );
        let error: Comm100Error;
        if ('response' in outcome) {
          const { response } = outcome;
          const { status, headers: received, ok } = response;
          hooks.response?.({ ...event, status, headers: received, duration: Date.now() - startedAt });
          if (authorization && status !== 401) credentials?.accepted?.(authorization);
          if (ok) {
            budget = Math.min(limits.retryBudget, budget + refund);
            try {
              return { data: readSuccess(call, outcome, kind, shown), response, call };
            } catch (thrown) {
              // Some runtimes end a body that is cut off without an error.
              if (!/^[[{]/.test(outcome.text)) throw thrown;
              error = thrown as Comm100Error;
            }
          } else {
            if (status === 401 && authorization && !renewed && credentials?.renew?.(authorization)) {
              renewed = true;
              continue;
            }
            error = readError(call, outcome, shown);
            if (status < 500 && ![408, 429].includes(status)) throw error;
          }
        } else error = outcome;

        const requested = (error as { retryAfter?: number }).retryAfter;
        const wait = requested ?? Math.min(longestWait, firstWait * 2 ** retried) * (0.5 + Math.random() / 2);
        const mayRepeat =
          (method === 'get' || forTokens) && retried < retries && wait <= longestRequestedWait && budget >= 1;
        if (!mayRepeat || Date.now() + wait >= endsAt) throw error;
        retried++;
        budget--;
        hooks.retry?.({ ...event, error, wait });
        await pause(wait, overall.signal);
      }
    } finally {
      overall.end();
    }
  }

  const callsOf = (sender: Sender) => {
    const bind = (method: Method) => (path: string, options?: AnyOptions) =>
      callOf(run(sender, method, path, options), `${method.toUpperCase()} ${path}`);
    return { get: bind('get'), put: bind('put'), post: bind('post'), delete: bind('delete') } as Calls<Paths>;
  };
  return callsOf({ credentials: settings.credentials?.(callsOf({ forTokens: true })) });
}

/** Who sends calls: the user of a client, or its credentials. */
interface Sender {
  readonly credentials?: Credentials | undefined;
  readonly forTokens?: boolean;
}

function callOf(completed: Promise<Completed<unknown>>, key: string): Call<unknown> {
  const data = completed.then((all) => all.data);
  return Object.assign(data, {
    // The types have no loop over a call without pages; the platform's own error names neither.
    [Symbol.asyncIterator]() {
      data.catch(() => {});
      throw new InvalidValueError(`${key} has no pages. Await it: for (const item of await …).`);
    },
    withResponse() {
      // Only one of the two promises is the caller's now.
      data.catch(() => {});
      return completed;
    },
  });
}

/** The parts of a request that are the same at each attempt. */
function prepare(template: string, key: string, lists: FormBodies[string] | undefined, options: AnyOptions) {
  try {
    const headers = headersOf(options.headers);
    let body: string | null = null;
    if (lists) {
      body = serialiseForm(options.body, lists);
      headers.set('content-type', 'application/x-www-form-urlencoded');
    } else if (options.body !== undefined) {
      body = JSON.stringify(options.body);
      headers.set('content-type', 'application/json');
    }
    return { url: serialisePath(template, options.path) + serialiseQuery(options.query), body, headers };
  } catch (cause) {
    throw new InvalidValueError(`${key} cannot be sent: ${(cause as Error).message}`);
  }
}

function headersOf(given: CallSettings['headers'] = {}): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    try {
      if (value !== undefined) headers.set(name, value);
    } catch {
      // The error of the platform shows the value.
      throw new InvalidValueError(`the header ${name} has a character that a header cannot have.`);
    }
  }
  return headers;
}

interface Attempt {
  readonly call: CallInfo;
  readonly url: string;
  readonly timeout: number;
  readonly redact: Redact;
}

/**
 * Sends a request once and reads the whole body, within the timeout. A failure of the network is returned, because it
 * may be worth another attempt; an abort is thrown. A read that is redirected within its origin is sent there; fetch
 * itself would send it, in some runtimes with the credentials, to any origin, and a POST as a GET.
 */
async function exchange(
  send: NonNullable<TransportOptions['fetch']>,
  { call, url, timeout, redact }: Attempt,
  init: RequestInit,
  signal: AbortSignal,
): Promise<Outcome | ConnectionError | TimeoutError> {
  let expiry: TimeoutError | undefined;
  const within = limit(signal, timeout, () => (expiry = new TimeoutError(call, 'timeout', timeout)));
  let sent = false;
  try {
    return await untilAborted(within.signal, async () => {
      let target = url;
      for (let redirects = 0; ; redirects++) {
        const full: RequestInit = { ...init, redirect: 'manual', signal: within.signal };
        const request = new Request(target, full);
        // A fetch from npm does not know the Request of the platform, and reads it as an address.
        request.toString = () => request.url;
        sent = true;
        const response = await send(request, full);
        const next = call.method === 'get' && redirects < mostRedirects ? redirectOf(response, target) : undefined;
        if (next === undefined) return { response, text: await response.text() };
        // The body of a fetch from npm may be a stream of Node.
        response.body?.cancel?.().catch(() => {});
        target = next;
      }
    });
  } catch (cause) {
    if (within.signal.aborted) {
      if (expiry) return expiry;
      throw within.signal.reason;
    }
    if (!sent) throw new InvalidValueError(`${init.method} ${call.path} cannot be sent: ${(cause as Error).message}`);
    return new ConnectionError(
      call,
      // A fetch from npm names the address, with the query.
      cleanCause(cause, (text) => redact(text.replaceAll(url, call.url))),
    );
  } finally {
    within.end();
  }
}

/** The address that a response redirects to; undefined where it does not, or leads to another origin. */
function redirectOf({ status, headers }: Response, from: string): string | undefined {
  const location = headers.get('location');
  const to = location && /30[12378]/.test(String(status)) && parseUrl(location, from);
  // Without the other parts that an address can have: a name and a password.
  return to && to.origin === new URL(from).origin ? to.origin + to.pathname + to.search : undefined;
}
