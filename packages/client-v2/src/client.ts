import {
  type Address,
  basic,
  bearer,
  type Calls,
  ConfigurationError,
  type Credentials,
  createCalls,
  createPages,
  createReports,
  fetchedBearer,
  jwtExpiry,
  type Pages,
  type Reports,
  resolveBaseUrl,
  type TransportOptions,
} from '@comm100-openapi/client-core';
import { formBodies, hosts } from './facts.gen.ts';
import type { ReportRows } from './reports.gen.ts';
import type { paths } from './schema.gen.ts';

/** A domain that the documents name for version 2.0 and that is still served. */
export type Domain = Exclude<(typeof hosts.domains)[number], (typeof hosts.retired)[number]['domain']>;

/** An agent's email and API key, by HTTP Basic. */
export interface BasicAuth {
  type: 'basic';
  email: string;
  apiKey: string;
}

/** An agent's email and password, exchanged for a JSON Web Token when first needed and whenever it has ended. */
export interface JwtAuth {
  type: 'jwt';
  email: string;
  password: string;
  /** Number of the site that the agent belongs to. */
  siteId: number | string;
}

/** An agent's email and password, exchanged for an OAuth access token. */
export interface OAuth {
  type: 'oauth';
  email: string;
  password: string;
}

/** A partner's email and password, exchanged for an OAuth access token. It opens the partner operations only. */
export interface PartnerAuth {
  type: 'partner';
  email: string;
  password: string;
}

/** A token that you hold already. It is sent as it is and never renewed. */
export interface TokenAuth {
  type: 'token';
  token: string;
}

/** How version 2.0 knows you. */
export type Auth = BasicAuth | JwtAuth | OAuth | PartnerAuth | TokenAuth;

/** What the client needs: where to call and who calls. */
export interface ClientOptions extends TransportOptions, Address {
  domain?: Domain;
  auth: Auth;
}

/** What tells of further pages in an answer. */
interface Paged {
  /** The address of the next page; empty or null on the last. */
  nextPage: string | null;
}

/** The calls of version 2.0: `get`, `put`, `post` and `delete`, `pages` for lists in pages, `report` for reports by group. */
export interface Client extends Calls<paths>, Pages<paths, Paged>, Reports<paths, ReportRows> {}

/**
 * A client of version 2.0. Its calls resolve to the answer and reject with a `Comm100Error`.
 *
 * @throws {ConfigurationError} where the address or the credentials cannot work.
 * @example
 * const client = createClient({ domain: 'hosted.comm100.com', auth: { type: 'jwt', email, password, siteId } });
 * const department = await client.get('/api/v2/livechat/departments/{id}', { path: { id: 1 } });
 */
export function createClient(options: ClientOptions): Client {
  const shared = { ...options, baseUrl: resolveBaseUrl(options, hosts), formBodies };
  const credentials = credentialsOf(options.auth, createCalls<paths>(shared));
  const calls = createCalls<paths>({ ...shared, credentials });
  return {
    ...calls,
    ...createPages<paths, Paged>(calls, {
      parameter: 'pageIndex',
      first: 0,
      hasNext: (page) => Boolean(page.nextPage),
    }),
    ...createReports<Client['report']>(calls),
  };
}

/** `open` are the calls without credentials: the ones that fetch tokens. */
function credentialsOf(auth: Auth, open: Calls<paths>): Credentials {
  switch (auth.type) {
    case 'basic':
      return basic(auth.email, auth.apiKey);
    case 'token':
      return bearer(auth.token);
    case 'jwt':
      refuseEmpty(auth);
      return fetchedBearer(async () => {
        const answer = await open.post('/adminwebservice/api/jwttoken/generate', {
          body: { loginType: 'password', userName: auth.email, password: auth.password, siteId: String(auth.siteId) },
        });
        return { token: answer?.token, expiresAt: jwtExpiry(answer?.token) };
      });
    case 'oauth':
      refuseEmpty(auth);
      return fetchedBearer(() => grant(open, '/oauth/token', auth));
    case 'partner':
      refuseEmpty(auth);
      return fetchedBearer(() => grant(open, '/partner/oauth/token', auth));
    default:
      throw new ConfigurationError(
        `auth.type '${String((auth as { type: unknown }).type)}' is unknown. Use basic, jwt, oauth, partner or token.`,
      );
  }
}

/** Finds the setting that came out empty, such as a variable of the environment that is not set. */
function refuseEmpty(auth: JwtAuth | OAuth | PartnerAuth): void {
  for (const [name, value] of Object.entries(auth))
    if (value === undefined || value === '') throw new ConfigurationError(`auth.${name} is empty.`);
}

async function grant(
  open: Calls<paths>,
  path: '/oauth/token' | '/partner/oauth/token',
  { email, password }: OAuth | PartnerAuth,
) {
  const asked = Date.now();
  const answer = await open.post(path, { body: { grant_type: 'password', email, password } });
  return { token: answer?.access_token, expiresAt: asked + answer?.expires_in * 1000 };
}
