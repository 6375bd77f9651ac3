import { table } from '@comm100-openapi/tooling/table';
import { memoryOf } from './measure.ts';
import {
  best,
  duration,
  programs,
  type Rate,
  type Running,
  rateOf,
  rounds,
  sendOnce,
  start,
  stop,
  type Wire,
  warmUp,
  wireOf,
} from './servers.ts';

// Sandbox mode with few and many chats beside example mode: the same requests, one run. It is the last part of
// npm run bench:mock; alone: npm run bench:sandbox, in packages/contract-tests

const sizes = [10, 10_000, 100_000];

const chats = '/api/v2/livechat/chats?timeFrom=2000-01-01T00:00:00&timeTo=2030-01-01T00:00:00&pageSize=10&pageIndex=';
const week = 'timeFrom=2025-03-01T00:00:00&timeTo=2025-03-08T00:00:00';

/** The requests. A write changes one department again and again: a sandbox does not take new ones without end. */
const requests = {
  'an item': await wireOf('getDepartment'),
  'a write': await wireOf('updateDepartment'),
  'the first page of chats': await wireOf('listChats', `${chats}0`),
  'a late page of chats': await wireOf('listChats', chats),
  'a report by day': await wireOf('getChatVolumeReport', `/api/v2/livechat/reports/chatVolume?${week}&group=day`),
};
type RequestName = keyof typeof requests;
const names = Object.keys(requests) as RequestName[];

/** A server, with its own late page. */
interface Server {
  readonly title: string;
  readonly running: Running;
  readonly requests: Record<RequestName, Wire>;
  /** How many chats it has. */
  readonly total: number;
  /** After the first page, in MB. */
  readonly memory: number;
  readonly rates: Record<RequestName, Rate[]>;
}

async function open(title: string, words: readonly string[]): Promise<Server> {
  const running = await start(
    (port) => [programs.mock, '--port', port, '--quiet', ...words],
    requests['the first page of chats'],
  );
  const memory = memoryOf(running.process.pid);
  const page = await sendOnce(running.port, requests['the first page of chats']);
  const { total } = (await page.json()) as { total: number };
  // A page of ten at nine tenths of the list.
  const late = await wireOf('listChats', `${chats}${Math.floor(total * 0.09)}`);
  return {
    ...{ title, running, total, memory },
    requests: { ...requests, 'a late page of chats': late },
    rates: Object.fromEntries(names.map((name) => [name, [] as Rate[]])) as Server['rates'],
  };
}

/** Prints how fast each is. @returns how many targets are missed */
export async function compareSizes(): Promise<number> {
  const servers = [await open('example mode', ['--mode', 'example'])];
  for (const size of sizes)
    servers.push(await open(`${whole(size)} chats`, ['--mode', 'sandbox', '--size', String(size)]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      for (const { running, requests, rates } of servers) {
        const rate = await rateOf(running, requests[name].text, round === 0 ? warmUp : duration);
        if (round > 0) rates[name].push(rate);
      }
    }
  }
  await Promise.all(servers.map(({ running }) => stop(running)));

  const rows = [
    ['', ...servers.map(({ title }) => title)],
    ['memory, first page', ...servers.map(({ memory }) => `${whole(memory)} MB`)],
  ];
  for (const kind of ['processor', 'clock'] as const)
    for (const name of names)
      rows.push([`${name}, by ${kind}`, ...servers.map(({ rates }) => `${whole(best(rates[name])[kind])} /s`)]);
  console.log(`\nThe sandbox beside example mode\n${table(rows, { numbers: true })}`);
  const [example, few, ...more] = servers as [Server, Server, ...Server[]];
  const rate = ({ rates }: Server, name: RequestName) => best(rates[name]).processor;
  const ratios: [string, number][] = [
    ...[few, ...more].flatMap((server) =>
      (['an item', 'a write'] as const).map((name): [string, number] => [
        `${name}, ${server.title}: of example mode`,
        rate(server, name) / rate(example, name),
      ]),
    ),
    ...more.flatMap((server) =>
      (['the first page of chats', 'a late page of chats'] as const).map((name): [string, number] => [
        `${name}, ${server.title}: of ${few.title}`,
        rate(server, name) / rate(few, name),
      ]),
    ),
  ];
  console.log('Ratios of processor time. Each is to be at least 1/2:');
  console.log(table(ratios.map(([what, ratio]) => [what, ratio.toFixed(2), ratio >= 0.5 ? 'PASS' : 'FAIL'])));
  const largest = more.at(-1) ?? few;
  const each = ((largest.memory - few.memory) * 1024 * 1024) / (largest.total - few.total);
  console.log(
    `A chat more takes ${whole(each)} bytes of memory (${whole(few.total)} and ${whole(largest.total)} chats).`,
  );
  return ratios.filter(([, ratio]) => ratio < 0.5).length;
}

const whole = (value: number) => Math.round(value).toLocaleString('en');

if (import.meta.main) {
  process.exitCode = (await compareSizes()) === 0 ? 0 : 1;
}
