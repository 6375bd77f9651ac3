import { isReference } from '@comm100-openapi/description';
import { isNode, isText, type Node } from '../lib/values.ts';
import { deref } from './lib/nodes.ts';
import type { Context, Location, Rule } from './lib/redocly.ts';

const limits = [
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'pattern', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
];
const unit = '(milliseconds|seconds|minutes|hours|days|pixels|bytes|kB|MB|percent)';
const measured = new RegExp(`\\b((in|as|of|number of) (whole )?${unit}|\\d+ ${unit})\\b`, 'i');

/**
 * Where a description interprets, it says on what evidence: for a limit, for what the values of an enum mean, and for a
 * unit. The mark is on the schema, on the parameter or the property around it, or on the schema that a `$ref` names.
 */
export const interpretation: Rule = () => ({
  Schema: {
    enter(node: unknown, context: Context) {
      if (isNode(node)) check(node, context, context.location, isNode(context.parent) ? context.parent : {});
    },
  },
  Parameter: {
    enter(node: unknown, context: Context) {
      if (isNode(node)) check(node, context, context.location, {});
    },
  },
  // What is written beside a $ref is not part of the schema that it names.
  ref: {
    enter(node: Node, context: Context) {
      const target = deref(context, node, context.rawLocation)?.node ?? {};
      check({ ...node, 'x-evidence': target['x-evidence'] }, context, context.rawLocation, {});
    },
  },
});

function check(node: Node, context: Context, at: Location, around: Node): void {
  if (node['x-evidence'] !== undefined) return;
  // The schema of a parameter and the items of a list share the mark of what they belong to.
  const isPart = around.schema !== undefined || around.items !== undefined;
  if (isPart && around['x-evidence'] !== undefined) return;
  // A parameter is visited with its schema, whose mark is as good.
  if (isNode(node.schema) && (isReference(node.schema) || node.schema['x-evidence'] !== undefined)) return;

  const found = interpretationsOf(node);
  if (found.length === 0) return;
  context.report({
    message: `Say on what evidence this has ${found.join(' and ')}: add x-evidence, 'documented' where a document says it in so many words.`,
    location: at,
  });
}

function interpretationsOf(node: Node): string[] {
  const { description } = node;
  const [phrase] = (isText(description) && measured.exec(description)) || [];
  return [
    ...limits.filter((limit) => node[limit] !== undefined),
    ...(node['x-enum-descriptions'] === undefined ? [] : ['x-enum-descriptions']),
    ...(phrase === undefined ? [] : [`the unit '${phrase}'`]),
  ];
}
