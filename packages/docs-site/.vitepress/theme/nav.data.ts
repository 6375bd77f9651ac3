import type { Method } from '@comm100-openapi/description';
import { slugOf } from '../../src/html/links.ts';
import { VERSIONS, type Version } from '../../src/model/bundle.ts';
import { readSite } from '../../src/model/site.ts';

export interface NavOperation {
  id: string;
  method: Method;
  isWebhook: boolean;
  path: string;
  summary: string;
}

export interface NavResource {
  tag: string;
  slug: string;
  area: string;
  operations: NavOperation[];
}

declare const data: Record<Version, NavResource[]>;

export { data };

/** The data of the sidebar and the lists of operations, in one chunk that all pages share. */
export default {
  load(): typeof data {
    const entries = VERSIONS.map((version) => {
      const resources = readSite(version).resources.map(({ tag, area, operations }) => ({
        tag,
        slug: slugOf(tag),
        area,
        operations: operations.map(({ operation: { id, method, isWebhook, path, summary } }) => ({
          id,
          method,
          isWebhook,
          path,
          summary,
        })),
      }));
      return [version, resources] as const;
    });
    return Object.fromEntries(entries) as typeof data;
  },
};
