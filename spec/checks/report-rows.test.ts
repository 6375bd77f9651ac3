import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { entriesOf, isNode, isRef, listOf } from '../rules/lib/nodes.ts';
import type { Node } from '../rules/lib/redocly.ts';
import { bundles, lookUp, operationsOf } from './bundles.ts';

/** The rows of a report follow `group`; the clients derive from `x-when` which row a group has. */
describe.each(bundles)('the report rows of $version', (bundle) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...bundle.document, $id: 'bundle' });
  const follow = (value: unknown): Node =>
    isRef(value) ? follow(lookUp(bundle, value.$ref)) : isNode(value) ? value : {};

  const reports = operationsOf(bundle).flatMap(({ name, node, parameters }) => {
    const group = parameters.find((parameter) => parameter.name === 'group');
    if (!group) return [];
    const content = follow(follow(follow(node.responses)['200']).content)['application/json'];
    const rows = listOf(follow(follow(follow(content).schema).items).anyOf).map((row) => ({
      reference: isRef(row) ? row.$ref : '',
      groups: listOf(follow(follow(row)['x-when']).group),
    }));
    const examples = entriesOf(follow(content).examples).map(([title, value]) => ({ title, example: follow(value) }));
    return [{ name, values: listOf(follow(group.schema).enum), rows, examples }];
  });

  it('are found', () => expect(reports.length).toBeGreaterThan(10));

  it.each(reports)('$name has one kind of row for each group', ({ values, rows }) => {
    const covered = rows.flatMap(({ groups }) => groups);
    expect(covered.toSorted(), 'write x-when: { group: [...] } on each row, each group once').toEqual(
      values.toSorted(),
    );
  });

  it.each(reports)('$name shows in each example the row of its group', ({ rows, examples }) => {
    for (const { title, example } of examples) {
      const groups = listOf(follow(example['x-when']).group);
      const row = rows.find((candidate) => candidate.groups.includes(groups[0]));
      const validate = ajv.compile({ type: 'array', minItems: 1, items: { $ref: `bundle${row?.reference}` } });
      validate(example.value);
      expect(ajv.errorsText(validate.errors), `example ${title}`).toBe('No errors');
    }
  });
});
