import type { Company } from '@comm100-openapi/description';
import type { Caller } from './caller.ts';
import type { Engine } from './engine.ts';
import { examplesFor, type ServedOperation } from './operations.ts';
import type { Quota } from './quota.ts';
import type { Tokens } from './tokens.ts';

/** What the steps share for as long as the server lives. */
export interface World {
  readonly operations: readonly ServedOperation[];
  readonly company: Company;
  readonly edition: string | undefined;
  readonly engine: Engine;
  readonly quota: Quota;
  readonly tokens: Tokens;
  find(method: string, path: string): { operation: ServedOperation; path: Record<string, string> } | undefined;
}

/** A request as it came in. */
export interface Incoming {
  readonly method: string;
  /** Path and query, undecoded. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What goes out. `body` undefined is an empty response. */
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
  operation?: ServedOperation;
  pathParameters: Record<string, string>;
  caller?: Caller;
  body?: unknown;
  outgoing?: Outgoing;
}

/** The exchange after routing. */
export type RoutedExchange = Exchange & { operation: ServedOperation };

/** An error of the service: `{code, message}` and nothing else. Thrown by any step, written by the server. */
export class ServiceError extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/**
 * An error with the message of an example that the operation declares, so that the message is in the description only.
 *
 * @param cause Name of the example, such as `dailyQuota`.
 */
export function documentedError(
  operation: ServedOperation,
  status: number,
  cause: string,
  headers?: Record<string, string>,
): ServiceError {
  const example = examplesFor(operation, status)?.find(({ name }) => name === cause);
  if (!example) throw new Error(`The description of ${operation.id} has no example '${cause}' for ${status}.`);
  return new ServiceError(status, (example.value as { message: string }).message, headers);
}
