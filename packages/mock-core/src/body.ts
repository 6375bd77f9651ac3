import { ServiceError } from './exchange.ts';
import { keepingLast } from './once.ts';
import { type Remarks, short } from './remarks.ts';

/** The media type of a form. */
export const form = 'application/x-www-form-urlencoded';

/** The media type in a header, in lower case and without its parameters. */
export const mediaType = keepingLast((header) => header.replace(/;.*/s, '').trim().toLowerCase());

/** How many fields a form can have, and JSON values, and how many lists and objects can be inside each other. */
const mostFields = 2000;
const mostValues = 20_000;
const deepest = 64;

/**
 * The fields of a form. A repeated name is a list, and `[0]=a&[1]=b` or `ids[0]=a` are entries of one list. Values are
 * trimmed.
 *
 * @param commaLists The lists that are documented as one field with commas, in lower case; another notation is remarked.
 * @throws {ServiceError} 400 where there are too many fields.
 * @see https://url.spec.whatwg.org/#urlencoded-parsing
 */
export function parseForm(
  text: string,
  commaLists: ReadonlySet<string>,
  remarks: Remarks,
): Record<string, string | string[]> {
  if (text.split('&', mostFields + 1).length > mostFields)
    throw new ServiceError(400, `The form has more than ${mostFields} fields.`);
  const fields = new Map<string, string | string[]>();
  for (const [name, raw] of new URLSearchParams(text)) {
    const value = raw.trim();
    const list = /^([^[\]]*)\[\d*\]$/.exec(name);
    const key = list ? (list[1] ?? '') : name.trim();
    const before = fields.get(key);
    if ((list || before !== undefined) && commaLists.has(key.toLowerCase())) {
      remarks.add(() => `body: '${short(name)}' is a list in several fields; send one, with commas`);
    }
    if (Array.isArray(before)) before.push(value);
    else if (before !== undefined) fields.set(key, [before, value]);
    else fields.set(key, list ? [value] : value);
  }
  return Object.fromEntries(fields);
}

/**
 * The value of JSON text.
 *
 * @param most How many values it can have. @default 20000
 * @throws {ServiceError} 400 where it is not JSON, has too many values, or is nested too deep.
 */
export function parseJson(text: string, most = mostValues): unknown {
  const { depth, values } = sizeOf(text, most);
  if (depth > deepest) throw new ServiceError(400, `The request body is nested deeper than ${deepest} levels.`);
  if (values > most) throw new ServiceError(400, `The request body has more than ${most} values.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceError(400, 'The request body is not valid JSON.');
  }
}

const [quote, backslash, comma, openList, closeList, openObject, closeObject] = [...'"\\,[]{}'].map((character) =>
  character.charCodeAt(0),
);

/** How many lists and objects of JSON text are inside each other, and how many values it has, as far as that is allowed. */
function sizeOf(text: string, most: number): { depth: number; values: number } {
  let open = 0;
  let depth = 0;
  let values = 1;
  let isInString = false;
  for (let at = 0; at < text.length && depth <= deepest && values <= most; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) isInString = !isInString;
    else if (isInString) at += Number(code === backslash);
    else if (code === comma) values++;
    else if (code === openList || code === openObject) depth = Math.max(depth, ++open);
    else if (code === closeList || code === closeObject) open--;
  }
  return { depth, values };
}
