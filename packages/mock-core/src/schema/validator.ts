import {
  type Document,
  formOf,
  isReference,
  type Json,
  partsOf,
  resolve,
  type Schema,
} from '@comm100-openapi/description';
import { formats } from './formats.ts';

/** One thing that is wrong with a value. */
export interface Finding {
  /** From the root of the value to what is wrong: names of properties and indexes of entries. */
  readonly path: readonly (string | number)[];
  /** The keyword of JSON Schema that does not hold. */
  readonly keyword: string;
  /** What the keyword asks for, such as `{ limit: 100 }`. */
  readonly params: Readonly<Record<string, Json>>;
}

/** What is wrong with a value; empty where it is valid. The validator stops at `limit` findings. */
export type Validator = (value: unknown, limit?: number) => readonly Finding[];

/** The findings of one validation, and the place that it has reached. */
interface Report {
  readonly findings: Finding[];
  readonly limit: number;
  readonly path: (string | number)[];
}

/** Whether a value is valid. Adds findings, and to `seen` the properties that the schema knows. */
type Check = (value: unknown, report: Report, seen?: Set<string>) => boolean;

type Compile = (schema: Schema) => Check;

/**
 * Compiles the schemas of a document, each when it is first used, to closures: no text is evaluated as code, so that it
 * works where a security policy forbids that. It knows the keywords of the type `Schema`; others are annotations.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export function schemaCompiler(document: Document): (schema: Schema) => Validator {
  const byReference = new Map<string, Check>();
  const compile: Compile = (schema) => {
    if (!isReference(schema)) return compileKeywords(document, schema, compile);
    const { $ref, ...beside } = schema;
    if (Object.keys(beside).some((name) => name in keywords)) {
      return compileKeywords(document, resolve<Schema>(document, schema), compile);
    }
    const known = byReference.get($ref);
    if (known) return known;
    // A schema can contain itself, so its check exists before it is compiled.
    let target: Check | undefined;
    const check: Check = (value, report, seen) => {
      target ??= compileKeywords(document, resolve<Schema>(document, { $ref }), compile);
      return target(value, report, seen);
    };
    byReference.set($ref, check);
    return check;
  };
  return (schema) => {
    let check: Check | undefined;
    return (value, limit = 20) => {
      check ??= compile(schema);
      const report: Report = { findings: [], limit, path: [] };
      check(value, report);
      return report.findings.slice(0, limit);
    };
  };
}

function compileKeywords(document: Document, schema: Schema, compile: Compile): Check {
  const hasType =
    schema.type === undefined ? undefined : keywords.type?.(schema.type as never, schema, compile, document);
  const checks = Object.entries(schema).flatMap(([name, value]) => {
    const make = name === 'type' ? undefined : keywords[name];
    return make ? [make(value as never, schema, compile, document)] : [];
  });
  const closed: Check | undefined =
    schema.unevaluatedProperties === undefined
      ? undefined
      : rejectUnseen(schema.unevaluatedProperties, compile, 'unevaluatedProperties');
  return (value, report, outer) => {
    if (hasType && !hasType(value, report)) return false;
    const seen = closed ? new Set<string>() : outer;
    let isValid = true;
    for (const check of checks) isValid = check(value, report, seen) && isValid;
    if (closed) isValid = closed(value, report, seen) && isValid;
    if (closed && outer) for (const name of seen ?? []) outer.add(name);
    return isValid;
  };
}

function fail(report: Report, keyword: string, params: Finding['params'], ...below: (string | number)[]): false {
  if (report.findings.length < report.limit)
    report.findings.push({ path: [...report.path, ...below], keyword, params });
  return false;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Checks what is at a name or an index, and reports it there. */
function checkBelow(check: Check, value: unknown, key: string | number, report: Report): boolean {
  report.path.push(key);
  const isValid = check(value, report);
  report.path.pop();
  return isValid;
}

const types: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: isObject,
};

type Make<Value> = (value: Value, schema: Schema, compile: Compile, document: Document) => Check;

/** A keyword that compares a number, and one that compares the size of something. */
const compares =
  (keyword: string, holds: (value: number, limit: number) => boolean): Make<number> =>
  (limit) =>
  (value, report) =>
    typeof value !== 'number' || holds(value, limit) || fail(report, keyword, { limit });

const sizes =
  (keyword: string, size: (value: unknown) => number | undefined, isMost: boolean): Make<number> =>
  (limit) =>
  (value, report) => {
    const found = size(value);
    return found === undefined || (isMost ? found <= limit : found >= limit) || fail(report, keyword, { limit });
  };

const length = (value: unknown) =>
  typeof value === 'string' ? (/[\ud800-\udbff]/.test(value) ? [...value].length : value.length) : undefined;
const entries = (value: unknown) => (Array.isArray(value) ? value.length : undefined);
const fields = (value: unknown) => (isObject(value) ? Object.keys(value).length : undefined);

/** What compiles each keyword. */
const keywords: Record<string, Make<never>> = {
  type: (names: string | string[]) => {
    const wanted = [names].flat();
    const tests = wanted.map((name) => types[name] ?? (() => false));
    return (value, report) => tests.some((test) => test(value)) || fail(report, 'type', { types: wanted });
  },

  enum: (allowed: Json[]) => {
    const known = new Set<unknown>(allowed);
    return (value, report) =>
      known.has(value) ||
      (typeof value === 'object' && value !== null && allowed.some((one) => isEqual(one, value))) ||
      fail(report, 'enum', { allowed });
  },

  const: (only: Json) => (value, report) => isEqual(only, value) || fail(report, 'enum', { allowed: [only] }),

  pattern: (source: string, schema) => {
    const pattern = new RegExp(source, 'u');
    const form = formOf(schema) ?? null;
    return (value, report) =>
      typeof value !== 'string' || pattern.test(value) || fail(report, 'pattern', { pattern: source, form });
  },

  format: (name: string) => {
    const test = formats[name];
    return (value, report) => !test || test(value) || fail(report, 'format', { format: name });
  },

  minimum: compares('minimum', (value, limit) => value >= limit),
  maximum: compares('maximum', (value, limit) => value <= limit),
  exclusiveMinimum: compares('exclusiveMinimum', (value, limit) => value > limit),
  exclusiveMaximum: compares('exclusiveMaximum', (value, limit) => value < limit),
  multipleOf: compares('multipleOf', (value, limit) => Number.isInteger(value / limit)),
  minLength: sizes('minLength', length, false),
  maxLength: sizes('maxLength', length, true),
  minItems: sizes('minItems', entries, false),
  maxItems: sizes('maxItems', entries, true),
  minProperties: sizes('minProperties', fields, false),
  maxProperties: sizes('maxProperties', fields, true),

  uniqueItems: (isOn: boolean) => (value, report) => {
    if (!isOn || !Array.isArray(value)) return true;
    const texts = new Set(value.map((entry) => JSON.stringify(entry)));
    return texts.size === value.length || fail(report, 'uniqueItems', {});
  },

  required: (names: string[]) => (value, report) => {
    if (!isObject(value)) return true;
    let isValid = true;
    for (const name of names) if (!Object.hasOwn(value, name)) isValid = fail(report, 'required', {}, name);
    return isValid;
  },

  dependentRequired: ((groups: Record<string, string[]>) => (value, report) => {
    if (!isObject(value)) return true;
    const missing = Object.entries(groups)
      .filter(([name]) => Object.hasOwn(value, name))
      .flatMap(([, names]) => names.filter((name) => !Object.hasOwn(value, name)));
    for (const name of missing) fail(report, 'required', {}, name);
    return missing.length === 0;
  }) satisfies Make<Record<string, string[]>>,

  items: (schema: Schema, _, compile) => {
    const check = compile(schema);
    return (value, report) => {
      if (!Array.isArray(value)) return true;
      let isValid = true;
      for (let index = 0; index < value.length && report.findings.length < report.limit; index++)
        isValid = checkBelow(check, value[index], index, report) && isValid;
      return isValid;
    };
  },

  properties: ((schemas: Record<string, Schema>, _, compile) => {
    const checks = Object.entries(schemas).map(([name, schema]) => [name, compile(schema)] as const);
    return (value, report, seen) => {
      if (!isObject(value)) return true;
      let isValid = true;
      for (const [name, check] of checks) {
        if (!Object.hasOwn(value, name)) continue;
        seen?.add(name);
        isValid = checkBelow(check, value[name], name, report) && isValid;
      }
      return isValid;
    };
  }) satisfies Make<Record<string, Schema>>,

  patternProperties: ((schemas: Record<string, Schema>, _, compile) => {
    const checks = Object.entries(schemas).map(
      ([source, schema]) => [new RegExp(source, 'u'), compile(schema)] as const,
    );
    return (value, report, seen) => {
      if (!isObject(value)) return true;
      let isValid = true;
      for (const name of Object.keys(value)) {
        for (const [pattern, check] of checks) {
          if (!pattern.test(name)) continue;
          seen?.add(name);
          isValid = checkBelow(check, value[name], name, report) && isValid;
        }
      }
      return isValid;
    };
  }) satisfies Make<Record<string, Schema>>,

  additionalProperties: (rest: boolean | Schema, { properties = {}, patternProperties = {} }, compile) => {
    const known = new Set(Object.keys(properties));
    const patterns = Object.keys(patternProperties).map((source) => new RegExp(source, 'u'));
    const check = rejectUnseen(rest, compile, 'additionalProperties');
    return (value, report, seen) => {
      if (!isObject(value)) return true;
      const own = new Set(
        Object.keys(value).filter((name) => known.has(name) || patterns.some((pattern) => pattern.test(name))),
      );
      const isValid = check(value, report, own);
      for (const name of own) seen?.add(name);
      return isValid;
    };
  },

  propertyNames: (schema: Schema, _, compile) => {
    const check = compile(schema);
    return (value, report) =>
      !isObject(value) || Object.keys(value).every((name) => checkBelow(check, name, name, report));
  },

  allOf: (parts: Schema[], _, compile) => {
    const checks = parts.map(compile);
    return (value, report, seen) => {
      let isValid = true;
      for (const check of checks) isValid = check(value, report, seen) && isValid;
      return isValid;
    };
  },

  anyOf: (branches: Schema[], _, compile, document) => union(document, branches, compile, false),
  oneOf: (branches: Schema[], _, compile, document) => union(document, branches, compile, true),
};

/** Checks the properties that nothing before has seen, and marks them as seen. */
function rejectUnseen(rest: boolean | Schema, compile: Compile, keyword: string): Check {
  const check: Check | undefined = typeof rest === 'object' ? compile(rest) : undefined;
  return (value, report, seen = new Set()) => {
    if (!isObject(value)) return true;
    let isValid = true;
    for (const name of Object.keys(value)) {
      if (seen.has(name)) continue;
      if (report.findings.length >= report.limit) return false;
      if (check) isValid = checkBelow(check, value[name], name, report) && isValid;
      else if (rest === false) isValid = fail(report, keyword, {}, name);
      seen.add(name);
    }
    return isValid;
  };
}

/** A union. Where a property with a fixed value chooses the branch, the others do not count. */
function union(document: Document, branches: Schema[], compile: Compile, isExclusive: boolean): Check {
  const checks = branches.map(compile);
  const chooser = chooserOf(document, branches);
  return (value, report, seen) => {
    const given = chooser && isObject(value) ? value[chooser.name] : undefined;
    if (chooser && given !== undefined) {
      const chosen = checks[chooser.values.indexOf(given as Json)];
      if (!chosen) return fail(report, 'enum', { allowed: chooser.values }, chooser.name);
      return chosen(value, report, seen);
    }
    let fitting = 0;
    const failures: Finding[][] = [];
    for (const check of checks) {
      const trial: Report = { findings: [], limit: report.limit, path: [...report.path] };
      const own = seen && new Set<string>();
      if (check(value, trial, own)) {
        for (const name of own ?? []) seen?.add(name);
        fitting++;
        if (!isExclusive && !seen) return true;
      } else failures.push(trial.findings);
    }
    if (fitting === 1 || (fitting > 1 && !isExclusive)) return true;
    if (fitting > 1) return fail(report, 'oneOf', {});
    for (const { path, keyword, params } of closest(failures, report.path.length)) {
      fail(report, keyword, params, ...path.slice(report.path.length));
    }
    return false;
  };
}

/** The property that has another fixed value in each branch. */
function chooserOf(document: Document, branches: Schema[]): { name: string; values: Json[] } | undefined {
  const fixed = branches.map(
    (branch) =>
      new Map(
        partsOf(document, branch)
          .flatMap(({ properties = {} }) => Object.entries(properties))
          .map(([name, property]) => [name, resolve<Schema>(document, property).const] as const)
          .filter((entry): entry is [string, Json] => entry[1] !== undefined),
      ),
  );
  for (const name of fixed[0]?.keys() ?? []) {
    const values = fixed.flatMap((values) => values.get(name) ?? []);
    if (values.length === branches.length && new Set(values).size === values.length) return { name, values };
  }
  return undefined;
}

/** Of the findings of each branch, those that a reader needs: one list of values or types, or what all complain of. */
function closest(failures: Finding[][], depth: number): readonly Finding[] {
  const isOther = ([first]: Finding[]) => first?.keyword === 'type' && first.path.length === depth;
  const near = failures.filter((findings) => !isOther(findings));
  if (near.length === 0)
    return failures.length > 1
      ? [
          joined(
            failures.flatMap(([first]) => first ?? []),
            'types',
          ),
        ]
      : (failures[0] ?? []);
  const [first = [], ...others] = near;
  const key = ({ path, keyword }: Finding) => `${keyword} ${path.join('/')}`;
  const common = first.filter((finding) =>
    others.every((findings) => findings.some((other) => key(other) === key(finding))),
  );
  const list = common.find(({ keyword }) => keyword === 'enum');
  if (list)
    return [
      joined(
        near.flat().filter((finding) => key(finding) === key(list)),
        'allowed',
      ),
    ];
  if (common.length > 0) return common;
  return near.reduce((least, findings) => (findings.length < least.length ? findings : least));
}

/** Findings of one keyword at one place, as one. */
function joined(findings: Finding[], param: 'types' | 'allowed'): Finding {
  const [first] = findings;
  if (!first) throw new Error('A union without branches cannot be checked.');
  return { ...first, params: { [param]: [...new Set(findings.flatMap(({ params }) => params[param] ?? []))] } };
}

function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other) || one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) =>
        Object.hasOwn(other, name) &&
        isEqual((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
    )
  );
}
