import { type Document, formOf, type Json, resolve, type Schema } from '@comm100-openapi/description';
import { type Check, type Compiler, checkAt, type Finding, fail, isObject, type Report } from './check.ts';
import { compilerOf } from './compiler.ts';
import { formats } from './formats.ts';
import { union } from './union.ts';

/** What is wrong with a value; empty where it is valid. Validation stops at `limit` findings. @default 20 */
export type Validator = (value: unknown, limit?: number) => readonly Finding[];

/**
 * Compiles the schemas of a document, each when it is first used, to closures: no text is evaluated as code, so that it
 * works where a security policy forbids that.
 *
 * @throws {Error} when a schema is first used that has a keyword which cannot be checked.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export function schemaCompiler(document: Document): (schema: Schema) => Validator {
  const compile = compilerOf(
    (schema): Check => compileKeywords(resolve<Schema>(document, schema), { document, compile }),
  );
  return (schema) => {
    const check: Check = compile(schema);
    return (value, limit = 20) => {
      const report: Report = { findings: [], limit, path: [] };
      check(value, report);
      return report.findings;
    };
  };
}

const unsupported = 'not if contains prefixItems patternProperties propertyNames dependentRequired uniqueItems'.split(
  ' ',
);

function compileKeywords(schema: Schema, compiler: Compiler): Check {
  const unknown = unsupported.find((name) => name in schema);
  if (unknown) throw new Error(`The keyword '${unknown}' of a schema cannot be checked.`);
  const { type, unevaluatedProperties: rest, ...others } = schema;
  const hasType = type === undefined ? undefined : ofType([type].flat());
  const checks = Object.entries(others).flatMap(([name, value]) =>
    Object.hasOwn(keywords, name) ? (keywords[name]?.(value as never, schema, compiler) ?? []) : [],
  );
  const closes = rest === undefined ? undefined : checkRest(rest, 'unevaluatedProperties', compiler);
  return (value, report, outer) => {
    if (hasType && !hasType(value, report)) return false;
    const seen = closes ? new Set<string>() : outer;
    let isValid = true;
    for (const check of checks) isValid = check(value, report, seen) && isValid;
    if (!closes) return isValid;
    isValid = closes(value, report, seen) && isValid;
    for (const name of seen ?? []) outer?.add(name);
    return isValid;
  };
}

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: isObject,
};

function ofType(names: string[]): Check {
  const [first = () => false, ...others] = names.map((name) => types[name] ?? (() => false));
  return (value, report) =>
    first(value) || others.some((test) => test(value)) || fail(report, 'type', { types: names });
}

type Keyword<Value> = (value: Value, schema: Schema, compiler: Compiler) => Check;

/** A keyword that limits a number, or the size of something. */
function limits(
  keyword: string,
  measure: (value: unknown) => number | undefined,
  holds: (found: number, limit: number) => boolean,
): Keyword<number> {
  return (limit) => (value, report) => {
    const found = measure(value);
    return found === undefined || holds(found, limit) || fail(report, keyword, { limit });
  };
}

const atLeast = (found: number, limit: number) => found >= limit;
const atMost = (found: number, limit: number) => found <= limit;
const amount = (value: unknown) => (typeof value === 'number' ? value : undefined);
const characters = (value: unknown) => (typeof value === 'string' ? [...value].length : undefined);
const entries = (value: unknown) => (Array.isArray(value) ? value.length : undefined);
const fields = (value: unknown) => (isObject(value) ? Object.keys(value).length : undefined);

/** What compiles each keyword, but for those that `compileKeywords` has in hand itself. */
const keywords: Readonly<Record<string, Keyword<never>>> = {
  enum: (allowed: Json[]) => (value, report) =>
    allowed.some((one) => isEqual(one, value)) || fail(report, 'enum', { allowed }),
  const: (only: Json) => (value, report) => isEqual(only, value) || fail(report, 'enum', { allowed: [only] }),

  pattern(source: string, schema) {
    const pattern = new RegExp(source, 'u');
    const params = { pattern: source, form: formOf(schema) ?? null };
    return (value, report) => typeof value !== 'string' || pattern.test(value) || fail(report, 'pattern', params);
  },
  format(name: string) {
    const isFormed = formats[name] ?? (() => true);
    return (value, report) => isFormed(value) || fail(report, 'format', { format: name });
  },

  minimum: limits('minimum', amount, atLeast),
  maximum: limits('maximum', amount, atMost),
  exclusiveMinimum: limits('exclusiveMinimum', amount, (found, limit) => found > limit),
  exclusiveMaximum: limits('exclusiveMaximum', amount, (found, limit) => found < limit),
  multipleOf: limits('multipleOf', amount, (found, limit) => Number.isInteger(found / limit)),
  minLength: limits('minLength', characters, atLeast),
  maxLength: limits('maxLength', characters, atMost),
  minItems: limits('minItems', entries, atLeast),
  maxItems: limits('maxItems', entries, atMost),
  minProperties: limits('minProperties', fields, atLeast),
  maxProperties: limits('maxProperties', fields, atMost),

  required: (names: string[]) => (value, report) => {
    if (!isObject(value)) return true;
    const missing = names.filter((name) => !Object.hasOwn(value, name));
    for (const name of missing) fail(report, 'required', {}, name);
    return missing.length === 0;
  },

  items(schema: Schema, _, { compile }) {
    const check = compile(schema);
    return (value, report) => {
      let isValid = true;
      if (!Array.isArray(value)) return isValid;
      for (let index = 0; index < value.length && report.findings.length < report.limit; index++)
        isValid = checkAt(index, check, value[index], report) && isValid;
      return isValid;
    };
  },

  properties(schemas: Record<string, Schema>, _, { compile }) {
    const checks = Object.entries(schemas).map(([name, schema]) => [name, compile(schema)] as const);
    return (value, report, seen) => {
      let isValid = true;
      if (!isObject(value)) return isValid;
      for (const [name, check] of checks) {
        if (!Object.hasOwn(value, name)) continue;
        seen?.add(name);
        isValid = checkAt(name, check, value[name], report) && isValid;
      }
      return isValid;
    };
  },

  additionalProperties: (rest: boolean | Schema, { properties = {} }, compiler) =>
    checkRest(rest, 'additionalProperties', compiler, new Set(Object.keys(properties))),

  allOf(parts: Schema[], _, { compile }) {
    const checks = parts.map(compile);
    return (value, report, seen) => {
      let isValid = true;
      for (const check of checks) isValid = check(value, report, seen) && isValid;
      return isValid;
    };
  },
  anyOf: (branches: Schema[], _, compiler) => union(branches, 'anyOf', compiler),
  oneOf: (branches: Schema[], _, compiler) => union(branches, 'oneOf', compiler),
};

/** Checks the properties that are not known, or else those that nothing before has seen, and marks them as seen. */
function checkRest(rest: boolean | Schema, keyword: string, { compile }: Compiler, known?: ReadonlySet<string>): Check {
  const check: Check | undefined = typeof rest === 'object' ? compile(rest) : undefined;
  return (value, report, seen) => {
    let isValid = true;
    if (!isObject(value)) return isValid;
    for (const name of Object.keys(value)) {
      if ((known ?? seen)?.has(name)) continue;
      if (report.findings.length >= report.limit) return false;
      if (check) isValid = checkAt(name, check, value[name], report) && isValid;
      else if (rest === false) isValid = fail(report, keyword, {}, name);
      seen?.add(name);
    }
    return isValid;
  };
}

function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const names = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isEqual(one[name as never], other[name as never]))
  );
}
