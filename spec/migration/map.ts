import {
  type Added,
  type Document,
  type General,
  type MigrationMap,
  type Move,
  type Operation,
  type OperationMove,
  operationsOf,
  type Parameter,
  type Property,
  propertiesOf,
  type Schema,
  type SchemaMove,
  successOf,
} from '@comm100-openapi/description';
import { faultOf } from '../lib/sentences.ts';
import { isNode, listOf, type Node } from '../lib/values.ts';
import { namesIn, readEntry, readMove, remarks } from './entries.ts';
import { objectsOf, partNamesOf, reachOf, schemaNamed, schemasAt, shapeOf, structureOf, valuesOf } from './schemas.ts';

/** A place in version 2.0: a parameter or a property, with its schemas. */
interface Target {
  readonly name: string;
  readonly schemas: readonly Schema[];
}

/** A property of version 1.0, and where it is now. */
interface Field {
  readonly property: Property;
  readonly move: Move;
  readonly targets: readonly Target[];
}

/**
 * Reads the map from version 1.0 to version 2.0.
 *
 * @param written The content of `migration.yaml`.
 * @returns The map with all short forms written out, and the problems in it, each with its place.
 */
export function readMap(written: unknown, v1: Document, v2: Document): { map: MigrationMap; problems: string[] } {
  const reader = new MapReader(written, v1, v2);
  const map = reader.read();
  return { map, problems: [...new Set(reader.problems)] };
}

class MapReader {
  readonly problems: string[] = [];
  readonly #v1: Document;
  readonly #v2: Document;
  /** By operationId. */
  readonly #operations1: ReadonlyMap<string, Operation>;
  readonly #operations2: ReadonlyMap<string, Operation>;
  readonly #map: Node;
  readonly #operations: ReadonlyMap<string, Node>;
  readonly #schemas: ReadonlyMap<string, Node>;
  /** The objects of version 1.0 in the requests and responses of mapped operations, with their fields. */
  readonly #reached = new Map<string, readonly Field[]>();

  constructor(written: unknown, v1: Document, v2: Document) {
    this.#v1 = v1;
    this.#v2 = v2;
    this.#operations1 = byId(v1);
    this.#operations2 = byId(v2);
    this.#map = readEntry(written, 'map', 'migration.yaml', this.#report);
    this.#operations = this.#byName('operations', 'operation');
    this.#schemas = this.#byName('schemas', 'schema');
  }

  readonly #report = (place: string, problem: string) => void this.problems.push(`${place}: ${problem}`);

  #entries(key: string, kind: 'general' | 'operation' | 'schema'): [string, Node][] {
    return listOf(this.#map[key]).map((value, index) => {
      const name = String((isNode(value) && value[kind === 'general' ? 'topic' : 'from']) || index);
      return [name, readEntry(value, kind, `${key}.${name}`, this.#report)];
    });
  }

  #byName(key: string, kind: 'operation' | 'schema'): Map<string, Node> {
    const found = new Map<string, Node>();
    for (const [name, entry] of this.#entries(key, kind)) {
      if (found.has(name)) this.#report(`${key}.${name}`, 'is in the map twice');
      found.set(name, entry);
    }
    return found;
  }

  read(): MigrationMap {
    for (const id of this.#operations1.keys()) {
      if (!this.#operations.has(id)) this.#report(`operations.${id}`, 'is not in the map');
    }
    const operations = [...this.#operations].flatMap(([id, entry]) => {
      const operation = this.#operations1.get(id);
      if (!operation) this.#report(`operations.${id}`, 'version 1.0 does not have this operation');
      return operation ? [this.#operation(operation, entry)] : [];
    });
    return {
      general: this.#general(),
      unchanged: listOf(this.#map.unchanged).map((line) => {
        const fault = faultOf(line);
        if (fault) this.#report('unchanged', `${line} ${fault}`);
        return String(line);
      }),
      operations,
      schemas: this.#readSchemas(),
    };
  }

  #general(): General[] {
    return this.#entries('general', 'general').map(([, entry]) => {
      for (const key of ['topic', 'title', 'from', 'to']) {
        if (typeof entry[key] !== 'string') this.#report(`general.${entry.topic}`, `has no ${key}`);
      }
      const { topic, title, from, to } = entry;
      return { topic: `${topic}`, title: `${title}`, from: `${from}`, to: `${to}`, ...remarks(entry) };
    });
  }

  #operation(operation: Operation, entry: Node): OperationMove {
    const place = `operations.${operation.id}`;
    const [to, instead] = [namesIn(entry.to), namesIn(entry.instead)];
    for (const id of [...to, ...instead]) {
      if (!this.#operations2.has(id)) this.#report(place, `version 2.0 has no operation ${id}`);
    }
    const targets = to.flatMap((id) => this.#operations2.get(id) ?? []);
    const [first] = targets;
    const same = entry.same === true;
    const move = { from: operation.id, to, instead, same, ...remarks(entry), parameters: [], added: [] };
    if (same && first) {
      for (const what of this.#differences(operation, first))
        this.#report(place, `differs in ${what} and is not the same`);
      return move;
    }
    this.#roots(operation, targets, place);
    if (!first) return move;
    if (!('note' in entry)) this.#report(place, 'has no note');
    const parameters = this.#parameters(operation, entry.parameters, targets, `${place}.parameters`);
    const hits = new Set(parameters.flatMap((parameter) => parameter.to));
    const added = first.parameters
      .filter(({ name }) => !hits.has(name))
      .map(({ name, required = false }) => ({ name, required }));
    const answer = this.#answer(operation, entry, first, place);
    return { ...move, parameters, ...(answer && { answer }), added };
  }

  #differences(one: Operation, other: Operation): string[] {
    const parameters = ({ document, parameters }: Operation) =>
      JSON.stringify(parameters.map((parameter) => structureOf(document, parameter)).sort());
    const content = (operation: Operation, side: Side) => {
      const schema = schemaOf(operation, side);
      return schema && structureOf(operation.document, schema);
    };
    return [
      ...(parameters(one) === parameters(other) ? [] : ['parameters']),
      ...sides.filter((side) => content(one, side) !== content(other, side)),
    ];
  }

  #parameters(operation: Operation, written: unknown, targets: readonly Operation[], place: string): Move[] {
    const listed = isNode(written) ? written : {};
    for (const name of Object.keys(listed)) {
      if (!parameterOf(operation, name)) this.#report(place, `version 1.0 has no ${name}`);
    }
    return operation.parameters.flatMap((parameter) => {
      const from = parameter.name;
      const at = `${place}.${from}`;
      if (written === 'same') {
        const other = targets[0] && parameterOf(targets[0], from);
        const isSame = other && structureOf(this.#v1, parameter) === structureOf(this.#v2, other);
        if (!isSame) this.#report(at, 'is not the same in both versions');
        return [{ from, to: [from] }];
      }
      if (!Object.hasOwn(listed, from)) {
        this.#report(at, 'is not in the map');
        return [];
      }
      const entry = readMove(listed[from], at, this.#report);
      const found = namesIn(entry.to).flatMap((name): Target[] => {
        const schemas = targets.flatMap((target) => parameterOf(target, name)?.schema ?? []);
        if (schemas.length > 0) return [{ name, schemas }];
        if (!name.includes('.'))
          this.#report(at, `version 2.0 has no ${name} in ${targets.map(({ id }) => id).join(' or ')}`);
        return name.includes('.') ? this.#targets(name, [], at) : [];
      });
      return [this.#move(from, entry, parameter.schema ? [parameter.schema] : [], found, at)];
    });
  }

  #answer(operation: Operation, entry: Node, target: Operation, place: string): Omit<Move, 'from'> | undefined {
    const kind = (one: Operation) => {
      const schema = schemaOf(one, 'response');
      return schema ? shapeOf(one.document, [schema]).replace(/ .*/, '') : 'nothing';
    };
    const [was, is] = [kind(operation), kind(target)];
    if (!('answer' in entry)) {
      if (was !== is) this.#report(place, `the response was ${was} and is ${is}: explain it in answer`);
      return undefined;
    }
    const written = readEntry(entry.answer, 'answer', `${place}.answer`, this.#report);
    const to = namesIn(written.to).flatMap((name) => this.#targets(name, [], `${place}.answer`));
    return { to: to.map(({ name }) => name), ...remarks(written) };
  }

  /** Reads the entries of the objects in the request and the response of an operation. */
  #roots(operation: Operation, targets: readonly Operation[], place: string) {
    for (const side of sides) {
      const root = schemaOf(operation, side);
      if (!root) continue;
      const theirs = targets.flatMap((target) => {
        const schema = schemaOf(target, side);
        return schema ? [...reachOf(this.#v2, schema)] : [];
      });
      for (const name of objectsOf(this.#v1, root)) {
        this.#visit(name, side === 'body');
        const to = this.#mappedTo(name);
        if (targets.length > 0 && to && !to.some((one) => theirs.includes(one))) {
          this.#report(
            place,
            `its ${side} ${name} is mapped to ${to.join(' and ')}, which is not in the ${side} of version 2.0`,
          );
        }
      }
    }
  }

  /** Reads the entry of an object, and those of the objects in it. */
  #visit(name: string, isSent: boolean) {
    const place = `schemas.${name}`;
    const isNew = !this.#reached.has(name);
    const entry = this.#schemas.get(name);
    if (!entry) return this.#report(place, 'is not in the map');
    const fields = this.#reached.get(name) ?? this.#fields(name, entry);
    this.#reached.set(name, fields);
    for (const { property, move, targets } of fields) {
      const at = `${place}.${move.from}`;
      if (isSent && !property.required && move.change === undefined) {
        for (const one of move.to)
          if (this.#isRequired(one)) this.#report(at, `version 2.0 requires ${one}: describe it in change`);
      }
      if (!isNew || targets.length === 0) continue;
      const theirs = targets.flatMap(({ schemas }) => schemas).flatMap((schema) => objectsOf(this.#v2, schema));
      for (const inner of new Set(property.schemas.flatMap((schema) => objectsOf(this.#v1, schema)))) {
        if (theirs.length > 0 && theirs.every((other) => this.#isSame(inner, other))) continue;
        this.#visit(inner, isSent);
        const to = this.#mappedTo(inner);
        if (theirs.length > 0 && to && !to.some((one) => theirs.includes(one))) {
          this.#report(at, `is mapped to ${theirs.join(' or ')}, but ${inner} in it to ${to.join(' and ')}`);
        }
      }
    }
  }

  #fields(name: string, entry: Node): Field[] {
    const place = `schemas.${name}`;
    const schema = schemaNamed(this.#v1, name);
    const to = namesIn(entry.to);
    if (!schema || 'gone' in entry) return [];
    if (entry.same === true) {
      if (!this.#isSame(name, name)) this.#report(place, 'is not the same in both versions');
      return [];
    }
    if (to.length === 0) this.#report(place, 'is neither mapped nor removed');
    return [...propertiesOf(this.#v1, schema)].flatMap(([from, property]) => {
      const own = { value: from, place: `${place}.${from}` };
      const found = this.#lookUp(name, from) ?? (entry.rest === 'same' ? own : undefined);
      if (!found) {
        this.#report(own.place, 'is not in the map');
        return [];
      }
      const written = readMove(found.value, found.place, this.#report);
      const targets = namesIn(written.to).flatMap((one) => this.#targets(one, to, found.place));
      return [{ property, targets, move: this.#move(from, written, property.schemas, targets, found.place) }];
    });
  }

  /** The entry of a field, from the schema itself or the nearest that it builds on. */
  #lookUp(schema: string, field: string): { value: unknown; place: string } | undefined {
    const fields = this.#schemas.get(schema)?.fields;
    if (isNode(fields) && Object.hasOwn(fields, field)) {
      return { value: fields[field], place: `schemas.${schema}.${field}` };
    }
    for (const part of partNamesOf(this.#v1, schema)) {
      const found = this.#lookUp(part, field);
      if (found) return found;
    }
    return undefined;
  }

  /** The targets of a name: of `Schema.field` that field, of any other the field of each schema that has it. */
  #targets(name: string, schemas: readonly string[], place: string): Target[] {
    const [schema = '', ...rest] = name.split('.');
    const isQualified = rest.length > 0 && schemaNamed(this.#v2, schema) !== undefined;
    const places = isQualified ? [[schema, rest.join('.')] as const] : schemas.map((one) => [one, name] as const);
    const found = places.flatMap(([schema, path]) => {
      const start = schemaNamed(this.#v2, schema);
      const found = start ? schemasAt(this.#v2, start, path) : [];
      return found.length > 0 ? [{ name: `${schema}.${path}`, schemas: found }] : [];
    });
    if (found.length === 0) {
      const where = isQualified || schemas.length === 0 ? name : `${name} in ${schemas.join(' or ')}`;
      this.#report(place, `version 2.0 has no ${where}`);
    }
    return found;
  }

  /** Reads what something is mapped to, and reports where more differs than the name and no entry explains it. */
  #move(from: string, entry: Node, sources: readonly Schema[], targets: readonly Target[], place: string): Move {
    const schemas = targets.flatMap((target) => target.schemas);
    const values = this.#values(entry, sources, schemas, place);
    const [was, is] = [shapeOf(this.#v1, sources), shapeOf(this.#v2, schemas)];
    if (schemas.length > 0 && was !== is && !values && !('change' in entry)) {
      this.#report(place, `was ${was} and is ${is}: explain it in change`);
    }
    return { from, to: targets.map(({ name }) => name), ...remarks(entry), ...(values && { values }) };
  }

  #values(entry: Node, sources: readonly Schema[], targets: readonly Schema[], place: string): Move['values'] {
    if (!isNode(entry.values)) return undefined;
    const known = new Map(valuesOf(this.#v1, sources).map((value) => [String(value), value]));
    const listed = Object.entries(entry.values);
    for (const [value] of listed) if (!known.has(value)) this.#report(`${place}.values`, `version 1.0 has no ${value}`);
    const kept = 'change' in entry ? [] : [...known].filter(([name]) => !listed.some(([other]) => other === name));
    const theirs = valuesOf(this.#v2, targets);
    for (const value of [...listed.flatMap(([, to]) => [to].flat()), ...kept.map(([, value]) => value)]) {
      if (!theirs.includes(value)) this.#report(`${place}.values`, `version 2.0 has no ${value}`);
    }
    return listed.map(([from, to]) => ({ from: known.get(from), to: [to].flat() }));
  }

  #isSame(name: string, other: string): boolean {
    const [own, theirs] = [schemaNamed(this.#v1, name), schemaNamed(this.#v2, other)];
    return own !== undefined && theirs !== undefined && structureOf(this.#v1, own) === structureOf(this.#v2, theirs);
  }

  #isRequired(target: string): boolean {
    const [schema = '', name = ''] = target.split('.');
    const found = schemaNamed(this.#v2, schema);
    return found !== undefined && propertiesOf(this.#v2, found).get(name)?.required === true;
  }

  /** The schemas that an object is mapped to; `undefined` where it is removed or not in the map. */
  #mappedTo(name: string): string[] | undefined {
    const entry = this.#schemas.get(name);
    if (!entry || 'gone' in entry) return undefined;
    return entry.same === true ? [name] : namesIn(entry.to);
  }

  #readSchemas(): SchemaMove[] {
    const parts = new Set([...this.#reached.keys()].flatMap((name) => this.#allParts(name)));
    return [...this.#schemas].flatMap(([name, entry]) => {
      const place = `schemas.${name}`;
      const schema = schemaNamed(this.#v1, name);
      const fields = this.#reached.get(name);
      if (!schema) this.#report(place, 'version 1.0 does not have this schema');
      else {
        if (!fields && !parts.has(name)) this.#report(place, 'no mapped operation uses it');
        const properties = propertiesOf(this.#v1, schema);
        for (const field of Object.keys(isNode(entry.fields) ? entry.fields : {})) {
          if (!properties.has(field)) this.#report(place, `version 1.0 has no ${field} in it`);
        }
      }
      return fields ? [this.#schema(name, entry, fields)] : [];
    });
  }

  #schema(name: string, entry: Node, fields: readonly Field[]): SchemaMove {
    const same = entry.same === true;
    const to = this.#mappedTo(name) ?? [];
    const hits = new Set(fields.flatMap(({ move }) => move.to));
    for (const one of same ? [] : to) {
      if (!schemaNamed(this.#v2, one)) this.#report(`schemas.${name}`, `version 2.0 has no schema ${one}`);
      else if (![...hits].some((hit) => hit.startsWith(`${one}.`)))
        this.#report(`schemas.${name}`, `no field of it is mapped to ${one}`);
    }
    const added = same ? [] : to.flatMap((one) => this.#added(one, hits));
    return { from: name, to, same, ...remarks(entry), fields: fields.map(({ move }) => move), added };
  }

  /** The fields of a schema of version 2.0 that no entry is mapped to, also inside objects where an entry goes into them. */
  #added(name: string, hits: ReadonlySet<string>): Added[] {
    const look = (schema: Schema, prefix: string): Added[] =>
      [...propertiesOf(this.#v2, schema)].flatMap(([name, { schemas, required }]) => {
        const path = prefix + name;
        if (hits.has(path)) return [];
        const isInside = (way: string) => [...hits].some((hit) => hit.startsWith(path + way));
        if (isInside('.')) return schemas.flatMap((schema) => look(schema, `${path}.`));
        if (isInside('[].')) {
          return schemas
            .flatMap((schema) => schemasAt(this.#v2, schema, '[]'))
            .flatMap((item) => look(item, `${path}[].`));
        }
        return [{ name: path, required }];
      });
    const schema = schemaNamed(this.#v2, name);
    return schema ? look(schema, `${name}.`) : [];
  }

  #allParts(name: string): string[] {
    return partNamesOf(this.#v1, name).flatMap((part) => [part, ...this.#allParts(part)]);
  }
}

const sides = ['body', 'response'] as const;
type Side = (typeof sides)[number];

/** The schema of what an operation takes or returns; `undefined` where that has no body. */
function schemaOf(operation: Operation, side: Side): Schema | undefined {
  return (side === 'body' ? operation.body : successOf(operation))?.media[0]?.schema;
}

function parameterOf({ parameters }: Operation, name: string): Parameter | undefined {
  return parameters.find((parameter) => parameter.name === name);
}

function byId(document: Document): ReadonlyMap<string, Operation> {
  const operations = operationsOf(document).filter(({ isWebhook }) => !isWebhook);
  return new Map(operations.map((operation) => [operation.id, operation]));
}
