export type {
  AttemptEvent,
  Call,
  CallSettings,
  Completed,
  Hooks,
  PagedCall,
  ResponseEvent,
  RetryEvent,
} from '@comm100-openapi/client-core';
export * from '@comm100-openapi/client-core/dates';
export * from '@comm100-openapi/client-core/errors';
export * from '@comm100-openapi/client-core/values';
export * from './client.ts';
export * from './enums.gen.ts';
export type * from './methods.gen.ts';
export type { components, operations, paths } from './schema.gen.ts';
export type * from './schemas.gen.ts';
