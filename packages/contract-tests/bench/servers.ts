import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '@comm100-openapi/tooling/processes';
import { operationsOf } from '../src/description.ts';
import { authorizationFor, samplesOf } from '../src/requests.ts';
import type { Load, Measured } from './load.ts';

// Servers in processes of their own, and how fast each serves a request.

/** How often each request is measured. The best counts, of every server: what disturbs a measurement only makes it worse. */
export const rounds = 7;
/** How long one measurement takes, and the first, which is for the compilers of Node, in milliseconds. */
export const duration = 300;
export const warmUp = 700;
export const connections = 16;

export const programs = {
  prism: resolve('@stoplight/prism-cli', 'index.js'),
  mock: resolve('@comm100-openapi/mock-server', '../bin/comm100-mock.js'),
  bare: fileURLToPath(new URL('bare.mjs', import.meta.url)),
};
const usage = new URL('usage.mjs', import.meta.url).href;

function resolve(specifier: string, file: string): string {
  return fileURLToPath(new URL(file, import.meta.resolve(specifier)));
}

/** A request, as `fetch` takes it and as it is on the wire. */
export interface Wire {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
  text: string;
}

/** A valid request to an operation of version 2.0. @param path In place of the one that the examples have. */
export async function wireOf(id: string, path?: string): Promise<Wire> {
  const operation = operationsOf('v2').find((each) => each.id === id);
  if (!operation) throw new Error(`The description has no operation ${id}.`);
  const [sample] = samplesOf(operation, await authorizationFor(operation, ''));
  if (!sample) throw new Error(`${id} has no request.`);
  const request = { ...sample, ...(path !== undefined && { path }) };
  const { method, headers, body = '' } = request;
  const fields = { host: '127.0.0.1', ...headers, 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries(fields).map(([field, value]) => `${field}: ${value}`);
  const text = `${[`${method} ${request.path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n${body}`;
  return { ...request, text };
}

export interface Running {
  process: ChildProcess;
  port: number;
  /** From the command to the first response, in milliseconds. */
  start: number;
}

const children = new Set<ChildProcess>();
process.on('exit', endAll);

/** Ends what runs. */
export function endAll(): void {
  for (const child of children) child.kill('SIGKILL');
}

/** Starts a server. @param command The program and its words. @param first The request that it is ready with. */
export async function start(command: (port: string) => string[], first: Wire): Promise<Running> {
  const port = await freePort();
  const from = performance.now();
  const words = command(String(port));
  const child = spawn(process.execPath, ['--import', usage, ...words], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let complaint = '';
  child.stderr?.on('data', (text) => {
    complaint += text;
  });
  children.add(child);
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${words.join(' ')} ended: ${complaint}`);
    const response = await sendOnce(port, first).catch(() => undefined);
    const text = await response?.text();
    if (response?.status === 200) return { process: child, port, start: performance.now() - from };
    if (response) throw new Error(`${words.join(' ')} responded with ${response.status}: ${text}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

/** The response to a request. */
export function sendOnce(port: number, { method, path, headers, body }: Wire): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
}

export async function stop({ process: child }: Running): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
  children.delete(child);
}

const client = fork(fileURLToPath(new URL('load.ts', import.meta.url)));
children.add(client);
client.once('exit', (code) => {
  if (!code) return;
  console.error('bench: the client ended; its reason is above');
  process.exit(1);
});

/** How fast requests are served. */
export interface Rate {
  /** Requests a second. */
  clock: number;
  /** Requests a second of the server's processor time. */
  processor: number;
}

/** @param request As it is on the wire. @param duration In milliseconds. */
export async function rateOf({ process: server, port }: Running, request: string, duration: number): Promise<Rate> {
  const load: Load = { port, request, connections, duration };
  const before = await ask<NodeJS.CpuUsage>(server, 'usage');
  const { responses, time } = await ask<Measured>(client, load);
  const after = await ask<NodeJS.CpuUsage>(server, 'usage');
  const used = (after.user + after.system - before.user - before.system) / 1000;
  return { clock: (responses * 1000) / time, processor: (responses * 1000) / used };
}

async function ask<Reply>(child: ChildProcess, message: Load | 'usage'): Promise<Reply> {
  child.send(message);
  const [reply] = await once(child, 'message');
  return reply;
}

/** The best of several measurements. */
export function best(rates: readonly Rate[]): Rate {
  const most = (kind: keyof Rate) => Math.max(...rates.map((rate) => rate[kind]));
  return { clock: most('clock'), processor: most('processor') };
}
