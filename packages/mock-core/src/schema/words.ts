import type { Json } from '@comm100-openapi/description';
import { short } from '../remarks.ts';
import type { Finding } from './check.ts';

type Params = Readonly<Record<string, Json>>;

const typeNames: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'a string',
  boolean: 'a boolean',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

const formatNames: Readonly<Record<string, string>> = {
  uuid: 'a GUID, such as c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001',
  email: 'an email address',
};

/** Text as it is, and what is not text as JSON. */
const textOf = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

const count = (limit: Json | undefined, one: string, many: string) => `${limit} ${limit === 1 ? one : many}`;

/** What is wrong, by keyword: the end of a sentence that begins with the name of the parameter. */
const complaints: Readonly<Record<string, (params: Params) => string>> = {
  type: ({ types }) => `must be ${(types as string[]).map((name) => typeNames[name] ?? name).join(' or ')}`,
  enum: ({ allowed }) => `must be one of ${(allowed as Json[]).map(textOf).join(', ')}`,
  required: () => 'is required',
  pattern: ({ form, pattern }) => (form ? `must have the format ${form}` : `must match the pattern ${pattern}`),
  format: ({ format }) => `must be ${formatNames[format as string] ?? `in the format of ${format}`}`,
  minimum: ({ limit }) => `must be at least ${limit}`,
  maximum: ({ limit }) => `must be at most ${limit}`,
  exclusiveMinimum: ({ limit }) => `must be more than ${limit}`,
  exclusiveMaximum: ({ limit }) => `must be less than ${limit}`,
  multipleOf: ({ limit }) => `must be a multiple of ${limit}`,
  minLength: ({ limit }) =>
    limit === 1 ? 'must not be empty' : `must have at least ${count(limit, 'character', 'characters')}`,
  maxLength: ({ limit }) => `must have at most ${count(limit, 'character', 'characters')}`,
  minItems: ({ limit }) => `must have at least ${limit === 1 ? 'one entry' : `${limit} entries`}`,
  maxItems: ({ limit }) => `must have at most ${count(limit, 'entry', 'entries')}`,
  minProperties: ({ limit }) => `must have at least ${limit === 1 ? 'one field' : `${limit} fields`}`,
  maxProperties: ({ limit }) => `must have at most ${count(limit, 'field', 'fields')}`,
  additionalProperties: () => 'is unknown',
  unevaluatedProperties: () => 'is unknown',
  oneOf: () => 'must have only one of the documented forms',
};

/**
 * A finding as a sentence in the service's words: `Parameter 'timeFrom' is required.`
 *
 * @param whole What to call the value itself, where nothing inside it is wrong.
 */
export function sentenceOf({ path, keyword, params }: Finding, whole: string): string {
  // No longer than a line, since names can come from the request.
  const subject = path.length > 0 ? `Parameter '${short(placeOf(path), 200)}'` : whole;
  return `${subject} ${complaintOf({ keyword, params })}.`;
}

/** What is wrong, without a subject: `must be a string`. */
export function complaintOf({ keyword, params }: Pick<Finding, 'keyword' | 'params'>): string {
  return complaints[keyword]?.(params) ?? 'is wrong';
}

/** A place in a value: `fields[0].type`. */
export function placeOf(path: Finding['path']): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index ? `.${key}` : key)).join('');
}
