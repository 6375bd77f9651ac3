import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '@comm100-openapi/tooling/processes';

/** What this reads of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Record<string, string>;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Record<string, string>;
  readonly [field: string]: unknown;
}

export interface Package {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The packages of a repository that are published: all that are not private, by name. */
export function publishedPackages(root: string): Map<string, Package> {
  const files = ['spec/package.json', ...globSync('packages/*/package.json', { cwd: root }).sort()];
  return new Map(
    files
      .map((file) => {
        const manifest: Manifest = JSON.parse(readFileSync(join(root, file), 'utf8'));
        return [manifest.name, { name: manifest.name, folder: join(root, dirname(file)), manifest }] as const;
      })
      .filter(([, { manifest }]) => !manifest.private),
  );
}

/**
 * The names of packages, and of those of the same repository that they need to run.
 *
 * @throws {Error} naming a package that another one needs and that is not published.
 */
export function closureOf(names: Iterable<string>, packages: Map<string, Package>, found = new Set<string>()) {
  for (const name of names) {
    if (found.has(name)) continue;
    const published = packages.get(name);
    if (!published) throw new Error(`${name} is needed by a published package, and is not published itself.`);
    found.add(name);
    const needed = Object.entries(published.manifest.dependencies ?? {});
    closureOf(
      needed.flatMap(([other, range]) => (range.startsWith('workspace:') ? [other] : [])),
      packages,
      found,
    );
  }
  return found;
}

/** Packs a package as it is published: `pnpm pack` writes real versions in place of `workspace:` and `catalog:`. */
export function pack({ name, folder }: Package, into: string): string {
  const tarball = join(into, `${name.replace('@', '').replace('/', '-')}.tgz`);
  run('pnpm', ['pack', '--out', tarball], { cwd: folder });
  return tarball;
}
