import { InvalidValueError } from './errors.ts';

/** How a form body contains a list: as one field, `1,2`, or with a numbered field for each entry, `[0]=1&[1]=2`. */
export type FormLists = 'comma' | 'index';

/** The operations whose bodies are forms, by `METHOD path`; derived from the bundle. All other bodies are JSON. */
export type FormBodies = Readonly<Record<string, FormLists>>;

/** A value as it is written in a URL or a form. */
function textOf(value: unknown, name: string): string {
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return String(value);
  throw new InvalidValueError(
    `${name} is ${kindOf(value)}. Give text, a number or a boolean; for a date, see formatDate.`,
  );
}

/** `Date`, `Object`, `Array`; also for an object of another realm, where `instanceof` does not help. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/**
 * A path with the encoded values of its parameters.
 *
 * @throws {InvalidValueError} for a parameter that is missing, empty, `.` or `..`: the URL would be the URL of another operation.
 */
export function serialisePath(path: string, parameters: Record<string, unknown> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined || value === null) throw new InvalidValueError(`path.${name} is missing.`);
    const text = textOf(value, `path.${name}`);
    if (['', '.', '..'].includes(text))
      throw new InvalidValueError(`path.${name} is '${text}', which is not a value for a path.`);
    return encodeURIComponent(text);
  });
}

/**
 * A query string, with its `?`; empty where there is nothing in it. A list of objects becomes numbered fields,
 * `conditions[0][field]=email`; a list of other values repeats its name.
 *
 * @throws {InvalidValueError} for a value that is not text, a number or a boolean.
 * @see https://spec.openapis.org/oas/v3.1.1#style-values
 */
export function serialiseQuery(query: unknown): string {
  const parts: string[] = [];
  const add = (name: string, value: unknown) => {
    if (value !== undefined && value !== null)
      parts.push(`${name}=${encodeURIComponent(textOf(value, `query.${name}`))}`);
  };
  for (const [name, value] of Object.entries(query ?? {})) {
    if (!Array.isArray(value)) add(name, value);
    else
      for (const [index, entry] of value.entries()) {
        if (kindOf(entry) !== 'Object') add(name, entry);
        else for (const [key, inner] of Object.entries(entry)) add(`${name}[${index}][${key}]`, inner);
      }
  }
  return parts.length ? `?${parts.join('&')}` : '';
}

/**
 * A form body, `application/x-www-form-urlencoded`. Fields that are undefined or null are left out.
 *
 * @throws {InvalidValueError} for a value that a form cannot have, and for a numbered list without entries: without a
 *   body, the request could mean all there is.
 * @see https://url.spec.whatwg.org/#application/x-www-form-urlencoded
 */
export function serialiseForm(body: unknown, lists: FormLists): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body ?? {})) {
    if (value === undefined || value === null) continue;
    const texts = [value].flat().map((entry) => textOf(entry, `body.${name}`));
    if (!Array.isArray(value) || lists === 'comma') form.append(name, texts.join(','));
    else for (const [index, text] of texts.entries()) form.append(`[${index}]`, text);
  }
  const text = form.toString();
  if (lists === 'index' && !text) throw new InvalidValueError('the list in the body has no entries.');
  // A form parser reads an encoded comma the same way, but it is harder to read in a log.
  return text.replaceAll('%2C', ',');
}
