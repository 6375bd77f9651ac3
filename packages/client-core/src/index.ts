export { createCalls, type TransportOptions } from './client.ts';
export { basic, bearer, type Credentials, fetchedBearer, jwtExpiry, type Token } from './credentials.ts';
export { formatLocalDateTime, parseJsonDate, parseLocalDateTime } from './dates.ts';
export * from './errors.ts';
export { type Address, type Hosts, resolveBaseUrl } from './hosts.ts';
export { createPages, createReports } from './paging.ts';
export type { FormBodies, FormLists } from './serialise.ts';
export type { Calls, Pages, Reports } from './types.ts';
