import { readFileSync } from 'node:fs';
import type { Document } from '@comm100-openapi/description';
import { readDocument } from '@comm100-openapi/description/files';

/** The address of the project's own bundle of a version, as it is published or in its strict form. */
export function ownBundle(version: 'v1' | 'v2', form: 'published' | 'strict' = 'published'): string {
  return import.meta.resolve(`@comm100-openapi/spec/${form === 'strict' ? 'strict/' : ''}${version}.json`);
}

/** @throws {Error} naming the file that cannot be used. */
export function readBundles({ v1, v2 }: { v1: string; v2: string }): Document[] {
  return [readDocument(v1), readDocument(v2)];
}

/** The version of this package. */
export function ownVersion(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
