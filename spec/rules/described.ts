import { isReference } from '@comm100-openapi/description';
import { faultOf } from '../lib/sentences.ts';
import { entriesOf, isNode, isText } from '../lib/values.ts';
import { componentName } from './lib/nodes.ts';
import type { Context, Location, Rule } from './lib/redocly.ts';
import { eachSchema, propertyNames, type Schema } from './lib/schemas.ts';

/**
 * Every schema, property and parameter says what it is in whole sentences that say more than its name.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#rich-text-formatting
 */
export const described: Rule = () => ({
  ...eachSchema((schema, context) => {
    const { node, at } = schema;
    const component = isText(node.title) ? node.title : componentName(at);
    if (component) check(context, node.description, component, at);
    for (const [name, property] of entriesOf(node.properties)) {
      const place = at.child(['properties', name]);
      // What a reference names has a description of its own, which is checked there.
      if (!isNode(property) || (isReference(property) && !('description' in property))) continue;
      if (!('description' in property) && isNarrowed(name, schema, context)) continue;
      check(context, property.description, name, place);
    }
  }),
  Parameter: {
    enter(node: unknown, context: Context) {
      if (isNode(node)) check(context, node.description, String(node.name), context.location);
    },
  },
});

function check(context: Context, description: unknown, name: string, at: Location): void {
  const fault = faultOf(description) ?? (isRepeated(name, String(description)) ? 'only repeats the name' : undefined);
  if (!fault) return;
  context.report({
    message: `The description of '${name}' ${fault}. Say what it is in live chat, its unit, its default and what its absence means, in whole sentences.`,
    location: isText(description) ? at.child('description') : at.key(),
  });
}

/** Whether a branch only narrows a property that the schema around it has described. */
function isNarrowed(name: string, { branchOf }: Schema, context: Context): boolean {
  if (!branchOf) return false;
  const { properties, allOf } = branchOf.node;
  return propertyNames(context, { properties, allOf }, branchOf.at).has(name) || isNarrowed(name, branchOf, context);
}

/** Whether a description says no more than a name: `The department id.` for `departmentId`. */
function isRepeated(name: string, description: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return bare(description.replace(/^(the|an?)\s/i, '')) === bare(name);
}
