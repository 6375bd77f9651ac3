import type { Company, Document, Json } from '@comm100-openapi/description';
import { examples } from './answers/examples.ts';
import { madeUp } from './answers/made-up.ts';
import { randomFrom } from './answers/random.ts';
import { companyAccounts } from './caller.ts';
import { corsHeaders, preflightHeaders, spellingHeader } from './cors.ts';
import type { Exchange, Incoming, Outgoing } from './exchange.ts';
import { connectionFault, FaultSource, faultHeader, headerOf, noFaults, wait } from './faults.ts';
import { incomingOf, responseOf } from './fetch.ts';
import { operationTable } from './operation-table.ts';
import type { Mock, MockOptions } from './options.ts';
import { normalise } from './pipeline/normalise.ts';
import { Quota } from './quota.ts';
import { errorResponse, respond } from './respond.ts';
import { storeAccounts } from './sandbox/accounts.ts';
import { Clock } from './sandbox/clock.ts';
import { Contract } from './sandbox/contract.ts';
import { entityCheck } from './sandbox/control/check.ts';
import { control, isControl } from './sandbox/control/http.ts';
import { type Controlled, Sandbox } from './sandbox/control/sandbox.ts';
import { Life } from './sandbox/life/life.ts';
import { exportCompany as exported, readCompanyFile } from './sandbox/own/company-file.ts';
import { state } from './sandbox/provider.ts';
import { reports } from './sandbox/reports/provider.ts';
import { type LogEntry, passageOf, RequestLog } from './sandbox/request-log.ts';
import { Store } from './sandbox/store.ts';
import { Stubs } from './sandbox/stubs.ts';
import type { World } from './sandbox/world.ts';
import { inWorld, Worlds, worldHeader } from './sandbox/worlds.ts';
import { Tokens } from './tokens.ts';

/**
 * A mock of all the bundles.
 *
 * @throws {Error} where a bundle has a reference that points at nothing, or the sandbox has no map or no version 2.0.
 * @throws {RangeError} where a fault is not written as it must be, or `today` is not a day.
 * @throws {CompanyFileError} where the company of one's own has something wrong.
 */
export function createMock(options: MockOptions): Mock {
  const { bundles, mode = 'sandbox', seed = 1, companyFile, faults: usual = [], latency = 0 } = options;
  const table = operationTable(bundles);
  const sandbox = mode === 'sandbox' ? described(options) : undefined;
  const { contract, document } = sandbox ?? {};
  const own = sandbox && companyFile !== undefined && readCompanyFile(companyFile, sandbox.contract, sandbox.document);
  const { company = options.company, facts = options.facts } = own || {};
  const { site } = company;
  const kept = contract ? [reports(contract, (options.edition ?? site.edition) === 'enterprise'), state(contract)] : [];
  const invented = madeUp(seed);
  const ofMode = mode === 'made-up' ? [invented] : [...kept, examples, invented];
  const serving = {
    ...options,
    table,
    providers: [...(options.providers ?? []), ...ofMode],
    examples,
    madeUp: invented,
  };
  const life = new Life((own || contract)?.seed ?? new Map(), facts, startOf(company), options);
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
      faults: new FaultSource(usual, seed),
      stubs: new Stubs(),
      requests: new RequestLog(),
      ...life.begin({ name, store, clock }),
    };
  }, options.mostWorlds);
  worlds.of();
  const delays = randomFrom(`${seed} latency`);
  const [least, most = least] = [latency].flat() as [number, number?];

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
      const time = least + delays.below(most - least + 1) + (faults.get('delay')?.amount ?? 0);
      if (time > 0) await wait(time, incoming.signal?.());
      outgoing = await respond(exchange, world, faults, serving);
    } catch (error) {
      outgoing = errorResponse(error, exchange?.remarks.list ?? []);
    }
    const { status, message, remarks } = outgoing;
    if (remarks.length > 0) outgoing.headers[spellingHeader] = headerSafe(remarks.join('; '));
    const got = headerOf(faults);
    if (got) outgoing.headers[faultHeader] = got;
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
      fault: got || (outgoing.fault?.kind ?? ''),
      ...passageOf(exchange, status >= 400 || remarks.length > 0),
    };
    world.requests.add(entry);
    options.onAnswer?.(entry, exchange ?? {});
    const fault = connectionFault(faults);
    return fault ? { ...outgoing, fault } : outgoing;
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
  const controlled: Controlled = {
    worlds,
    company: { id: site.id, name: site.name },
    exportCompany,
    operation: table.find,
    check: contract && entityCheck(bundles, table, contract),
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
function described({ bundles, company, migration }: MockOptions): { contract: Contract; document: Document } {
  const [document1, document] = ['1', '2'].map((version) =>
    bundles.find(({ info }) => info.version.startsWith(version)),
  );
  const help = "Give it, or choose mode: 'example'.";
  if (!document) throw new Error(`The sandbox needs the bundle of version 2.0. ${help}`);
  if (document1 && !migration) throw new Error(`The sandbox needs the map as \`migration\`. ${help}`);
  return { contract: new Contract(bundles, company, migration), document };
}

/** The moment that the examples about the present are of: two in the afternoon of the company's day, in UTC. */
function startOf({ site }: Company): number {
  return site.today === undefined ? Date.now() : Date.parse(`${site.today}T14:00:00Z`);
}

/** Header values are short and printable ASCII; whatever else is in a remark came from the request. */
function headerSafe(text: string): string {
  return text.slice(0, 4000).replaceAll(/[^\x20-\x7e]/g, '?');
}
