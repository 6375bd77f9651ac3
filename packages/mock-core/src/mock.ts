import type { Company, Document, Facts, Json, MigrationMap } from '@comm100-openapi/description';
import { examples } from './answers/examples.ts';
import { madeUp } from './answers/made-up.ts';
import type { AnswerProvider } from './answers/provider.ts';
import { randomFrom } from './answers/random.ts';
import { companyAccounts } from './caller.ts';
import { answerHeader, corsHeaders, preflightHeaders, spellingHeader } from './cors.ts';
import { type Exchange, type Incoming, type Outgoing, type RoutedExchange, ServiceError } from './exchange.ts';
import { FaultSource, type Faults, faultHeader, noFaults, wait } from './faults.ts';
import { incomingOf, responseOf } from './fetch.ts';
import { operationTable } from './operation-table.ts';
import { answer } from './pipeline/answer.ts';
import { authenticate } from './pipeline/authenticate.ts';
import { authorise } from './pipeline/authorise.ts';
import { check } from './pipeline/check.ts';
import { fail } from './pipeline/fail.ts';
import { meterQuota } from './pipeline/meter-quota.ts';
import { normalise } from './pipeline/normalise.ts';
import { route } from './pipeline/route.ts';
import { spell } from './pipeline/spell.ts';
import { validate } from './pipeline/validate.ts';
import { Quota } from './quota.ts';
import { storeAccounts } from './sandbox/accounts.ts';
import { Clock } from './sandbox/clock.ts';
import { Contract } from './sandbox/contract.ts';
import { entityCheck } from './sandbox/control/check.ts';
import { control, isControl } from './sandbox/control/http.ts';
import { type Controlled, Sandbox } from './sandbox/control/sandbox.ts';
import { Life, type LifeOptions } from './sandbox/life/life.ts';
import { exportCompany as exported, readCompanyFile } from './sandbox/own/company-file.ts';
import { state } from './sandbox/provider.ts';
import { reports } from './sandbox/reports/provider.ts';
import { type LogEntry, passageOf, RequestLog } from './sandbox/request-log.ts';
import { Store } from './sandbox/store.ts';
import { Stubs } from './sandbox/stubs.ts';
import type { World } from './sandbox/world.ts';
import { inWorld, Worlds, worldHeader } from './sandbox/worlds.ts';
import { Tokens } from './tokens.ts';

export interface MockOptions extends LifeOptions {
  /** The bundled descriptions to serve. */
  readonly bundles: readonly Document[];
  /** The accounts that can log in. */
  readonly company: Company;
  /** A company of one's own in place of `company` and `facts`, as `companySchema` describes it. For the sandbox. */
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

/**
 * A mock of all the bundles.
 *
 * @throws {Error} where a bundle has a reference that points at nothing, or the sandbox has no map or no version 2.0.
 * @throws {RangeError} where a fault is not written as it must be, or `today` is not a day.
 * @throws {CompanyFileError} where the company of one's own has something wrong.
 */
export function createMock(options: MockOptions): Mock {
  const table = operationTable(options.bundles);
  const invented = madeUp(options.seed ?? 1);
  const { mode = 'sandbox' } = options;
  const contract = mode === 'sandbox' ? contractOf(options) : undefined;
  const document = options.bundles.find(({ info }) => info.version.startsWith('2'));
  const { companyFile } = options;
  const own =
    contract && document && companyFile !== undefined ? readCompanyFile(companyFile, contract, document) : undefined;
  const { company = options.company, facts = options.facts } = own ?? {};
  const kept = contract
    ? [reports(contract, (options.edition ?? company.site.edition) === 'enterprise'), state(contract)]
    : [];
  const usual = mode === 'made-up' ? [invented] : [...kept, examples, invented];
  const sources = {
    providers: [...(options.providers ?? []), ...usual],
    examples,
    madeUp: invented,
    tokenLifetime: options.tokenLifetime,
  };
  const life = new Life(own?.seed ?? contract?.seed ?? new Map(), facts, startOf(company), options);
  const worlds = new Worlds((name, before) => {
    const store = new Store(life.seed);
    const clock = new Clock(life.start);
    return {
      name,
      store,
      clock,
      accounts: contract ? storeAccounts(store, company, contract.permissions) : companyAccounts(company),
      // Who has logged in stays logged in.
      tokens: before?.tokens ?? new Tokens(),
      quota: new Quota(options.dailyQuota ?? Number.POSITIVE_INFINITY),
      faults: new FaultSource(options.faults ?? [], options.seed ?? 1),
      stubs: new Stubs(),
      requests: new RequestLog(),
      ...life.begin({ name, store, clock }),
    };
  }, options.mostWorlds);
  worlds.of();
  const delays = randomFrom(`${options.seed ?? 1} latency`);
  const [least, most] = [options.latency ?? 0].flat() as [number, number?];

  /** The life of a request; each step is a file of `pipeline/`. */
  async function respond(exchange: Exchange, world: World, faults: Faults): Promise<Outgoing> {
    const routed = route(exchange, table);
    fail(routed, faults);
    await authenticate(routed, faults.has('token-expired') ? { ...world, tokens: expired } : world);
    meterQuota(routed, faults.has('quota') ? usedUp : world.quota);
    authorise(routed, options.edition);
    await spell(routed, options.strict ?? false);
    validate(routed);
    const stubbed = await world.stubs.for(routed.operation)?.send(routed);
    if (stubbed) {
      const headers = { ...stubbed.headers, [answerHeader]: 'stub' };
      return { ...stubbed, headers, remarks: routed.remarks.list };
    }
    const found = await answer(routed, { ...sources, ...world });
    check(routed, found);
    return {
      status: found.response.status,
      headers: {
        ...(found.payload && found.response.type && { 'content-type': found.response.type }),
        [answerHeader]: found.kind,
      },
      body: found.payload?.bytes({ origin: routed.incoming.origin, query: routed.query }),
      remarks: routed.remarks.list,
    };
  }

  async function handle(incoming: Incoming): Promise<Outgoing> {
    if (isControl(incoming.url)) return control(incoming, controlled, options.controlHosts ?? []);
    const preflight = preflightHeaders(incoming);
    if (preflight) return { status: 204, headers: preflight, body: undefined, remarks: [] };
    let exchange: Exchange | undefined;
    let outgoing: Outgoing;
    let faults = noFaults;
    let world: World | undefined;
    try {
      exchange = normalise(incoming);
      world = worlds.of(incoming.header(worldHeader));
      exchange.world = world;
      life.tick(world);
      faults = world.faults.next(incoming.header(faultHeader));
      const time = least + delays.below((most ?? least) - least + 1) + (faults.amount('delay') ?? 0);
      if (time > 0) await wait(time, incoming.signal?.());
      outgoing = await respond(exchange, world, faults);
    } catch (error) {
      outgoing = errorResponse(error, exchange?.remarks.list ?? []);
    }
    const { status, message, remarks } = outgoing;
    if (remarks.length > 0) outgoing.headers[spellingHeader] = headerSafe(remarks.join('; '));
    if (faults.text) outgoing.headers[faultHeader] = faults.text;
    Object.assign(outgoing.headers, corsHeaders(incoming));
    world ??= worlds.of();
    const entry: LogEntry = {
      time: Date.now(),
      world: world.name,
      method: incoming.method,
      path: (incoming.url.split('?', 1)[0] || '/').slice(0, 500),
      status,
      message,
      remarks,
      fault: faults.text || (outgoing.fault?.kind ?? ''),
      ...passageOf(exchange, status >= 400 || remarks.length > 0),
    };
    world.requests.add(entry);
    options.onAnswer?.(entry, exchange ?? {});
    return faults.connection ? { ...outgoing, fault: faults.connection } : outgoing;
  }

  /** What a response reports is kept before it is sent. */
  async function keep(incoming: Incoming): Promise<Outgoing> {
    const outgoing = await handle(incoming);
    try {
      life.commit();
      return outgoing;
    } catch (error) {
      return { ...errorResponse(error), headers: { ...outgoing.headers, 'content-type': 'application/json' } };
    }
  }

  /** The company of a world as a file. */
  function exportCompany(name = ''): Json {
    const world = worlds.names().includes(name) ? worlds.of(name) : undefined;
    if (!contract || !document || !world) throw new RangeError('There is no company to export.');
    const site = { ...company.site, today: new Date(world.clock.now()).toISOString().slice(0, 10) };
    return exported({ ...company, site }, world.store, world.activity.facts(), contract, document);
  }

  const send = async (request: Request, incoming: Incoming) => responseOf(await keep(incoming), request);
  const { site } = company;
  const controlled: Controlled = {
    worlds,
    company: { id: site.id, name: site.name },
    exportCompany,
    operation: table.find,
    check: contract && entityCheck(options.bundles, table, contract),
    fetch: (request, world) => send(request, inWorld(incomingOf(request), world)),
  };
  return {
    company,
    exportCompany,
    handle: keep,
    fetch: (request) => send(request, incomingOf(request)),
    sandbox: new Sandbox(controlled),
    tick() {
      for (const world of worlds.all()) life.tick(world);
      life.commit();
    },
  };
}

/** What the sandbox knows of the descriptions. @throws {Error} where version 1.0 has no map, or version 2.0 is missing. */
function contractOf({ bundles, company, migration }: MockOptions): Contract {
  const has = (version: string) => bundles.some(({ info }) => info.version.startsWith(version));
  const needed = !has('2')
    ? 'the bundle of version 2.0'
    : !migration && has('1')
      ? 'the map as `migration`'
      : undefined;
  if (needed) throw new Error(`The sandbox needs ${needed}. Give it, or choose mode: 'example'.`);
  return new Contract(bundles, company, migration);
}

/** The moment that the examples about the present are of: two in the afternoon of the company's day, in UTC. */
function startOf({ site }: Company): number {
  return site.today === undefined ? Date.now() : Date.parse(`${site.today}T14:00:00Z`);
}

const encoder = new TextEncoder();

const usedUp = new Quota(0);
const expired = { verify: async () => undefined };

/** The response of an error: `{code, message}` and nothing else. */
export function errorResponse(error: unknown, remarks: readonly string[] = []): Outgoing {
  const known =
    error instanceof ServiceError
      ? error
      : new ServiceError(500, `The mock failed: ${error instanceof Error ? error.message : error}`);
  const { status, message, headers, isDocumented } = known;
  return {
    status,
    headers: { 'content-type': 'application/json', [answerHeader]: isDocumented ? 'example' : 'made-up', ...headers },
    body: encoder.encode(JSON.stringify({ code: status * 1000, message })),
    message,
    remarks,
  };
}

/** Header values are short and printable ASCII; whatever else is in a remark came from the request. */
function headerSafe(text: string): string {
  return text.slice(0, 4000).replaceAll(/[^\x20-\x7e]/g, '?');
}
