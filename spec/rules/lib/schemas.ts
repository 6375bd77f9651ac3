import { isReference } from '@comm100-openapi/description';
import { entriesOf, isNode, isText, listOf, type Node } from '../../lib/values.ts';
import { componentName, deref } from './nodes.ts';
import type { Context, Location, Visitor } from './redocly.ts';

/** A schema, and the schema that it is written inside as a branch. */
export interface Schema {
  readonly node: Node;
  readonly at: Location;
  /** The schema around it, where this one is written out in an `allOf`, `anyOf`, `oneOf`, `if`, `then`, `else` or `not`. */
  readonly branchOf?: Schema;
  /** Which of these keywords that is. */
  readonly keyword?: string;
}

/** Calls a function for each schema of a document, once, from the outside in. */
export function eachSchema(visit: (schema: Schema, context: Context) => void): Visitor {
  const around: Schema[] = [];
  return {
    Schema: {
      enter(node: unknown, context: Context) {
        const outer = around.at(-1);
        // With a title it is a component in the bundle, and as good as a file of its own.
        const isComponent = isReference(context.rawNode) || (isNode(node) && isText(node.title));
        const keyword = isComponent ? undefined : branchKeyword(context.rawLocation);
        const schema: Schema = {
          node: isNode(node) ? node : {},
          at: context.location,
          ...(keyword && outer ? { branchOf: outer, keyword } : {}),
        };
        around.push(schema);
        if (isNode(node)) visit(schema, context);
      },
      leave() {
        around.pop();
      },
    },
  };
}

/** Which keyword makes the schema at this place a branch of the one around it. */
export function branchKeyword({ pointer }: Location): string | undefined {
  const [before = '', last = ''] = pointer.split('/').slice(-2);
  if (/^\d+$/.test(last) && ['allOf', 'anyOf', 'oneOf'].includes(before)) return before;
  const isName = ['properties', 'patternProperties', '$defs', 'dependentSchemas'].includes(before);
  return !isName && ['if', 'then', 'else', 'not'].includes(last) ? last : undefined;
}

/** The names that a schema and everything that it is composed of have for properties. */
export function propertyNames(context: Context, value: unknown, at: Location): Set<string> {
  const found = deref(context, value, at);
  if (!found) return new Set();
  const names = entriesOf(found.node.properties).map(([name]) => name);
  for (const keyword of ['allOf', 'anyOf', 'oneOf', 'then', 'else']) {
    const branches = Array.isArray(found.node[keyword]) ? listOf(found.node[keyword]) : [found.node[keyword]];
    for (const branch of branches) names.push(...propertyNames(context, branch, found.at));
  }
  return new Set(names);
}

/** Whether a schema is meant for allOf: its name, or its title, says so. */
export function isPart(node: Node, at: Location): boolean {
  const names = [componentName(at), node.title];
  return names.some((name) => /(Fields|Metrics)$/.test(String(name)));
}
