import { isReference, type Schema } from '@comm100-openapi/description';

/**
 * Compiles schemas to functions. What a reference points at is compiled once, when it is first called, because a schema
 * can contain itself.
 *
 * @param compile What makes the function. It may call what `compilerOf` returns for the schemas inside.
 */
export function compilerOf<Arguments extends unknown[], Result>(
  compile: (schema: Schema) => (...args: Arguments) => Result,
): (schema: Schema) => (...args: Arguments) => Result {
  const known = new Map<Schema | string, (...args: Arguments) => Result>();
  return (schema) => {
    if (!isReference(schema)) return compile(schema);
    // References to one schema are different objects.
    const key = Object.keys(schema).length === 1 ? schema.$ref : schema;
    const before = known.get(key);
    if (before) return before;
    let compiled: ((...args: Arguments) => Result) | undefined;
    const first = (...args: Arguments) => {
      compiled ??= compile(schema);
      return compiled(...args);
    };
    known.set(key, first);
    return first;
  };
}
