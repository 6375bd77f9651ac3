import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';
import type { CallInfo } from './errors.ts';

/** The methods that the API uses. */
export type Method = Extract<HttpMethod, 'get' | 'put' | 'post' | 'delete'>;

/** The paths of a description that have a method. */
type PathsOf<Paths extends object, M extends Method> = PathsWithMethod<Paths, M> & string;

/** The operation of a path and a method. */
type OperationOf<Paths extends object, P extends keyof Paths, M extends Method> =
  Paths[P] extends Record<M, infer Operation> ? Operation : never;

type Parameters<Operation> = Operation extends { parameters: infer All }
  ? Pick<All, keyof All & ('path' | 'query')>
  : unknown;

type Body<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { body: Content[keyof Content] }
  : Operation extends { requestBody?: { content: infer Content } }
    ? { body?: Content[keyof Content] }
    : { body?: never };

/** How long a call may take. */
export interface Limits {
  /**
   * How often a read is sent again after a 5xx, a 408, a 429, a broken connection or a time-out. Writes are never sent
   * again.
   *
   * @default 2
   */
  retries?: number | undefined;
  /**
   * How long one attempt may take, with the body of the response, in milliseconds. Fetching a token is an attempt of its
   * own.
   *
   * @default 30000
   */
  timeout?: number | undefined;
  /**
   * How long the whole call may take, with all attempts and the waits between them, in milliseconds. Where a wait would
   * be longer than what is left, the call fails at once.
   *
   * @default 120000
   */
  deadline?: number | undefined;
}

/** Options of every call. `retries`, `timeout` and `deadline` replace those of the client. */
export interface CallSettings extends Limits {
  /** Aborts the call. It then rejects with the reason of the signal. */
  signal?: AbortSignal | undefined;
  /** Headers for this call, beside those that the client sends. */
  headers?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The data of a call and the response that it came in. */
export interface Completed<Data> {
  readonly data: Data;
  /** The status and the headers; the body has been read. */
  readonly response: Response;
  readonly call: CallInfo;
}

/** A call that has been sent: a promise of its data. It rejects with a {@link Comm100Error}. */
export interface Call<Data> extends Promise<Data> {
  /** The data with the response that it came in. */
  withResponse(): Promise<Completed<Data>>;
}

/** The call of a list in pages. As a promise it is its first page, or the page that the query asks for; in a loop it is all items from there on. */
export interface PagedCall<Page, Item> extends Call<Page>, AsyncIterable<Item> {
  /** The pages from this one to the last. A page is fetched only when the loop needs it. */
  pages(): AsyncGenerator<Page, void, undefined>;
}

/** The options of a call: `path`, `query` and `body` as the operation describes them. */
type CallOptions<Operation> = Parameters<Operation> & Body<Operation> & CallSettings;

/** What a call resolves to: the JSON of a success, or nothing. */
type Result<Operation> = Operation extends {
  responses: { 200: { content: { 'application/json': infer Content } } };
}
  ? Content
  : undefined;

/** The options can be left out where none is required. */
type CallArguments<Operation> =
  RequiredKeysOf<CallOptions<Operation>> extends never
    ? [options?: CallOptions<Operation>]
    : [options: CallOptions<Operation>];

/**
 * For a path that does not exist, the compiler infers `P` as the union of all paths. Then any options are allowed, so
 * that the compiler reports the path and not the number of arguments.
 */
type ArgumentsFor<P, Known, Operation> = [Known] extends [P] ? unknown[] : CallArguments<Operation>;

/** Sends one call and resolves to the body of the response. Rejects with a {@link Comm100Error}. */
type CallByPath<Paths extends object, M extends Method> = <P extends PathsOf<Paths, M>>(
  path: P,
  ...options: ArgumentsFor<P, PathsOf<Paths, M>, OperationOf<Paths, P, M>>
) => Call<Result<OperationOf<Paths, P, M>>>;

/** The calls of a description. Each resolves to the body of the response and rejects with a {@link Comm100Error}. */
export interface Calls<Paths extends object> {
  /** Reads. Sent again after a failure that may pass, up to `retries` times. */
  readonly get: CallByPath<Paths, 'get'>;
  /** Changes what exists. Never sent again. */
  readonly put: CallByPath<Paths, 'put'>;
  /** Creates, or runs the action of the path. Never sent again. */
  readonly post: CallByPath<Paths, 'post'>;
  /** Deletes. Never sent again. */
  readonly delete: CallByPath<Paths, 'delete'>;
}

/** The paths of lists with pages: their responses have the fields of `Envelope`, which show whether more pages follow. */
type PagedPath<Paths extends object, Envelope> = {
  [P in PathsOf<Paths, 'get'>]: Result<OperationOf<Paths, P, 'get'>> extends Envelope ? P : never;
}[PathsOf<Paths, 'get'>];

/** Reading a list page by page. */
export interface Pages<Paths extends object, Envelope> {
  /**
   * The pages of a list, from the page that the query gives, or the first, to the last. A page is fetched only when the
   * loop needs it.
   *
   * @example
   * for await (const page of client.pages('/api/v2/livechat/chats')) console.log(page.chats);
   */
  pages<P extends PagedPath<Paths, Envelope>>(
    path: P,
    ...options: ArgumentsFor<P, PagedPath<Paths, Envelope>, OperationOf<Paths, P, 'get'>>
  ): AsyncGenerator<Result<OperationOf<Paths, P, 'get'>>, void, undefined>;
}

/** The options of a report, with one of its values of `group`. */
type ReportOptions<Paths extends object, P extends PathsOf<Paths, 'get'>, Group> =
  CallOptions<OperationOf<Paths, P, 'get'>> extends infer Options extends { query: object }
    ? Omit<Options, 'query'> & { query: Omit<Options['query'], 'group'> & { group: Group } }
    : never;

/** Reading a report whose rows depend on `group`. `Rows` has the type of a row for each path and group. */
export interface Reports<Paths extends object, Rows extends object> {
  /**
   * A report whose rows depend on `group`. The result has the type of row of this group, where the result of `get` is a
   * union of all types of row.
   *
   * @example
   * const query = { timeFrom: '2025-03-03T00:00:00', timeTo: '2025-03-08T00:00:00', group: 'campaign' } as const;
   * for (const row of await client.report('/api/v2/livechat/reports/chatVolume', { query })) row.campaignId;
   */
  report<P extends keyof Rows & PathsOf<Paths, 'get'>, G extends keyof Rows[P]>(
    path: P,
    options: ReportOptions<Paths, P, G>,
  ): Call<Rows[P][G][]>;
}
