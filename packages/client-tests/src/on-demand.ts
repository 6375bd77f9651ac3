import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The versions of a list of on-demand.yaml. */
export function versionsOf(list: 'runtimes' | 'compared'): Record<string, string> {
  return parse(readFileSync(new URL('../on-demand.yaml', import.meta.url), 'utf8'))[list];
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
  const manifest = join(folder, 'package.json');
  const text = JSON.stringify({ private: true, dependencies: packages });
  if (existsSync(manifest) && readFileSync(manifest, 'utf8') === text) return join(folder, 'node_modules');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Without a manifest, npm would install in the folder above.
  writeFileSync(manifest, '{}');
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  const specs = Object.entries(packages).map(([id, version]) => `${id}@${version}`);
  const { status, stdout, stderr, error } = spawnSync('npm', [...words, '--save-exact', ...specs], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm could not install ${specs.join(', ')}: ${error?.message ?? stderr + stdout}`);
  // Written last, so that an installation that was interrupted is begun again.
  writeFileSync(manifest, text);
  return join(folder, 'node_modules');
}
