import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type DefaultTheme, defineConfig, type HeadConfig } from 'vitepress';
import { derive } from '../src/derived/index.ts';
import { listDownloads } from '../src/downloads.ts';
import { base, siteUrl, versionLink, withBase } from '../src/html/links.ts';
import { filesForMachines } from '../src/machine/index.ts';
import { VERSIONS, type Version } from '../src/model/bundle.ts';
import { readSite } from '../src/model/site.ts';
import { withoutUnused } from './unused-styles.ts';

const GUIDES: DefaultTheme.SidebarItem[] = [
  {
    text: 'Start',
    items: [
      { text: 'Overview', link: '/' },
      { text: 'First request', link: '/guide/first-request.html' },
      { text: 'The typed client', link: '/guide/client.html' },
      { text: 'Credentials', link: '/guide/credentials.html' },
      { text: 'Hosts', link: '/guide/hosts.html' },
      { text: 'The mock server', link: '/guide/mock.html' },
      { text: 'Testing', link: '/guide/testing.html' },
      { text: 'Programs to copy', link: '/guide/programs.html' },
      { text: 'Journeys', link: '/guide/journeys.html' },
      { text: 'Other languages', link: '/guide/languages.html' },
    ],
  },
  {
    text: 'Good to know',
    items: [
      { text: 'Errors', link: '/guide/errors.html' },
      { text: 'Permissions and editions', link: '/guide/permissions.html' },
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

const versionName = (version: Version) => `Version ${readSite(version).document.info.version}`;

/** Puts a `.br` and a `.gz` beside each text of the site, for servers that send those. */
async function compress(directory: string): Promise<void> {
  const files = (await readdir(directory, { recursive: true })).filter((file) =>
    /\.(html|js|css|json|yaml|md|txt)$/.test(file),
  );
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
  await Promise.all(
    files.map(async (file) => {
      const path = join(directory, file);
      const text = await readFile(path);
      await writeFile(`${path}.br`, await promisify(brotliCompress)(text, { params }));
      await writeFile(`${path}.gz`, await promisify(gzip)(text, { level: 9 }));
    }),
  );
}

/**
 * Goes to what the address names as soon as the text is there, where a browser waits for the scripts. Far from the window
 * a section has an estimated height, so it does so again whenever heights change, until the reader moves or the scripts
 * take over.
 */
const GO_TO_TARGET = `document.addEventListener('readystatechange', () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const heights = new ResizeObserver(() => target.scrollIntoView());
  heights.observe(document.body);
  for (const end of ['wheel', 'touchmove', 'pointerdown', 'keydown', 'load'])
    addEventListener(end, () => heights.disconnect(), { once: true });
}, { once: true });`;

/**
 * The head of a page in the order that shows the text soonest. An inline script behind the styles would stop the parser
 * until they are loaded, and what is fetched ahead for the application would be loaded at their cost.
 */
function textFirst(page: string): string {
  const [head = '', ...rest] = page.split('</head>');
  const scripts = head.match(/<script(?![^>]* src=)[^>]*>.*?<\/script>/gs) ?? [];
  const others = scripts
    .reduce((text, script) => text.replace(script, ''), head)
    .replace(/\s*<link rel="prefetch" href="[^"]*\/chunks\/[^>]*>/g, '');
  return [others.replace('<link', () => `${scripts.join('')}<link`), ...rest].join('</head>');
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
  // The text of a page is in its HTML: on a slow line, scripts must not compete with it.
  shouldPreload: () => false,
  // Each page in the side bar would be loaded as well, which is more than the page that is read.
  router: { prefetchLinks: false },
  base,
  ...(siteUrl && { sitemap: { hostname: siteUrl.href } }),
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}mark.svg` }],
    ['meta', { name: 'color-scheme', content: 'light dark' }],
    ['script', {}, GO_TO_TARGET],
  ],
  markdown: {
    // The colours are those of the reference's samples; base.css gives them their values.
    theme: {
      name: 'house',
      type: 'light',
      colors: { 'editor.background': 'var(--vp-c-bg-alt)', 'editor.foreground': 'var(--code-text)' },
      settings: [
        { settings: { foreground: 'var(--code-text)', background: 'var(--vp-c-bg-alt)' } },
        { scope: ['string', 'punctuation.definition.string'], settings: { foreground: 'var(--code-string)' } },
        { scope: ['keyword', 'storage', 'constant.language'], settings: { foreground: 'var(--code-word)' } },
        { scope: ['constant.numeric'], settings: { foreground: 'var(--code-number)' } },
        { scope: ['comment'], settings: { foreground: 'var(--vp-c-text-3)' } },
      ],
    },
    config(markdown) {
      markdown.renderer.rules.table_open = () => '<div class="table-frame" tabindex="0"><table>';
      markdown.renderer.rules.table_close = () => '</table></div>';
      // On a narrow screen each cell shows the heading of its column.
      markdown.core.ruler.push('table_heads', ({ tokens }) => {
        let heads: string[] = [];
        let column = 0;
        for (const [index, token] of tokens.entries()) {
          if (token.type === 'thead_open') heads = [];
          if (token.type === 'tr_open') column = 0;
          if (token.type === 'th_open') heads.push(tokens[index + 1]?.content ?? '');
          if (token.type === 'td_open') token.attrSet('data-head', heads[column++] ?? '');
        }
      });
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
  transformHead({ page }) {
    const address =
      siteUrl && new URL(page.replace(/\.md$/, '.html').replace(/(^|\/)index\.html$/, '$1'), siteUrl).href;
    return [
      ...(page === '404.md'
        ? []
        : [['link', { rel: 'alternate', type: 'text/markdown', href: base + page }] satisfies HeadConfig]),
      ...(address && page !== '404.md' ? [['link', { rel: 'canonical', href: address }] satisfies HeadConfig] : []),
    ];
  },
  transformHtml: (page) =>
    // Vue escapes quotes in text as well, which is a part of the size of a page with many samples.
    textFirst(page.replace(/>[^<]+/g, (text) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'"))),
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
      // The theme's Sidebar.vue has its content.
      ...Object.fromEntries(VERSIONS.map((version) => [versionLink(version), [{ items: [] }]])),
    },
  },
  vite: {
    resolve: { alias: { '@docsearch/css': fileURLToPath(new URL('./theme/docsearch.css', import.meta.url)) } },
    // Neither the site nor VitePress uses the options API of Vue.
    define: { __VUE_OPTIONS_API__: 'false' },
    build: { chunkSizeWarningLimit: 4000, minify: 'terser', terserOptions: { compress: { passes: 2 } } },
    plugins: [
      {
        name: 'unused-styles',
        enforce: 'post',
        async generateBundle(_, bundle) {
          const built = Object.values(bundle);
          const sheet = built.find(({ fileName, type }) => type === 'asset' && fileName.endsWith('.css'));
          if (sheet?.type !== 'asset') return;
          const modules = built.flatMap((it) => (it.type === 'chunk' ? Object.entries(it.modules) : []));
          const source = await withoutUnused(
            String(sheet.source),
            modules.map(([file, { code }]) => [file, code ?? '']),
          );
          // A new file, so that its name has the hash of what is in it.
          delete bundle[sheet.fileName];
          this.emitFile({ type: 'asset', name: 'style.css', source });
        },
      },
    ],
  },
});
