import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Company } from './company.ts';
import type { MigrationMap } from './migration.ts';
import type { Document } from './openapi.ts';
import type { Facts } from './week.ts';

/** Files are read up to this size, in bytes. */
const largest = 64 * 1024 * 1024;

/**
 * Reads a bundled description from a JSON file.
 *
 * @param file A path, or a `file:` URL such as `import.meta.resolve('@comm100-openapi/spec/v2.json')` gives.
 * @throws {Error} naming the file, and what is wrong with it: missing, too large, not JSON, or not OpenAPI 3.1.
 */
export function readDocument(file: string | URL): Document {
  const document = readJson(file) as Partial<Document> | null;
  const problem = problemOf(document);
  if (problem) throw new Error(`${pathOf(file)} is not a description that can be used: ${problem}.`);
  return document as Document;
}

/** Reads the demo company from its JSON file. @throws {Error} naming the file. */
export function readCompany(file: string | URL): Company {
  return readJson(file) as Company;
}

/** Reads what happened in the week of the demo company from its JSON file. @throws {Error} naming the file. */
export function readFacts(file: string | URL): Facts {
  return readJson(file) as Facts;
}

/** Reads the map from version 1.0 to 2.0 from its JSON file. @throws {Error} naming the file. */
export function readMigration(file: string | URL): MigrationMap {
  return readJson(file) as MigrationMap;
}

/** What keeps a value from being an OpenAPI 3.1 document that programs can read; `undefined` where nothing does. */
function problemOf(document: Partial<Document> | null): string | undefined {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(document) || typeof document?.openapi !== 'string') return 'it has no `openapi`';
  if (!/^3\.1\.\d+$/.test(document.openapi)) return `its version of OpenAPI is ${document.openapi}, not 3.1`;
  if (!isObject(document.info) || typeof document.info?.version !== 'string') return 'it has no `info.version`';
  if (!isObject(document.paths)) return 'it has no `paths`';
  return undefined;
}

function readJson(file: string | URL): unknown {
  const path = pathOf(file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(`${path} cannot be read (${code}). Check the path; npm run build makes the project's own.`, {
      cause,
    });
  }
  if (text.length > largest) throw new Error(`${path} is larger than ${largest} bytes.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is not valid JSON: ${(cause as Error).message}`, { cause });
  }
}

function pathOf(file: string | URL): string {
  return file instanceof URL || file.startsWith('file:') ? fileURLToPath(file) : file;
}
