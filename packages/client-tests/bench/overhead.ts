import { pathToFileURL } from 'node:url';
import { type Client, writeProgram } from './clients.ts';
import { bundled } from './sizes.ts';

const rounds = 15;
const callsOfRound = 2000;

/**
 * How much of the processor's time a call takes in each client, in microseconds, with a fetch in this process that
 * responds at once: the middle of several rounds, in which the clients take turns.
 */
export async function overheadOf(folder: string, clients: readonly Client[]): Promise<Map<string, number>> {
  const { fetch } = globalThis;
  globalThis.fetch = async () =>
    new Response('{"id":1,"name":"Support"}', { headers: { 'content-type': 'application/json' } });
  try {
    const programs = [];
    for (const [index, client] of clients.entries()) {
      const file = writeProgram(folder, `overhead-${index}.mjs`, await bundled(folder, client, { exports: true }));
      const { call } = (await import(pathToFileURL(file).href)) as { call: () => Promise<unknown> };
      programs.push({ name: client.name, call, times: [] as number[] });
    }
    for (let round = 0; round < rounds; round++) {
      for (const { call, times } of programs) {
        const before = process.cpuUsage();
        for (let index = 0; index < callsOfRound; index++) await call();
        const { user, system } = process.cpuUsage(before);
        times.push((user + system) / callsOfRound);
      }
    }
    return new Map(
      programs.map(({ name, times }) => [name, times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN]),
    );
  } finally {
    globalThis.fetch = fetch;
  }
}
