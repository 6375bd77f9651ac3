import { parseJson } from '../../body.ts';
import { answerHeader } from '../../cors.ts';
import { type Incoming, notAllowed, type Outgoing, ServiceError } from '../../exchange.ts';
import { faultKinds } from '../../faults.ts';
import { segmentsOf } from '../../path.ts';
import { Router } from '../../router.ts';
import type { World } from '../world.ts';
import { worldHeader } from '../worlds.ts';
import { guard } from './guard.ts';
import { overviewOf } from './overview.ts';
import { type Controlled, Sandbox } from './sandbox.ts';
import { objectOf, only, readBoolean, readFaults, readTime, snapshotOf } from './snapshot.ts';

/** The first segment of the paths of the control interface. */
const root = '__mock';

/** How large a body can be, in bytes: a snapshot can be large. */
const largestSnapshot = 32 * 1024 * 1024;
const largest = 64 * 1024;

/** How many values its JSON can have. */
const mostValues = 2_000_000;

/** Whether a request is for the control interface, and not for the service. */
export function isControl(url: string): boolean {
  return /^(https?:\/\/[^/?#]*)?\/__mock([/?#]|$)/i.test(url);
}

interface Call {
  readonly controlled: Controlled;
  /** Of the world that the request names, which begins where it does not exist. */
  readonly sandbox: Sandbox;
  /** The same, where it exists. To read changes nothing. @throws {ServiceError} 404 */
  world(): World;
  /** The values of the path's parameters. */
  readonly values: Readonly<Record<string, string>>;
  body(): Promise<unknown>;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly does: string;
  /** How large the body can be, in bytes. @default 65536 */
  readonly largest?: number;
  readonly run: (call: Call) => unknown;
}

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: `/${root}`,
    does: 'This list.',
    run: ({ controlled }) => ({
      about: `Controls the mock of ${controlled.company.name}. Each request is about the world that its header ${worldHeader} names; without it, about the main one.`,
      operations: routes.map(({ method, path, does }) => ({ method, path, does })),
    }),
  },
  {
    method: 'GET',
    path: `/${root}/state`,
    does: 'The company in short: who is online, the chats of the day, what has changed, the clock and the faults.',
    run: ({ controlled, world }) => stateOf(controlled, world()),
  },
  {
    method: 'POST',
    path: `/${root}/reset`,
    does: 'Begins again: the company, the clock, the quota and the faults are as at the start; requests and deliveries are forgotten.',
    run: ({ sandbox }) => sandbox.reset(),
  },
  {
    method: 'GET',
    path: `/${root}/snapshot`,
    does: 'What differs from the start, to go back to. It has the passwords and API keys that were changed.',
    run: ({ controlled, world }) => snapshotOf(world(), controlled.company),
  },
  {
    method: 'POST',
    path: `/${root}/restore`,
    does: 'Goes back to the snapshot in the body.',
    largest: largestSnapshot,
    run: async ({ sandbox, body }) => sandbox.restore(await body()),
  },
  {
    method: 'GET',
    path: `/${root}/company`,
    does: 'The company as it is now, as a file to start a mock with.',
    run: ({ controlled, world }) => controlled.exportCompany(world().name),
  },
  {
    method: 'GET',
    path: `/${root}/clock`,
    does: 'The time in the company, and whether the clock runs.',
    run: ({ world }) => clockOf(world()),
  },
  {
    method: 'PUT',
    path: `/${root}/clock`,
    does: 'Sets the clock: {"time": "2025-03-07T14:00:00Z"}; lets it run or stand: {"isRunning": true}; or both.',
    run: async ({ sandbox: { clock }, body }) => {
      const given = objectOf(await body(), 'The body');
      only(given, 'The body', ['time', 'isRunning']);
      const { time, isRunning } = given;
      if (time === undefined && isRunning === undefined)
        throw new RangeError("The body must have 'time' or 'isRunning'.");
      const runs = isRunning === undefined ? clock.isRunning : readBoolean(isRunning, "'isRunning'");
      if (time !== undefined) clock.set(readTime(time, "'time'"));
      clock.run(runs);
      return clockOf({ clock });
    },
  },
  {
    method: 'GET',
    path: `/${root}/faults`,
    does: 'The faults that requests get unasked, and those that there are.',
    run: ({ world }) => ({ faults: world().faults.list, kinds: faultKinds }),
  },
  {
    method: 'PUT',
    path: `/${root}/faults`,
    does: 'Puts other faults in their place: {"faults": ["status=503@0.1"]}.',
    run: async ({ sandbox: { faults }, body }) => {
      const given = objectOf(await body(), 'The body');
      only(given, 'The body', ['faults']);
      faults.set(readFaults(given.faults));
      return { faults: faults.list };
    },
  },
  {
    method: 'DELETE',
    path: `/${root}/faults`,
    does: 'Ends them all.',
    run: ({ sandbox: { faults } }) => faults.set([]),
  },
  {
    method: 'GET',
    path: `/${root}/requests`,
    does: 'The last 200 requests, the oldest first, and where what was wrong is documented.',
    run: ({ world }) => ({ requests: world().requests.list() }),
  },
  {
    method: 'DELETE',
    path: `/${root}/requests`,
    does: 'Forgets them.',
    run: ({ sandbox }) => sandbox.clearRequests(),
  },
  {
    method: 'GET',
    path: `/${root}/worlds`,
    does: 'The main world, whose name is empty, and the others; the one that was used last is last.',
    run: ({ controlled: { worlds } }) => ({
      limit: worlds.limit,
      dropped: worlds.dropped,
      worlds: ['', ...worlds.names().filter((name) => name !== '')].flatMap((name) => {
        const world = worlds.find(name);
        return world
          ? [{ name, requests: world.requests.count, changed: sum(changesOf(world)), ...clockOf(world) }]
          : [];
      }),
    }),
  },
  {
    method: 'DELETE',
    path: `/${root}/worlds`,
    does: 'Drops all worlds but the main one.',
    run: ({ sandbox }) => {
      for (const name of sandbox.worlds) sandbox.world(name).drop();
    },
  },
  {
    method: 'DELETE',
    path: `/${root}/worlds/{name}`,
    does: 'Drops a world; it begins again when it is next used.',
    run: ({ sandbox, values: { name = '' } }) => {
      if (!sandbox.world(name).drop()) throw noWorld(name);
    },
  },
  {
    method: 'GET',
    path: `/${root}/deliveries`,
    does: 'The calls of webhooks, the oldest first.',
    run: ({ world }) => ({ deliveries: world().deliveries.list() }),
  },
  {
    method: 'POST',
    path: `/${root}/deliveries/{id}/replay`,
    does: 'Calls a webhook again with the same body.',
    run: ({ sandbox, values: { id = '' } }) => {
      const number = numberOf(id, 'The id of a delivery');
      const delivery = sandbox.deliveries.replay(number);
      if (!delivery) throw new ServiceError(404, `There is no delivery ${id.slice(0, 20)}.`);
      return delivery;
    },
  },
];

const router = new Router<Route>();
for (const route of routes) router.add(route.method, route.path, route);

/**
 * The response to a request for the control interface. Never rejects.
 *
 * @param hosts Names by which the mock can be called, beside addresses and those of this machine.
 */
export async function control(incoming: Incoming, controlled: Controlled, hosts: readonly string[]): Promise<Outgoing> {
  try {
    if (incoming.problem) throw incoming.problem;
    guard(incoming, hosts);
    const { pathname } = new URL(incoming.url, incoming.origin);
    const segments = segmentsOf(pathname.replace(/\/+$/, ''));
    const found = router.find(incoming.method === 'HEAD' ? 'GET' : incoming.method, segments);
    if (!found) throw unknown(incoming.method, segments);
    const name = incoming.header(worldHeader) ?? '';
    const call: Call = {
      controlled,
      sandbox: new Sandbox(controlled, name),
      world: () => {
        const world = name === '' ? controlled.worlds.of() : controlled.worlds.find(name);
        if (!world) throw noWorld(name);
        return world;
      },
      values: found.values,
      body: async () => parseJson(await incoming.body(found.target.largest ?? largest), mostValues),
    };
    const value = await found.target.run(call);
    return response(value === undefined ? 204 : 200, value);
  } catch (error) {
    if (error instanceof ServiceError) return failure(error);
    if (error instanceof RangeError) return failure(new ServiceError(400, error.message));
    return failure(new ServiceError(500, `The mock failed: ${error instanceof Error ? error.message : error}`));
  }
}

function response(status: number, value: unknown, more: Readonly<Record<string, string>> = {}): Outgoing {
  return {
    status,
    headers: {
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      ...(value !== undefined && { 'content-type': 'application/json', [answerHeader]: 'state' }),
      ...more,
    },
    body: value === undefined ? undefined : JSON.stringify(value),
    remarks: [],
  };
}

function failure({ status, message, headers }: ServiceError): Outgoing {
  return { ...response(status, { code: status * 1000, message }, headers), message };
}

function unknown(method: string, segments: readonly string[]): ServiceError {
  const allowed = [...router.methods(segments)];
  if (allowed.length === 0) {
    const path = segments.join('/').slice(0, 200);
    return new ServiceError(404, `The mock has no '/${path}'. See GET /${root}/ for what there is.`);
  }
  return notAllowed(method, allowed);
}

function noWorld(name: string): ServiceError {
  return new ServiceError(
    404,
    `There is no world '${name.slice(0, 100)}'. It begins with the first request that names it.`,
  );
}

function numberOf(text: string, what: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new RangeError(`${what} must be a whole number.`);
  return Number(text);
}

function clockOf({ clock }: Pick<World, 'clock'>) {
  return { time: new Date(clock.now()).toISOString(), isRunning: clock.isRunning };
}

/** How many entities of each kind differ from the start. What no operation shows, such as facts for reports, is left out. */
function changesOf({ store }: World): Record<string, number> {
  const kinds = Object.entries(store.difference()).filter(([kind]) => !/^(facts|live)\b/.test(kind));
  return Object.fromEntries(kinds.map(([kind, each]) => [kind, Object.keys(each).length]));
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** The company of a world in short, and what was done to it. */
export type CompanyState = ReturnType<typeof stateOf>;

function stateOf({ company }: Controlled, world: World) {
  const { name, faults, requests, deliveries } = world;
  return {
    world: name,
    company,
    ...clockOf(world),
    ...overviewOf(world),
    changed: changesOf(world),
    faults: faults.list,
    requests: requests.count,
    deliveries: deliveries.list().length,
  };
}
