import { slugOf } from '../../src/html/links.ts';
import { VERSIONS, type Version } from '../../src/model/bundle.ts';
import { readSite } from '../../src/model/site.ts';

interface NavGroup {
  /** The beginning of the paths of all its resources; empty for what has none in common. */
  title: string;
  links: { text: string; page: string }[];
}

declare const data: Record<Version, NavGroup[]>;

export { data };

const general = [
  { text: 'All operations', page: 'index' },
  { text: 'Schemas', page: 'schemas' },
];

/** The resources of each version, grouped by the beginning of their paths. */
export default {
  load(): typeof data {
    const groups = VERSIONS.map((version) => {
      const areas = Map.groupBy(readSite(version).resources, ({ area }) => area);
      const links = (area: string) => (areas.get(area) ?? []).map(({ tag }) => ({ text: tag, page: slugOf(tag) }));
      const others = [...areas.keys()].filter((area) => area !== '');
      return [
        version,
        [
          { title: '', links: [...general, ...links('')] },
          ...others.map((area) => ({ title: area, links: links(area) })),
        ],
      ] as const;
    });
    return Object.fromEntries(groups) as unknown as typeof data;
  },
};
