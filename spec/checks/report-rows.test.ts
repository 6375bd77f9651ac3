import { resolve, type Schema, successOf, whenOf } from '@comm100-openapi/description';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { bundles } from './bundles.ts';

/** The rows of a report follow `group`; the clients derive from `x-when` which row a group has. */
describe.each(bundles)('the report rows of $version', ({ document, operations }) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: 'bundle' });
  const follow = (schema: Schema | undefined) => resolve<Schema>(document, schema ?? {});

  const reports = operations.flatMap((operation) => {
    const group = operation.parameters.find(({ name }) => name === 'group');
    const json = successOf(operation)?.media.find(({ type }) => type === 'application/json');
    if (!group) return [];
    const rows = (follow(follow(json?.schema).items).anyOf ?? []).map((row) => ({
      reference: row.$ref,
      groups: whenOf(follow(row))?.group ?? [],
    }));
    return [{ name: operation.id, values: follow(group.schema).enum ?? [], rows, examples: json?.examples ?? [] }];
  });

  it('are found', () => expect(reports.length).toBeGreaterThan(10));

  it.each(reports)('$name has one kind of row for each group', ({ values, rows }) => {
    const covered = rows.flatMap(({ groups }) => groups);
    expect(covered.toSorted(), 'write x-when: { group: [...] } on each row, each group once').toEqual(
      values.toSorted(),
    );
  });

  it.each(reports)('$name shows in each example the row of its groups', ({ rows, examples }) => {
    const faults = examples.flatMap(({ name, value, when }) =>
      (when?.group ?? [undefined]).flatMap((group) => {
        const row = rows.find(({ groups }) => groups.includes(group));
        if (!row) return `example ${name}: no row has x-when for the group ${group}`;
        const validate = ajv.compile({ type: 'array', minItems: 1, items: { $ref: `bundle${row.reference}` } });
        return validate(value) ? [] : `example ${name}, group ${group}: ${ajv.errorsText(validate.errors)}`;
      }),
    );
    expect(examples.length).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });
});
