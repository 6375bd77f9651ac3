import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMarkdownRenderer, type MarkdownEnv } from 'vitepress';
import { VERSIONS } from '../../src/model/bundle.ts';
import { readSite } from '../../src/model/site.ts';
import { accessEntries, type GuidePage, guideEntries, referenceEntries } from '../../src/search/entries.ts';
import { type Index, writeIndex } from '../../src/search/find.ts';
import config from '../config.ts';

declare const data: Index;

export { data };

/** The index of the search, in a chunk that is loaded with the first search. */
export default {
  async load(): Promise<Index> {
    const sites = VERSIONS.map(readSite);
    return writeIndex([...guideEntries(await guides()), ...accessEntries(sites), ...sites.flatMap(referenceEntries)]);
  },
};

/** The start page and the guides as VitePress renders them. Its `createContentLoader` cannot render files that a guide shows. */
async function guides(): Promise<GuidePage[]> {
  const folder = join(import.meta.dirname, '../../pages');
  const markdown = await createMarkdownRenderer(folder, config.markdown);
  const files = ['index.md', ...readdirSync(join(folder, 'guide')).map((file) => `guide/${file}`)];
  return files.map((relativePath) => {
    const path = join(folder, relativePath);
    const environment: MarkdownEnv = { path, relativePath, cleanUrls: false };
    const html = markdown.render(readFileSync(path, 'utf8'), environment);
    const url = `/${relativePath.replace(/\.md$/, '.html').replace(/^index\.html$/, '')}`;
    return { url, html, isList: environment.frontmatter?.search === 'titles' };
  });
}
