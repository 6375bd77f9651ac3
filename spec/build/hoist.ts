import { isDeepStrictEqual } from 'node:util';
import { entriesOf, isNode, isText, type Node } from '../lib/values.ts';
import { data, many, one } from './walk.ts';

/**
 * Moves every inline schema that has a `title` to `#/components/schemas/<title>` and leaves a `$ref` in its place. The
 * sources write a schema that is used once inside the schema that uses it; in a bundle it has a name, which clients,
 * the map and the documentation use.
 *
 * @param document A bundle: one document, whose references all point into itself. It is not changed.
 * @returns The new document. Its schemas are sorted by name.
 * @throws Where two different schemas have one title. The message names both places.
 * @see https://spec.openapis.org/oas/v3.1.1.html#components-object
 */
export function hoist(document: Node): Node {
  const components = new Map<string, { readonly schema: Node; readonly at: string }>();

  function add(name: string, schema: Node, at: string): void {
    const other = components.get(name);
    if (other && !isDeepStrictEqual(other.schema, schema)) {
      throw new Error(
        `Two different schemas have the title '${name}': ${other.at} and ${at}. A title is the name of one component; rename one.`,
      );
    }
    components.set(name, other ?? { schema, at });
  }

  /** A schema as it is written where it is used: the schema itself, or a reference to where it is now. */
  function inPlace(value: unknown, at: string): unknown {
    if (!isNode(value)) return value;
    const schema = inside(value, at);
    if (!isText(schema.title)) return schema;
    add(schema.title, schema, at);
    return { $ref: `#/components/schemas/${schema.title}` };
  }

  function inside(schema: Node, at: string): Node {
    return mapEntries(schema, (key, value) => {
      if (one.test(key)) return inPlace(value, `${at}/${key}`);
      if (many.test(key)) return mapEach(value, `${at}/${key}`, inPlace);
      return value;
    });
  }

  /** Whatever is not a schema: looks for the schemas in it. */
  function around(value: unknown, at: string): unknown {
    if (!isNode(value)) return mapEach(value, at, around);
    return mapEntries(value, (key, child) => {
      if (data.test(key)) return child;
      return key === 'schema' ? inPlace(child, `${at}/${key}`) : around(child, `${at}/${pointerPart(key)}`);
    });
  }

  const { schemas, ...others } = isNode(document.components) ? document.components : {};
  for (const [name, schema] of entriesOf(schemas)) {
    const at = `#/components/schemas/${name}`;
    if (isNode(schema)) add(name, inside(schema, at), at);
  }
  const rest = mapEntries({ ...document, components: others }, (key, value) => around(value, `#/${key}`));
  const sorted = [...components].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { schema }]) => [name, schema]);
  return {
    ...rest,
    components: { ...(isNode(rest.components) ? rest.components : {}), schemas: Object.fromEntries(sorted) },
  };
}

function mapEntries(node: Node, change: (key: string, value: unknown) => unknown): Node {
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, change(key, value)]));
}

/** Changes each entry of a list or a map, and leaves any other value alone. */
function mapEach(value: unknown, at: string, change: (value: unknown, at: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((entry, index) => change(entry, `${at}/${index}`));
  if (!isNode(value)) return value;
  return mapEntries(value, (key, entry) => change(entry, `${at}/${pointerPart(key)}`));
}

/** A key as a part of a JSON pointer (RFC 6901, section 3). */
function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
