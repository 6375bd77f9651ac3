import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { run } from './processes.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const lists: Record<string, Record<string, string>> = parse(
  readFileSync(new URL('../on-demand.yaml', import.meta.url), 'utf8'),
);

/** The versions of a list of on-demand.yaml. @throws {Error} where it has no such list. */
export function versionsOf(list: string): Record<string, string> {
  const versions = lists[list];
  if (!versions) throw new Error(`on-demand.yaml has no list '${list}'. It has ${Object.keys(lists).join(', ')}.`);
  return versions;
}

/**
 * Installs packages in a folder of their own below node_modules/.cache, without install scripts, unless they are there.
 *
 * @param packages The version of each package.
 * @returns The path of the folder's node_modules.
 * @throws {Error} with what npm said.
 */
export function installed(name: string, packages: Readonly<Record<string, string>>): string {
  const folder = join(root, 'node_modules', '.cache', 'on-demand', name);
  const modules = join(folder, 'node_modules');
  const manifest = join(folder, 'package.json');
  const text = JSON.stringify({ private: true, dependencies: packages });
  if (existsSync(manifest) && readFileSync(manifest, 'utf8') === text) return modules;
  const specs = Object.entries(packages).map(([id, version]) => `${id}@${version}`);
  console.log(`Installing ${specs.join(', ')}.`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Without a manifest, npm would install in the folder above.
  writeFileSync(manifest, '{}');
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--save-exact'];
  run('npm', [...words, ...specs], { cwd: folder });
  // Written last, so that an installation that was interrupted is begun again.
  writeFileSync(manifest, text);
  return modules;
}
