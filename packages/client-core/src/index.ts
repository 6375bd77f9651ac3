export {
  type AttemptEvent,
  createCalls,
  type Hooks,
  type ResponseEvent,
  type RetryEvent,
  type TransportOptions,
} from './client.ts';
export {
  type AuthSettings,
  basic,
  bearer,
  type Complete,
  type Credentials,
  checkAuth,
  fetchedBearer,
  jwtExpiry,
  type Token,
} from './credentials.ts';
export * from './dates.ts';
export * from './errors.ts';
export { type Address, type Hosts, resolveBaseUrl } from './hosts.ts';
export { createMethods, type MethodTable } from './methods.ts';
export { createLists, createPages, createReports } from './paging.ts';
export type { ResultKind, Results } from './read-response.ts';
export type { FormBodies, FormLists } from './serialise.ts';
export { checkOptions } from './settings.ts';
export type { Call, CallSettings, Calls, Completed, Limits, PagedCall, Pages, Reports } from './types.ts';
export * from './values.ts';
export * from './webhooks.ts';
