import { readFileSync } from 'node:fs';
import type { Document } from '@comm100-openapi/description';
import { readDocument } from '@comm100-openapi/description/files';

/** The address of the project's own bundle of a version; `strict/v1` is the form whose objects are closed. */
export function ownBundle(name: 'v1' | 'v2' | 'strict/v1' | 'strict/v2'): string {
  return import.meta.resolve(`@comm100-openapi/spec/${name}.json`);
}

/**
 * The bundles of both versions in the strict form, or files of the user in their place.
 *
 * @throws {Error} naming the file that cannot be used.
 */
export function strictBundles({ v1 = ownBundle('strict/v1'), v2 = ownBundle('strict/v2') } = {}): Document[] {
  return [readDocument(v1), readDocument(v2)];
}

/** The version of this package. */
export function ownVersion(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
