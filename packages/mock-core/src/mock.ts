import type { Company, Document } from '@comm100-openapi/description';
import { examples } from './answers/examples.ts';
import { madeUp } from './answers/made-up.ts';
import type { AnswerProvider } from './answers/provider.ts';
import { randomFrom } from './answers/random.ts';
import { Accounts } from './caller.ts';
import { answerHeader, corsHeaders, preflightHeaders, spellingHeader } from './cors.ts';
import { type Exchange, type Incoming, type Outgoing, ServiceError } from './exchange.ts';
import { FaultSource, Faults, faultHeader, wait } from './faults.ts';
import { incomingOf, responseOf } from './fetch.ts';
import { operationTable } from './operation-table.ts';
import { answer } from './pipeline/answer.ts';
import { authenticate } from './pipeline/authenticate.ts';
import { authorise } from './pipeline/authorise.ts';
import { check } from './pipeline/check.ts';
import { fail } from './pipeline/fail.ts';
import { meterQuota } from './pipeline/meter-quota.ts';
import { normalise } from './pipeline/normalise.ts';
import { route } from './pipeline/route.ts';
import { spell } from './pipeline/spell.ts';
import { validate } from './pipeline/validate.ts';
import { Quota } from './quota.ts';
import { Tokens } from './tokens.ts';

export interface MockOptions {
  /** The bundled descriptions to serve. */
  readonly bundles: readonly Document[];
  /** The accounts that can log in. */
  readonly company: Company;
  /** Where responses come from: examples of the description, or data made up from its schemas. @default 'example' */
  readonly mode?: 'example' | 'made-up';
  /** Another seed makes up other data. @default 1 */
  readonly seed?: number;
  /** Sources that are asked before those of the mode. @default none */
  readonly providers?: readonly AnswerProvider[];
  /** Whether what is not written as documented is rejected with 400: other spellings, content types and notations of forms. @default false */
  readonly strict?: boolean;
  /** Requests that the account can send a day. @default no limit */
  readonly dailyQuota?: number;
  /** The account's edition; what it does not include is rejected with 403. @default every edition's operations work */
  readonly edition?: string;
  /** How long each response takes: milliseconds, or the least and the most. @default no longer than needed */
  readonly latency?: number | readonly [least: number, most: number];
  /** How long tokens live, in seconds. @default as long as the description's example says, otherwise 43199 */
  readonly tokenLifetime?: number;
  /** Faults that requests get, each with the part of the requests that gets it: `status=503@0.1`. @default none */
  readonly faults?: readonly string[];
  /** Called with each request when its response is ready. */
  readonly onAnswer?: (entry: LogEntry) => void;
}

/** One request and its status, for a log. Contains no credential. */
export interface LogEntry {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The message of an error. */
  readonly message: string | undefined;
  readonly remarks: readonly string[];
  /** The faults that it got, as in the header `comm100-mock-fault`; empty where it got none. */
  readonly fault: string;
}

/** The mock as a function. */
export interface Mock {
  /** The response to a request. Its origin is where the links of responses lead. */
  fetch(request: Request): Promise<Response>;
  /** The same for a server, without the objects of the web platform. Never rejects. */
  handle(incoming: Incoming): Promise<Outgoing>;
}

/**
 * A mock of all the bundles.
 *
 * @throws {Error} where a bundle has a reference that points at nothing.
 * @throws {RangeError} where a fault is not written as it must be.
 */
export function createMock(options: MockOptions): Mock {
  const table = operationTable(options.bundles);
  const invented = madeUp(options.seed ?? 1);
  const usual = options.mode === 'made-up' ? [invented] : [examples, invented];
  const sources = {
    providers: [...(options.providers ?? []), ...usual],
    examples,
    madeUp: invented,
    accounts: new Accounts(options.company),
    tokens: new Tokens(),
    tokenLifetime: options.tokenLifetime,
  };
  const faultSource = new FaultSource(options.faults ?? [], options.seed ?? 1);
  const delays = randomFrom(`${options.seed ?? 1} latency`);
  const [least, most] = [options.latency ?? 0].flat() as [number, number?];
  const quota = new Quota(options.dailyQuota ?? Number.POSITIVE_INFINITY);

  /** The life of a request; each step is a file of `pipeline/`. */
  async function respond(exchange: Exchange, faults: Faults): Promise<Outgoing> {
    const routed = route(exchange, table);
    fail(routed, faults);
    await authenticate(routed, faults.has('token-expired') ? { ...sources, tokens: expired } : sources);
    meterQuota(routed, faults.has('quota') ? usedUp : quota);
    authorise(routed, options.edition);
    await spell(routed, options.strict ?? false);
    validate(routed);
    const found = await answer(routed, sources);
    check(routed, found);
    return {
      status: found.response.status,
      headers: {
        ...(found.payload && found.response.type && { 'content-type': found.response.type }),
        [answerHeader]: found.kind,
      },
      body: found.payload?.bytes({ origin: routed.incoming.origin, query: routed.query }),
      remarks: routed.remarks.list,
    };
  }

  async function handle(incoming: Incoming): Promise<Outgoing> {
    const preflight = preflightHeaders(incoming);
    if (preflight) return { status: 204, headers: preflight, body: undefined, remarks: [] };
    let exchange: Exchange | undefined;
    let outgoing: Outgoing;
    let faults = noFaults;
    try {
      exchange = normalise(incoming);
      faults = faultSource.next(incoming.header(faultHeader));
      const time = least + delays.below((most ?? least) - least + 1) + (faults.amount('delay') ?? 0);
      if (time > 0) await wait(time, incoming.signal?.());
      outgoing = await respond(exchange, faults);
    } catch (error) {
      outgoing = errorResponse(error, exchange?.remarks.list ?? []);
    }
    const { status, message, remarks } = outgoing;
    if (remarks.length > 0) outgoing.headers[spellingHeader] = headerSafe(remarks.join('; '));
    if (faults.text) outgoing.headers[faultHeader] = faults.text;
    Object.assign(outgoing.headers, corsHeaders(incoming));
    const path = (incoming.url.split('?', 1)[0] || '/').slice(0, 500);
    options.onAnswer?.({ method: incoming.method, path, status, message, remarks, fault: faults.text });
    return faults.connection ? { ...outgoing, fault: faults.connection } : outgoing;
  }

  return { handle, fetch: async (request) => responseOf(await handle(incomingOf(request)), request) };
}

const encoder = new TextEncoder();

const noFaults = new Faults([]);
const usedUp = new Quota(0);
const expired = { verify: async () => undefined };

/** The response of an error: `{code, message}` and nothing else. */
export function errorResponse(error: unknown, remarks: readonly string[] = []): Outgoing {
  const known =
    error instanceof ServiceError
      ? error
      : new ServiceError(500, `The mock failed: ${error instanceof Error ? error.message : error}`);
  const { status, message, headers, isDocumented } = known;
  return {
    status,
    headers: { 'content-type': 'application/json', [answerHeader]: isDocumented ? 'example' : 'made-up', ...headers },
    body: encoder.encode(JSON.stringify({ code: status * 1000, message })),
    message,
    remarks,
  };
}

/** Header values are short and printable ASCII; whatever else is in a remark came from the request. */
function headerSafe(text: string): string {
  return text.slice(0, 4000).replaceAll(/[^\x20-\x7e]/g, '?');
}
