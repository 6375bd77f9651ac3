import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { addressOf } from '@comm100-openapi/tooling/processes';
import { type Operation, operationsOf, versions, violations } from '../src/description.ts';
import { type Shot, shotsFor } from './requests.ts';
import { Lane, type Reply } from './wire.ts';

export interface Options {
  requests: number;
  /** The same seed makes the same requests. */
  seed: number;
  /** Called after each thousand requests. */
  onProgress?: (sent: number) => void;
}

export interface Report {
  /** The first 20 things that went wrong, each with the number of the request. */
  failures: string[];
  /** How many responses there were, by status; under 0 the requests without one. */
  statuses: Map<number, number>;
  /** The longest turn of a server's loop, in milliseconds of processor time. */
  stall: number;
  /** The longest time that another client waited for a response, in milliseconds. */
  wait: number;
  /** The memory in use after a tenth of the requests, and after the last, in MB. */
  memory: { early: number; late: number };
}

/** The servers that the requests go to in turn. */
const modes = [[], ['--mode', 'made-up', '--strict']];
const lanes = 8;

/** Sends requests that are valid, broken in each declared way, odd as HTTP or not HTTP at all, and judges what comes back. */
export async function fuzz({ requests, seed, onProgress }: Options): Promise<Report> {
  const report: Report = { failures: [], statuses: new Map(), stall: 0, wait: 0, memory: { early: 0, late: 0 } };
  const servers = await Promise.all(modes.map(startServer));
  let isOver = false;
  try {
    const makers = await Promise.all(servers.map(({ url }) => shotsFor(url, seed)));
    const waiting = servers.map((server) => waitBeside(server, report, () => isOver));
    for (const server of servers) await server.ask('reset');
    const early = Math.floor(requests / 10);
    await range(0, early);
    report.memory.early = await memoryOf(servers);
    await range(early, requests);
    isOver = true;
    await Promise.all(waiting);
    report.memory.late = await memoryOf(servers);
    for (const server of servers) report.stall = Math.max(report.stall, (await server.ask('report')).longest);

    async function range(from: number, to: number) {
      let next = from;
      const work = async (server: Server, make: (index: number) => Shot) => {
        const lane = new Lane(server.port);
        const spare = new Lane(server.port);
        for (;;) {
          const index = next++;
          if (index >= to) break;
          if ((index + 1) % 1000 === 0) onProgress?.(index + 1);
          const shot = make(index);
          const failure = await judge(shot, shot.isComplete ? lane : spare, report.statuses);
          if (!shot.isComplete) spare.close();
          if (server.process.exitCode !== null)
            throw new Error(`the server ended at request ${index}: ${server.output()}`);
          if (failure) note(report.failures, `request ${index}, ${shot.kind}: ${failure}\n    ${excerpt(shot.bytes)}`);
        }
        lane.close();
      };
      await Promise.all(
        servers.flatMap((server, at) =>
          Array.from({ length: lanes }, () => work(server, makers[at] as (index: number) => Shot)),
        ),
      );
    }
  } catch (error) {
    report.failures.push(error instanceof Error ? error.message : String(error));
  } finally {
    isOver = true;
    await Promise.all(servers.map((server) => end(server, report)));
  }
  return report;
}

interface Server {
  process: ChildProcess;
  url: string;
  port: number;
  output(): string;
  ask(what: 'reset' | 'report'): Promise<{ longest: number; memory: number }>;
}

async function startServer(options: string[]): Promise<Server> {
  const program = fileURLToPath(new URL('../bin/comm100-mock.js', import.meta.resolve('@comm100-openapi/mock-server')));
  const watch = new URL('watch.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--expose-gc', '--import', watch, program, '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let output = '';
  // The log is read so that writing it is part of what is tested, and only its end is kept.
  const keep = (text: Buffer) => {
    output = (output + text).slice(-4000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const url = await addressOf(child);
  return {
    process: child,
    url,
    port: Number(new URL(url).port),
    output: () => output,
    ask: async (what) => {
      child.send(what);
      const [answer] = await once(child, 'message');
      return answer;
    },
  };
}

/** How long a server may take to end, in milliseconds. */
const patience = 10_000;

async function end({ process: child }: Server, { failures }: Report): Promise<void> {
  if (child.exitCode !== null) return;
  const timer = setTimeout(() => {
    note(failures, 'a server did not end');
    child.kill('SIGKILL');
  }, patience);
  child.kill();
  await once(child, 'exit');
  clearTimeout(timer);
}

async function memoryOf(servers: Server[]): Promise<number> {
  const all = await Promise.all(servers.map((server) => server.ask('report')));
  return all.reduce((sum, { memory }) => sum + memory, 0);
}

/** Another client, who asks for something small again and again. */
async function waitBeside({ port }: Server, report: Report, isOver: () => boolean): Promise<void> {
  const lane = new Lane(port);
  const bytes = Buffer.from('GET /api/v2/livechat/departments HTTP/1.1\r\nhost: mock\r\n\r\n');
  while (!isOver()) {
    const start = performance.now();
    const reply = await lane.send(bytes, 'GET', 60_000);
    if (reply?.status !== 401) note(report.failures, `another client got ${reply?.status ?? 'nothing'}`);
    report.wait = Math.max(report.wait, performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  lane.close();
}

/** Sends a request. @returns what is wrong with what came back, and '' where nothing is. */
async function judge(shot: Shot, lane: Lane, statuses: Map<number, number>): Promise<string> {
  let reply: Reply | undefined;
  try {
    reply = await lane.send(shot.bytes, shot.method, shot.isComplete ? 30_000 : 50);
  } catch (error) {
    return (error as Error).message;
  }
  statuses.set(reply?.status ?? 0, (statuses.get(reply?.status ?? 0) ?? 0) + 1);
  if (!reply) return shot.isComplete ? 'no response' : '';
  return complaint(shot, reply);
}

function complaint({ operation, method, asksForError }: Shot, { status, headers, body }: Reply): string {
  const text = body.toString();
  if (status >= 500 && !asksForError) return `${status} ${text}`;
  if (method === 'HEAD' || status === 204) return body.length === 0 ? '' : `${status} has a body`;
  let value: unknown;
  if (text !== '') {
    try {
      value = JSON.parse(text);
    } catch {
      return `${status} is not JSON: ${text.slice(0, 200)}`;
    }
    if (headers['content-type'] !== 'application/json') return `the content type is ${headers['content-type']}`;
  }
  if (status >= 400) {
    const { code, message, ...rest } = (value ?? {}) as Record<string, unknown>;
    const isForm =
      code === status * 1000 && typeof message === 'string' && message !== '' && Object.keys(rest).length === 0;
    return isForm ? '' : `${status} does not have the form of the service: ${text.slice(0, 200)}`;
  }
  if (status !== 200) return `the status is ${status}`;
  const possible = operation ? [operation] : everyOperation;
  return possible.some((each) => violations(each, 200, value) === '')
    ? ''
    : `${text.slice(0, 300)} is not valid${operation ? `: ${violations(operation, 200, value)}` : ' for any operation'}`;
}

const everyOperation: Operation[] = versions.flatMap(operationsOf);

function note(failures: string[], failure: string): void {
  if (failures.length < 20) failures.push(failure);
}

function excerpt(bytes: Buffer): string {
  const text = JSON.stringify(bytes.subarray(0, 600).toString('latin1'));
  return text.replaceAll(/(authorization: \w+ )[^\\]+/gi, '$1…');
}
