import { createQuerySerializer, defaultPathSerializer } from 'openapi-fetch';

/** How a form body contains a list: as one field, `1,2`, or with a numbered field for each entry, `[0]=1&[1]=2`. */
export type FormLists = 'comma' | 'index';

/** The operations whose bodies are forms, by `METHOD path`; derived from the bundle. All other bodies are JSON. */
export type FormBodies = Readonly<Record<string, FormLists>>;

const serialiseFlat = createQuerySerializer<Record<string, unknown>>();

/**
 * A path with the encoded values of its parameters.
 *
 * @throws {TypeError} for a parameter that is missing, empty, `.` or `..`: the URL would be the URL of another operation.
 */
export function serialisePath(path: string, parameters: Record<string, unknown> = {}): string {
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    const text = String(parameters[name] ?? '');
    if (['', '.', '..'].includes(text))
      throw new TypeError(`path.${name} is '${text}', which is not a value for a path.`);
  }
  return defaultPathSerializer(path, parameters as Record<string, string>);
}

/**
 * A query string. A list of objects becomes numbered fields, `conditions[0][field]=email`. All other values follow the
 * defaults of OpenAPI.
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
 * A form body, `application/x-www-form-urlencoded`. Fields that are undefined or null are left out.
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
  // A form parser reads an encoded comma the same way, but it is harder to read in a log.
  return form.toString().replaceAll('%2C', ',');
}
