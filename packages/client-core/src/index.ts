export { createCalls, type TransportOptions } from './client.ts';
export { basic, bearer, type Credentials, fetchedBearer, jwtExpiry, type Token } from './credentials.ts';
export { formatLocalDateTime, parseJsonDate, parseLocalDateTime } from './dates.ts';
export * from './errors.ts';
export { type Address, type Hosts, resolveBaseUrl } from './hosts.ts';
export { type Paging, walkPages } from './paging.ts';
export type { FormBodies, FormLists } from './serialise.ts';
export type {
  Answer,
  Call,
  CallArguments,
  CallOptions,
  CallSettings,
  Calls,
  Method,
  OperationOf,
  PathsOf,
} from './types.ts';
