import { existsSync, readFileSync } from 'node:fs';
import { readDocument, readMigration } from '@comm100-openapi/description/files';
import { surfaceOf, surfaceOfMap } from './report.ts';

export interface Report {
  /** As a person finds it: `spec/surface/v2.txt`. */
  readonly file: string;
  readonly url: URL;
  /** The lines that were reviewed and committed; none where there is no such file. */
  readonly accepted: readonly string[];
  /** The lines that the bundles give now. */
  readonly found: readonly string[];
}

/** The reports of both versions and of the map between them. @throws {Error} where the bundles are not built. */
export function reports(): Report[] {
  const dist = new URL('../dist/', import.meta.url);
  const report = (name: string, found: string[]): Report => {
    const url = new URL(`${name}.txt`, import.meta.url);
    const accepted = existsSync(url) ? readFileSync(url, 'utf8').split('\n').filter(Boolean) : [];
    return { file: `spec/surface/${name}.txt`, url, accepted, found };
  };
  return [
    report('v1', surfaceOf(readDocument(new URL('strict/comm100-v1.json', dist)))),
    report('v2', surfaceOf(readDocument(new URL('strict/comm100-v2.json', dist)))),
    report('migration', surfaceOfMap(readMigration(new URL('migration.json', dist)))),
  ];
}

/** What differs between two sorted reports: `- ` before a line that is gone, `+ ` before a line that is new. */
export function changes(accepted: readonly string[], found: readonly string[]): string[] {
  const [before, after] = [new Set(accepted), new Set(found)];
  return [
    ...accepted.filter((line) => !after.has(line)).map((line) => ({ line, sign: '-' })),
    ...found.filter((line) => !before.has(line)).map((line) => ({ line, sign: '+' })),
  ]
    .sort((a, b) => (a.line < b.line ? -1 : a.line > b.line ? 1 : 0))
    .map(({ line, sign }) => `${sign} ${line}`);
}
