import type { When } from '@comm100-openapi/description';

/** The values of the parameters of a request, by name. */
export type GivenValues = Readonly<Record<string, unknown>>;

/** What tells whether a request has the parameter values that an example or a shape belongs to. */
export function conditionsOf(when: When = {}): (given: GivenValues) => boolean {
  const conditions = Object.entries(when).map(([name, values]) => [name, new Set(values.map(comparable))] as const);
  return (given) => conditions.every(([name, values]) => values.has(comparable(given[name])));
}

/** Numbers are compared by value, as their schemas have read them, and text without regard to case. */
function comparable(value: unknown = ''): string {
  return String(value).toLowerCase();
}
