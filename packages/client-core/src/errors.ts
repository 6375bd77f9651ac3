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
  | 'invalid_value'
  | 'invalid_webhook';

/** Anything that a client of this project throws. Branch on `code`, or on the class. */
export abstract class Comm100Error extends Error {
  abstract readonly code: ErrorCode;
}

// The names are on the prototypes: a program that is minified keeps them, and the stack begins with them.

/** The client was set up with options that cannot work; thrown before any request. */
export class ConfigurationError extends Comm100Error {
  static {
    ConfigurationError.prototype.name = 'ConfigurationError';
  }
  readonly code = 'invalid_configuration';
}

/** A value cannot be sent or read, such as an empty path parameter or a date of the wrong form. */
export class InvalidValueError extends Comm100Error {
  static {
    InvalidValueError.prototype.name = 'InvalidValueError';
  }
  readonly code = 'invalid_value';
}

/** A call, as errors and hooks show it. It never has a credential: no headers, no query, no body. */
export interface CallInfo {
  /** In lower case. */
  readonly method: string;
  /** The path as it is documented, with `{id}` in place of the value. */
  readonly path: string;
  /** The address that was called, with the values of the path, without the query. */
  readonly url: string;
  /** Where the call was sent, such as `https://hosted.comm100.com`. */
  readonly origin: string;
}

/** There was no complete response: the host name did not resolve, the connection broke, or the network is down. `cause` has the reason. */
export class ConnectionError extends Comm100Error {
  static {
    ConnectionError.prototype.name = 'ConnectionError';
  }
  readonly code = 'connection_failed';
  declare readonly call: CallInfo;

  /** @param cause A copy without secrets of what was thrown. */
  constructor(call: CallInfo, cause: unknown) {
    super(`${describe(call)} got no complete response: ${reason(cause)}`, { cause });
    this.call = call;
  }
}

/** One attempt took longer than `timeout`, or the whole call longer than `deadline`. */
export class TimeoutError extends Comm100Error {
  static {
    TimeoutError.prototype.name = 'TimeoutError';
  }
  readonly code = 'timed_out';
  declare readonly call: CallInfo;

  constructor(call: CallInfo, option: 'timeout' | 'deadline', milliseconds: number) {
    super(
      `${describe(call)} got no response within ${milliseconds} ms. Raise \`${option}\` if the service needs longer.`,
    );
    this.call = call;
  }
}

/** The parts of a response that errors have. */
export interface ResponseFacts {
  /** HTTP status. */
  readonly status: number;
  /** The headers of the response, without cookies. */
  readonly headers: Headers;
  /** The beginning of the body, 2,000 characters at most, without secrets; undefined where it was empty or had a token. */
  readonly body: string | undefined;
}

/** A response of success that cannot be right: not JSON, for example because a proxy responded, or empty where data is documented. */
export class InvalidResponseError extends Comm100Error implements ResponseFacts {
  static {
    InvalidResponseError.prototype.name = 'InvalidResponseError';
  }
  readonly code = 'invalid_response';
  declare readonly call: CallInfo;
  declare readonly status: number;
  declare readonly headers: Headers;
  declare readonly body: string | undefined;

  constructor(call: CallInfo, response: ResponseFacts, problem: string) {
    super(`${describe(call)} got a response with status ${response.status} and ${problem}`);
    this.call = call;
    Object.assign(this, response);
  }
}

/** What the service says in the body of an error. */
export interface ServiceError {
  readonly code?: number | undefined;
  readonly message?: string | undefined;
}

/** The service responded with an error. `serviceCode` and `serviceMessage` are the service's own. */
export abstract class ApiError extends Comm100Error implements ResponseFacts {
  declare readonly call: CallInfo;
  declare readonly status: number;
  declare readonly headers: Headers;
  declare readonly body: string | undefined;
  /** The service's number for the error, such as 400000; undefined where the response has none. */
  declare readonly serviceCode: number | undefined;
  /** The service's words, without secrets, 500 characters at most; undefined where the response has none. */
  declare readonly serviceMessage: string | undefined;
  /** How long the service asks to wait before the next call, in milliseconds; undefined where it does not ask. */
  declare readonly retryAfter: number | undefined;

  constructor(call: CallInfo, response: ResponseFacts, { code, message }: ServiceError, hint?: string) {
    super(
      `${describe(call)} failed with status ${response.status}: ${message || hint || 'the response gives no reason'}`,
    );
    this.call = call;
    Object.assign(this, response);
    this.serviceCode = code;
    this.serviceMessage = message || undefined;
    this.retryAfter = requestedWait(response.headers);
  }
}

/** 400: a parameter or the body is missing or wrong; the message names it. */
export class BadRequestError extends ApiError {
  static {
    BadRequestError.prototype.name = 'BadRequestError';
  }
  readonly code = 'bad_request';
}

/** 401: the credentials are missing, wrong or expired. */
export class UnauthorizedError extends ApiError {
  static {
    UnauthorizedError.prototype.name = 'UnauthorizedError';
  }
  readonly code = 'unauthorized';
}

/** Why a request with valid credentials was rejected. */
export type ForbiddenReason = 'permission' | 'quota' | 'edition' | 'unknown';

/** The texts of the service are not documented, so its words decide. */
const reasons: readonly [RegExp, ForbiddenReason][] = [
  [/quota|limit\b|exceed/i, 'quota'],
  [/edition|\bplan\b|subscri|upgrade/i, 'edition'],
  [/permi|privilege|partner|allowed|denied/i, 'permission'],
];

/** 403: the agent lacks the permission, the daily quota is used up, or the edition does not include the resource. `reason` says which. */
export class ForbiddenError extends ApiError {
  static {
    ForbiddenError.prototype.name = 'ForbiddenError';
  }
  readonly code = 'forbidden';
  /** Concluded from the words of the service; `unknown` where they do not say. */
  declare readonly reason: ForbiddenReason;
  /** When the daily quota begins again, the next 0:00 UTC; undefined for any other reason. */
  declare readonly resetsAt: Date | undefined;

  constructor(...facts: ConstructorParameters<typeof ApiError>) {
    super(...facts);
    this.reason = reasons.find(([words]) => words.test(this.serviceMessage ?? ''))?.[1] ?? 'unknown';
    if (this.reason === 'quota') this.resetsAt = new Date(nowOf(this.headers).setUTCHours(24, 0, 0, 0));
  }
}

/** 404: no resource has this id. */
export class NotFoundError extends ApiError {
  static {
    NotFoundError.prototype.name = 'NotFoundError';
  }
  readonly code = 'not_found';
}

/** 5xx: the service failed. */
export class ServerError extends ApiError {
  static {
    ServerError.prototype.name = 'ServerError';
  }
  readonly code = 'server_error';
}

/** Any other status that is not a success, such as a redirect that the client does not follow. */
export class UnexpectedStatusError extends ApiError {
  static {
    UnexpectedStatusError.prototype.name = 'UnexpectedStatusError';
  }
  readonly code = 'unexpected_status';
}

/** The time by the clock of the service, or by the clock of this machine where the response has none. */
function nowOf(headers: Headers): Date {
  const date = new Date(headers.get('date') ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? new Date() : date;
}

/**
 * The wait that a response asks for, in milliseconds: a number of seconds or a date.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
function requestedWait(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  // Date.parse reads nearly anything, -5 among it; a date of HTTP begins with the name of the day.
  const isDate = /^[a-z]/i.test(text);
  const wait = isDate ? Math.max(0, Date.parse(text) - nowOf(headers).getTime()) : Number(text) * 1000;
  return wait >= 0 ? wait : undefined;
}

function describe({ method, path }: CallInfo): string {
  return `${method.toUpperCase()} ${path}`;
}

/** fetch hides the reason (`ECONNREFUSED 127.0.0.1:4010`) in the cause of an error with the text "fetch failed". */
function reason(cause: unknown): string {
  const { message, cause: inner } = (cause ?? {}) as { message?: string; cause?: { message?: string } };
  return inner?.message || message || 'no reason is known';
}
