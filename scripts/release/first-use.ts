import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addressOf, run } from '@comm100-openapi/tooling/processes';
import type { Package } from './packages.ts';

/** The first use that a README shows: a command for a package with a command, otherwise a program. */
export interface FirstUse {
  readonly kind: 'command' | 'program';
  readonly code: string;
}

/**
 * The first block of a README that uses the package, as it is written.
 *
 * @throws {Error} where there is none.
 */
export function firstUseOf(readme: string, { name, manifest }: Pick<Package, 'name' | 'manifest'>): FirstUse {
  const blocks = [...readme.matchAll(/^```(ts|js|sh)\n(.*?)^```$/gms)];
  const found = blocks.find(([, language, code = '']) =>
    manifest.bin ? language === 'sh' && code.includes('npx ') : language !== 'sh' && code.includes(`'${name}`),
  );
  if (!found?.[2]) throw new Error(`The README of ${name} has no first use: a block with \`${name}\`.`);
  return { kind: manifest.bin ? 'command' : 'program', code: found[2] };
}

/** The packages of this repository that a text imports. */
export function importsOf(code: string): string[] {
  return [...new Set([...code.matchAll(/'(@comm100-openapi\/[a-z0-9-]+)/g)].map(([, name = '']) => name))];
}

const guard = pathToFileURL(join(import.meta.dirname, 'guard.mjs')).href;

/** The environment of a program that runs on the Node of a folder, and cannot reach another machine. */
function environment(nodeFolder: string, mock = ''): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: [nodeFolder, process.env.PATH].join(delimiter),
    NODE_OPTIONS: `--import=${guard}`,
    npm_config_update_notifier: 'false',
    NO_COLOR: '1',
    COMM100_MOCK: mock,
  };
}

/**
 * Runs a program of a README in a project that has its packages. Only its types are removed, because Node 20 does not.
 *
 * @returns What it printed.
 * @throws {Error} with what it printed, where it fails or prints nothing.
 */
export function runProgram(code: string, project: string, nodeFolder: string, mock: string): string {
  const file = join(project, `first-use-${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(file, stripTypeScriptTypes(code));
  const stdout = run('node', [file], { cwd: project, env: environment(nodeFolder, mock), timeout: 60_000 });
  if (stdout.trim() === '') throw new Error(`The program prints nothing: ${file}`);
  return stdout;
}

/** A server that a command of a README has started. */
export interface Started {
  readonly url: string;
  readonly stop: () => void;
}

/**
 * Runs the commands of a README that start with `npx`, in a project that has the package, on a free port in place of
 * the documented one. What they install is installed already.
 *
 * @returns when the address of the server is printed. @throws {Error} with what was printed, where it ends before.
 */
export async function runCommand(code: string, project: string, nodeFolder: string): Promise<Started> {
  const [line = ''] = code.split('\n').filter((text) => text.startsWith('npx '));
  const words = line
    .replace(/--port \d+/, '--port 0')
    .split(' ')
    .slice(1);
  const env = environment(nodeFolder);
  const shell = process.platform === 'win32';
  // npx starts the server as a process of its own, so all of them are ended together.
  const child = spawn('npx', ['--no-install', ...words], { cwd: project, env, shell, detached: !shell });
  const stop = () => {
    if (child.pid && child.exitCode === null) process.kill(shell ? child.pid : -child.pid);
  };
  return { url: await addressOf(child), stop };
}
