import type { Version } from '../model/bundle.ts';
import { readSchemas } from '../model/schemas.ts';
import { readSite } from '../model/site.ts';

/**
 * The addresses of the site, in one place, so that the links to a page change with it. They begin at the root of the
 * site; `withBase` moves the links of a finished piece of HTML to where the site is hosted.
 */

export const slugOf = (tag: string) =>
  tag
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export const versionLink = (version: Version) => `/${version}/`;
export const tagLink = (version: Version, tag: string) => `/${version}/${slugOf(tag)}.html`;
/** The page with an operation: that of its resource, or one of its own. */
export function operationPage(version: Version, tag: string, operationId: string): string {
  const resource = readSite(version).resources.find((it) => it.tag === tag);
  return slugOf(resource?.hasPages ? operationId.replace(/(?=[A-Z])/g, '-') : tag);
}
export const operationLink = (version: Version, tag: string, operationId: string) =>
  `/${version}/${operationPage(version, tag, operationId)}.html#${operationId}`;
export const schemasLink = (version: Version) => `/${version}/schemas.html`;
/** The page with the schemas of a resource, or with those that several share. */
export const schemaPage = (tag: string | undefined) => `schemas-${tag === undefined ? 'shared' : slugOf(tag)}`;
export const schemaLink = (version: Version, name: string) =>
  `/${version}/${schemaPage(readSchemas(version).groupOf.get(name)?.tag)}.html#${name}`;
/** An error that operations share has its own section; any other, the section of its status. */
export const errorLink = (status: string, component?: string) =>
  `/guide/errors.html#${component ?? `status-${status}`}`;
export const credentialLink = (scheme: string) => `/guide/credentials.html#${scheme}`;
/** A permission or an edition, by its name. */
export const permissionLink = (name: string) => `/guide/permissions.html#${slugOf(name)}`;
/** Where the address and the credentials of all samples are set. */
export const setUpLink = '/guide/first-request.html#set-up';
export const hostsLink = '/guide/hosts.html';
export const certaintyLink = '/guide/certainty.html';
export const downloadLink = (version: Version, extension: 'json' | 'yaml' | 'postman.json' | 'bruno.json') =>
  `/openapi/comm100-${version}.${extension}`;
/** Beside the bundles, to which it refers. */
export const journeysLink = '/openapi/comm100-journeys.arazzo.yaml';

/** Where the site is hosted: `https://example.org/comm100/`; `undefined` where only its path is known. */
export const siteUrl = process.env.DOCS_URL === undefined ? undefined : checkedUrl(process.env.DOCS_URL);

/** The path under which the site is hosted, with a slash at both ends. */
export const base = siteUrl?.pathname ?? '/';

/** HTML whose links to pages of the site lead to where it is hosted. */
export const withBase = (source: string) => source.replaceAll(' href="/', ` href="${base}`);

function checkedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    throw new Error(`DOCS_URL is '${text}'. Give the address of the site, such as https://example.org/comm100/.`);
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
