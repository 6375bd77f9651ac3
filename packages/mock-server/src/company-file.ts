import { readFileSync, statSync } from 'node:fs';
import type { Json } from '@comm100-openapi/description';
import { CompanyFileError, placeOf } from '@comm100-openapi/mock-core';
import { type Document, isAlias, LineCounter, type Node, parseDocument } from 'yaml';

/** A file is read up to this size, in bytes. */
const largest = 10 * 1024 * 1024;

/** A company in a file, in YAML or JSON. */
export interface CompanyFile {
  readonly content: Json;
  /** An error about the content with the line of each problem, such as `company.yaml:12: agents[0].email: is required.`; `undefined` for others. */
  located(error: unknown): Error | undefined;
}

/**
 * Reads a file of a company.
 *
 * @throws {Error} naming the file, the line and what to do.
 * @see https://yaml.org/spec/1.2.2/
 */
export function readCompanyContent(path: string): CompanyFile {
  const lines = new LineCounter();
  const document = parseDocument(textOf(path), { lineCounter: lines, prettyErrors: false });
  const [first] = document.errors;
  if (first) {
    const { line, col } = lines.linePos(first.pos[0]);
    throw new Error(`${path}:${line}:${col}: it is not valid YAML: ${first.message}`, { cause: first });
  }
  let content: Json;
  try {
    // Aliases of aliases can make little text very large.
    content = document.toJS({ maxAliasCount: 100 }) as Json;
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
  return {
    content,
    located(error) {
      if (!(error instanceof CompanyFileError)) return undefined;
      const problems = error.problems.map(({ path: place, text }) => {
        const at = lineOf(document, lines, place);
        return `${path}${at === undefined ? '' : `:${at}`}: ${placeOf(place)}${place.length > 0 ? ': ' : ''}${text}`;
      });
      return new Error(problems.join('\n'), { cause: error });
    },
  };
}

function textOf(path: string): string {
  try {
    if (statSync(path).size > largest) throw new Error(`${path}: it is larger than ${largest / 2 ** 20} MB.`);
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw new Error(message, { cause });
    const advice = code === 'ENOENT' ? ' comm100-mock init makes one.' : '';
    throw new Error(`${path}: it cannot be read (${code}).${advice}`, { cause });
  }
}

/** The line of a place, or of what it is in where it is not there. */
function lineOf(document: Document, lines: LineCounter, place: readonly (string | number)[]): number | undefined {
  for (let length = place.length; length >= 0; length--) {
    let found: unknown;
    try {
      found = length === 0 ? document.contents : document.getIn(place.slice(0, length), true);
    } catch {
      continue;
    }
    const node = isAlias(found) ? found.resolve(document) : (found as Node | undefined);
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
