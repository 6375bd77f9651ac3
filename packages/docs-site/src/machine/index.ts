/** What the site has for programs and language models: each page as Markdown, and `llms.txt`, which lists them. */

import { listDownloads } from '../downloads.ts';
import { base, operationPage, schemaPage, siteUrl, slugOf } from '../html/links.ts';
import { plainText } from '../html/markdown.ts';
import { VERSIONS } from '../model/bundle.ts';
import { readSchemas, schemaTitle } from '../model/schemas.ts';
import { readSite, type VersionSite } from '../model/site.ts';
import { type Guide, linkToMarkdown, listGuides } from './guides.ts';
import {
  blocks,
  indexMarkdown,
  operationPageMarkdown,
  resourceMarkdown,
  schemaIndexMarkdown,
  schemasMarkdown,
} from './reference.ts';

export interface TextFile {
  /** Its path in the site, without a slash at the beginning. */
  path: string;
  text: string;
}

/** Every file for machines, with links that lead to where the site is hosted. */
export function filesForMachines(): TextFile[] {
  const guides = listGuides();
  const pages = [
    ...guides.map(({ file, markdown }) => ({ path: file, text: markdown })),
    ...VERSIONS.map(readSite).flatMap((site) => [
      { path: `${site.version}/index.md`, text: indexMarkdown(site) },
      ...site.resources.map((resource) => ({
        path: `${site.version}/${slugOf(resource.tag)}.md`,
        text: resourceMarkdown(site, resource),
      })),
      ...ownPages(site).map(({ path, tag, view }) => ({ path, text: operationPageMarkdown(site, tag, view) })),
      { path: `${site.version}/schemas.md`, text: schemaIndexMarkdown(site) },
      ...readSchemas(site.version).groups.map((group) => ({
        path: `${site.version}/${schemaPage(group.tag)}.md`,
        text: schemasMarkdown(site, group),
      })),
    ]),
  ];
  return [...pages, { path: 'llms.txt', text: llmsTxt(guides) }].map(({ path, text }) => ({
    path,
    text: `${text.replace(/(?<=\]\()\/[^)\s]*/g, (link) => hosted(linkToMarkdown(link)))}\n`,
  }));
}

/** The operations with a page of their own. */
const ownPages = ({ version, resources }: VersionSite) =>
  resources
    .filter(({ hasPages }) => hasPages)
    .flatMap(({ tag, operations }) =>
      operations.map((view) => ({
        path: `${version}/${operationPage(version, tag, view.operation.id)}.md`,
        tag,
        view,
      })),
    );

/** The address of a page: in full where it is known, otherwise from the root of the server. */
const hosted = (link: string) => (siteUrl ? new URL(link.slice(1), siteUrl).href : base + link.slice(1));

/**
 * The list of all pages. There is no `llms-full.txt`: all pages together have two million characters.
 *
 * @see https://llmstxt.org
 */
function llmsTxt(guides: readonly Guide[]): string {
  return blocks(
    '# Comm100 Live Chat API (unofficial)',
    '> The REST API of Comm100 Live Chat, versions 1.0 and 2.0: an OpenAPI 3.1 description written by hand from the published documents, with reference, guides, a mock server and typed clients. Comm100 has neither made nor approved it.',
    'What is not plainly documented has a mark, such as **inferred** or **contradicted**, and a note. All values in examples are those of an invented company, which the mock server serves. Use version 2.0 for new programs.',
    section(
      'Guides',
      guides
        .filter(({ file }) => file.startsWith('guide/'))
        .map(({ file, title, summary }) => [`/${file}`, title, plainText(summary)]),
    ),
    ...VERSIONS.map(readSite).map((site) =>
      section(`Reference of version ${site.document.info.version}`, [
        [`/${site.version}/index.md`, 'All operations', 'Method, path and summary of each.'],
        ...site.resources.map(
          ({ tag, description }): Link => [`/${site.version}/${slugOf(tag)}.md`, tag, plainText(description)],
        ),
        ...ownPages(site).map(
          ({ path, view }): Link => [`/${path}`, view.operation.summary, plainText(view.operation.description)],
        ),
      ]),
    ),
    section('Optional', [
      ...VERSIONS.map(readSite).flatMap((site): Link[] => [
        [
          `/${site.version}/schemas.md`,
          `Schemas of version ${site.document.info.version}`,
          'The names of all, with links to their fields.',
        ],
        ...readSchemas(site.version).groups.map(
          ({ tag }): Link => [`/${site.version}/${schemaPage(tag)}.md`, schemaTitle(tag), ''],
        ),
      ]),
      ...listDownloads().map(
        ({ link, title, use, version }): Link => [
          link,
          version ? `${title}, version ${readSite(version).document.info.version}` : title,
          use,
        ],
      ),
    ]),
  );
}

type Link = readonly [link: string, title: string, notes: string];

const section = (title: string, links: readonly Link[]) =>
  blocks(`## ${title}`, links.map(([link, name, notes]) => `- [${name}](${link})${notes && `: ${notes}`}`).join('\n'));
