import {
  BadRequestError,
  type FailedCall,
  ForbiddenError,
  NotFoundError,
  type RefusedError,
  ServerError,
  UnauthorizedError,
  UnexpectedStatusError,
} from './errors.ts';

const classOf = new Map<number, new (call: FailedCall, status: number, body: unknown) => RefusedError>([
  [400, BadRequestError],
  [401, UnauthorizedError],
  [403, ForbiddenError],
  [404, NotFoundError],
]);

/** The error for a refusal of this status. */
export function refusal(call: FailedCall, status: number, body: unknown): RefusedError {
  const Refusal = classOf.get(status) ?? (status >= 500 ? ServerError : UnexpectedStatusError);
  return new Refusal(call, status, body);
}
