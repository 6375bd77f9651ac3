// Which command line runs npx. Plain JavaScript for Node 20, like the front door, which runs before anything is installed.
import { posix, win32 } from 'node:path';

/**
 * The program and its first arguments for npx, as `spawn` takes them without a shell. On Windows npx is a batch file
 * (`npx.cmd`), which only a shell runs, and a shell splits paths at their spaces; so its script is run by node instead.
 *
 * @param {{ platform: string, node: string, manager?: string | undefined }} at `process.platform`, `process.execPath`,
 *   and `npm_execpath`: the script of the package manager that started this process, if one did
 * @returns {[program: string, ...args: string[]]}
 */
export function npxCommand({ platform, node, manager }) {
  const { basename, dirname, join } = platform === 'win32' ? win32 : posix;
  if (manager && basename(manager) === 'npm-cli.js') return [node, join(dirname(manager), 'npx-cli.js')];
  // The installer for Windows puts npm beside node.
  if (platform === 'win32') return [node, join(dirname(node), 'node_modules', 'npm', 'bin', 'npx-cli.js')];
  return ['npx'];
}

/**
 * The Node that the lockfile names, in the folder of installed packages. Its package brings `node.exe` on Windows, with
 * an empty file called `node` beside it.
 *
 * @param {{ platform: string, modules: string }} at `process.platform`, and the path of node_modules
 * @returns {string}
 */
export function nodeOfModules({ platform, modules }) {
  return platform === 'win32'
    ? win32.join(modules, 'node', 'bin', 'node.exe')
    : posix.join(modules, 'node', 'bin', 'node');
}
