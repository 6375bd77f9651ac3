import { isNode, isRef, listOf } from '../rules/lib/nodes.ts';
import type { Node } from '../rules/lib/redocly.ts';

/** The questions that the map between the versions asks of a bundled OpenAPI document. */

export interface Operation {
  readonly id: string;
  /** By name. */
  readonly parameters: ReadonlyMap<string, Node>;
  /** The schema of the body, and of the answer of success; nothing where there is no body. */
  readonly body: Node | undefined;
  readonly answer: Node | undefined;
}

/** A member of an object. A union of objects can have one name with several schemas. */
export interface Member {
  readonly schemas: readonly Node[];
  readonly required: boolean;
}

const components = '#/components/schemas/';
const methods = ['get', 'put', 'post', 'delete', 'patch'];

/** What explains a schema and does not decide which values fit it. */
const isProse = (key: string) => /^(title|description|summary|examples?|readOnly|writeOnly|x-.*)$/.test(key);

export class Description {
  readonly version: string;
  readonly operations = new Map<string, Operation>();
  readonly #document: Node;
  readonly #schemas: Node;

  constructor(document: Node) {
    this.#document = document;
    const info = isNode(document.info) ? document.info : {};
    this.version = String(info.version);
    const named = isNode(document.components) ? document.components.schemas : undefined;
    this.#schemas = isNode(named) ? named : {};
    for (const item of Object.values(isNode(document.paths) ? document.paths : {})) {
      if (!isNode(item)) continue;
      for (const method of methods) {
        const operation = item[method];
        if (isNode(operation)) this.#add(item, operation);
      }
    }
  }

  #add(item: Node, operation: Node) {
    const id = String(operation.operationId);
    const parameters = [...listOf(item.parameters), ...listOf(operation.parameters)]
      .filter(isNode)
      .map((parameter) => this.#resolve(parameter));
    const responses = isNode(operation.responses) ? operation.responses : {};
    this.operations.set(id, {
      id,
      parameters: new Map(parameters.map((parameter) => [String(parameter.name), parameter])),
      body: this.#content(operation.requestBody),
      answer: this.#content(responses['200']),
    });
  }

  #content(holder: unknown): Node | undefined {
    const content = isNode(holder) ? this.#resolve(holder).content : undefined;
    const [media] = Object.values(isNode(content) ? content : {});
    return isNode(media) && isNode(media.schema) ? media.schema : undefined;
  }

  /** Follows a reference, if there is one, and lays what is written beside it over the target. */
  #resolve(node: Node): Node {
    if (!isRef(node)) return node;
    const { $ref, ...beside } = node;
    const target = $ref
      .slice(2)
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((at, key) => (isNode(at) ? at[key] : undefined), this.#document);
    if (!isNode(target)) throw new Error(`Version ${this.version} refers to ${$ref}, which is not there.`);
    return { ...this.#resolve(target), ...beside };
  }

  /** The schema of this name, as a reference to it. */
  schema(name: string): Node | undefined {
    return Object.hasOwn(this.#schemas, name) ? { $ref: components + name } : undefined;
  }

  /** What a schema leaves to choose from, by `oneOf` and `anyOf`; the schema itself where there is no choice. */
  #alternatives(schema: Node): Node[] {
    const node = this.#resolve(schema);
    const branches = [...listOf(node.oneOf), ...listOf(node.anyOf)].filter(isNode);
    const own = branches.length === 0 || node.properties || node.allOf ? [node] : [];
    return [...own, ...branches.flatMap((branch) => this.#alternatives(branch))];
  }

  /** The members of an object, through all that it builds on and all that it leaves to choose from. */
  members(schema: Node): Map<string, Member> {
    const found = new Map<string, Member>();
    const required = new Set<unknown>();
    const collect = (node: Node) => {
      for (const name of listOf(node.required)) required.add(name);
      for (const [name, member] of Object.entries(isNode(node.properties) ? node.properties : {})) {
        if (isNode(member))
          found.set(name, { schemas: [...(found.get(name)?.schemas ?? []), member], required: false });
      }
      for (const part of listOf(node.allOf).filter(isNode)) for (const one of this.#alternatives(part)) collect(one);
    };
    for (const alternative of this.#alternatives(schema)) collect(alternative);
    return new Map([...found].map(([name, { schemas }]) => [name, { schemas, required: required.has(name) }]));
  }

  /** The names of the schemas that a schema builds on or leaves to choose from. */
  parts(name: string): string[] {
    const schema = this.schema(name);
    const node = schema ? this.#resolve(schema) : {};
    return [node.allOf, node.oneOf, node.anyOf].flatMap(listOf).filter(isNode).flatMap(nameOf);
  }

  /**
   * What stands at a path below a schema.
   *
   * @param path Names of members with dots between them; `[]` after one goes on with the items of the list.
   */
  at(schema: Node, path: string): readonly Node[] {
    let here: readonly Node[] = [schema];
    for (const [step] of path.matchAll(/[^.[\]]+|\[\]/g)) {
      here = here.flatMap((node) =>
        step === '[]'
          ? this.#alternatives(node).flatMap(({ items }) => (isNode(items) ? [items] : []))
          : (this.members(node).get(step)?.schemas ?? []),
      );
    }
    return here;
  }

  /** The names of the objects that a value is, or is a list of. */
  objects(schema: Node): string[] {
    const node = this.#resolve(schema);
    if (isNode(node.items)) return this.objects(node.items);
    const [name] = nameOf(schema);
    if (name !== undefined) return this.members(schema).size > 0 ? [name] : [];
    if (node.properties) throw new Error(`Version ${this.version} has an object without a name; give it a file.`);
    return [node.oneOf, node.anyOf, node.allOf]
      .flatMap(listOf)
      .filter(isNode)
      .flatMap((one) => this.objects(one));
  }

  /** The names of all schemas that stand anywhere in a value. */
  reach(schema: Node, found = new Set<string>()): Set<string> {
    const look = (value: unknown) => {
      if (Array.isArray(value)) value.forEach(look);
      if (!isNode(value)) return;
      const [name] = nameOf(value);
      if (name === undefined) return Object.values(value).forEach(look);
      if (found.has(name)) return;
      found.add(name);
      look(this.#resolve(value));
    };
    look(schema);
    return found;
  }

  /** What a value is at first sight: its types with their notation, lists with what they hold, objects as such. */
  shape(schemas: readonly Node[]): string {
    const shapes = schemas.flatMap((schema) => this.#alternatives(schema)).flatMap((node) => this.#shapes(node));
    return [...new Set(shapes)].sort().join(' or ');
  }

  #shapes(node: Node): string[] {
    const types = [node.type ?? []].flat();
    if (types.length === 0) {
      if (this.members(node).size > 0) return ['object'];
      return listOf(node.allOf)
        .filter(isNode)
        .map((part) => this.shape([part]));
    }
    const values = 'const' in node ? [node.const] : listOf(node.enum);
    return types.map((type) => {
      if (type === 'object' || type === 'null') return type;
      if (type === 'array') return `list of ${isNode(node.items) ? this.shape([node.items]) : 'anything'}`;
      if (type === 'boolean') return 'boolean';
      const notation = [node.format, node.pattern, values.length > 0 ? `(${values.join('|')})` : undefined];
      return [type, ...notation].filter((word) => word !== undefined).join(' ');
    });
  }

  /** The values that a member can have, where they are listed. */
  values(schemas: readonly Node[]): unknown[] {
    return schemas
      .flatMap((schema) => this.#alternatives(schema))
      .flatMap((node) => [
        node,
        ...listOf(node.allOf)
          .filter(isNode)
          .flatMap((part) => this.#alternatives(part)),
      ])
      .flatMap((node) => ('const' in node ? [node.const] : listOf(node.enum)))
      .filter((value) => typeof value !== 'boolean');
  }

  /** A text that two schemas share when the same values fit both, in depth. */
  structure(schema: Node): string {
    const strip = (value: unknown, inProperties = false): unknown => {
      if (Array.isArray(value)) return value.map((one) => strip(one));
      if (!isNode(value)) return value;
      const node = this.#resolve(value);
      return Object.fromEntries(
        Object.keys(node)
          .filter((key) => inProperties || !isProse(key))
          .sort()
          .map((key) => {
            const unordered = !inProperties && (key === 'required' || key === 'enum');
            return [key, unordered ? listOf(node[key]).map(String).sort() : strip(node[key], key === 'properties')];
          }),
      );
    };
    return JSON.stringify(strip(schema));
  }
}

/** The name of the schema that a reference leads to, as a list of one or none. */
function nameOf(node: Node): string[] {
  return isRef(node) && node.$ref.startsWith(components) ? [node.$ref.slice(components.length)] : [];
}
