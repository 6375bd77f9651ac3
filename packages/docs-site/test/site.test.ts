/** The built site as files: everything comes from the site itself, and every link has a target. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIST } from '../src/serve.ts';
import { at, documented, specFile, versions } from './expected.ts';
import { sectionsOf, textOf } from './rendered.ts';

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
  test.each(versions)('has every documented operation of %s, once', (version) => {
    const ofVersion = [...pages].filter(([file]) => file.startsWith(`/${version}/`));
    const shown = ofVersion.flatMap(([, html]) => sectionsOf(html).map(({ endpoint }) => endpoint));
    const wanted = documented(version).map(({ method, path }) => `${method} ${path}`);
    expect(shown.filter((endpoint) => /^[A-Z]/.test(endpoint)).toSorted()).toEqual(wanted.toSorted());
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

  test('has no inline script behind the styles, which would keep the text waiting for them', () => {
    const late = [...pages].filter(([, html]) => {
      const [head = ''] = html.split('</head>');
      return /<link[^>]* rel="[^"]*stylesheet.*<script(?![^>]* src=)/s.test(head);
    });
    expect(late.map(([file]) => file)).toEqual([]);
  });

  test('has no link without a target', () => {
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

  test('has the notes of a shared type at the type alone, and at its fields a mark with a link', () => {
    const { 'x-evidence': mark, 'x-evidence-note': note } = at('v2', 'components', 'schemas', 'LocalDateTime');
    const [chats, schemas] = ['/v2/chats.html', '/v2/schemas-shared.html'].map((page) => pages.get(page) ?? '');
    expect(textOf(schemas ?? '')).toContain(note);
    expect(textOf(chats ?? '')).not.toContain(note);
    const link = `<a class="mark" href="/v2/schemas-shared.html#LocalDateTime" title="${note}">${mark}</a>`;
    expect(chats?.split('id="listChats.query.timeFrom"')[1]?.split('</li>')[0]).toContain(link);
  });

  test('explains every error status that an operation has', () => {
    const all = versions.flatMap(documented).flatMap(({ responses }) => responses.map(([status]) => status));
    const statuses = [...new Set(all)].filter((status) => status >= '400');
    const ids = idsOf.get('/guide/errors.html');
    expect(statuses.length).toBeGreaterThan(0);
    expect(statuses.filter((status) => !ids?.has(`status-${status}`))).toEqual([]);
  });

  test('has an index for the search that a slow line carries', () => {
    const [index = ''] = files.filter((file) => /search\.data.*\.js\.gz$/.test(file));
    expect(statSync(join(DIST, index)).size).toBeLessThan(150_000);
  });

  test.each(['v1.json', 'v1.yaml', 'v2.json', 'v2.yaml'])('offers the description %s for download', (file) => {
    expect(read(`/openapi/comm100-${file}`)).toBe(specFile(file));
    expect(pages.get('/index.html')).toContain(`href="/openapi/comm100-${file}"`);
  });

  test('is small before an operation is tried, and so is the sandbox', () => {
    const size = (file: string, ending: string) =>
      (statSync(join(DIST, file + ending), { throwIfNoEntry: false }) ?? statSync(join(DIST, file))).size;
    // A page names the script of the site. That imports others, and the one of the page.
    const loaded = (file: string): string[] => [
      file,
      ...[...(file.endsWith('.js') ? read(file) : '').matchAll(/(?:from|import)"(\.[^"]+)"/g)].flatMap(
        ([, path = '']) => loaded(posix.join(posix.dirname(file), path)),
      ),
    ];
    const weigh = (ending: string) =>
      [...pages]
        .filter(([, html]) => html.includes('data-try='))
        .map(([file, html]) => {
          const name = file.slice(1).replace('/', '_').replace('.html', '.md.');
          const own = files.filter((it) => it.startsWith(`/assets/${name}`) && it.endsWith('.lean.js'));
          const linked = [...attributes(html, /^link$/, 'href'), ...attributes(html, /^script$/, 'src')];
          // The Markdown of a page is named, not loaded.
          const links = linked.filter((link) => !link.endsWith('.md'));
          const parts = new Set([file, ...[...links, ...own].flatMap(loaded)]);
          return { file, bytes: [...parts].reduce((sum, part) => sum + size(part, ending), 0) };
        })
        .toSorted((one, other) => one.bytes - other.bytes);
    const sandbox = files.find((file) => /\/TryIt\.[\w-]+\.js$/.test(file)) ?? '';
    for (const ending of ['.gz', '.br']) {
      const of = (place: number) => `${weigh(ending).at(place)?.bytes} (${weigh(ending).at(place)?.file})`;
      console.log(`${ending}: pages of operations ${of(0)} to ${of(-1)}; the sandbox ${size(sandbox, ending)} bytes`);
    }
    // Many hosts of static files know only gzip.
    const weights = weigh('.gz');
    expect(weights.length).toBeGreaterThan(80);
    expect(weights.filter(({ bytes }) => bytes > 100_000)).toEqual([]);
    expect(size(sandbox, '.gz')).toBeLessThan(250_000);
  });
});
