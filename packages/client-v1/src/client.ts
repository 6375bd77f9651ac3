import {
  type Address,
  basic,
  type Calls,
  checkAuth,
  checkOptions,
  createCalls,
  createLists,
  createMethods,
  createPages,
  createReports,
  type Pages,
  type Reports,
  resolveBaseUrl,
  type TransportOptions,
} from '@comm100-openapi/client-core';
import { formBodies, hosts, methods, results } from './facts.gen.ts';
import type { Methods } from './methods.gen.ts';
import type { ReportRows } from './reports.gen.ts';
import type { paths } from './schema.gen.ts';

/** A documented domain of version 1.0 that is still in use. */
export type Domain = (typeof hosts.domains)[number];

/** The credentials of version 1.0: an agent's email and API key, by HTTP Basic. */
export interface BasicAuth {
  type: 'basic';
  email: string | undefined;
  /** The agent's API key, the `api_key` of agents in responses. */
  apiKey: string | undefined;
}

/** The address of the service and the credentials of the caller. */
export interface ClientOptions extends TransportOptions, Address {
  /** A documented domain. As text it can come from the environment; one that is not documented is an error. */
  domain?: Domain | (string & {}) | undefined;
  /** Who calls. */
  auth: BasicAuth;
}

/** The field of a response that shows whether more pages follow. */
interface Paged {
  /** How many pages there are. */
  pages: number;
}

/** The calls of version 1.0 by path: `get`, `put`, `post` and `delete`, `pages` for lists in pages, `report` for reports by group. */
export interface PathClient extends Calls<paths>, Pages<paths, Paged>, Reports<paths, ReportRows> {}

/** The operations of version 1.0 by name, such as `departments.get`, and by path. */
export interface Client extends PathClient, Methods {}

const paging = { parameter: 'page', first: 1, hasNext: ({ pages }: Paged, number: number) => number < pages };

/**
 * A client of version 1.0. Its calls resolve to the body of the response and reject with a `Comm100Error`. Writes
 * are sent as forms with comma-separated lists, or as JSON, as the description of each operation requires.
 *
 * @throws {ConfigurationError} for an option that does not exist, and an address or credentials that cannot work.
 * @example
 * const client = createClient({ auth: { type: 'basic', email, apiKey } });
 * const departments = await client.departments.list();
 */
export function createClient(options: ClientOptions): Client {
  checkOptions(options);
  const client = createPathClient(options);
  return { ...client, ...createMethods<Methods>(methods, client, createLists(client, paging)) };
}

/**
 * A client of version 1.0 without the methods by name, for programs that must be small: it leaves out the table of
 * operations.
 *
 * @throws {ConfigurationError} for an address or credentials that cannot work.
 * @example
 * const client = createPathClient({ auth: { type: 'basic', email, apiKey } });
 * const departments = await client.get('/api/v1/livechat/departments');
 */
export function createPathClient(options: ClientOptions): PathClient {
  const baseUrl = resolveBaseUrl(options, hosts);
  const { email, apiKey } = checkAuth(options?.auth, { basic: 'email apiKey' }, options?.dangerouslyAllowBrowser);
  const calls = createCalls<paths>({
    ...options,
    baseUrl,
    credentials: () => basic(email, apiKey),
    formBodies,
    results,
  });
  return { ...calls, ...createPages<paths, Paged>(calls, paging), ...createReports<Client['report']>(calls) };
}
