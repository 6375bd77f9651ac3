import { ServiceError } from './exchange.ts';

/** How many fields a form can have, and how many lists and objects can be inside each other. */
const mostFields = 10_000;
const deepest = 64;

/**
 * The fields of a form. A repeated name is a list, and `[0]=a&[1]=b` or `ids[0]=a` are entries of one list. Values are
 * trimmed.
 *
 * @throws {ServiceError} 400 where there are too many fields.
 * @see https://url.spec.whatwg.org/#urlencoded-parsing
 */
export function parseForm(text: string): Record<string, string | string[]> {
  if (countOf('&', text) >= mostFields) {
    throw new ServiceError(400, `The form has more than ${mostFields} fields.`);
  }
  const fields = new Map<string, string | string[]>();
  for (const [name, raw] of new URLSearchParams(text)) {
    const value = raw.trim();
    const list = /^([^[\]]*)\[\d*\]$/.exec(name);
    const key = list ? (list[1] ?? '') : name.trim();
    const before = fields.get(key);
    if (Array.isArray(before)) before.push(value);
    else if (before !== undefined) fields.set(key, [before, value]);
    else fields.set(key, list ? [value] : value);
  }
  return Object.fromEntries(fields);
}

/** The value of JSON text. @throws {ServiceError} 400 where it is not JSON, or nested too deep. */
export function parseJson(text: string): unknown {
  if (depthOf(text) > deepest) {
    throw new ServiceError(400, `The request body is nested deeper than ${deepest} levels.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceError(400, 'The request body is not valid JSON.');
  }
}

function countOf(character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count++;
  return count;
}

/** How many lists and objects of JSON text are inside each other, at most. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInString && character === '\\') at++;
    else if (character === '"') isInString = !isInString;
    else if (isInString) continue;
    else if (character === '[' || character === '{') most = Math.max(most, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return most;
}
