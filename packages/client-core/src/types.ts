import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';

/** The methods that the API uses. */
export type Method = Extract<HttpMethod, 'get' | 'put' | 'post' | 'delete'>;

/** The paths of a description that answer to a method. */
export type PathsOf<Paths extends object, M extends Method> = PathsWithMethod<Paths, M> & string;

/** The operation behind a path and a method. */
export type OperationOf<Paths extends object, P extends keyof Paths, M extends Method> =
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
export type CallOptions<Operation> = Parameters<Operation> & Body<Operation> & CallSettings;

/** What a call answers: the JSON of a success, or nothing. */
export type Answer<Operation> = Operation extends {
  responses: { 200: { content: { 'application/json': infer Content } } };
}
  ? Content
  : undefined;

/** The options are left out where nothing in them is required. */
export type CallArguments<Operation> =
  RequiredKeysOf<CallOptions<Operation>> extends never
    ? [options?: CallOptions<Operation>]
    : [options: CallOptions<Operation>];

/** Sends one call and resolves to its answer. Rejects with a {@link Comm100Error}. */
export type Call<Paths extends object, M extends Method> = <P extends PathsOf<Paths, M>>(
  path: P,
  ...options: CallArguments<OperationOf<Paths, P, M>>
) => Promise<Answer<OperationOf<Paths, P, M>>>;

/** The calls of a description. */
export type Calls<Paths extends object> = { readonly [M in Method]: Call<Paths, M> };
