import {
  type Document,
  flatten,
  type Json,
  openValuesOf,
  propertiesOf,
  type Schema,
  successOf,
} from '@comm100-openapi/description';
import { type Actions, operationName, operationsIn } from './actions.ts';
import { isRecord } from './merge.ts';
import { asSettings } from './seed.ts';
import type { Entity } from './store.ts';

/** The settings of each kind without what is a company's own: from the first entity that has them. */
export function neutralSettings(
  documents: readonly Document[],
  actions: Actions,
  seed: ReadonlyMap<string, ReadonlyMap<string, Entity>>,
): [string, Entity][] {
  return documents.flatMap((document) =>
    operationsIn(document).flatMap((operation): [string, Entity][] => {
      const action = actions.get(operationName(document, operation.id));
      const schema = successOf(operation)?.media[0]?.schema;
      const [first] = [...(seed.get(action?.kind ?? '')?.values() ?? [])];
      if (action?.verb !== 'getSettings' || action.part || !schema || !first || document.info.version.startsWith('1'))
        return [];
      const value = 'value' in first ? (first.value ?? null) : (first as Json);
      return [[action.kind, asSettings(neutral(document, schema, value, ''))]];
    }),
  );
}

/** A value without what is a company's own: texts, lists and ids. What is one of several, or has a form, stays. */
export function neutral(document: Document, schema: Schema, value: Json, name: string): Json {
  const flat = flatten(document, schema);
  if (typeof value === 'string') {
    const isChoice = flat.enum ?? openValuesOf(flat) ?? flat.pattern ?? flat.format;
    return isChoice === undefined ? '' : value;
  }
  if (typeof value === 'number') return /id$/i.test(name) ? 0 : value;
  if (Array.isArray(value)) return value.filter((each) => isRecord(each) && each.isSystem === true);
  if (!isRecord(value)) return value;
  const properties = propertiesOf(document, schema);
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, inner]): [string, Json][] => {
      const property = properties.get(field)?.schemas[0];
      return property ? [[field, neutral(document, property, inner, field)]] : [];
    }),
  );
}
