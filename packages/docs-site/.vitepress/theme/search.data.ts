import { createContentLoader } from 'vitepress';
import { VERSIONS } from '../../src/model/bundle.ts';
import { readSite } from '../../src/model/site.ts';
import { accessEntries, guideEntries, referenceEntries } from '../../src/search/entries.ts';
import { type Index, writeIndex } from '../../src/search/find.ts';

declare const data: Index;

export { data };

/** The index of the search, in a chunk that is loaded with the first search. */
export default {
  async load(): Promise<Index> {
    const guides = await createContentLoader(['index.md', 'guide/*.md'], { render: true }).load();
    const sites = VERSIONS.map(readSite);
    return writeIndex([
      ...guideEntries(
        guides.map(({ url, html = '', frontmatter }) => ({ url, html, isList: frontmatter.search === 'titles' })),
      ),
      ...accessEntries(sites),
      ...sites.flatMap(referenceEntries),
    ]);
  },
};
