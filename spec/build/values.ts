import { type EnumValue, enumOf, type Schema } from '@comm100-openapi/description';

/** The values that a schema lists, its constant among them. */
export function valuesOf(schema: Schema): EnumValue[] {
  return enumOf(schema.const === undefined ? schema : { ...schema, enum: [schema.const] });
}

/** Values as keywords of a schema, each once. */
export function listed(values: readonly EnumValue[], keyword: 'enum' | 'x-extensible-enum'): Schema {
  const once = values.filter(({ value }, index) => values.findIndex((other) => other.value === value) === index);
  if (once.length === 0) return {};
  const list = once.map(({ value }) => value);
  return {
    [keyword]: list,
    // The standard keyword for what a value may be, beside the one that says that the list is not complete.
    ...(keyword === 'x-extensible-enum' && { examples: list }),
    ...(once.every(({ meaning }) => meaning) && { 'x-enum-descriptions': once.map(({ meaning = '' }) => meaning) }),
    ...(once.every(({ name }) => name) && { 'x-enum-varnames': once.map(({ name = '' }) => name) }),
  };
}
