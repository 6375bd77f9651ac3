import {
  type Address,
  basic,
  type Calls,
  createCalls,
  createPages,
  createReports,
  type Pages,
  type Reports,
  resolveBaseUrl,
  type TransportOptions,
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

/** What tells of further pages in an answer. */
interface Paged {
  /** How many pages there are. */
  pages: number;
}

/** The calls of version 1.0: `get`, `put`, `post` and `delete`, `pages` for lists in pages, `report` for reports by group. */
export interface Client extends Calls<paths>, Pages<paths, Paged>, Reports<paths, ReportRows> {}

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
    ...createPages<paths, Paged>(calls, {
      parameter: 'page',
      first: 1,
      hasNext: (page, number) => number < page.pages,
    }),
    ...createReports<Client['report']>(calls),
  };
}
