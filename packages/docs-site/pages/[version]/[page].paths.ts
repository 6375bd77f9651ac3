import { withBase } from '../../src/html/links.ts';
import { VERSIONS } from '../../src/model/bundle.ts';
import { readSite } from '../../src/model/site.ts';
import { listPages } from '../../src/pages.ts';

export default {
  paths: () =>
    VERSIONS.flatMap((version) => listPages(readSite(version))).map(({ params, content }) => ({
      params,
      content: withBase(content),
    })),
};
