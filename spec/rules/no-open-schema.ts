import { entriesOf, isNode, listOf, type Node } from '../lib/values.ts';
import { componentName, deref, type Found, nameOf } from './lib/nodes.ts';
import type { Context, Resolved, Rule } from './lib/redocly.ts';
import { branchKeyword, eachSchema, isPart, propertyNames, type Schema } from './lib/schemas.ts';

const shapes = ['type', 'enum', 'const', 'allOf', 'anyOf', 'oneOf'];
/** Keywords that describe a value and do not restrict it. */
const annotations = /^(title|description|examples?|default|deprecated|readOnly|writeOnly|format|\$comment|x-.*)$/;

/**
 * A schema that accepts anything is a defect: it hides what the documents say and checks nothing.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#name-unevaluatedproperties
 */
export const noOpenSchema: Rule = () => ({
  ...eachSchema((schema, context) => {
    const { at } = schema;
    const report = (message: string, location = at) =>
      context.report({ message: `${nameOf(at)} ${message}`, location });
    for (const { message, inside } of [...shapeless(schema), ...empty(schema), ...untyped(schema)]) {
      report(message, inside ? at.child(inside) : at);
    }
    const fault = openFault(schema, context);
    if (fault) report(fault);
  }),
  ref: {
    enter(node: Node, context: Context, target: Resolved) {
      if (context.type.name !== 'Schema' || !isNode(target.node) || !target.location) return;
      if (branchKeyword(context.rawLocation) === 'allOf' || !isPart(target.node, target.location)) return;
      if (isClosed(target.node)) return;
      const name = componentName(target.location) ?? String(node.$ref);
      context.report({
        message: `${name} is open, since it is meant for allOf, and is used here on its own. Build a closed schema on it: allOf: [{ $ref: ${node.$ref} }], unevaluatedProperties: false.`,
        location: context.rawLocation,
      });
    },
  },
});

interface Fault {
  readonly message: string;
  readonly inside?: string | string[];
}

function* shapeless({ node, branchOf }: Schema): Generator<Fault> {
  if (shapes.some((keyword) => keyword in node)) return;
  // A branch narrows what the schema around it has shaped: { required: [email] }.
  if (branchOf && Object.keys(node).some((keyword) => !annotations.test(keyword))) return;
  yield { message: 'accepts anything. Give it a type, an enum, a const, or a $ref to a schema.' };
}

function* empty({ node }: Schema): Generator<Fault> {
  if (!typesOf(node).includes('object')) return;
  const hasProperties = ['properties', 'patternProperties'].some((keyword) => entriesOf(node[keyword]).length > 0);
  const isComposed = ['allOf', 'anyOf', 'oneOf'].some((keyword) => listOf(node[keyword]).length > 0);
  if (hasProperties || isComposed || isNode(node.additionalProperties)) return;
  yield {
    message:
      'is an object without properties. List them in properties, or type the values of a map in additionalProperties.',
  };
}

function* untyped({ node }: Schema): Generator<Fault> {
  for (const [name, property] of entriesOf(node.properties)) {
    if (property !== true) continue;
    yield { message: `lets the property '${name}' be anything. Give it a schema.`, inside: ['properties', name] };
  }
  const isList = typesOf(node).includes('array');
  if (!isList || isNode(node.items) || listOf(node.prefixItems).length > 0) return;
  yield { message: 'is a list of anything. Give it items: { type: integer } or items: { $ref: Thing.yaml }.' };
}

/** What keeps an object from being closed, in words that follow its name. */
function openFault(schema: Schema, context: Context): string | undefined {
  const { node, at, branchOf, keyword } = schema;
  if (!isObject(schema, context)) return undefined;
  if (isPart(node, at)) {
    // Where it has a name of its own, each reference to it is checked.
    if (componentName(at) || branchKeyword(at) === 'allOf') return undefined;
    return 'is open, since its title says that it is meant for allOf. Write it in an allOf, or close it and give it another title.';
  }
  // The object around a branch can close it, and only that object sees all properties.
  if (branchOf && (keyword === 'not' || keyword === 'if' || isObject(branchOf, context))) return undefined;

  const own = new Set(entriesOf(node.properties).map(([name]) => name));
  const { additionalProperties: additional, unevaluatedProperties: unevaluated } = node;
  if (unevaluated === false) return undefined;
  if (additional === false) {
    const unseen = [...propertyNames(context, { ...node, properties: {} }, at)].find((name) => !own.has(name));
    if (!unseen) return undefined;
    return `is closed with additionalProperties, which does not see '${unseen}' of its branches. Use unevaluatedProperties: false.`;
  }
  if (isClosedByBranches({ node, at }, context)) return undefined;
  const more = additional ?? unevaluated;
  if (more === undefined) {
    return 'is open. Close it with additionalProperties: false, or with unevaluatedProperties: false where it has allOf, anyOf or oneOf. If others build on it with allOf, let its name end in Fields or Metrics.';
  }
  const isMap = isNode(more) && own.size === 0 && propertyNames(context, node, at).size === 0;
  if (isMap || 'x-evidence' in node || (isNode(more) && 'x-evidence' in more)) return undefined;
  return 'allows further properties without evidence. Close it, or add x-evidence and x-evidence-note.';
}

/** Whether a schema describes an object and so has to be closed. */
function isObject({ node, at }: Schema, context: Context): boolean {
  if (typesOf(node).includes('object') || 'properties' in node) return true;
  return listOf(node.allOf).some((branch) => {
    const found = deref(context, branch, at);
    return found !== undefined && !isClosed(found.node) && isObject(found, context);
  });
}

/** Whether an object without properties of its own has only closed alternatives, or builds on a closed one. */
function isClosedByBranches({ node, at }: Found, context: Context): boolean {
  const isClosedBranch = (branch: unknown) => {
    const found = deref(context, branch, at);
    return found !== undefined && (isClosed(found.node) || isClosedByBranches(found, context));
  };
  const isChoice = (keyword: string) => listOf(node[keyword]).length > 0 && listOf(node[keyword]).every(isClosedBranch);
  return isChoice('anyOf') || isChoice('oneOf') || listOf(node.allOf).some(isClosedBranch);
}

function isClosed(node: Node): boolean {
  return node.additionalProperties === false || node.unevaluatedProperties === false;
}

function typesOf(node: Node): unknown[] {
  return Array.isArray(node.type) ? node.type : [node.type];
}
