import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';

/** The methods that the API uses. */
export type Method = Extract<HttpMethod, 'get' | 'put' | 'post' | 'delete'>;

/** The paths of a description that answer to a method. */
type PathsOf<Paths extends object, M extends Method> = PathsWithMethod<Paths, M> & string;

/** The operation behind a path and a method. */
type OperationOf<Paths extends object, P extends keyof Paths, M extends Method> =
  Paths[P] extends Record<M, infer Operation> ? Operation : never;

type Parameters<Operation> = Operation extends { parameters: infer Given }
  ? Pick<Given, keyof Given & ('path' | 'query')>
  : unknown;

type Body<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { body: Content[keyof Content] }
  : Operation extends { requestBody?: { content: infer Content } }
    ? { body?: Content[keyof Content] }
    : { body?: never };

/** What can be said of any single call. */
export interface CallSettings {
  /** Ends the call early. */
  signal?: AbortSignal;
}

/** What a call takes: `path`, `query` and `body` as the operation describes them. */
type CallOptions<Operation> = Parameters<Operation> & Body<Operation> & CallSettings;

/** What a call answers: the JSON of a success, or nothing. */
type Answer<Operation> = Operation extends {
  responses: { 200: { content: { 'application/json': infer Content } } };
}
  ? Content
  : undefined;

/** The options are left out where nothing in them is required. */
type CallArguments<Operation> =
  RequiredKeysOf<CallOptions<Operation>> extends never
    ? [options?: CallOptions<Operation>]
    : [options: CallOptions<Operation>];

/**
 * Where a path is misspelt, the compiler takes `P` for every path there is. Then the options are anything, so that what
 * it finds wrong is the path, and not the number of arguments.
 */
type ArgumentsFor<P, Known, Operation> = [Known] extends [P] ? unknown[] : CallArguments<Operation>;

/** Sends one call and resolves to its answer. Rejects with a {@link Comm100Error}. */
type Call<Paths extends object, M extends Method> = <P extends PathsOf<Paths, M>>(
  path: P,
  ...options: ArgumentsFor<P, PathsOf<Paths, M>, OperationOf<Paths, P, M>>
) => Promise<Answer<OperationOf<Paths, P, M>>>;

/** The calls of a description. Each resolves to the answer and rejects with a {@link Comm100Error}. */
export interface Calls<Paths extends object> {
  /** Reads. Tried again after a 5xx, a 429 or a broken connection, as often as `retries` says. */
  readonly get: Call<Paths, 'get'>;
  /** Changes what is there. Never repeated. */
  readonly put: Call<Paths, 'put'>;
  /** Creates, or does what the path says. Never repeated. */
  readonly post: Call<Paths, 'post'>;
  /** Deletes. Never repeated. */
  readonly delete: Call<Paths, 'delete'>;
}

/** The paths whose lists come in pages: those whose answers have the members of `Envelope` that tell of further pages. */
type PagedPath<Paths extends object, Envelope> = {
  [P in PathsOf<Paths, 'get'>]: Answer<OperationOf<Paths, P, 'get'>> extends Envelope ? P : never;
}[PathsOf<Paths, 'get'>];

/** Walking a list that comes in pages. */
export interface Pages<Paths extends object, Envelope> {
  /**
   * Walks a paged list from the page that the query names, or the first, to the last. Each page is fetched when it is
   * asked for.
   *
   * @example
   * for await (const page of client.pages('/api/v2/livechat/chats')) console.log(page.chats);
   */
  pages<P extends PagedPath<Paths, Envelope>>(
    path: P,
    ...options: ArgumentsFor<P, PagedPath<Paths, Envelope>, OperationOf<Paths, P, 'get'>>
  ): AsyncGenerator<Answer<OperationOf<Paths, P, 'get'>>, void, undefined>;
}

/** What a report takes, with one `group` of those that it knows. */
type ReportOptions<Paths extends object, P extends PathsOf<Paths, 'get'>, Group> =
  CallOptions<OperationOf<Paths, P, 'get'>> extends infer Options extends { query: object }
    ? Omit<Options, 'query'> & { query: Omit<Options['query'], 'group'> & { group: Group } }
    : never;

/** Calling a report whose rows follow `group`. `Rows` has the type of a row for each path and group. */
export interface Reports<Paths extends object, Rows extends object> {
  /**
   * A report whose rows follow `group`: the compiler knows the one kind of row that this group has, where `get` knows
   * all kinds.
   *
   * @example
   * const query = { timeFrom: '2025-03-03T00:00:00', timeTo: '2025-03-08T00:00:00', group: 'campaign' } as const;
   * for (const row of await client.report('/api/v2/livechat/reports/chatVolume', { query })) row.campaignId;
   */
  report<P extends keyof Rows & PathsOf<Paths, 'get'>, G extends keyof Rows[P]>(
    path: P,
    options: ReportOptions<Paths, P, G>,
  ): Promise<Rows[P][G][]>;
}
