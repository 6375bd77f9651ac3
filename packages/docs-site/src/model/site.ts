import { type Document, operationsOf } from '@comm100-openapi/description';
import { readDemoCompany, readDocument, type Version } from './bundle.ts';
import { type OperationView, viewOperation } from './operation.ts';
import type { SnippetContext } from './snippet.ts';

/** A resource with more operations has a page for each of them, so that no page is long to load. */
const MOST_ON_A_PAGE = 20;

/** A tag of the description with its operations: one page of the reference, or several. */
export interface Resource {
  tag: string;
  description: string;
  /** The beginning of all its paths, such as `/api/v2/livechat`; empty where they have no such beginning. */
  area: string;
  operations: OperationView[];
  /** Whether each operation has its own page. */
  hasPages: boolean;
}

export interface VersionSite {
  version: Version;
  document: Document;
  context: SnippetContext;
  resources: Resource[];
}

/** A description as pages. Every operation is on exactly one: its own, or that of its first tag. */
export function buildSite(context: SnippetContext): VersionSite {
  const { document, version } = context;
  const byTag = new Map<string, Resource['operations']>(document.tags.map(({ name }) => [name, []]));
  for (const operation of operationsOf(document)) {
    const [tag = ''] = operation.tags;
    const operations = byTag.get(tag);
    if (!operations) {
      throw new Error(`The operation ${operation.id} has the tag "${tag}", which the document does not list.`);
    }
    operations.push(viewOperation(operation));
  }
  const resources = document.tags.flatMap(({ name, description = '' }) => {
    const operations = byTag.get(name) ?? [];
    const [first] = operations;
    if (!first) return [];
    const area = areaOf(first.operation.path);
    return [{ tag: name, description, area, operations, hasPages: operations.length > MOST_ON_A_PAGE }];
  });
  return { version, document, context, resources };
}

/** The prefix that the paths of related resources share: `/api`, the version and the part of the product. */
function areaOf(path: string): string {
  return /^\/api\/[^/]+\/[^/{]+/.exec(path)?.[0] ?? '';
}

const sites = new Map<Version, VersionSite>();

/** The pages of a version, made once. */
export function readSite(version: Version): VersionSite {
  const site = sites.get(version) ?? buildSite({ version, document: readDocument(version), demo: readDemoCompany() });
  sites.set(version, site);
  return site;
}
