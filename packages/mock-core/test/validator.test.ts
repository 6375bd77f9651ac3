import { type Document, operationsOf, type Schema } from '@comm100-openapi/description';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { schemaCompiler } from '../src/schema/validator.ts';
import { bundles } from './helpers.ts';

// Ajv is the reference: over every schema of the bundles that carries a body, for the documented examples and for each
// of them broken in many ways, our validator must come to the same verdict.

/** Values that a place of a body is replaced by. */
const replacements = [undefined, null, true, -1, 1.5, 2 ** 40, '', 'x', '2025-03-03T00:00:00', [], ['x'], {}, { x: 1 }];

/** A value, and the value with each place of it replaced, removed or joined by an unknown property. */
function* variants(value: unknown, depth = 0): Generator<unknown> {
  yield* depth === 0 ? [value, ...replacements.slice(1)] : replacements;
  if (typeof value !== 'object' || value === null) return;
  const isList = Array.isArray(value);
  // The entries of a list are alike.
  const keys = isList ? [0].filter((key) => key < value.length) : Object.keys(value);
  for (const key of keys) {
    for (const inner of variants((value as Record<string, unknown>)[key], depth + 1)) {
      const copy = (isList ? [...value] : { ...value }) as Record<string, unknown>;
      if (inner === undefined && !isList) delete copy[key];
      else copy[key] = inner === undefined ? null : inner;
      yield copy;
    }
  }
  if (!isList) yield { ...value, 'not documented': 1 };
}

function referenceFor(document: Document): (schema: Schema) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, logger: false });
  addFormats.default(ajv);
  const { components } = document;
  const compiled = new Map<string, ValidateFunction>();
  return (schema) => {
    const text = JSON.stringify(schema);
    const validate = compiled.get(text) ?? ajv.compile({ ...schema, components });
    compiled.set(text, validate);
    return validate;
  };
}

describe.each(bundles.map((document) => ({ document, version: document.info.version })))(
  'version $version',
  ({ document }) => {
    const bodies = operationsOf(document).flatMap(({ id, body, responses }) =>
      [...(body ? [{ status: 'request', media: body.media }] : []), ...responses].flatMap(({ status, media }) =>
        media.flatMap(({ schema = {}, examples }) =>
          // The errors are the same everywhere.
          /^[45]/.test(status) ? [] : examples.map(({ name, value }) => ({ id, status, name, schema, value })),
        ),
      ),
    );
    const reference = referenceFor(document);
    const compile = schemaCompiler(document);

    test.each(bodies)('$id $status $name', ({ schema, value }) => {
      const [wanted, ours] = [reference(schema), compile(schema)];
      const verdicts = { valid: 0, invalid: 0 };
      for (const variant of variants(value)) {
        const want = wanted(variant);
        verdicts[want ? 'valid' : 'invalid']++;
        if ((ours(variant).length === 0) !== want) {
          expect({ value: variant, findings: ours(variant) }).toEqual({ value: variant, errors: wanted.errors });
        }
      }
      expect(verdicts.valid).toBeGreaterThan(0);
      expect(verdicts.invalid).toBeGreaterThan(0);
    });
  },
);
