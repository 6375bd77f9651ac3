import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type DefaultTheme, defineConfig, type HeadConfig } from 'vitepress';
import { derive } from '../src/derived/index.ts';
import { listDownloads } from '../src/downloads.ts';
import { base, siteUrl, tagLink, versionLink, withBase } from '../src/html/links.ts';
import { filesForMachines } from '../src/machine/index.ts';
import { VERSIONS, type Version } from '../src/model/bundle.ts';
import { readSite } from '../src/model/site.ts';
import { type SearchSection, searchSections } from '../src/pages.ts';

const pages = fileURLToPath(new URL('../pages', import.meta.url));

const GUIDES: DefaultTheme.SidebarItem[] = [
  {
    text: 'Start',
    items: [
      { text: 'Overview', link: '/' },
      { text: 'First request', link: '/guide/first-request.html' },
      { text: 'Credentials', link: '/guide/credentials.html' },
      { text: 'Hosts', link: '/guide/hosts.html' },
      { text: 'The mock server', link: '/guide/mock.html' },
      { text: 'Testing', link: '/guide/testing.html' },
      { text: 'Programs to copy', link: '/guide/programs.html' },
      { text: 'Journeys', link: '/guide/journeys.html' },
    ],
  },
  {
    text: 'Good to know',
    items: [
      { text: 'Errors', link: '/guide/errors.html' },
      { text: 'Quota', link: '/guide/quota.html' },
      { text: 'Paging', link: '/guide/paging.html' },
      { text: 'Dates and other details', link: '/guide/wire.html' },
      { text: 'From version 1.0 to 2.0', link: '/guide/migration.html' },
      { text: 'The resources', link: '/guide/map.html' },
      { text: 'The life of a chat', link: '/guide/chat-life.html' },
      { text: 'Downloads', link: '/guide/downloads.html' },
      { text: 'How certain is it?', link: '/guide/certainty.html' },
    ],
  },
];

/** The resources of a version, grouped by the beginning of their paths. */
function referenceSidebar(version: Version): DefaultTheme.SidebarItem[] {
  const { resources } = readSite(version);
  const groups = Map.groupBy(resources, ({ area }) => area);
  const links = (area: string) =>
    (groups.get(area) ?? []).map(({ tag }) => ({ text: tag, link: tagLink(version, tag) }));
  return [
    {
      items: [
        { text: 'All operations', link: versionLink(version) },
        { text: 'Schemas', link: `${versionLink(version)}schemas.html` },
        ...links(''),
      ],
    },
    ...[...groups.keys()].filter((area) => area !== '').map((area) => ({ text: area, items: links(area) })),
  ];
}

const versionName = (version: Version) => `Version ${readSite(version).document.info.version}`;

function referenceSections(path: string): SearchSection[] | undefined {
  const [, prefix, page = ''] = /^([^/]+)\/(.+)\.md$/.exec(relative(pages, path)) ?? [];
  const version = VERSIONS.find((known) => known === prefix);
  return version && searchSections(readSite(version), page);
}

/** Puts a `.gz` beside each text of the site, for servers that send those. */
async function compress(directory: string): Promise<void> {
  const files = (await readdir(directory, { recursive: true })).filter((file) =>
    /\.(html|js|css|json|yaml|md|txt)$/.test(file),
  );
  for (const file of files) {
    const path = join(directory, file);
    await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
  }
}

export default defineConfig({
  title: 'comm100-openapi',
  titleTemplate: ':title · Comm100 Live Chat API, unofficial',
  description: 'An unofficial description of the Comm100 Live Chat REST API: reference and guides.',
  lang: 'en',
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: '.vitepress/cache',
  cleanUrls: false,
  base,
  ...(siteUrl && { sitemap: { hostname: siteUrl.href } }),
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}mark.svg` }],
    ['meta', { name: 'color-scheme', content: 'light dark' }],
  ],
  markdown: {
    // The colours are those of the reference's samples; base.css gives them their values.
    theme: {
      name: 'house',
      type: 'light',
      colors: { 'editor.background': 'var(--code-back)', 'editor.foreground': 'var(--code-text)' },
      settings: [
        { settings: { foreground: 'var(--code-text)', background: 'var(--code-back)' } },
        { scope: ['string', 'punctuation.definition.string'], settings: { foreground: 'var(--code-string)' } },
        { scope: ['keyword', 'storage', 'constant.language'], settings: { foreground: 'var(--code-word)' } },
        { scope: ['constant.numeric'], settings: { foreground: 'var(--code-number)' } },
        { scope: ['comment'], settings: { foreground: 'var(--code-comment)' } },
      ],
    },
    config(markdown) {
      markdown.renderer.rules.table_open = () => '<div class="table-frame"><table>';
      markdown.renderer.rules.table_close = () => '</table></div>';
      for (const rule of ['html_block', 'html_inline'] as const) {
        const plain = markdown.renderer.rules[rule];
        markdown.renderer.rules[rule] = (tokens, index, options, environment, self) => {
          const [, directive] = /^<!--\s*derived:(.*?)-->/.exec(tokens[index]?.content ?? '') ?? [];
          if (directive !== undefined) return withBase(derive(directive).source);
          return plain ? plain(tokens, index, options, environment, self) : (tokens[index]?.content ?? '');
        };
      }
    },
  },
  transformPageData(pageData) {
    const { params } = pageData;
    if (!params) return;
    const version = VERSIONS.find((known) => known === params.version);
    const title = String(params.title);
    return {
      title: version && params.kind !== 'index' ? `${title} · ${versionName(version)}` : title,
      description: String(params.description),
    };
  },
  transformHead({ assets, page }) {
    const fonts = assets.filter((asset) =>
      /plex-(sans-latin-wght-normal|mono-latin-400-normal)\.[\w-]+\.woff2$/.test(asset),
    );
    const address =
      siteUrl && new URL(page.replace(/\.md$/, '.html').replace(/(^|\/)index\.html$/, '$1'), siteUrl).href;
    return [
      ...fonts.map(
        (href): HeadConfig => ['link', { rel: 'preload', href, as: 'font', type: 'font/woff2', crossorigin: '' }],
      ),
      ...(page === '404.md'
        ? []
        : [['link', { rel: 'alternate', type: 'text/markdown', href: base + page }] satisfies HeadConfig]),
      ...(address && page !== '404.md' ? [['link', { rel: 'canonical', href: address }] satisfies HeadConfig] : []),
    ];
  },
  async buildEnd({ outDir }) {
    const downloads = listDownloads().map(({ link, text }) => ({ path: link, text }));
    for (const { path, text } of [...downloads, ...filesForMachines()]) {
      const target = join(outDir, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
    await compress(outDir);
  },
  themeConfig: {
    siteTitle: 'comm100-openapi',
    logo: { src: '/mark.svg', alt: '' },
    outline: { level: [2, 3], label: 'On this page' },
    nav: [
      { text: 'Guides', link: '/guide/first-request.html', activeMatch: '^/guide/' },
      ...VERSIONS.map((version) => ({
        text: versionName(version),
        link: versionLink(version),
        activeMatch: `^/${version}/`,
      })),
    ],
    sidebar: {
      '/guide/': GUIDES,
      ...Object.fromEntries(VERSIONS.map((version) => [versionLink(version), referenceSidebar(version)])),
    },
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          searchOptions: { boost: { title: 6, titles: 2, text: 1 }, fuzzy: 0.15, prefix: true },
          // The pages of the reference have no files, so their sections come from the bundle.
          // With `undefined` VitePress splits a page itself, although its types do not allow it.
          _splitIntoSections: (path) => referenceSections(path) as SearchSection[],
        },
      },
    },
  },
  vite: {
    resolve: {
      alias: [
        {
          find: /^.*\/VPSidebarGroup\.vue$/,
          replacement: fileURLToPath(new URL('./theme/SidebarGroups.vue', import.meta.url)),
        },
      ],
    },
    build: { chunkSizeWarningLimit: 4000 },
  },
});
