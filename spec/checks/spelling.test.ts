import { readFileSync } from 'node:fs';
import { type Document, enumOf, operationsOf, partsOf, type Schema, successOf } from '@comm100-openapi/description';
import { readDocument } from '@comm100-openapi/description/files';
import { describe, expect, it } from 'vitest';

// How the service spells a value is a fact that only its responses show. `observed-values.csv` has every value of a
// list that a published response shows; the tables of the documents often spell it in another way.
const [, ...rows] = readFileSync(new URL('../observed-values.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const observed = rows.map((row) => {
  const [version = '', operation = '', field = '', value = ''] = row.split(',');
  return { version, operation, field, value };
});

describe.each(['v1', 'v2'])('the values of %s', (version) => {
  const document = readDocument(new URL(`../dist/comm100-${version}.json`, import.meta.url));
  const operations = new Map(operationsOf(document).map((operation) => [operation.id, operation]));
  const seen = observed.filter((row) => row.version === version);

  it('have the spelling that responses show', () => {
    expect(seen.length).toBeGreaterThan(20);
    const wrong = seen.flatMap(({ operation, field, value }) => {
      const found = operations.get(operation);
      const schema = found && successOf(found)?.media[0]?.schema;
      if (!schema) return [`${operation} has no response with a body`];
      const places = at(document, [schema], field);
      if (places.length === 0) return [`${operation}: there is no ${field}`];
      const listed = places.flatMap((place) => partsOf(document, place)).flatMap(valuesOf);
      // A field that is open text lists nothing, and takes every spelling.
      if (listed.length === 0 || listed.includes(value)) return [];
      return [`${operation}: ${field} is '${value}' in a response; it lists ${listed.join(', ')}`];
    });
    expect(wrong).toEqual([]);
  });

  it('are listed in one spelling each', () => {
    const twice = Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) =>
      partsOf(document, schema).flatMap((part) => {
        const words = valuesOf(part).map((value) => value.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
        const again = valuesOf(part).filter((_, index) => words.indexOf(words[index] ?? '') !== index);
        return again.map((value) => `${name} lists '${value}' in a second spelling: make it an alias`);
      }),
    );
    expect([...new Set(twice)]).toEqual([]);
  });
});

function valuesOf(schema: Omit<Schema, '$ref'>): string[] {
  const values = schema.const === undefined ? enumOf(schema).map(({ value }) => value) : [schema.const];
  return values.filter((value) => typeof value === 'string');
}

/** The schemas at a place such as `[].fields[].type`, through every shape that a schema offers. */
function at(document: Document, from: readonly Schema[], field: string): Schema[] {
  let here = [...from];
  for (const [step] of field.matchAll(/\[\]|[^.[\]]+/g)) {
    here = here
      .flatMap((schema) => partsOf(document, schema))
      .flatMap(({ items, properties = {} }) => (step === '[]' ? [items] : [properties[step]]))
      .filter((schema) => schema !== undefined);
  }
  return here;
}
