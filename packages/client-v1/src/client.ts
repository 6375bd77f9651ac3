import {
  type Address,
  type Answer,
  basic,
  type CallArguments,
  type CallOptions,
  type Calls,
  createCalls,
  type OperationOf,
  type PathsOf,
  resolveBaseUrl,
  type TransportOptions,
  walkPages,
} from '@comm100-openapi/client-core';
import { formBodies, hosts } from './facts.gen.ts';
import type { ReportRows } from './reports.gen.ts';
import type { paths } from './schema.gen.ts';

/** A domain that the documents name for version 1.0 and that is still served. */
export type Domain = Exclude<(typeof hosts.domains)[number], (typeof hosts.retired)[number]['domain']>;

/** How version 1.0 knows you: an agent's email and API key, by HTTP Basic. */
export interface BasicAuth {
  type: 'basic';
  email: string;
  /** The agent's API key, as `api_key` in answers about agents. */
  apiKey: string;
}

/** What the client needs: where to call and who calls. */
export interface ClientOptions extends TransportOptions, Address {
  domain?: Domain;
  auth: BasicAuth;
}

/** What an operation must answer for its list to be walked: how many pages there are. */
interface Paged {
  pages: number;
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

/** The calls of version 1.0. */
export interface Client extends Calls<paths> {
  /**
   * Walks a paged list from the page in `query.page`, or the first, to the last.
   *
   * @example
   * for await (const page of client.pages('/api/v1/livechat/chats')) console.log(page.chats);
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
   * for (const row of await client.report('/api/v1/livechat/reports/chatVolume', { query })) row.campaignId;
   */
  report<P extends ReportPath, G extends keyof ReportRows[P]>(
    path: P,
    options: ReportOptions<P, G>,
  ): Promise<ReportRows[P][G][]>;
}

/**
 * A client of version 1.0. Its calls resolve to the answer and reject with a `Comm100Error`. Writes go out
 * form-encoded with comma-separated lists, or as JSON, as the description of each has it.
 *
 * @throws {ConfigurationError} where the address or the credentials cannot work.
 * @example
 * const client = createClient({ auth: { type: 'basic', email, apiKey } });
 * const departments = await client.get('/api/v1/livechat/departments');
 */
export function createClient(options: ClientOptions): Client {
  const calls = createCalls<paths>({
    ...options,
    baseUrl: resolveBaseUrl(options, hosts),
    credentials: basic(options.auth.email, options.auth.apiKey),
    formBodies,
  });
  return {
    ...calls,
    pages: (path, ...[given]) => walk(calls, path, given),
    report: calls.get as unknown as Client['report'],
  };
}

function walk<P extends PagedPath>(calls: Calls<paths>, path: P, given: unknown) {
  type Page = Answer<OperationOf<paths, P, 'get'>>;
  const { query, ...rest } = (given ?? {}) as { query?: { page?: number } };
  // TypeScript cannot follow a path that is still a parameter; the signature of `pages` has checked it.
  const get = calls.get as (path: string, options: object) => Promise<Page>;
  return walkPages<Page>((page) => get(path, { ...rest, query: { ...query, page } }), {
    first: query?.page ?? 1,
    hasNext: (page, number) => number < (page as Paged).pages,
  });
}
