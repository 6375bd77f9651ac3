import { expect, test } from 'vitest';
import { fuzz } from '../fuzz/fuzz.ts';

// A short run of what `npm run fuzz` does at length, each time with other requests.

const seed = Math.floor(Math.random() * 2 ** 31);
const command = `npm run fuzz -- --requests 1500 --seed ${seed}`;
process.stdout.write(`${command}\n`);

test(`no odd request breaks the mock: ${command}`, { timeout: 120_000 }, async () => {
  const { failures, statuses, stall } = await fuzz({ requests: 1500, seed });
  expect(failures).toEqual([]);
  // Cold code on a busy machine is slower than what the long run allows; what grows with its input takes seconds.
  expect(stall).toBeLessThan(500);
  const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  expect([sent, (statuses.get(200) ?? 0) > 300]).toEqual([1500, true]);
});
