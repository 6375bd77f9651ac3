import type { Caller } from './caller.ts';
import type { ConnectionFault } from './faults.ts';
import type { ServedOperation, ServedResponse } from './operation-table.ts';
import type { Payload } from './payload.ts';
import type { Remarks } from './remarks.ts';
import type { World } from './sandbox/world.ts';

/** A request as it came in. */
export interface Incoming {
  readonly method: string;
  /** Path and query, not decoded. */
  readonly url: string;
  /** The origin that the client called, such as `http://127.0.0.1:4010`, for links to the mock itself. */
  readonly origin: string;
  /** The value of a header by its name in lower case. */
  header(name: string): string | undefined;
  /** Reads the body; called once at most. @param limit In bytes. @throws {ServiceError} where it is larger, or late. */
  body(limit: number): Promise<string>;
  /** Ends when the client no longer waits for the response. */
  signal?(): AbortSignal;
  /** What is wrong with the request as HTTP; reported once the caller is known. */
  readonly problem?: ServiceError | undefined;
}

/** The body of a response; text is sent in UTF-8. */
export type Content = string | Uint8Array<ArrayBuffer>;

/** A response as it goes out. */
export interface Outgoing {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Record<string, string>;
  /** `undefined` where the response is empty. */
  readonly body: Content | undefined;
  /** The message of an error, for a log. */
  readonly message?: string;
  readonly remarks: readonly string[];
  /** What whoever sends the response does to the connection. */
  readonly fault?: ConnectionFault | undefined;
}

/** Where the data of a response is from. */
export type AnswerKind = 'example' | 'state' | 'made-up' | 'stub';

/** What a step before the last has composed. */
export interface Answer {
  readonly kind: AnswerKind;
  readonly response: ServedResponse;
  /** `undefined` where the response is empty. */
  readonly payload: Payload | undefined;
}

/** A request on its way through the pipeline; each step reads what the ones before it wrote. */
export interface Exchange {
  readonly incoming: Incoming;
  readonly remarks: Remarks;
  /** The company that the request is about; absent where responses have no state. */
  world?: World;
  /** The path in the documented form, not decoded. */
  path: string;
  /** The segments of the path, decoded. */
  segments: readonly string[];
  /** The query as it came; empty, or without its `?`. */
  search: string;
}

/** The exchange after routing. */
export interface RoutedExchange extends Exchange {
  readonly operation: ServedOperation;
  /** The values of the path's parameters as text. */
  readonly pathValues: Readonly<Record<string, string>>;
  caller?: Caller;
  /** The parameters that came, by name and in the types of their schemas. */
  parameters: Readonly<Record<string, unknown>>;
  /** The query by its documented names, as text. */
  readonly query: Map<string, string>;
  /** The body in the documented spelling; `undefined` where there is none. */
  body: unknown;
}

/** An error of the service: `{code, message}` and nothing else. Any step can throw it. */
export class ServiceError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the description has the message. */
  readonly isDocumented: boolean;

  constructor(status: number, message: string, headers: Record<string, string> = {}, isDocumented = false) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.isDocumented = isDocumented;
  }
}

/** The error for a method that no operation of a path has. @param allowed Those that some have. */
export function notAllowed(method: string, allowed: readonly string[]): ServiceError {
  const message = `${method} is not allowed on this path. Use ${allowed.join(' or ')}.`;
  return new ServiceError(405, message, { allow: allowed.join(', ') });
}

/**
 * An error with the message of an example that the operation declares, so that the message is in the description only.
 *
 * @param cause Name of the example, such as `dailyQuota`.
 */
export function documentedError(
  { id, responses }: ServedOperation,
  status: number,
  cause: string,
  headers?: Record<string, string>,
): ServiceError {
  const example = responses.get(status)?.examples.find(({ name }) => name === cause);
  if (!example) throw new Error(`The description of ${id} has no example '${cause}' for ${status}.`);
  return new ServiceError(status, (example.value as { message: string }).message, headers, true);
}
