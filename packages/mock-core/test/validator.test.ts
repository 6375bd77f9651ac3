import { type Document, operationsOf, type Schema } from '@comm100-openapi/description';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { schemaCompiler } from '../src/schema/validator.ts';
import { sentenceOf } from '../src/schema/words.ts';
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

describe('each keyword, and what an error says of it', () => {
  const named = { properties: { name: { type: 'string' } }, required: ['name'] };
  const document = {
    components: {
      schemas: { Tree: { properties: { size: { type: 'integer' }, below: { $ref: '#/components/schemas/Tree' } } } },
    },
  } as unknown as Document;
  const compile = schemaCompiler(document);

  test.each<{ schema: Schema; valid: unknown[]; invalid: unknown; want: string }>([
    {
      schema: { type: ['integer', 'null'] },
      valid: [1, null],
      invalid: '1',
      want: 'It must be a whole number or null.',
    },
    { schema: { enum: ['a', null] }, valid: ['a', null], invalid: 'b', want: 'It must be one of a, null.' },
    { schema: { const: { a: [1] } }, valid: [{ a: [1] }], invalid: { a: [2] }, want: 'It must be one of {"a":[1]}.' },
    { schema: { pattern: '^a+$' }, valid: ['aa', 1], invalid: 'ab', want: 'It must match the pattern ^a+$.' },
    { schema: { pattern: '^a$', 'x-format': 'a' }, valid: ['a'], invalid: 'b', want: 'It must have the format a.' },
    {
      schema: { format: 'date' },
      valid: ['2024-02-29', 1],
      invalid: '2025-02-29',
      want: 'It must be in the format of date.',
    },
    { schema: { format: 'unheard' }, valid: ['x'], invalid: undefined, want: '' },
    { schema: { minimum: 1 }, valid: [1, '0'], invalid: 0, want: 'It must be at least 1.' },
    { schema: { maximum: 1 }, valid: [1, '2'], invalid: 2, want: 'It must be at most 1.' },
    { schema: { exclusiveMinimum: 1 }, valid: [2], invalid: 1, want: 'It must be more than 1.' },
    { schema: { exclusiveMaximum: 1 }, valid: [0], invalid: 1, want: 'It must be less than 1.' },
    { schema: { multipleOf: 3 }, valid: [6], invalid: 7, want: 'It must be a multiple of 3.' },
    { schema: { minLength: 1 }, valid: ['a', 1], invalid: '', want: 'It must not be empty.' },
    { schema: { maxLength: 1 }, valid: ['a', '🐦'], invalid: 'ab', want: 'It must have at most 1 character.' },
    { schema: { minItems: 1 }, valid: [[1], ''], invalid: [], want: 'It must have at least one entry.' },
    { schema: { maxItems: 1 }, valid: [[1]], invalid: [1, 2], want: 'It must have at most 1 entry.' },
    { schema: { minProperties: 1 }, valid: [{ a: 1 }, []], invalid: {}, want: 'It must have at least one field.' },
    { schema: { maxProperties: 1 }, valid: [{ a: 1 }], invalid: { a: 1, b: 2 }, want: 'It must have at most 1 field.' },
    { schema: named, valid: [{ name: 'x' }, 1], invalid: {}, want: "Parameter 'name' is required." },
    { schema: { items: named }, valid: [[]], invalid: [{ name: 1 }], want: "Parameter '[0].name' must be a string." },
    {
      schema: { ...named, additionalProperties: false },
      valid: [{ name: 'x' }],
      invalid: { name: 'x', y: 1 },
      want: "Parameter 'y' is unknown.",
    },
    {
      schema: { additionalProperties: { type: 'integer' } },
      valid: [{ a: 1 }],
      invalid: { a: 'x' },
      want: "Parameter 'a' must be a whole number.",
    },
    {
      schema: { allOf: [named], unevaluatedProperties: false },
      valid: [{ name: 'x' }],
      invalid: { name: 'x', y: 1 },
      want: "Parameter 'y' is unknown.",
    },
    {
      schema: { oneOf: [{ minimum: 1 }, { minimum: 2 }] },
      valid: [1],
      invalid: 2,
      want: 'It must have only one of the documented forms.',
    },
    {
      schema: { anyOf: [{ enum: ['a'] }, { enum: ['b'] }] },
      valid: ['a', 'b'],
      invalid: 'c',
      want: 'It must be one of a, b.',
    },
    {
      schema: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      valid: [1, null],
      invalid: 'c',
      want: 'It must be a whole number or null.',
    },
    { schema: { anyOf: [{ type: 'null' }, named] }, valid: [null], invalid: {}, want: "Parameter 'name' is required." },
    {
      schema: { $ref: '#/components/schemas/Tree' },
      valid: [{ below: { below: { size: 1 } } }],
      invalid: { below: { below: { size: 'x' } } },
      want: "Parameter 'below.below.size' must be a whole number.",
    },
  ])('$schema', ({ schema, valid, invalid, want }) => {
    const validate = compile(schema);
    for (const value of valid) expect(validate(value)).toEqual([]);
    expect(
      validate(invalid)
        .map((finding) => sentenceOf(finding, 'It'))
        .join(' '),
    ).toBe(want);
  });

  test('a keyword that cannot be checked is named, not passed over', () => {
    expect(() => compile({ not: {} } as Schema)({})).toThrow("The keyword 'not' of a schema cannot be checked.");
  });

  test('validation stops at a number of findings', () => {
    expect(compile({ items: { type: 'string' } })(Array(1000).fill(1), 3)).toHaveLength(3);
  });
});
