import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

/** What the longest run may show: the longest stall in milliseconds, and the growth of memory in MB. */
const limits = { stall: 100, growth: 10 };
/** The fewest requests whose first tenth has made all that the mock makes when it is first needed. */
const fewest = 20_000;

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string' } },
});
const requests = Number(values.requests);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!Number.isInteger(requests) || requests < 1 || !Number.isInteger(seed)) {
  console.error('fuzz: --requests and --seed take whole numbers, such as --requests 100000 --seed 7.');
  process.exit(2);
}

console.log(`${requests} requests, seed ${seed}`);
const start = performance.now();
const { failures, statuses, stall, wait, memory } = await fuzz({
  requests,
  seed,
  onProgress: (sent) => process.stdout.isTTY && process.stdout.write(`\r${sent}`),
});
const growth = memory.late - memory.early;
const counts = [...statuses]
  .sort(([one], [other]) => one - other)
  .map(([status, count]) => `${status || 'none'} ${count}`);
console.log(`\r${((performance.now() - start) / 1000).toFixed(0)} s. Responses by status: ${counts.join(', ')}`);
console.log(`Longest stall of a server: ${stall.toFixed(0)} ms of processor time (at most ${limits.stall})`);
console.log(`Longest wait of another client: ${wait.toFixed(0)} ms, with what else the machine does`);
console.log(
  `Memory: ${memory.early.toFixed(1)} MB after a tenth, ${memory.late.toFixed(1)} MB at the end (at most ${limits.growth} more, from ${fewest} requests on)`,
);
if (stall > limits.stall) failures.push(`a server stood still for ${stall.toFixed(0)} ms`);
if (requests >= fewest && growth > limits.growth) failures.push(`the memory grew by ${growth.toFixed(1)} MB`);
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(failures.length === 0 ? 'Nothing failed.' : `Repeat with --seed ${seed} --requests ${requests}.`);
process.exitCode = failures.length === 0 ? 0 : 1;
