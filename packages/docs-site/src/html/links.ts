import type { Version } from '../model/bundle.ts';

/** The addresses of the site, in one place, so that the links to a page change with it. */

export const slugOf = (tag: string) =>
  tag
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export const versionLink = (version: Version) => `/${version}/`;
export const tagLink = (version: Version, tag: string) => `/${version}/${slugOf(tag)}.html`;
export const operationLink = (version: Version, tag: string, operationId: string) =>
  `${tagLink(version, tag)}#${operationId}`;
export const schemaLink = (version: Version, name: string) => `/${version}/schemas.html#${name}`;
/** An error that operations share has its own section; any other, the section of its status. */
export const errorLink = (status: string, component?: string) =>
  `/guide/errors.html#${component ?? `status-${status}`}`;
export const credentialLink = (scheme: string) => `/guide/credentials.html#${scheme}`;
export const hostsLink = '/guide/hosts.html';
export const certaintyLink = '/guide/certainty.html';
export const downloadLink = (version: Version, extension: 'json' | 'yaml') =>
  `/openapi/comm100-${version}.${extension}`;
