/** Questions about values that were read from YAML or JSON and that no schema has checked. */

/** An object, as it was read. */
export type Node = Record<string, unknown>;

/** Whether a value is an object with names: not a list, and not `null`. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is text with more in it than blanks. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function entriesOf(value: unknown): [string, unknown][] {
  return isNode(value) ? Object.entries(value) : [];
}
