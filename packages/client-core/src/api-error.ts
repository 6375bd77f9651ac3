import {
  type ApiError,
  BadRequestError,
  type FailedCall,
  ForbiddenError,
  NotFoundError,
  ServerError,
  UnauthorizedError,
  UnexpectedStatusError,
} from './errors.ts';

const classOf = new Map<number, new (call: FailedCall, status: number, body: unknown) => ApiError>([
  [400, BadRequestError],
  [401, UnauthorizedError],
  [403, ForbiddenError],
  [404, NotFoundError],
]);

/** The error for a response with this status and this parsed body. */
export function apiError(call: FailedCall, status: number, body: unknown): ApiError {
  const Class = classOf.get(status) ?? (status >= 500 ? ServerError : UnexpectedStatusError);
  return new Class(call, status, body);
}
