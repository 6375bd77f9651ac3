import { readDocument } from '@comm100-openapi/description/files';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

// An independent validator over the strict form, whose objects are closed.
const strict = readDocument(import.meta.resolve('@comm100-openapi/spec/strict/v2.json'));
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
const compiled = new Map<string, ValidateFunction>();
ajv.addSchema(JSON.parse(JSON.stringify(strict)), 'v2');

/** What keeps a value from being valid against a schema of version 2.0, by the schema's name or its place in the bundle. */
export function problemsOf(schema: string, value: unknown): string[] {
  const place = schema.startsWith('/') ? schema : `/components/schemas/${schema}`;
  const validate = compiled.get(place) ?? ajv.compile({ $ref: `v2#${place}` });
  compiled.set(place, validate);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
