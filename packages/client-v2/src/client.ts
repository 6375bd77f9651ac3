import {
  type Address,
  type Answer,
  basic,
  bearer,
  type CallArguments,
  type CallOptions,
  type Calls,
  ConfigurationError,
  type Credentials,
  createCalls,
  fetchedBearer,
  jwtExpiry,
  type OperationOf,
  type PathsOf,
  resolveBaseUrl,
  type TransportOptions,
  walkPages,
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

/** What an operation must answer for its list to be walked: the address of the next page, or nothing. */
interface Paged {
  nextPage: string | null;
}

/** The paths whose lists come in pages. */
export type PagedPath = {
  [P in PathsOf<paths, 'get'>]: Answer<OperationOf<paths, P, 'get'>> extends Paged ? P : never;
}[PathsOf<paths, 'get'>];

/** The reports whose rows follow `group`. */
export type ReportPath = keyof ReportRows & PathsOf<paths, 'get'>;

/** What such a report takes, with one `group` of those that it knows. */
type ReportOptions<P extends ReportPath, G extends keyof ReportRows[P]> =
  CallOptions<OperationOf<paths, P, 'get'>> extends infer Options extends { query: object }
    ? Omit<Options, 'query'> & { query: Omit<Options['query'], 'group'> & { group: G } }
    : never;

/** The calls of version 2.0. */
export interface Client extends Calls<paths> {
  /**
   * Walks a paged list from the page in `query.pageIndex`, or the first, to the last.
   *
   * @example
   * for await (const page of client.pages('/api/v2/livechat/chats')) console.log(page.chats);
   */
  pages<P extends PagedPath>(
    path: P,
    ...options: CallArguments<OperationOf<paths, P, 'get'>>
  ): AsyncGenerator<Answer<OperationOf<paths, P, 'get'>>, void, undefined>;

  /**
   * A report whose rows follow `group`: the compiler knows the one kind of row that this group has, where `get` knows
   * all kinds.
   *
   * @example
   * const query = { timeFrom: '2025-03-03T00:00:00', timeTo: '2025-03-08T00:00:00', group: 'campaign' } as const;
   * for (const row of await client.report('/api/v2/livechat/reports/chatVolume', { query })) row.campaignId;
   */
  report<P extends ReportPath, G extends keyof ReportRows[P]>(
    path: P,
    options: ReportOptions<P, G>,
  ): Promise<ReportRows[P][G][]>;
}

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
    pages: (path, ...[given]) => walk(calls, path, given),
    report: calls.get as unknown as Client['report'],
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
      return fetchedBearer(async () => {
        const { token } = await open.post('/adminwebservice/api/jwttoken/generate', {
          body: { loginType: 'password', userName: auth.email, password: auth.password, siteId: String(auth.siteId) },
        });
        return { token, expiresAt: jwtExpiry(token) };
      });
    case 'oauth':
      return fetchedBearer(() => grant(open, '/oauth/token', auth));
    case 'partner':
      return fetchedBearer(() => grant(open, '/partner/oauth/token', auth));
    default:
      throw new ConfigurationError(
        `auth.type '${String((auth as { type: unknown }).type)}' is unknown. Use basic, jwt, oauth, partner or token.`,
      );
  }
}

async function grant(
  open: Calls<paths>,
  path: '/oauth/token' | '/partner/oauth/token',
  { email, password }: OAuth | PartnerAuth,
) {
  const asked = Date.now();
  const answer = await open.post(path, { body: { grant_type: 'password', email, password } });
  return { token: answer.access_token, expiresAt: asked + answer.expires_in * 1000 };
}

function walk<P extends PagedPath>(calls: Calls<paths>, path: P, given: unknown) {
  type Page = Answer<OperationOf<paths, P, 'get'>>;
  const { query, ...rest } = (given ?? {}) as { query?: { pageIndex?: number } };
  // TypeScript cannot follow a path that is still a parameter; the signature of `pages` has checked it.
  const get = calls.get as (path: string, options: object) => Promise<Page>;
  return walkPages<Page>((pageIndex) => get(path, { ...rest, query: { ...query, pageIndex } }), {
    first: query?.pageIndex ?? 0,
    hasNext: (page) => Boolean((page as Paged).nextPage),
  });
}
