import type { Company, Document, Facts, Json, MigrationMap } from '@comm100-openapi/description';
import type { AnswerProvider } from './answers/provider.ts';
import type { Incoming, Outgoing, RoutedExchange } from './exchange.ts';
import type { Sandbox } from './sandbox/control/sandbox.ts';
import type { LifeOptions } from './sandbox/life/life.ts';
import type { LogEntry } from './sandbox/request-log.ts';

export interface MockOptions extends LifeOptions {
  /** The bundled descriptions to serve. */
  readonly bundles: readonly Document[];
  /** The accounts that can log in. */
  readonly company: Company;
  /** A company of one's own in place of `company` and `facts`, as `companyFileSchema` describes it. For the sandbox. */
  readonly companyFile?: Json | undefined;
  /** What happened in the company, for its reports. @default nothing */
  readonly facts?: Facts | undefined;
  /** The map from version 1.0 to 2.0. The sandbox needs it for version 1.0. */
  readonly migration?: MigrationMap | undefined;
  /**
   * Where responses come from: the state of the company, which requests change; the examples of the description; or data
   * made up from its schemas. @default 'sandbox'
   */
  readonly mode?: 'sandbox' | 'example' | 'made-up' | undefined;
  /** Another seed makes up other data, another past and other visitors. @default 1 */
  readonly seed?: number | undefined;
  /** Sources that are asked before those of the mode. @default none */
  readonly providers?: readonly AnswerProvider[] | undefined;
  /** Whether what is not written as documented is rejected with 400: other spellings, content types and notations of forms. @default false */
  readonly strict?: boolean | undefined;
  /** Requests that the account can send a day. @default no limit */
  readonly dailyQuota?: number | undefined;
  /** The account's edition; what it does not include is rejected with 403. @default every edition's operations work */
  readonly edition?: string | undefined;
  /** How long each response takes: milliseconds, or the least and the most. @default no longer than needed */
  readonly latency?: number | readonly [least: number, most: number] | undefined;
  /** How long tokens live, in seconds. @default as long as the description's example says, otherwise 43199 */
  readonly tokenLifetime?: number | undefined;
  /** Faults that requests get, each with the part of the requests that gets it: `status=503@0.1`. @default none */
  readonly faults?: readonly string[] | undefined;
  /**
   * Called with each request to the service when its response is ready. What the steps have read of the request is in
   * `exchange`; it has credentials.
   */
  readonly onAnswer?: ((entry: LogEntry, exchange: Partial<RoutedExchange>) => void) | undefined;
  /** How many worlds there can be beside the main one; beyond, the one that was not used for longest is dropped. @default 200 */
  readonly mostWorlds?: number | undefined;
  /** Names by which `/__mock/` can be called, beside addresses and the names of this machine. @default none */
  readonly controlHosts?: readonly string[] | undefined;
}

/** The mock as a function. */
export interface Mock {
  /** The state, and all that moves it: reset, snapshots, the clock, faults, the last requests, other worlds. */
  readonly sandbox: Sandbox;
  /** The response to a request. Its origin is where the links of responses lead. */
  fetch(request: Request): Promise<Response>;
  /** The same for a server, without the objects of the web platform. Never rejects. */
  handle(incoming: Incoming): Promise<Outgoing>;
  /** Whose accounts can log in at the beginning. */
  readonly company: Company;
  /**
   * The company as it is now, as a file of a company of one's own: see `companyFile`.
   *
   * @param world The name of a world. @default the main one
   * @throws {RangeError} where there is none, or it has more than 20,000 chats.
   */
  exportCompany(world?: string): Json;
  /** Lets live companies live up to the time of their clocks. Requests do so too; between them, call it now and then. */
  tick(): void;
}
