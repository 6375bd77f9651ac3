import {
  type Address,
  basic,
  bearer,
  type Calls,
  type Complete,
  type Credentials,
  checkAuth,
  checkOptions,
  createCalls,
  createLists,
  createMethods,
  createPages,
  createReports,
  fetchedBearer,
  jwtExpiry,
  type Pages,
  type Reports,
  resolveBaseUrl,
  type TransportOptions,
} from '@comm100-openapi/client-core';
import { formBodies, hosts, methods, results } from './facts.gen.ts';
import type { Methods } from './methods.gen.ts';
import type { ReportRows } from './reports.gen.ts';
import type { paths } from './schema.gen.ts';

/** A documented domain of version 2.0 that is still in use. */
export type Domain = (typeof hosts.domains)[number];

/** An agent's email and API key, by HTTP Basic. */
export interface BasicAuth {
  type: 'basic';
  email: string | undefined;
  apiKey: string | undefined;
}

/** An agent's email and password, exchanged for a JSON Web Token when first needed and whenever it has expired. */
export interface JwtAuth {
  type: 'jwt';
  email: string | undefined;
  password: string | undefined;
  /** The number of the agent's site. */
  siteId: number | string | undefined;
}

/** An agent's email and password, exchanged for an OAuth access token. */
export interface OAuth {
  type: 'oauth';
  email: string | undefined;
  password: string | undefined;
}

/** A partner's email and password, exchanged for an OAuth access token, for the partner operations only. */
export interface PartnerAuth {
  type: 'partner';
  email: string | undefined;
  password: string | undefined;
}

/** A token that you already have. It is sent as it is and never renewed. */
export interface TokenAuth {
  type: 'token';
  token: string | undefined;
}

/** The credentials of version 2.0. */
export type Auth = BasicAuth | JwtAuth | OAuth | PartnerAuth | TokenAuth;

/** The address of the service and the credentials of the caller. */
export interface ClientOptions extends TransportOptions, Address {
  /** A documented domain. As text it can come from the environment; one that is not documented is an error. */
  domain?: Domain | (string & {}) | undefined;
  /** Who calls. Each type has settings of its own. */
  auth: Auth;
}

/** The field of a response that shows whether more pages follow. */
interface Paged {
  /** The address of the next page; empty or null on the last. */
  nextPage: string | null;
}

/** The calls of version 2.0 by path: `get`, `put`, `post` and `delete`, `pages` for lists in pages, `report` for reports by group. */
export interface PathClient extends Calls<paths>, Pages<paths, Paged>, Reports<paths, ReportRows> {}

/** The operations of version 2.0 by name, such as `departments.get`, and by path. */
export interface Client extends PathClient, Methods {}

const paging = { parameter: 'pageIndex', first: 0, hasNext: (page: Paged) => Boolean(page.nextPage) };

/**
 * A client of version 2.0. Its calls resolve to the body of the response and reject with a `Comm100Error`.
 *
 * @throws {ConfigurationError} for an option that does not exist, and an address or credentials that cannot work.
 * @example
 * const client = createClient({ domain: 'hosted.comm100.com', auth: { type: 'jwt', email, password, siteId } });
 * const department = await client.departments.get(1);
 * for await (const chat of client.chats.list({ pageSize: 50 })) console.log(chat.name);
 */
export function createClient(options: ClientOptions): Client {
  checkOptions(options);
  const client = createPathClient(options);
  return { ...client, ...createMethods<Methods>(methods, client, createLists(client, paging)) };
}

/**
 * A client of version 2.0 without the methods by name, for programs that must be small: it leaves out the table of
 * operations.
 *
 * @throws {ConfigurationError} for an address or credentials that cannot work.
 * @example
 * const client = createPathClient({ domain: 'hosted.comm100.com', auth: { type: 'basic', email, apiKey } });
 * const department = await client.get('/api/v2/livechat/departments/{id}', { path: { id: 1 } });
 */
export function createPathClient(options: ClientOptions): PathClient {
  const baseUrl = resolveBaseUrl(options, hosts);
  const auth = checkAuth(options?.auth, authSettings, options?.dangerouslyAllowBrowser);
  const calls = createCalls<paths>({
    ...options,
    baseUrl,
    credentials: (open) => credentialsOf(auth, open),
    formBodies,
    results,
  });
  return { ...calls, ...createPages<paths, Paged>(calls, paging), ...createReports<Client['report']>(calls) };
}

const authSettings: { readonly [Type in Auth['type']]: string } = {
  basic: 'email apiKey',
  jwt: 'email password siteId',
  oauth: 'email password',
  partner: 'email password',
  token: 'token',
};

/** @param open Calls without credentials, which fetch the tokens. */
function credentialsOf(given: Complete<Auth>, open: Calls<paths>): Credentials {
  if (given.type === 'basic') return basic(given.email, given.apiKey);
  if (given.type === 'token') return bearer(given.token);
  const { type, email, password } = given;
  return fetchedBearer(async () => {
    const requestedAt = Date.now();
    if (type === 'jwt') {
      const body = { loginType: 'password', userName: email, password, siteId: String(given.siteId) } as const;
      const response = await open.post('/adminwebservice/api/jwttoken/generate', { body });
      return { token: response?.token, expiresAt: jwtExpiry(response?.token, requestedAt) };
    }
    const path = type === 'oauth' ? '/oauth/token' : '/partner/oauth/token';
    const response = await open.post(path, { body: { grant_type: 'password', email, password } });
    return { token: response?.access_token, expiresAt: requestedAt + Number(response?.expires_in) * 1000 };
  });
}
