export {
  BadRequestError,
  Comm100Error,
  ConfigurationError,
  ConnectionError,
  type ErrorCode,
  type FailedCall,
  ForbiddenError,
  formatLocalDateTime,
  InvalidAnswerError,
  InvalidValueError,
  NotFoundError,
  parseJsonDate,
  parseLocalDateTime,
  RefusedError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  UnexpectedStatusError,
} from '@comm100-openapi/client-core';
export * from './client.ts';
export type { components, operations, paths } from './schema.gen.ts';
