import type { Json } from '@comm100-openapi/description';
import { isObject } from '../schema/check.ts';

/** Whether it is an object, of something that came from JSON. */
export function isRecord(value: unknown): value is Record<string, Json> {
  return isObject(value);
}

/** One object over another: objects are merged at any depth, all else is replaced, lists too. Neither is changed. */
export function merge(
  base: Readonly<Record<string, Json>>,
  over: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const merged: Record<string, Json> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    // In JSON it is a name like others; to assign it would change what the object inherits.
    if (name === '__proto__') continue;
    const before = merged[name];
    merged[name] = isRecord(before) && isRecord(value) ? merge(before, value) : value;
  }
  return merged;
}
