import type { Stub as AnyStub, Sandbox } from '@comm100-openapi/mock-core';
import type { TestRequest, TestSandbox } from './sandbox.ts';

/** The JSON of a documented response; nothing where it is empty. */
type Content<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : undefined;

/** The names of the examples of an operation. */
type ReplyOf<Operation> = Operation extends { reply: infer Reply extends string } ? Reply : never;

/** The responses of an operation, from the `operations` of a client. */
type ResponsesOf<Operations, Operation> = Operation extends { id: infer Id extends keyof Operations }
  ? Operations[Id] extends { responses: infer Responses }
    ? Responses
    : never
  : never;

/** The body after a status: as documented where it is, required where a success has one. */
type BodyOf<Responses, Given> = Given extends keyof Responses
  ? Content<Responses[Given]> extends infer Body
    ? undefined extends Body
      ? []
      : `${Given & number}` extends `2${string}`
        ? [body: Body]
        : [body?: Body]
    : never
  : [];

/**
 * What one operation responds with in place of the sandbox. It takes effect once it has a response, a failure or a delay,
 * and lasts until `reset`. It replaces the response alone: a request that the service would reject, for its credentials,
 * its permission or its parameters, is rejected all the same.
 *
 * `Named` has what each operation can respond with, by the `Name` of the method; `Operations` is from the client.
 */
export interface Stub<Name extends keyof Named, Named, Operations> {
  /**
   * Responds with a named example of the description, with a documented status and a body, or with a `Response` of your
   * own.
   *
   * @example
   * mock.on('chats.list').reply('dailyQuota');
   * mock.on('departments.get').reply(404);
   * mock.on('departments.list').reply(new Response('<html>', { status: 502 }));
   * @throws {RangeError} naming what there is, or what of the body breaks the description.
   */
  reply<Given extends ReplyOf<Named[Name]> | (keyof ResponsesOf<Operations, Named[Name]> & number) | Response>(
    given: Given,
    ...body: BodyOf<ResponsesOf<Operations, Named[Name]>, Given>
  ): this;
  /** Fails without a response, as a broken connection does. */
  networkError(): this;
  /** Waits before the response; without one, before the sandbox's own. @param time In milliseconds. */
  delay(time: number): this;
  /** For the next request alone. Such stubs go first, in the order in which they were made. */
  once(): this;
  /** For so many requests. */
  times(count: number): this;
  /** Ends all stubs of this operation. */
  reset(): void;
}

/**
 * The service in memory, as one test client has it: a company that remembers, and that no other test client sees.
 *
 * `Named` has what each operation can respond with, by the name of the method; `Operations` is from the client.
 */
export interface TestMock<Named, Operations> {
  /**
   * Has an operation respond with something else.
   *
   * @example
   * mock.on('chats.list').reply('dailyQuota');
   * mock.on('departments.get').networkError().once();
   * @throws {RangeError} naming the methods there are.
   */
  on<Name extends keyof Named & string>(name: Name): Stub<Name, Named, Operations>;
  /** The requests of the clients of this company since the start or the last `reset`, the oldest first. */
  readonly requests: readonly TestRequest[];
  /** The methods with a stub that no request has got, or fewer than it is for: `expect(mock.unused).toEqual([])`. */
  readonly unused: readonly string[];
  /** Begins again: the company, the clock and the quota are as at the start, and stubs, faults and requests are gone. */
  reset(): void;
  /** The time in the company: `clock.set(Date.UTC(2025, 2, 7, 14))`. */
  readonly clock: Sandbox['clock'];
  /** Faults of all requests: `faults.set(['status=503@0.1', 'delay=2000'])`. */
  readonly faults: Sandbox['faults'];
  /** All else that moves the company: `snapshot`, `restore`, `deliveries` of webhooks, `overview`, `exportCompany`. */
  readonly sandbox: Sandbox;
  /** Sends a request to this company. It can replace the global `fetch`, or be the `fetch` of another client. */
  fetch(input: Request | URL | string, init?: RequestInit): Promise<Response>;
}

/** The mock of a company for one version. @param ids The operationIds by the name of the method. */
export function testMock<Named, Operations>(
  { sandbox, requests }: TestSandbox,
  ids: Readonly<Record<string, string>>,
  version: string,
): TestMock<Named, Operations> {
  const on = (name: string): AnyStub => {
    const id = Object.hasOwn(ids, name) ? ids[name] : undefined;
    if (id === undefined) throw new RangeError(unknown(String(name), Object.keys(ids)));
    return sandbox.on(id, version);
  };
  return {
    on: on as never,
    requests,
    sandbox,
    get unused() {
      return sandbox.unusedStubs.map((id) => Object.keys(ids).find((name) => ids[name] === id) ?? id);
    },
    get clock() {
      return sandbox.clock;
    },
    get faults() {
      return sandbox.faults;
    },
    reset() {
      sandbox.reset();
      requests.length = 0;
    },
    fetch: (input, init) =>
      // A Request may be of another realm.
      sandbox.fetch(typeof input === 'object' && 'headers' in input ? input : new Request(input, init)),
  };
}

/** There is no such method: those of its group where there is one, otherwise all groups. */
function unknown(name: string, names: readonly string[]): string {
  const [group = ''] = name.split('.');
  const near = names.filter((known) => known.startsWith(`${group}.`));
  if (near.length > 0) return `There is no method '${name}'. Of ${group} there are: ${near.join(', ')}.`;
  const groups = [...new Set(names.map((known) => known.split('.')[0]))];
  return `There is no method '${name}'. Its name is like 'chats.list'. The first parts are: ${groups.join(', ')}.`;
}
