import type { When } from '@comm100-openapi/description';
import type { ServedParameter } from '../operation-table.ts';

/** The values of a request's parameters by name, in a form to compare. */
export type GivenValues = ReadonlyMap<string, string>;

export function givenValues(parameters: ReadonlyMap<ServedParameter, unknown>): GivenValues {
  return new Map([...parameters].map(([{ name }, value]) => [name, comparable(value)]));
}

/** Whether a request has the parameter values that an example or a shape belongs to. */
export function fits(when: When = {}, given: GivenValues): boolean {
  return Object.entries(when).every(([name, values]) => values.some((value) => comparable(value) === given.get(name)));
}

/** Numbers are compared by value, as their schemas have read them, and text without regard to case. */
function comparable(value: unknown): string {
  return String(value).toLowerCase();
}
