import {
  type Document,
  flatten,
  formOf,
  type Json,
  joinedObjectsOf,
  openValuesOf,
  type ResolvedSchema,
  resolve,
  type Schema,
  whenOf,
} from '@comm100-openapi/description';
import { composed, type Payload } from '../payload.ts';
import { compilerOf } from '../schema/compiler.ts';
import { type Writer, writerOf } from './pattern-text.ts';
import type { AnswerProvider } from './provider.ts';
import { type Random, randomFrom } from './random.ts';
import { conditionsOf, type GivenValues } from './when.ts';

/** How deep made-up objects are; below, what is optional is left out and lists are as short as they can be. */
const deepest = 6;

/** How many responses are kept. */
const mostKept = 100;

/**
 * Made-up data that fits the schema of a response. The same operation and address get the same data.
 *
 * @param seed Another seed makes other data.
 */
export function madeUp(seed: number): AnswerProvider {
  const makers = new Map<Document, (schema: Schema) => Maker>();
  const kept = new Map<string, Payload>();
  return {
    kind: 'made-up',
    answer({ operation, incoming, parameters }, { status, type, schema = {}, validate }) {
      if (type === undefined) return undefined;
      const request = `${operation.id} ${incoming.url}`;
      const key = `${status} ${request}`;
      const known = kept.get(key);
      if (known) return known;
      const { document } = operation;
      const makerOf = makers.get(document) ?? makerCompiler(document);
      makers.set(document, makerOf);
      const source = { random: randomFrom(`${seed} ${request}`), given: parameters };
      const payload = composed(makerOf(schema)(source, 0), validate);
      if (kept.size >= mostKept) kept.clear();
      kept.set(key, payload);
      return payload;
    },
  };
}

/** What made-up data depends on, besides its schema. */
interface Source {
  readonly random: Random;
  readonly given: GivenValues;
}

/** Makes up a value of one schema. */
type Maker = (source: Source, depth: number) => Json;

const words = 'amber birch cedar delta ember fjord grove harbour island juniper lagoon maple north orchard'.split(' ');

/** Compiles the schemas of a document. */
function makerCompiler(document: Document): (schema: Schema) => Maker {
  const makerOf = compilerOf((schema): Maker => compile(document, schema, makerOf));
  return makerOf;
}

function compile(document: Document, written: Schema, makerOf: (schema: Schema) => Maker): Maker {
  const schema = flatten(document, written);
  const { oneOf = [], anyOf = [], ...own } = schema;
  // An object with the fields of several others has those of one of them at a time.
  const shapes = [
    ...[...oneOf, ...anyOf].map((branch) => ({ branch, whole: { ...own, allOf: [branch] } })),
    ...joinedObjectsOf(schema).map((branch) => ({ branch, whole: branch })),
  ].map(({ branch, whole }) => ({
    make: makerOf(whole),
    fits: conditionsOf(whenOf(resolve<Schema>(document, branch))),
  }));
  if (shapes.length > 0) {
    return (source, depth) => {
      // A report has rows of the shape that its `group` asks for.
      const due = shapes.filter(({ fits }) => fits(source.given));
      return source.random.pick(due.length > 0 ? due : shapes).make(source, depth);
    };
  }
  const { const: only, enum: listed = openValuesOf(schema), examples = [], example } = schema;
  if (only !== undefined) return () => only;
  const values = listed ?? (examples.length > 0 ? examples : undefined);
  if (values) return ({ random }) => random.pick(values);
  if (example !== undefined) return () => example;

  const types = [schema.type ?? (schema.properties ? 'object' : 'string')].flat();
  const makers = types.map((type): Maker => {
    switch (type) {
      case 'object':
        return objects(document, schema, makerOf);
      case 'array':
        return lists(schema, makerOf);
      case 'integer':
        return numbers(schema, Math.ceil, schema.multipleOf ?? 1);
      case 'number':
        return numbers(schema, (value) => value, schema.multipleOf ?? 0.5);
      case 'boolean':
        return ({ random }) => random.below(2) === 1;
      case 'null':
        return () => null;
      default:
        return texts(schema);
    }
  });
  return (source, depth) => source.random.pick(makers)(source, depth);
}

function objects(document: Document, schema: ResolvedSchema, makerOf: (schema: Schema) => Maker): Maker {
  const { properties = {}, required = [], minProperties = 0, additionalProperties } = schema;
  const all = Object.entries(properties)
    .filter(([, property]) => !flatten(document, property).writeOnly)
    .map(([name, property]) => ({ name, isRequired: required.includes(name), make: makerOf(property) }));
  const makeOther = typeof additionalProperties === 'object' ? makerOf(additionalProperties) : undefined;
  return (source, depth) => {
    const isChosen = () => depth < deepest && source.random.below(4) > 0;
    const chosen = new Set(all.filter(({ isRequired }) => isRequired || isChosen()));
    for (const property of all) if (chosen.size < minProperties) chosen.add(property);
    const entries = all
      .filter((property) => chosen.has(property))
      .map(({ name, make }): [string, Json] => [name, make(source, depth + 1)]);
    const least = Math.max(minProperties, depth < deepest ? 1 : 0);
    const others =
      makeOther && entries.length < least
        ? words.slice(0, least).map((word): [string, Json] => [word, makeOther(source, depth + 1)])
        : [];
    return Object.fromEntries([...entries, ...others]);
  };
}

function lists({ items = {}, minItems = 0, maxItems = 3 }: ResolvedSchema, makerOf: (schema: Schema) => Maker): Maker {
  const make = makerOf(items);
  return (source, depth) => {
    const most = depth < deepest ? Math.max(minItems, Math.min(maxItems, 3)) : minItems;
    const length = minItems + source.random.below(most - minItems + 1);
    return Array.from({ length }, () => make(source, depth + 1));
  };
}

function numbers(schema: ResolvedSchema, round: (value: number) => number, step: number): Maker {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + step);
  const most = maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - step);
  const from = round((least ?? Math.min(0, most ?? 0)) / step) * step;
  const steps = Math.floor(((most ?? from + 1000 * step) - from) / step);
  return ({ random }) => from + random.below(Math.min(steps, 1000) + 1) * step;
}

const uuid = writerOf('[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}');
const word: Writer = (random) => random.pick(words);

/** What writes text of a format; of others, and where there is none, it is two words. */
const ofFormat: Readonly<Record<string, Writer>> = {
  uuid,
  email: (random) => `${word(random)}@made-up.example`,
  uri: (random) => `https://made-up.example/${word(random)}`,
  date: (random) => moment(random).slice(0, 10),
  'date-time': (random) => `${moment(random)}Z`,
};

function texts(schema: ResolvedSchema): Maker {
  const { pattern, format = '', minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  if (formOf(schema) === 'yyyy-MM-ddTHH:mm:ss') return ({ random }) => moment(random);
  if (pattern) {
    const write = writerOf(pattern);
    return ({ random }) => write(random);
  }
  const write = ofFormat[format] ?? ((random) => `${word(random)} ${word(random)}`);
  return ({ random }) => write(random).slice(0, maxLength).padEnd(minLength, '.');
}

/** A moment of the year 2025: `2025-03-03T10:15:00`. */
function moment(random: Random): string {
  return new Date(Date.UTC(2025, 0, 1) + random.below(365 * 86_400) * 1000).toISOString().slice(0, 19);
}
