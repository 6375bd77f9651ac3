import { type Client, type ClientOptions, Comm100Error, createClient } from '@comm100-openapi/client-v2';
import { cases } from './cases/index.ts';
import type { Script, Seen } from './script.ts';

// The fault suite. It needs fetch and timers and nothing else, so that it runs in every runtime.

/** One fault, what a program does, and what must come of it. */
export interface Case {
  readonly name: string;
  /** What the server does. A function is called when the case begins. */
  readonly script: Script | (() => Script);
  /** The settings of the client. Its credentials are the token `t0` where they do not say. */
  readonly settings?: Settings;
  /** What the program does, in place of reading a department. */
  readonly run?: (world: World) => unknown;
  readonly want: Want;
  /** What must come of it in a browser, where that is not the same. */
  readonly inBrowsers?: Want;
  /** The case changes what is global, so that no other may run at the same time. */
  readonly alone?: boolean;
}

export type Settings = Partial<Omit<ClientOptions, 'domain'>>;

/** What must come of a case: a value or an error, and what the server got. See `matches`. */
export interface Want {
  readonly value?: unknown;
  readonly error?: unknown;
  /** How many requests the server got, each of them, or what must hold of them. */
  readonly sent?: number | readonly unknown[] | ((requests: readonly string[]) => boolean);
  /** The last request that the server got was closed by the client. */
  readonly closed?: true;
}

/** What a case can use. */
export interface World {
  readonly client: Client;
  /** The address of the client. */
  readonly here: string;
  /** A client of the same server with other settings. */
  create(settings: Settings): Client;
  /** What the server has got until now. */
  seen(): Promise<readonly Seen[]>;
}

/** Where the suite runs. */
export interface Place {
  /** The origin of the fault server. */
  readonly origin: string;
  /** Unique among all that use the server. */
  readonly run: string;
  readonly isBrowser: boolean;
}

export interface Result {
  readonly name: string;
  /** Why the case failed; undefined where it passed. */
  readonly failure?: string | undefined;
}

/** The longest time that a case may take, in milliseconds: a call that never ends fails by its name. */
const longest = 30_000;
/** After so many of them, the others fail at once: a browser has no connections left for them. */
const mostEndless = 12;
const notEnded = `it did not end within ${longest} ms`;
/** In a browser, the client refuses passwords unless they are allowed. */
const usual = { auth: { type: 'token', token: 't0' } as const, dangerouslyAllowBrowser: true };

/** How many cases run at a time. A browser has six connections to an origin, and the others wait. */
const atOnce = { inBrowsers: 4, elsewhere: 12 };

/** Runs all cases, some at a time, and those that change what is global after the others. */
export async function runSuite(place: Place): Promise<Result[]> {
  const results: Result[] = [];
  const numbered = cases.map((given, index) => ({ given, id: `${place.run}-${index}`, index }));
  const rest = numbered.filter(({ given }) => !given.alone);
  let endless = 0;
  const result = async (given: Case, id: string): Promise<Result> => {
    if (endless >= mostEndless) return { name: given.name, failure: 'not run, because many cases did not end' };
    const one = await resultOf(given, id, place);
    if (one.failure === notEnded) endless++;
    return one;
  };
  const worker = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) results[next.index] = await result(next.given, next.id);
  };
  await Promise.all(Array.from({ length: place.isBrowser ? atOnce.inBrowsers : atOnce.elsewhere }, worker));
  for (const { given, id, index } of numbered) if (given.alone) results[index] = await result(given, id);
  return results;
}

async function resultOf(given: Case, id: string, place: Place): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(notEnded), longest);
  });
  try {
    return { name: given.name, failure: await Promise.race([failureOf(given, id, place), tooLong]) };
  } catch (error) {
    return { name: given.name, failure: `the case itself failed: ${String(error)} ${(error as Error)?.stack ?? ''}` };
  } finally {
    clearTimeout(timer);
  }
}

async function failureOf(given: Case, id: string, { origin, isBrowser }: Place): Promise<string | undefined> {
  const here = `${origin}/${id}`;
  const script = typeof given.script === 'function' ? given.script() : given.script;
  // The functions of this runtime, whatever the case puts in their place.
  const { fetch } = globalThis;
  const text = async (path: string, init?: RequestInit) => (await fetch(here + path, init)).text();
  await text('/__script', { method: 'POST', body: JSON.stringify(script) });
  const seen = async (): Promise<Seen[]> => JSON.parse(await text('/__seen'));
  const create = (settings: Settings) => createClient({ ...usual, baseUrl: here, ...given.settings, ...settings });
  const run = given.run ?? (({ client }) => client.departments.get(1));

  let outcome: { value: unknown } | { error: unknown };
  try {
    outcome = { value: await run({ client: create({}), here, create, seen }) };
  } catch (error) {
    outcome = { error };
  }
  const want = (isBrowser && given.inBrowsers) || given.want;
  const kind = 'error' in want ? 'error' : 'value';
  if (!(kind in outcome) || !matches((outcome as Record<string, unknown>)[kind], want[kind]))
    return `it ${shown(outcome)}, not ${shown({ [kind]: want[kind] })}`;
  if (want.closed && !(await soon(async () => (await seen()).at(-1)?.closed === true)))
    return 'the connection stays open';
  // On a busy machine, a request can be on its way still.
  let lines: string[] = [];
  const isSent = async () => {
    lines = (await seen()).map(({ line }) => line);
    return matches(typeof want.sent === 'number' ? lines.length : lines, want.sent ?? lines);
  };
  if (!(await soon(isSent)))
    return `the server got ${lines.length} requests: ${lines.join(', ') || 'none'}; not ${shown(want.sent)}`;
  return undefined;
}

/** Whether something holds now or within two seconds. */
async function soon(holds: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 40; tries++) {
    if (await holds()) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}

/**
 * Whether a value is as it was wanted: a regular expression matches a text, a function says so itself, a list has as many
 * entries, and an object has at least the fields that are wanted.
 */
export function matches(value: unknown, want: unknown): boolean {
  if (want instanceof RegExp) return typeof value === 'string' && want.test(value);
  if (typeof want === 'function') return want(value) === true;
  if (Array.isArray(want))
    return (
      Array.isArray(value) && value.length === want.length && want.every((entry, index) => matches(value[index], entry))
    );
  if (typeof want !== 'object' || want === null) return Object.is(value, want);
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(want).every(([name, entry]) => matches((value as Record<string, unknown>)[name], entry))
  );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) => {
    if (inner instanceof RegExp || typeof inner === 'function') return String(inner);
    if (inner instanceof Comm100Error || Object.prototype.toString.call(inner) === '[object Error]')
      return { name: (inner as Error).name, message: (inner as Error).message, ...(inner as object) };
    return inner;
  });
  return text.slice(0, 700);
}
