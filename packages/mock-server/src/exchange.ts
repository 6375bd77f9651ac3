import type { Caller, Company } from './company.ts';
import type { Description, Operation } from './description.ts';
import type { Engine } from './engine.ts';
import type { Quota } from './pipeline/meter-quota.ts';
import type { Tokens } from './tokens.ts';

/** What the steps share for as long as the server lives. */
export interface World {
  readonly descriptions: readonly Description[];
  readonly company: Company;
  readonly edition: string | undefined;
  readonly engine: Engine;
  readonly quota: Quota;
  readonly tokens: Tokens;
  find(method: string, path: string): { operation: Operation; path: Record<string, string> } | undefined;
}

/** A request as it came in. */
export interface Incoming {
  readonly method: string;
  /** Path and query, undecoded. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What goes out. `body` undefined is an empty answer. */
export interface Outgoing {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** A request on its way through the pipeline; each step reads what the ones before it wrote. */
export interface Exchange {
  readonly incoming: Incoming;
  /** Spellings that were not the documented ones, each a short remark. */
  readonly remarks: string[];
  path: string;
  /** The query as it came. */
  search: URLSearchParams;
  /** The query in the documented spelling. */
  query: Record<string, string>;
  operation?: Operation;
  pathParameters: Record<string, string>;
  caller?: Caller;
  body?: unknown;
  outgoing?: Outgoing;
}

/** The exchange after routing. */
export type RoutedExchange = Exchange & { operation: Operation };

/** The service's refusal: `{code, message}` and nothing else. Thrown by any step, written by the server. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/**
 * A refusal with the wording of an example that the operation declares, so that the wording stands in the description
 * only.
 *
 * @param cause name of the example, such as `dailyQuota`.
 */
export function documentedRefusal(
  { id, refusals }: Operation,
  status: number,
  cause: string,
  headers?: Record<string, string>,
): Refusal {
  const message = refusals.get(`${status} ${cause}`);
  if (!message) throw new Error(`The description of ${id} has no example '${cause}' for ${status}.`);
  return new Refusal(status, message, headers);
}
