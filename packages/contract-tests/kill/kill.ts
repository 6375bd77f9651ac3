import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addressOf } from '@comm100-openapi/tooling/processes';
import { agents } from '../src/harness.ts';

// Kills the mock in the middle of writes, and looks whether the next one on the same file has all that was acknowledged.

const command = fileURLToPath(
  new URL('bin/comm100-mock.js', import.meta.resolve('@comm100-openapi/mock-server').replace('/dist/', '/')),
);
const authorization = `Basic ${btoa(`${agents.admin.email}:${agents.admin.apiKey}`)}`;

/** What a run of kills has found. */
export interface Outcome {
  /** What was lost or wrong, in words. */
  readonly failures: string[];
  readonly kills: number;
  /** How many writes were acknowledged, and how many were under way when the mock was killed. */
  readonly acknowledged: number;
  readonly interrupted: number;
}

/** A ban, as far as it matters here. */
interface Ban {
  readonly id: number;
  readonly comment: string;
}

/**
 * @param writers How many clients write at the same time.
 * @param random From 0 to 1: when the mock is killed.
 */
export async function killAgainAndAgain(kills: number, writers: number, random: () => number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'comm100-kill-'));
  const file = join(folder, 'state.db');
  /** What the mock has acknowledged: the comment of each ban, or `undefined` where it was deleted. */
  const known = new Map<number, string | undefined>();
  const failures: string[] = [];
  let acknowledged = 0;
  let interrupted = 0;
  try {
    for (let count = 0; count <= kills; count++) {
      const mock = await start(file);
      try {
        failures.push(...(await differences(mock.url, known)));
        if (count === kills || failures.length > 0) break;
        // While the others write on, the one who has the last acknowledgement kills the mock.
        let left = 1 + Math.floor(random() * 80);
        const onAcknowledged = () => {
          acknowledged++;
          if (--left === 0) setTimeout(mock.kill, random() * 3);
        };
        const writing = Array.from({ length: writers }, (_, writer) =>
          write(mock.url, writer, count, known, onAcknowledged),
        );
        for (const isInterrupted of await Promise.all(writing)) interrupted += isInterrupted ? 1 : 0;
      } finally {
        await mock.kill();
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { failures, kills, acknowledged, interrupted };
}

async function start(file: string): Promise<{ url: string; kill(): Promise<void> }> {
  const args = [command, '--mode', 'sandbox', '--port', '0', '--quiet', '--data', file];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  try {
    return { url: await addressOf(child), kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

function call(url: string, method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${url}/api/v2/livechat/${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** Creates, changes and deletes bans until the mock is gone. A ban belongs to one writer. @returns whether a write was under way */
async function write(
  url: string,
  writer: number,
  round: number,
  known: Map<number, string | undefined>,
  onAcknowledged: () => void,
): Promise<boolean> {
  for (let number = 0; ; number++) {
    const comment = `written by ${writer} in round ${round}, number ${number}`;
    const ban = { type: 'ip', ipAddress: '198.51.100.7', comment };
    const acknowledge = (id: number, now: string | undefined) => {
      known.set(id, now);
      onAcknowledged();
    };
    try {
      const created = await call(url, 'POST', 'bans', ban);
      const { id } = (await created.json()) as Ban;
      if (!created.ok) return false;
      acknowledge(id, comment);
      // Until a change is acknowledged, the ban can be as before or as after it.
      if (number % 3 > 0) known.delete(id);
      if (number % 3 === 1) {
        const changed = await call(url, 'PUT', `bans/${id}`, { ...ban, comment: `${comment}, changed` });
        await changed.text();
        if (changed.ok) acknowledge(id, `${comment}, changed`);
      }
      if (number % 3 === 2) {
        const deleted = await call(url, 'DELETE', `bans/${id}`);
        await deleted.text();
        if (deleted.ok) acknowledge(id, undefined);
      }
    } catch {
      return true;
    }
  }
}

/** What the mock has otherwise than it has acknowledged. */
async function differences(url: string, known: ReadonlyMap<number, string | undefined>): Promise<string[]> {
  const response = await call(url, 'GET', 'bans');
  const bans = (await response.json()) as Ban[];
  if (!response.ok) return [`the list of bans responds with ${response.status}`];
  const found = new Map(bans.map(({ id, comment }) => [id, comment]));
  if (found.size !== bans.length) return ['two bans have the same id'];
  return [...known].flatMap(([id, comment]) => {
    const now = found.get(id);
    return now === comment ? [] : [`ban ${id} is '${now}', and was acknowledged as '${comment}'`];
  });
}
