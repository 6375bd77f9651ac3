/** The built site as files: nothing comes from elsewhere, and every link leads somewhere. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { downloadLink, errorLink, operationLink } from '../src/html/links.ts';
import { bundlePath, VERSIONS } from '../src/model/bundle.ts';
import { readSite } from '../src/model/site.ts';
import { DIST } from '../src/serve.ts';

const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
  .filter((file) => statSync(join(DIST, file)).isFile())
  .map((file) => `/${relative(DIST, join(DIST, file)).replaceAll('\\', '/')}`);
const read = (file: string) => readFileSync(join(DIST, file), 'utf8');
const pages = new Map(files.filter((file) => file.endsWith('.html')).map((file) => [file, read(file)]));
const idsOf = new Map(
  [...pages].map(([file, html]) => [file, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]),
);

/** The values of an attribute, on the tags that match. */
function attributes(html: string, tag: RegExp, attribute: string): string[] {
  return [...html.matchAll(/<([a-z]+)\b([^>]*)>/g)]
    .filter(([, name = '']) => tag.test(name))
    .flatMap(([, , text = '']) => new RegExp(`\\s${attribute}="([^"]*)"`).exec(text)?.[1] ?? [])
    .map((value) => value.replaceAll('&amp;', '&'));
}

describe('The built site', () => {
  test('has a page for every operation, with its anchor', () => {
    const missing = VERSIONS.flatMap((version) =>
      readSite(version).resources.flatMap(({ tag, operations }) =>
        operations
          .map(({ view }) => operationLink(version, tag, view.id))
          .filter((link) => {
            const [file = '', id = ''] = link.split('#');
            return !idsOf.get(file)?.has(id);
          }),
      ),
    );
    expect(missing).toEqual([]);
  });

  test('loads styles, scripts, fonts and pictures from itself only', () => {
    const sources = [...pages].flatMap(([file, html]) =>
      [
        ...attributes(html, /^link$/, 'href'),
        ...attributes(html, /^(script|img|source|iframe|video|audio)$/, 'src'),
      ].map((source) => ({ file, source })),
    );
    const inStyles = files
      .filter((file) => file.endsWith('.css'))
      .flatMap((file) => [...read(file).matchAll(/url\(["']?([^"')]+)/g)].map(([, source = '']) => ({ file, source })));
    const foreign = [...sources, ...inStyles].filter(
      ({ source }) => !source.startsWith('data:') && !files.includes(source.split(/[?#]/)[0] ?? ''),
    );
    expect(sources.length).toBeGreaterThan(0);
    expect(foreign).toEqual([]);
  });

  test('has no link that leads nowhere', () => {
    const dead = [...pages].flatMap(([file, html]) =>
      attributes(html, /^a$/, 'href')
        .filter((href) => {
          if (/^(https?|mailto):/.test(href)) return false;
          const [path = '', id] = href.split('#');
          const target = path === '' ? file : posix.join(path.startsWith('/') ? '/' : posix.dirname(file), path);
          const page = target.endsWith('/') ? `${target}index.html` : target;
          if (!files.includes(page)) return true;
          return id !== undefined && id !== '' && !idsOf.get(page)?.has(decodeURIComponent(id));
        })
        .map((href) => `${file}: ${href}`),
    );
    expect([...new Set(dead)]).toEqual([]);
  });

  test('explains every status that an operation declares', () => {
    const statuses = VERSIONS.flatMap((version) =>
      readSite(version).resources.flatMap(({ operations }) =>
        operations.flatMap(({ view }) => view.errors.map(({ status }) => status)),
      ),
    );
    const missing = [...new Set(statuses)].filter((status) => {
      const [file = '', id = ''] = errorLink(status).split('#');
      return !idsOf.get(file)?.has(id);
    });
    expect(missing).toEqual([]);
  });

  test.each(VERSIONS.flatMap((version) => (['json', 'yaml'] as const).map((extension) => ({ version, extension }))))(
    'offers the description of $version as $extension',
    ({ version, extension }) => {
      expect(read(downloadLink(version, extension))).toBe(readFileSync(bundlePath(`${version}.${extension}`), 'utf8'));
    },
  );
});
