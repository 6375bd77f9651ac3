import type { Document, Json, Schema } from '@comm100-openapi/description';

/** One thing that is wrong with a value. */
export interface Finding {
  /** From the root of the value to what is wrong: names of properties and indexes of entries. */
  readonly path: readonly (string | number)[];
  /** The keyword of JSON Schema that does not hold. */
  readonly keyword: string;
  /** What the keyword asks for, such as `{ limit: 100 }`. */
  readonly params: Readonly<Record<string, Json>>;
}

/** The findings of one validation, and the place that it has reached. */
export interface Report {
  readonly findings: Finding[];
  readonly limit: number;
  readonly path: (string | number)[];
}

/** Whether a value is valid. Adds findings to the report, and to `seen` the properties that the schema knows. */
export type Check = (value: unknown, report: Report, seen?: Set<string>) => boolean;

/** What makes the checks of schemas that are inside another one. */
export interface Compiler {
  readonly document: Document;
  compile(schema: Schema): Check;
}

/** Adds a finding while there is room for it. @param below From the place that was reached to what is wrong. */
export function fail(
  { findings, limit, path }: Report,
  keyword: string,
  params: Finding['params'],
  ...below: (string | number)[]
): false {
  if (findings.length < limit) findings.push({ path: [...path, ...below], keyword, params });
  return false;
}

/** Checks what is at a name or an index, and reports it there. */
export function checkAt(key: string | number, check: Check, value: unknown, report: Report): boolean {
  report.path.push(key);
  const isValid = check(value, report);
  report.path.pop();
  return isValid;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
