/** What a failed call came to; the `code` of every {@link Comm100Error}. */
export type ErrorCode =
  | 'bad_request'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'server_error'
  | 'unexpected_status'
  | 'invalid_answer'
  | 'connection_failed'
  | 'timed_out'
  | 'invalid_configuration'
  | 'invalid_value';

/** Anything that a client of this project throws. Branch on `code`, or on the class. */
export abstract class Comm100Error extends Error {
  abstract readonly code: ErrorCode;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The client was set up with options that cannot work; thrown before any request. */
export class ConfigurationError extends Comm100Error {
  readonly code = 'invalid_configuration';
}

/** A value cannot be sent or read, such as an empty path parameter or a date of the wrong form. */
export class InvalidValueError extends Comm100Error {
  readonly code = 'invalid_value';
}

/** What is known of a call when it fails. Never holds a credential: neither headers nor query nor body. */
export interface FailedCall {
  readonly method: string;
  /** The path as the description has it, `{id}` and all. */
  readonly path: string;
}

/** No answer came: the name did not resolve, the connection broke, the network is down. `cause` has the reason. */
export class ConnectionError extends Comm100Error {
  readonly code = 'connection_failed';
  readonly call: FailedCall;

  constructor(call: FailedCall, cause: unknown) {
    super(`${describe(call)} got no answer: ${reason(cause)}`, { cause });
    this.call = call;
  }
}

/** No answer came within the time that the client waits. */
export class TimeoutError extends Comm100Error {
  readonly code = 'timed_out';
  readonly call: FailedCall;

  constructor(call: FailedCall, timeout: number, cause: unknown) {
    super(`${describe(call)} got no answer within ${timeout} ms. Raise \`timeout\` if the service needs longer.`, {
      cause,
    });
    this.call = call;
  }
}

/** An answer came, but it is not JSON where JSON was due, as from a proxy in between. */
export class InvalidAnswerError extends Comm100Error {
  readonly code = 'invalid_answer';
  readonly call: FailedCall;
  readonly status: number;

  constructor(call: FailedCall, status: number, cause: unknown) {
    super(`${describe(call)} answered ${status} with a body that is not JSON. Is this the address of the service?`, {
      cause,
    });
    this.call = call;
    this.status = status;
  }
}

/** The service refused the call. `serviceCode` and the message are the service's own. */
export abstract class RefusedError extends Comm100Error {
  readonly call: FailedCall;
  /** HTTP status. */
  readonly status: number;
  /** `code` of the error body, such as 400000; undefined where the refusal had no such body. */
  readonly serviceCode: number | undefined;
  /** `message` of the error body as it came; undefined where the refusal had no such body. */
  readonly serviceMessage: string | undefined;

  constructor(call: FailedCall, status: number, body: unknown) {
    const refusal = readRefusal(body);
    super(`${describe(call)} was refused with ${status}: ${refusal?.message ?? 'no reason given'}`);
    this.call = call;
    this.status = status;
    this.serviceCode = refusal?.code;
    this.serviceMessage = refusal?.message;
  }
}

/** 400: a parameter or the body is missing or wrong; the message names it. */
export class BadRequestError extends RefusedError {
  readonly code = 'bad_request';
}

/** 401: the credentials are missing, wrong or expired. */
export class UnauthorizedError extends RefusedError {
  readonly code = 'unauthorized';
}

/** 403: the agent lacks the permission, the daily quota is used up, or the edition lacks the resource. The message tells which. */
export class ForbiddenError extends RefusedError {
  readonly code = 'forbidden';
}

/** 404: nothing has this id. */
export class NotFoundError extends RefusedError {
  readonly code = 'not_found';
}

/** 5xx: the service failed. */
export class ServerError extends RefusedError {
  readonly code = 'server_error';
}

/** Any other status that is not a success, such as the redirect of a write, which is not followed. */
export class UnexpectedStatusError extends RefusedError {
  readonly code = 'unexpected_status';
}

function readRefusal(body: unknown): { code?: number; message?: string } | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { code, message } = body as { code?: unknown; message?: unknown };
  return {
    ...(typeof code === 'number' ? { code } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  };
}

function describe({ method, path }: FailedCall): string {
  return `${method.toUpperCase()} ${path}`;
}

/** fetch wraps what happened (`ECONNREFUSED 127.0.0.1:4010`) in "fetch failed"; the reader wants the former. */
function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause;
  if (inner instanceof AggregateError && inner.errors[0] instanceof Error) return inner.errors[0].message;
  return inner instanceof Error && inner.message ? inner.message : cause.message;
}
