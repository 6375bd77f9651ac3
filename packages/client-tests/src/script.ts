/** What the fault server does at one request. What is not said is as usual: a 200 at once, whole, without a body. */
export interface Reply {
  readonly status?: number;
  /**
   * `{here}` and `{elsewhere}` stand for the addresses of the case. Of the first, `{root}` is the path, `{host}` the
   * address without the scheme, and `{localhost}` the address under another name.
   */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The body as JSON, in place of `body`. */
  readonly json?: unknown;
  /** The body is compressed: whole, cut off in the middle, or the header says so and it is not. */
  readonly gzip?: 'whole' | 'cut' | 'none';
  /** In chunks, without a content-length. */
  readonly chunked?: boolean;
  /** Milliseconds before the response begins. */
  readonly delay?: number;
  /** Milliseconds between the bytes of the body. */
  readonly drip?: number;
  /** Where the connection breaks, by a reset or, with `orderly`, by an end. */
  readonly breaks?: Phase;
  readonly orderly?: boolean;
  /** Where the server stops sending, with the connection open. */
  readonly silent?: Phase;
  /** Bytes in place of a response of HTTP; then the connection ends. */
  readonly raw?: string;
}

type Phase = 'before' | 'after headers' | 'in body';

/** What the fault server does in one case. Of each list, the last reply repeats. */
export interface Script {
  readonly replies?: readonly Reply[];
  /** For requests for a token. */
  readonly tokens?: readonly Reply[];
  /** All other requests get a 401, unless they have this `authorization`. */
  readonly accepts?: string;
}

/** A request as the fault server got it. */
export interface Seen {
  /** The method, the path with the query, and the credentials; `elsewhere` is before them where it came to another origin. */
  readonly line: string;
  readonly body: string;
  /** Whether the client closed the connection before the response was complete. */
  readonly closed: boolean;
}
