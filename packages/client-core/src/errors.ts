/** Why a call failed: the `code` of every {@link Comm100Error}. */
export type ErrorCode =
  | 'bad_request'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'server_error'
  | 'unexpected_status'
  | 'invalid_response'
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

/** The call that failed. It never holds a credential: no headers, no query, no body. */
export interface FailedCall {
  readonly method: string;
  /** The path as it is documented, with `{id}` in place of the value. */
  readonly path: string;
}

/** There was no response: the host name did not resolve, the connection broke, or the network is down. `cause` has the reason. */
export class ConnectionError extends Comm100Error {
  readonly code = 'connection_failed';
  readonly call: FailedCall;

  constructor(call: FailedCall, cause: unknown) {
    super(`${describe(call)} got no response: ${reason(cause)}`, { cause });
    this.call = call;
  }
}

/** There was no response within the `timeout`. */
export class TimeoutError extends Comm100Error {
  readonly code = 'timed_out';
  readonly call: FailedCall;

  constructor(call: FailedCall, timeout: number, cause: unknown) {
    super(`${describe(call)} got no response within ${timeout} ms. Raise \`timeout\` if the service needs longer.`, {
      cause,
    });
    this.call = call;
  }
}

/** The body of a successful response is not JSON, for example because a proxy responded. */
export class InvalidResponseError extends Comm100Error {
  readonly code = 'invalid_response';
  readonly call: FailedCall;
  readonly status: number;

  constructor(call: FailedCall, status: number, cause: unknown) {
    super(
      `${describe(call)} got a response with status ${status} and a body that is not JSON. Is this the address of the service?`,
      {
        cause,
      },
    );
    this.call = call;
    this.status = status;
  }
}

/** The service responded with an error. `serviceCode` and `serviceMessage` are the service's own. */
export abstract class ApiError extends Comm100Error {
  readonly call: FailedCall;
  /** HTTP status. */
  readonly status: number;
  /** `code` of the error body, such as 400000; undefined where the response had no such body. */
  readonly serviceCode: number | undefined;
  /** `message` of the error body, unchanged; undefined where the response had no such body. */
  readonly serviceMessage: string | undefined;

  constructor(call: FailedCall, status: number, body: unknown) {
    const error = readError(body);
    super(`${describe(call)} failed with status ${status}: ${error?.message ?? 'the response gives no reason'}`);
    this.call = call;
    this.status = status;
    this.serviceCode = error?.code;
    this.serviceMessage = error?.message;
  }
}

/** 400: a parameter or the body is missing or wrong; the message names it. */
export class BadRequestError extends ApiError {
  readonly code = 'bad_request';
}

/** 401: the credentials are missing, wrong or expired. */
export class UnauthorizedError extends ApiError {
  readonly code = 'unauthorized';
}

/** 403: the agent lacks the permission, the daily quota is used up, or the edition does not include the resource. The message gives the cause. */
export class ForbiddenError extends ApiError {
  readonly code = 'forbidden';
}

/** 404: no resource has this id. */
export class NotFoundError extends ApiError {
  readonly code = 'not_found';
}

/** 5xx: the service failed. */
export class ServerError extends ApiError {
  readonly code = 'server_error';
}

/** Any other status that is not a success, such as a redirect of a write, which the client does not follow. */
export class UnexpectedStatusError extends ApiError {
  readonly code = 'unexpected_status';
}

function readError(body: unknown): { code?: number; message?: string } | undefined {
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

/** fetch hides the reason (`ECONNREFUSED 127.0.0.1:4010`) in the cause of an error with the text "fetch failed". */
function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause;
  if (inner instanceof AggregateError && inner.errors[0] instanceof Error) return inner.errors[0].message;
  return inner instanceof Error && inner.message ? inner.message : cause.message;
}
