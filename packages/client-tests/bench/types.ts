import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compilers } from '@comm100-openapi/tooling/compilers';
import { type Client, type Operation, writeProgram } from './clients.ts';

/** What it costs the compiler to check a program. */
export interface Check {
  readonly instantiations: number;
  /** Seconds. */
  readonly time: number;
  readonly errors: number;
}

export const settings = {
  target: 'es2023',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  types: [],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/** A program that makes each of the calls once. */
export const programOf = (client: Client, operations: readonly Operation[]): string =>
  [
    client.setupOfAll ?? client.setup,
    ...operations.map((one, index) => `export const r${index} = await ${client.call(one)};`),
  ].join('\n');

/** Checks a program several times; the time is the shortest. */
export function check(folder: string, version: keyof typeof compilers, code: string, times = 2): Check {
  writeProgram(folder, 'types.ts', code);
  writeProgram(folder, 'tsconfig.json', JSON.stringify({ compilerOptions: settings, files: ['types.ts'] }));
  const tsc = join(compilers[version], 'bin', 'tsc');
  const runs = Array.from({ length: times }, () => {
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', '.', '--extendedDiagnostics'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const figure = (name: string) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1] ?? Number.NaN);
    return {
      instantiations: figure('Instantiations'),
      time: figure('Check time'),
      errors: (stdout.match(/error TS\d+/g) ?? []).length,
    };
  });
  const [first] = runs.sort((a, b) => a.time - b.time);
  if (!first || Number.isNaN(first.instantiations)) throw new Error(`TypeScript ${version} gives no figures.`);
  return first;
}
