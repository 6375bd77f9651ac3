import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { installed, versionsOf } from '@comm100-openapi/tooling/on-demand';
import { run } from '@comm100-openapi/tooling/processes';
import { redocly } from '@comm100-openapi/tooling/redocly';
import { operationLink, slugOf } from '../src/html/links.ts';
import { bundlePath } from '../src/model/bundle.ts';
import { readSite } from '../src/model/site.ts';
import { DIST } from '../src/serve.ts';

/** An operation of version 2.0 as a reader looks for it, with its first parameter or field. */
export interface Target {
  readonly id: string;
  readonly tag: string;
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly first: { readonly in: 'path' | 'query' | 'body'; readonly name: string };
}

/** Documentation that is compared. */
export interface Site {
  readonly name: string;
  /** Its files, each with a `.gz` beside it. */
  readonly directory: string;
  /** The deep link to an operation. */
  link(target: Target): string;
  /** CSS selectors of the operation's heading and of its first parameter or field. */
  marks(target: Target): [heading: string, first: string];
}

/** Operations of version 2.0. @param firsts The first parameter or field of each, by its operationId. */
export function targets(firsts: Readonly<Record<string, Target['first']>>): Target[] {
  const all = readSite('v2').resources.flatMap(({ tag, operations }) =>
    operations.map(({ operation }) => ({ tag, ...operation })),
  );
  return Object.entries(firsts).map(([wanted, first]) => {
    const found = all.find(({ id }) => id === wanted);
    if (!found) throw new Error(`Version 2.0 has no operation ${wanted}.`);
    const { id, tag, summary, method, path } = found;
    return { id, tag, title: summary, method, path, first };
  });
}

/**
 * Our site as it is built, and the pages that Redocly and Scalar make of the same published bundle, ready to be served.
 * Scalar is installed when this first runs. Its page is the one of its README, without the fonts of another host.
 *
 * @throws {Error} when a tool cannot be installed or fails.
 */
export function prepareSites(): Site[] {
  const bundle = bundlePath('v2.json');
  const folder = join(tmpdir(), 'comm100-bench-docs');
  rmSync(folder, { recursive: true, force: true });
  const redoc = join(folder, 'redoc');
  const scalar = join(folder, 'scalar');
  mkdirSync(redoc, { recursive: true });
  mkdirSync(scalar);

  const words = ['build-docs', bundle, '--inlineBundle', '-o', join(redoc, 'index.html')];
  run(process.execPath, [redocly.script, ...words], { env: redocly.env });
  const { version } = JSON.parse(readFileSync(join(dirname(redocly.script), '..', 'package.json'), 'utf8'));

  const versions = versionsOf('documentation');
  const modules = installed('documentation', versions);
  copyFileSync(join(modules, '@scalar/api-reference/dist/browser/standalone.js'), join(scalar, 'standalone.js'));
  copyFileSync(bundle, join(scalar, 'openapi.json'));
  writeFileSync(
    join(scalar, 'index.html'),
    `<!doctype html><html lang="en"><head><title>Scalar</title><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><div id="app"></div>
<script src="standalone.js"></script>
<script>Scalar.createApiReference('#app', { url: 'openapi.json', withDefaultFonts: false, telemetry: false })</script>
</body></html>`,
  );
  for (const file of [
    join(redoc, 'index.html'),
    ...['standalone.js', 'openapi.json', 'index.html'].map((name) => join(scalar, name)),
  ]) {
    // As the build of our site compresses.
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
  }

  return [
    {
      name: 'ours',
      directory: DIST,
      link: ({ tag, id }) => operationLink('v2', tag, id),
      marks: ({ id, first }) => [`h2[id="${id}"]`, `[id="${id}.${first.in}.${first.name}"] code`],
    },
    {
      name: `redocly ${version}`,
      directory: redoc,
      link: ({ tag, id }) => `/#/${slugOf(tag)}/${id.toLowerCase()}`,
      marks: ({ tag, id, first }) => {
        const operation = `${slugOf(tag)}/${id.toLowerCase()}`;
        const part = first.in === 'body' ? 't=request' : `t=request&in=${first.in}`;
        return [`[id="${operation}"] h2`, `a[href="#/${operation}#${operation}/${part}&path=${first.name}"]`];
      },
    },
    {
      name: `scalar ${versions['@scalar/api-reference']}`,
      directory: scalar,
      link: ({ tag, method, path }) => `/#tag/${slugOf(tag)}/${method.toUpperCase()}${path}`,
      marks: ({ tag, method, path, first }) => {
        const operation = `api-1/tag/${slugOf(tag)}/${method.toUpperCase()}${path}`;
        return [`[id="${operation}"] h3`, `[id="${operation}.${first.in}.${first.name}"]`];
      },
    },
  ];
}
