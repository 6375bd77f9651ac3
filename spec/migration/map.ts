import { isNode, listOf } from '../rules/lib/nodes.ts';
import type { Node } from '../rules/lib/redocly.ts';
import { faultOf } from '../rules/lib/sentences.ts';
import type { Description, Member, Operation } from './description.ts';
import { namesIn, remarks, take, takeMove } from './entries.ts';
import type { Added, General, MigrationMap, Move, OperationMove, SchemaMove } from './types.ts';

/** A place in version 2.0: a parameter or a member, with the schemas that stand there. */
interface Target {
  readonly name: string;
  readonly nodes: readonly Node[];
}

interface Field {
  readonly member: Member;
  readonly move: Move;
  readonly targets: readonly Target[];
}

/**
 * Reads the map from version 1.0 to version 2.0.
 *
 * @param written What `migration.yaml` holds.
 * @returns The map with all short forms written out, and what it leaves out or gets wrong, by place.
 */
export function readMap(written: unknown, v1: Description, v2: Description): { map: MigrationMap; problems: string[] } {
  const reader = new MapReader(written, v1, v2);
  const map = reader.read();
  return { map, problems: [...new Set(reader.problems)] };
}

class MapReader {
  readonly problems: string[] = [];
  readonly #v1: Description;
  readonly #v2: Description;
  readonly #map: Node;
  readonly #operations: ReadonlyMap<string, Node>;
  readonly #schemas: ReadonlyMap<string, Node>;
  /** The objects of version 1.0 that mapped operations send or answer, with their members. */
  readonly #reached = new Map<string, readonly Field[]>();

  constructor(written: unknown, v1: Description, v2: Description) {
    this.#v1 = v1;
    this.#v2 = v2;
    this.#map = take(written, 'map', 'migration.yaml', this.#say);
    this.#operations = this.#byName('operations', 'operation');
    this.#schemas = this.#byName('schemas', 'schema');
  }

  readonly #say = (place: string, problem: string) => void this.problems.push(`${place}: ${problem}`);

  #entries(key: string, kind: 'general' | 'operation' | 'schema'): [string, Node][] {
    return listOf(this.#map[key]).map((value, index) => {
      const name = String((isNode(value) && value[kind === 'general' ? 'topic' : 'from']) || index);
      return [name, take(value, kind, `${key}.${name}`, this.#say)];
    });
  }

  #byName(key: string, kind: 'operation' | 'schema'): Map<string, Node> {
    const found = new Map<string, Node>();
    for (const [name, entry] of this.#entries(key, kind)) {
      if (found.has(name)) this.#say(`${key}.${name}`, 'is there twice');
      found.set(name, entry);
    }
    return found;
  }

  read(): MigrationMap {
    for (const id of this.#v1.operations.keys()) {
      if (!this.#operations.has(id)) this.#say(`operations.${id}`, 'is not in the map');
    }
    const operations = [...this.#operations].flatMap(([id, entry]) => {
      const operation = this.#v1.operations.get(id);
      if (!operation) this.#say(`operations.${id}`, 'version 1.0 has no such operation');
      return operation ? [this.#operation(operation, entry)] : [];
    });
    return {
      general: this.#general(),
      unchanged: listOf(this.#map.unchanged).map((line) => {
        const fault = faultOf(line);
        if (fault) this.#say('unchanged', `${line} ${fault}`);
        return String(line);
      }),
      operations,
      schemas: this.#readSchemas(),
    };
  }

  #general(): General[] {
    return this.#entries('general', 'general').map(([, entry]) => {
      for (const key of ['topic', 'title', 'from', 'to']) {
        if (typeof entry[key] !== 'string') this.#say(`general.${entry.topic}`, `has no ${key}`);
      }
      const { topic, title, from, to } = entry;
      return { topic: `${topic}`, title: `${title}`, from: `${from}`, to: `${to}`, ...remarks(entry) };
    });
  }

  #operation(operation: Operation, entry: Node): OperationMove {
    const place = `operations.${operation.id}`;
    const [to, instead] = [namesIn(entry.to), namesIn(entry.instead)];
    for (const id of [...to, ...instead]) {
      if (!this.#v2.operations.has(id)) this.#say(place, `version 2.0 has no operation ${id}`);
    }
    const targets = to.flatMap((id) => this.#v2.operations.get(id) ?? []);
    const [first] = targets;
    const same = entry.same === true;
    const move = { from: operation.id, to, instead, same, ...remarks(entry), parameters: [], added: [] };
    if (same && first) {
      for (const what of this.#differences(operation, first))
        this.#say(place, `differs in ${what} and is not the same`);
      return move;
    }
    this.#roots(operation, targets, place);
    if (!first) return move;
    if (!('note' in entry)) this.#say(place, 'has no note');
    const parameters = this.#parameters(operation, entry.parameters, targets, `${place}.parameters`);
    const hits = new Set(parameters.flatMap((parameter) => parameter.to));
    const added = [...first.parameters]
      .filter(([name]) => !hits.has(name))
      .map(([name, { required }]) => ({ name, required: required === true }));
    const answer = this.#answer(operation, entry, first, place);
    return { ...move, parameters, ...(answer && { answer }), added };
  }

  #differences(one: Operation, other: Operation): string[] {
    const parameters = (description: Description, { parameters }: Operation) =>
      JSON.stringify([...parameters].map(([name, node]) => [name, description.structure(node)]).sort());
    const content = (description: Description, schema?: Node) => schema && description.structure(schema);
    return [
      ...(parameters(this.#v1, one) === parameters(this.#v2, other) ? [] : ['parameters']),
      ...(content(this.#v1, one.body) === content(this.#v2, other.body) ? [] : ['body']),
      ...(content(this.#v1, one.answer) === content(this.#v2, other.answer) ? [] : ['answer']),
    ];
  }

  #parameters(operation: Operation, written: unknown, targets: readonly Operation[], place: string): Move[] {
    const listed = isNode(written) ? written : {};
    for (const name of Object.keys(listed)) {
      if (!operation.parameters.has(name)) this.#say(place, `version 1.0 has no ${name}`);
    }
    return [...operation.parameters].flatMap(([from, parameter]) => {
      const at = `${place}.${from}`;
      if (written === 'same') {
        const other = targets[0]?.parameters.get(from);
        const isSame = other && this.#v1.structure(parameter) === this.#v2.structure(other);
        if (!isSame) this.#say(at, 'is not the same in both versions');
        return [{ from, to: [from] }];
      }
      if (!Object.hasOwn(listed, from)) {
        this.#say(at, 'is not in the map');
        return [];
      }
      const entry = takeMove(listed[from], at, this.#say);
      const found = namesIn(entry.to).flatMap((name): Target[] => {
        const nodes = targets.flatMap(({ parameters }) => schemaOf(parameters.get(name)));
        if (nodes.length > 0) return [{ name, nodes }];
        if (!name.includes('.'))
          this.#say(at, `version 2.0 has no ${name} in ${targets.map(({ id }) => id).join(' or ')}`);
        return name.includes('.') ? this.#members(name, [], at) : [];
      });
      return [this.#move(from, entry, schemaOf(parameter), found, at)];
    });
  }

  #answer(operation: Operation, entry: Node, target: Operation, place: string): Omit<Move, 'from'> | undefined {
    const kind = (description: Description, schema?: Node) =>
      schema ? description.shape([schema]).replace(/ .*/, '') : 'nothing';
    const [was, is] = [kind(this.#v1, operation.answer), kind(this.#v2, target.answer)];
    if (!('answer' in entry)) {
      if (was !== is) this.#say(place, `answered with ${was} and is answered with ${is}, which no answer explains`);
      return undefined;
    }
    const written = take(entry.answer, 'answer', `${place}.answer`, this.#say);
    const to = namesIn(written.to).flatMap((name) => this.#members(name, [], `${place}.answer`));
    return { to: to.map(({ name }) => name), ...remarks(written) };
  }

  /** Reads the entries of what an operation sends and answers. */
  #roots(operation: Operation, targets: readonly Operation[], place: string) {
    for (const side of ['body', 'answer'] as const) {
      const root = operation[side];
      if (!root) continue;
      const theirs = targets.flatMap((target) => (target[side] ? [...this.#v2.reach(target[side])] : []));
      for (const name of this.#v1.objects(root)) {
        this.#visit(name, side === 'body');
        const to = this.#leadsTo(name);
        if (targets.length > 0 && to && !to.some((one) => theirs.includes(one))) {
          this.#say(
            place,
            `its ${side} ${name} leads to ${to.join(' and ')}, which is in no ${side} of version 2.0 here`,
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
    if (!entry) return this.#say(place, 'is not in the map');
    const fields = this.#reached.get(name) ?? this.#fields(name, entry);
    this.#reached.set(name, fields);
    for (const { member, move, targets } of fields) {
      const at = `${place}.${move.from}`;
      if (isSent && !member.required && move.change === undefined) {
        for (const one of move.to)
          if (this.#isRequired(one)) this.#say(at, `version 2.0 requires ${one}, which no change says`);
      }
      if (!isNew || targets.length === 0) continue;
      const theirs = targets.flatMap(({ nodes }) => nodes).flatMap((node) => this.#v2.objects(node));
      for (const inner of new Set(member.schemas.flatMap((schema) => this.#v1.objects(schema)))) {
        if (theirs.length > 0 && theirs.every((other) => this.#isSame(inner, other))) continue;
        this.#visit(inner, isSent);
        const to = this.#leadsTo(inner);
        if (theirs.length > 0 && to && !to.some((one) => theirs.includes(one))) {
          this.#say(at, `leads to ${theirs.join(' or ')}, but ${inner} in it leads to ${to.join(' and ')}`);
        }
      }
    }
  }

  #fields(name: string, entry: Node): Field[] {
    const place = `schemas.${name}`;
    const schema = this.#v1.schema(name);
    const to = namesIn(entry.to);
    if (!schema || 'gone' in entry) return [];
    if (entry.same === true) {
      if (!this.#isSame(name, name)) this.#say(place, 'is not the same in both versions');
      return [];
    }
    if (to.length === 0) this.#say(place, 'is neither mapped nor gone');
    return [...this.#v1.members(schema)].flatMap(([from, member]) => {
      const own = { value: from, place: `${place}.${from}` };
      const found = this.#lookUp(name, from) ?? (entry.rest === 'same' ? own : undefined);
      if (!found) {
        this.#say(own.place, 'is not in the map');
        return [];
      }
      const written = takeMove(found.value, found.place, this.#say);
      const targets = namesIn(written.to).flatMap((one) => this.#members(one, to, found.place));
      return [{ member, targets, move: this.#move(from, written, member.schemas, targets, found.place) }];
    });
  }

  /** The entry of a member, from the schema itself or the nearest that it builds on. */
  #lookUp(schema: string, member: string): { value: unknown; place: string } | undefined {
    const fields = this.#schemas.get(schema)?.fields;
    if (isNode(fields) && Object.hasOwn(fields, member)) {
      return { value: fields[member], place: `schemas.${schema}.${member}` };
    }
    for (const part of this.#v1.parts(schema)) {
      const found = this.#lookUp(part, member);
      if (found) return found;
    }
    return undefined;
  }

  /** What a name leads to: `Schema.member` to itself, any other to that member of each schema that has it. */
  #members(name: string, schemas: readonly string[], place: string): Target[] {
    const [schema = '', ...rest] = name.split('.');
    const isQualified = rest.length > 0 && this.#v2.schema(schema) !== undefined;
    const places = isQualified ? [[schema, rest.join('.')] as const] : schemas.map((one) => [one, name] as const);
    const found = places.flatMap(([schema, path]) => {
      const start = this.#v2.schema(schema);
      const nodes = start ? this.#v2.at(start, path) : [];
      return nodes.length > 0 ? [{ name: `${schema}.${path}`, nodes }] : [];
    });
    if (found.length === 0) {
      const where = isQualified || schemas.length === 0 ? name : `${name} in ${schemas.join(' or ')}`;
      this.#say(place, `version 2.0 has no ${where}`);
    }
    return found;
  }

  /** Reads where something has gone, and wants it said where more differs than the name. */
  #move(from: string, entry: Node, sources: readonly Node[], targets: readonly Target[], place: string): Move {
    const nodes = targets.flatMap((target) => target.nodes);
    const values = this.#values(entry, sources, nodes, place);
    const [was, is] = [this.#v1.shape(sources), this.#v2.shape(nodes)];
    if (nodes.length > 0 && was !== is && !values && !('change' in entry)) {
      this.#say(place, `was ${was} and is ${is}, which no change explains`);
    }
    return { from, to: targets.map(({ name }) => name), ...remarks(entry), ...(values && { values }) };
  }

  #values(entry: Node, sources: readonly Node[], nodes: readonly Node[], place: string): Move['values'] {
    if (!isNode(entry.values)) return undefined;
    const known = new Map(this.#v1.values(sources).map((value) => [String(value), value]));
    const listed = Object.entries(entry.values);
    for (const [value] of listed) if (!known.has(value)) this.#say(`${place}.values`, `version 1.0 has no ${value}`);
    const kept = 'change' in entry ? [] : [...known].filter(([name]) => !listed.some(([other]) => other === name));
    const theirs = this.#v2.values(nodes);
    for (const value of [...listed.flatMap(([, to]) => [to].flat()), ...kept.map(([, value]) => value)]) {
      if (!theirs.includes(value)) this.#say(`${place}.values`, `version 2.0 has no ${value}`);
    }
    return listed.map(([from, to]) => ({ from: known.get(from), to: [to].flat() }));
  }

  #isSame(name: string, other: string): boolean {
    const [own, theirs] = [this.#v1.schema(name), this.#v2.schema(other)];
    return own !== undefined && theirs !== undefined && this.#v1.structure(own) === this.#v2.structure(theirs);
  }

  #isRequired(target: string): boolean {
    const [schema = '', member = ''] = target.split('.');
    const found = this.#v2.schema(schema);
    return found !== undefined && this.#v2.members(found).get(member)?.required === true;
  }

  /** The schemas that an object leads to; nothing where it is gone or not in the map. */
  #leadsTo(name: string): string[] | undefined {
    const entry = this.#schemas.get(name);
    if (!entry || 'gone' in entry) return undefined;
    return entry.same === true ? [name] : namesIn(entry.to);
  }

  #readSchemas(): SchemaMove[] {
    const parts = new Set([...this.#reached.keys()].flatMap((name) => this.#allParts(name)));
    return [...this.#schemas].flatMap(([name, entry]) => {
      const place = `schemas.${name}`;
      const schema = this.#v1.schema(name);
      const fields = this.#reached.get(name);
      if (!schema) this.#say(place, 'version 1.0 has no such schema');
      else {
        if (!fields && !parts.has(name)) this.#say(place, 'no mapped operation has it');
        const members = this.#v1.members(schema);
        for (const field of Object.keys(isNode(entry.fields) ? entry.fields : {})) {
          if (!members.has(field)) this.#say(place, `version 1.0 has no ${field} in it`);
        }
      }
      return fields ? [this.#schema(name, entry, fields)] : [];
    });
  }

  #schema(name: string, entry: Node, fields: readonly Field[]): SchemaMove {
    const same = entry.same === true;
    const to = this.#leadsTo(name) ?? [];
    const hits = new Set(fields.flatMap(({ move }) => move.to));
    for (const one of same ? [] : to) {
      if (!this.#v2.schema(one)) this.#say(`schemas.${name}`, `version 2.0 has no schema ${one}`);
      else if (![...hits].some((hit) => hit.startsWith(`${one}.`)))
        this.#say(`schemas.${name}`, `nothing in it leads to ${one}`);
    }
    const added = same ? [] : to.flatMap((one) => this.#added(one, hits));
    return { from: name, to, same, ...remarks(entry), fields: fields.map(({ move }) => move), added };
  }

  /** What of a schema of version 2.0 nothing leads to, inside of objects too where something leads into them. */
  #added(name: string, hits: ReadonlySet<string>): Added[] {
    const look = (node: Node, prefix: string): Added[] =>
      [...this.#v2.members(node)].flatMap(([name, { schemas, required }]) => {
        const path = prefix + name;
        if (hits.has(path)) return [];
        const isInside = (way: string) => [...hits].some((hit) => hit.startsWith(path + way));
        if (isInside('.')) return schemas.flatMap((schema) => look(schema, `${path}.`));
        if (isInside('[].')) {
          return schemas.flatMap((schema) => this.#v2.at(schema, '[]')).flatMap((item) => look(item, `${path}[].`));
        }
        return [{ name: path, required }];
      });
    const schema = this.#v2.schema(name);
    return schema ? look(schema, `${name}.`) : [];
  }

  #allParts(name: string): string[] {
    return this.#v1.parts(name).flatMap((part) => [part, ...this.#allParts(part)]);
  }
}

function schemaOf(parameter?: Node): Node[] {
  return isNode(parameter?.schema) ? [parameter.schema] : [];
}
