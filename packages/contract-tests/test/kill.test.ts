import { expect, test } from 'vitest';
import { killAgainAndAgain } from '../kill/kill.ts';

// `npm run kill` in this package kills it a hundred times.
const kills = Number(process.env.KILLS ?? 5);

test(`a mock that is killed ${kills} times while it writes loses nothing that it has acknowledged`, {
  timeout: 30_000 + kills * 3_000,
}, async () => {
  const outcome = await killAgainAndAgain(kills, 4, Math.random);
  process.stdout.write(`${kills} kills, ${outcome.acknowledged} writes, ${outcome.interrupted} interrupted\n`);
  expect(outcome.failures).toEqual([]);
  expect(outcome.acknowledged).toBeGreaterThan(kills);
  expect(outcome.interrupted).toBeGreaterThan(kills);
});
