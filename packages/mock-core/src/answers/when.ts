import type { When } from '@comm100-openapi/description';
import type { ServedParameter } from '../operation-table.ts';

/** The values of a request's parameters by name, in a form to compare. */
export type GivenValues = ReadonlyMap<string, string>;

export function givenValues(parameters: ReadonlyMap<ServedParameter, unknown>): GivenValues {
  const given = new Map<string, string>();
  for (const [{ name }, value] of parameters) given.set(name, comparable(value));
  return given;
}

/** What tells whether a request has the parameter values that an example or a shape belongs to. */
export function conditionsOf(when: When = {}): (given: GivenValues) => boolean {
  const conditions = Object.entries(when).map(([name, values]) => [name, new Set(values.map(comparable))] as const);
  return (given) => conditions.every(([name, values]) => values.has(given.get(name) ?? ''));
}

/** Numbers are compared by value, as their schemas have read them, and text without regard to case. */
function comparable(value: unknown): string {
  return String(value).toLowerCase();
}
