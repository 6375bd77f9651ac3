import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** How a program is run. */
export interface Options {
  readonly cwd?: string;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** How a program ended, and what it printed. */
export interface Outcome {
  /** The exit code; null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they arrived. */
  readonly output: string;
}

/**
 * Runs a program to its end while this process waits.
 *
 * @param timeout in milliseconds @default none
 * @returns What it wrote to its standard output.
 * @throws {Error} with what it printed, where it fails or cannot be started.
 */
export function run(
  program: string,
  words: readonly string[],
  { cwd, env, timeout }: Options & { timeout?: number } = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    cwd,
    env: { ...process.env, ...env },
    timeout,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    // On Windows these are batch files, which only a shell runs.
    shell: process.platform === 'win32' && /^(npm|npx|pnpm)$/.test(program),
  });
  if (status === 0) return stdout;
  throw new Error(`${program} ${words.join(' ')} failed: ${error?.message ?? `${stderr}\n${stdout}`.trim()}`);
}

/**
 * Runs a program to its end while this process goes on, for example with a mock that the program calls. Whether it
 * failed is for the caller to judge.
 *
 * @param input what it reads from its standard input @default nothing
 * @param signal ends it early
 * @throws {Error} where it cannot be started, or was ended early.
 */
export function outcomeOf(
  program: string,
  words: readonly string[],
  { env, input, ...options }: Options & { input?: string; signal?: AbortSignal } = {},
): Promise<Outcome> {
  const child = spawn(program, words, { ...options, env: { ...process.env, ...env } });
  const texts = { stdout: '', stderr: '', output: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      texts.output += text;
    });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (status) => resolve({ status, ...texts }));
  });
}

/**
 * The address on this machine that a server prints when it is ready.
 *
 * @throws {Error} with what it printed, where it ends before.
 */
export function addressOf(child: ChildProcess): Promise<string> {
  const streams = [child.stdout, child.stderr];
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (text: Buffer | string) => {
      output += text;
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
      if (!address) return;
      // Other listeners may go on; this one would keep all that the server prints.
      for (const stream of streams) stream?.off('data', read);
      resolve(address);
    };
    for (const stream of streams) stream?.on('data', read);
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`The server ended with ${status}: ${output.trim()}`)));
  });
}

/** A port of this machine that nothing listens on, for servers that cannot take port 0. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
