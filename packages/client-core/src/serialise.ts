import { createQuerySerializer, defaultPathSerializer } from 'openapi-fetch';

/** How a form body writes a list: `1,2` in one field, or a numbered field for each entry, `[0]=1&[1]=2`. */
export type FormLists = 'comma' | 'index';

/** Operations whose bodies travel as forms, as `METHOD path`; derived from the bundle. All others are JSON. */
export type FormBodies = Readonly<Record<string, FormLists>>;

const serialiseFlat = createQuerySerializer<Record<string, unknown>>();

/**
 * A path with its parameters in their places, encoded.
 *
 * @throws {TypeError} for a parameter that is missing, empty, `.` or `..`: the address would be that of another operation.
 */
export function serialisePath(path: string, parameters: Record<string, unknown> = {}): string {
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    const text = String(parameters[name] ?? '');
    if (['', '.', '..'].includes(text)) throw new TypeError(`path.${name} is '${text}', which names nothing.`);
  }
  return defaultPathSerializer(path, parameters as Record<string, string>);
}

/**
 * A query string. A list of objects becomes numbered fields, `conditions[0][field]=email`; the rest follows OpenAPI's
 * defaults.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#style-values
 */
export function serialiseQuery(query: unknown): string {
  const flat: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query ?? {})) {
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'object' && entry !== null)) {
      value.forEach((entry, index) => {
        for (const [key, inner] of Object.entries(entry)) flat[`${name}[${index}][${key}]`] = inner;
      });
    } else flat[name] = value;
  }
  return serialiseFlat(flat);
}

/**
 * A form body, `application/x-www-form-urlencoded`. Members that are undefined or null are left out.
 *
 * @see https://url.spec.whatwg.org/#application/x-www-form-urlencoded
 */
export function serialiseForm(body: unknown, lists: FormLists): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body ?? {})) {
    if (value === undefined || value === null) continue;
    if (!Array.isArray(value)) form.append(name, String(value));
    else if (lists === 'comma') form.append(name, value.join(','));
    else for (const [index, entry] of value.entries()) form.append(`[${index}]`, String(entry));
  }
  // The service reads commas as they are; an encoded one is the same to a form parser, but harder to read in a log.
  return form.toString().replaceAll('%2C', ',');
}
