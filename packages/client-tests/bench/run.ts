import { table } from '@comm100-openapi/tooling/table';
import { clients, operations, prepareClients } from './clients.ts';
import { complete } from './editor.ts';
import { overheadOf } from './overhead.ts';
import { sizeOf } from './sizes.ts';
import { type Check, check, programOf } from './types.ts';

// `npm run bench:client`: our clients beside others in one run, all made from the same bundle and for the same calls.

/** What must hold. */
const most = { call: 6500, all: 9000, instantiations: 1500 };
const calls = 100;

const folder = prepareClients();
const hundred = await operations(calls);
const failures: string[] = [];
const holds = (what: string, value: number, limit: number) => {
  if (!(value <= limit)) failures.push(`${what} is ${value}; the limit is ${limit}`);
};
type Row = (string | number)[];
const print = (title: string, rows: readonly Row[]) => console.log(`\n${title}\n${table(rows, { numbers: true })}`);

const sizes: Row[] = [['', 'one call', 'all of v2']];
for (const client of clients) {
  const call = await sizeOf(folder, client);
  const all = client.name === 'ours, by name' || client.setupOfAll ? await sizeOf(folder, client, true) : undefined;
  // A client by path, or with one table of all operations, is the same for one call and for all.
  sizes.push([client.name, call, all ?? (client.isTyped ? call : 'not typed')]);
  if (client.name === 'ours, by path') holds('the size of one call', call, most.call);
  if (client.name === 'ours, by name') holds('the size of all by name', call, most.all);
}
print('Size in bytes, minified and compressed by gzip', sizes);

const types: Row[] = [['', 'added, 5.9', 'check, 5.9', 'added, 7', 'check, 7', 'errors']];
for (const client of clients.filter(({ isTyped }) => isTyped)) {
  const cells: Row = [];
  let last: Check | undefined;
  for (const version of ['5.9', '7'] as const) {
    const none = check(folder, version, programOf(client, []), 1);
    last = check(folder, version, programOf(client, hundred));
    const added = last.instantiations - none.instantiations;
    cells.push(added, last.time.toFixed(2));
    if (client.name === 'ours, by name')
      holds(`the instantiations with TypeScript ${version}`, added, most.instantiations);
  }
  types.push([client.name, ...cells, last?.errors ?? '']);
  // A call that does not compile costs nothing.
  if (last?.errors) failures.push(`${client.name} has ${last.errors} errors of types`);
}
print(`Types of ${calls} different calls: instantiations that they add, and seconds to check the program`, types);

const completions: Row[] = [['', 'at', 'names', 'first', 'next']];
for (const client of clients) {
  for (const beginning of client.completions) {
    const { entries, first, next } = await complete(folder, client, beginning);
    completions.push([client.name, beginning, entries, Math.round(first), next.toFixed(1)]);
    if (entries < 2) failures.push(`${client.name} completes ${beginning} with ${entries} names`);
  }
}
print('Completion in an editor, TypeScript 5.9: milliseconds', completions);

const times = await overheadOf(folder, clients);
const bare = times.get('fetch alone') ?? Number.NaN;
print('Processor time of a call with a fetch that responds at once, on Node', [
  ['', 'microseconds', 'x fetch alone'],
  ...[...times].map(([name, time]) => [name, time.toFixed(1), (time / bare).toFixed(2)]),
]);

for (const failure of failures) console.error(`\nFailed: ${failure}.`);
process.exitCode = failures.length ? 1 : 0;
