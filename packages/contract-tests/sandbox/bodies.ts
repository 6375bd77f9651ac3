import fc from 'fast-check';
import { flatten, type Node, type Version } from '../src/description.ts';

/** How deep objects are. */
const deepest = 6;

const byFormat: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  email: fc.emailAddress({ size: '-1' }),
  uuid: fc.uuid(),
  uri: fc.webUrl(),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
};

/** Values that fit a schema of a request: any of them, so also ids of things that do not exist. */
export function valuesOf(version: Version, schema: Node | undefined, depth = 0): fc.Arbitrary<unknown> {
  const node = flatten(version, schema);
  const { enum: listed, const: only, type, pattern, format, items, oneOf, anyOf } = node;
  const branches = (oneOf ?? anyOf) as Node[] | undefined;
  if (branches) return fc.oneof(...branches.map((branch) => valuesOf(version, branch, depth)));
  if (only !== undefined) return fc.constant(only);
  if (Array.isArray(listed)) return fc.constantFrom(...(listed as unknown[]));
  if (typeof format === 'string' && byFormat[format]) return byFormat[format];
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  const [first] = [type].flat();
  switch (first) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.integer({ min: Number(node.minimum ?? 0), max: Number(node.maximum ?? 12) });
    case 'array':
      return fc.array(valuesOf(version, items as Node, depth + 1), {
        minLength: Number(node.minItems ?? 0),
        maxLength: 3,
      });
    case 'object':
      return objectsOf(version, node, depth);
    default:
      return fc.string({
        minLength: Number(node.minLength ?? 0),
        maxLength: Math.min(Number(node.maxLength ?? 12), 12),
      });
  }
}

function objectsOf(version: Version, { properties = {}, required = [] }: Node, depth: number): fc.Arbitrary<unknown> {
  const needed = required as string[];
  const known = Object.entries(properties as Record<string, Node>)
    .filter(([name]) => depth < deepest || needed.includes(name))
    .map(([name, property]) => [name, valuesOf(version, property, depth + 1)] as const);
  return fc.record(Object.fromEntries(known), {
    requiredKeys: known.map(([name]) => name).filter((name) => needed.includes(name)),
  });
}
