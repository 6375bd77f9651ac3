import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { table } from '@comm100-openapi/tooling/table';
import { operationsOf } from '../src/description.ts';
import { memoryOf, multiplied } from './measure.ts';
import { compareSizes } from './sandbox.ts';
import {
  best,
  connections,
  duration,
  endAll,
  programs,
  type Rate,
  type Running,
  rateOf,
  rounds,
  start,
  stop,
  warmUp,
  wireOf,
} from './servers.ts';

// Prism, the mock in each of its modes and a bare server side by side: the same bundle, the same requests, one run.
// Requests are counted by second, and by second of the server's own processor time, which does not depend on the client
// and on what else the machine does.

/** How often each server is started. */
const starts = 5;

/** The requests, by what they are and the operation of version 2.0 that they call. */
const requests = {
  'an item': 'getDepartment',
  'a list': 'listChats',
  'a report': 'getChatVolumeReport',
  'a validated write': 'createDepartment',
};
type RequestName = keyof typeof requests;
const requestNames = Object.keys(requests) as RequestName[];

const ours = (port: string, bundle: string, mode: string) => [
  programs.mock,
  '--port',
  port,
  '--quiet',
  '--v2',
  bundle,
  '--mode',
  mode,
];

/** The servers, and the command that starts each on a port. */
const servers = {
  Prism: (port: string, bundle: string) => [programs.prism, 'mock', bundle, '-p', port, '-v', 'silent'],
  ours: (port: string, bundle: string) => ours(port, bundle, 'example'),
  'Prism, made up': (port: string, bundle: string) => [...servers.Prism(port, bundle), '--dynamic'],
  'ours, made up': (port: string, bundle: string) => ours(port, bundle, 'made-up'),
  'bare node:http': (port: string, _: string, replies: string[]) => [programs.bare, port, ...replies],
};
/** What each of ours is compared with: Prism doing the same. */
const counterparts = { ours: 'Prism', 'ours, made up': 'Prism, made up' } as const;
type ServerName = keyof typeof servers;
const serverNames = Object.keys(servers) as ServerName[];

const targets = {
  start: { text: 'at most 1/4 of Prism', holds: (mine: number, prism: number) => mine <= prism / 4 },
  memory: { text: 'at most 1/2 of Prism', holds: (mine: number, prism: number) => mine <= prism / 2 },
  rate: {
    text: 'at least 20 x Prism and 1/3 of bare node:http',
    holds: (mine: number, prism: number, bare: number) => mine >= 20 * prism && mine >= bare / 3,
  },
  none: { text: '', holds: () => true },
  flat: {
    text: 'ten times the operations cost at most a fifth',
    holds: (mine: number, few: number) => mine >= few * 0.8,
  },
};

/** What to send, as `fetch` takes it and as bytes. */
const wire = Object.fromEntries(
  await Promise.all(requestNames.map(async (name) => [name, await wireOf(requests[name])])),
) as Record<RequestName, Awaited<ReturnType<typeof wireOf>>>;

interface Figures {
  /** The least, in milliseconds. */
  start: number;
  /** After the first response, in MB. */
  memory: number;
  /** Right after load, the most, in MB. */
  loaded: number;
  rates: Record<RequestName, Rate>;
}

/** A bundle, with how often each server is started with it. */
interface Size {
  bundle: string;
  starts: number;
}

/** A server with its runs, the last of which is the first here and still runs, and its memory after each first response. */
interface Started {
  name: ServerName;
  size: Size;
  running: Running[];
  memory: number[];
  loaded: number;
}

/** The figures of every server with each bundle. All run at the same time, and their turns alternate. */
async function measure(sizes: readonly Size[]): Promise<Record<ServerName, Figures>[]> {
  const replies: string[] = [];
  const all = sizes.flatMap((size) =>
    serverNames.map((name): Started => ({ name, size, running: [], memory: [], loaded: 0 })),
  );
  for (const size of sizes) {
    for (let round = 0; round < size.starts; round++) {
      for (const each of all.filter((one) => one.size === size)) {
        const [before] = each.running;
        if (before) await stop(before);
        const running = await start((port) => servers[each.name](port, size.bundle, replies), wire['an item']);
        each.running.unshift(running);
        each.memory.push(memoryOf(running.process.pid));
        if (replies.length === 0 && each.name === 'ours') replies.push(...(await repliesOf(running.port)));
      }
    }
  }
  const rates = new Map(
    all.map((each) => [each, Object.fromEntries(requestNames.map((name) => [name, [] as Rate[]]))]),
  );
  for (let round = 0; round <= rounds; round++) {
    for (const request of requestNames) {
      for (const each of all) {
        const [server] = each.running as [Running];
        const rate = await rateOf(server, wire[request].text, round === 0 ? warmUp : duration);
        each.loaded = Math.max(each.loaded, memoryOf(server.process.pid));
        if (round > 0) rates.get(each)?.[request]?.push(rate);
      }
    }
  }
  const figuresOf = (each: Started): Figures => ({
    start: Math.min(...each.running.map((running) => running.start)),
    memory: Math.min(...each.memory),
    loaded: each.loaded,
    rates: Object.fromEntries(
      requestNames.map((request) => {
        const measured = rates.get(each)?.[request] ?? [];
        return [request, best(measured)];
      }),
    ) as Figures['rates'],
  });
  const figures = sizes.map((size) => {
    const ofSize = all.filter((each) => each.size === size);
    return Object.fromEntries(ofSize.map((each) => [each.name, figuresOf(each)])) as Record<ServerName, Figures>;
  });
  await Promise.all(all.map(({ running: [last] }) => last && stop(last)));
  return figures;
}

/** What the mock responds with, for the bare server to send. */
async function repliesOf(port: number): Promise<string[]> {
  return Promise.all(
    Object.values(wire).map(async ({ method, path, headers, body }) => {
      const init = { method, headers, ...(body === undefined ? {} : { body }) };
      const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
      return JSON.stringify([`${method} ${path}`, await response.text()]);
    }),
  );
}

function isOurs(name: ServerName): name is keyof typeof counterparts {
  return name in counterparts;
}

let missed = 0;
const whole = (value: number) => Math.round(value).toLocaleString('en');

/** A row: the value of each server, and of ours the ratio to Prism's. */
function row(
  what: string,
  unit: string,
  values: Record<ServerName, number>,
  target: { holds(mine: number, prism: number, bare: number): boolean },
): string[] {
  const cells = serverNames.map((name) => {
    const value = values[name];
    const text = `${whole(value)} ${unit}`;
    if (!isOurs(name)) return text;
    const [prism, bare] = [values[counterparts[name]], values['bare node:http']];
    const holds = target.holds(value, prism, bare);
    if (!holds) missed++;
    const ratio =
      unit === '/s' ? `${(value / prism).toFixed(0)} x, ${(value / bare).toFixed(2)}` : (value / prism).toFixed(2);
    return `${text} (${ratio})${holds ? '  ' : ' !'}`;
  });
  return [what, ...cells];
}

function report(title: string, figures: Record<ServerName, Figures>): void {
  const of = (pick: (figures: Figures) => number) =>
    Object.fromEntries(serverNames.map((name) => [name, pick(figures[name])])) as Record<ServerName, number>;
  const rows = [
    ['', ...serverNames],
    row(
      'first response',
      'ms',
      of(({ start: time }) => time),
      targets.start,
    ),
    row(
      'memory, first response',
      'MB',
      of(({ memory }) => memory),
      targets.memory,
    ),
    row(
      'memory, after the load',
      'MB',
      of(({ loaded }) => loaded),
      // In the same time ours has served many times as many requests.
      targets.none,
    ),
  ];
  for (const kind of ['processor', 'clock'] as const)
    for (const name of requestNames) {
      const values = of(({ rates }) => rates[name][kind]);
      rows.push(row(`${name}, by ${kind}`, '/s', values, kind === 'clock' ? targets.none : targets.rate));
    }
  console.log(`\n${title}\n${table(rows, { numbers: true })}`);
}

const folder = mkdtempSync(join(tmpdir(), 'comm100-bench-'));
try {
  const bundle = fileURLToPath(import.meta.resolve('@comm100-openapi/spec/v2.json'));
  const many = join(folder, 'ten-times.json');
  writeFileSync(many, JSON.stringify(multiplied(JSON.parse(readFileSync(bundle, 'utf8')), 10)));

  const [cpu] = cpus();
  console.log(
    `Node ${process.version}, ${cpus().length} x ${cpu?.model}. Best of ${rounds} rounds and ${starts} starts; ${connections} connections.`,
  );
  console.log(
    'In brackets: the ratio to Prism in the same mode and, for requests, to bare node:http. ! misses a target:',
  );
  for (const { text } of Object.values(targets)) if (text) console.log(`  ${text}`);
  console.log('By processor: a second of processor time. By clock: a second, with what else the machine does.');
  console.log('The mock serves version 1.0 beside the bundle; Prism can serve one document.');

  const [few, more] = (await measure([
    { bundle, starts },
    { bundle: many, starts: 1 },
  ])) as [Record<ServerName, Figures>, Record<ServerName, Figures>];
  report(`${operationsOf('v2').length} operations`, few);
  report(`${operationsOf('v2').length * 10} operations`, more);
  const left = serverNames.map((name) => {
    const parts = requestNames.map((request) => {
      const [before, after] = [few[name].rates[request].processor, more[name].rates[request].processor];
      if (!targets.flat.holds(after, before) && isOurs(name)) missed++;
      return `${((after / before) * 100).toFixed(0)} %`;
    });
    return [name, ...parts];
  });
  console.log('\nOf the requests a second of processor time, with ten times the operations are left');
  console.log(table([['', ...requestNames], ...left], { numbers: true }));
  missed += await compareSizes();
  console.log(missed === 0 ? '\nEvery target is met.' : `\n${missed} figures miss a target.`);
  process.exitCode = missed === 0 ? 0 : 1;
} finally {
  endAll();
  rmSync(folder, { recursive: true });
}
