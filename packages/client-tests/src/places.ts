import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { freePort } from '@comm100-openapi/tooling/processes';
import chromium from '@sparticuz/chromium';
import { chromium as engine } from 'playwright-core';
import type { FaultServer } from './fault-server.ts';
import type { Place, Result } from './suite.ts';

/** Runs the suite somewhere. `code` is the bundle of the suite. */
export type Run = (code: string, place: Place, server: FaultServer) => Promise<Result[]>;

/** A program that runs a file of JavaScript: Node, Bun, Deno. @param words Its arguments before the file. */
export const inProgram =
  (program: string, words: readonly string[] = []): Run =>
  (code, place) =>
    inFolder(async (folder) => {
      const file = join(folder, 'suite.mjs');
      writeFileSync(file, `${code}\nconsole.log(JSON.stringify(await suite.runSuite(${JSON.stringify(place)})));\n`);
      return JSON.parse(await outputOf(program, [...words, file])) as Result[];
    });

/** The Cloudflare worker runtime, as it behaves since a date. */
export const inWorker =
  (program: string, compatibilityDate: string): Run =>
  (code, place) =>
    inFolder(async (folder) => {
      const port = await freePort();
      writeFileSync(
        join(folder, 'worker.mjs'),
        `${code}
export default { fetch: async () => Response.json(await suite.runSuite(${JSON.stringify(place)})) };\n`,
      );
      writeFileSync(
        join(folder, 'config.capnp'),
        `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "suite", worker = (
      modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
      compatibilityDate = "${compatibilityDate}",
      globalOutbound = "network",
    )),
    (name = "network", network = (allow = ["private", "public", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "suite")],
);\n`,
      );
      const child = spawn(program, ['serve', join(folder, 'config.capnp')], { stdio: ['ignore', 'ignore', 'pipe'] });
      let errors = '';
      child.stderr.on('data', (chunk) => {
        errors += chunk;
      });
      try {
        for (let tries = 0; ; tries++) {
          try {
            return (await (await fetch(`http://127.0.0.1:${port}`)).json()) as Result[];
          } catch (cause) {
            if (child.exitCode !== null || tries === 100)
              throw new Error(`workerd does not serve: ${errors}`, { cause });
            await new Promise((done) => setTimeout(done, 100));
          }
        }
      } finally {
        child.kill();
      }
    });

/** This process, in a realm of its own, whose `Error` and `Object` are not those that fetch uses: so Jest runs tests. */
export const inRealm: Run = async (code, place) => {
  const names = ['fetch', 'Request', 'Response', 'Headers', 'URL', 'URLSearchParams', 'AbortController', 'AbortSignal'];
  const more = ['TextEncoder', 'TextDecoder', 'setTimeout', 'clearTimeout', 'btoa', 'atob', 'performance', 'console'];
  const globals = Object.fromEntries(
    [...names, ...more].map((name) => [name, (globalThis as unknown as Record<string, unknown>)[name]]),
  );
  const context = createContext(globals);
  const results = await runInContext(`${code}\nsuite.runSuite(${JSON.stringify(place)})`, context);
  return results as Result[];
};

/** A page in Chromium, from the origin of the fault server. */
export const inChromium: Run = async (code, place, server) => {
  const browser = await engine.launch({
    executablePath: await chromium.executablePath(),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
  try {
    server.files.set('page', { type: 'text/html', body: '<!doctype html><title>Suite</title>' });
    const page = await browser.newPage();
    await page.goto(`${server.origin}/page`);
    return await page.evaluate(`${code}\nsuite.runSuite(${JSON.stringify(place)})`);
  } finally {
    await browser.close();
  }
};

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'client-tests-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function outputOf(program: string, words: readonly string[]): Promise<string> {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      texts[name] += chunk;
    });
  // The suite ends; what a broken client has left open may not.
  child.stdout.once('data', () => setTimeout(() => child.kill(), 5000).unref());
  const [code] = await once(child, 'close');
  if (code === 0 || texts.stdout) return texts.stdout;
  throw new Error(`${program} ended with ${code}: ${texts.stderr.slice(0, 2000)}`);
}
