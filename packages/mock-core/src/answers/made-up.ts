import {
  type Document,
  flatten,
  formOf,
  type Json,
  openValuesOf,
  type ResolvedSchema,
  resolve,
  type Schema,
  whenOf,
} from '@comm100-openapi/description';
import type { RoutedExchange } from '../exchange.ts';
import type { ServedResponse } from '../operation-table.ts';
import { composed, type Payload } from '../payload.ts';
import { writerOf } from './pattern-text.ts';
import type { AnswerProvider } from './provider.ts';
import { type Random, randomFrom } from './random.ts';
import { conditionsOf, type GivenValues, givenValues } from './when.ts';

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
  const schemas = new Schemas();
  const kept = new Map<string, Payload>();
  return {
    kind: 'made-up',
    answer({ operation, incoming, parameters }: RoutedExchange, { status, schema = {}, validate }: ServedResponse) {
      const request = `${operation.id} ${incoming.url}`;
      return memo(kept, `${status} ${request}`, () => {
        if (kept.size >= mostKept) kept.clear();
        const random = randomFrom(`${seed} ${request}`);
        const maker = new Maker(schemas, operation.document, random, givenValues(parameters));
        return composed(maker.value(schema, 0), validate);
      });
    },
  };
}

const words = 'amber birch cedar delta ember fjord grove harbour island juniper lagoon maple north orchard'.split(' ');

/** What is read of a schema to make up values for it, each schema once. */
class Schemas {
  readonly #flat = new WeakMap<Schema, ResolvedSchema>();
  readonly #shapes = new WeakMap<Schema, readonly Shape[]>();
  readonly #writers = new Map<string, ReturnType<typeof writerOf>>();

  flat(document: Document, schema: Schema): ResolvedSchema {
    return memo(this.#flat, schema, () => flatten(document, schema));
  }

  /** The shapes that a schema offers, each as a whole; none where it offers none. */
  shapes(document: Document, schema: ResolvedSchema): readonly Shape[] {
    return memo(this.#shapes, schema, () => {
      const { oneOf = [], anyOf = [], ...own } = schema;
      return [...oneOf, ...anyOf].map((branch) => ({
        schema: { ...own, allOf: [branch] },
        fits: conditionsOf(whenOf(resolve<Schema>(document, branch))),
      }));
    });
  }

  write(pattern: string, random: Random): string {
    return memo(this.#writers, pattern, () => writerOf(pattern))(random);
  }
}

interface Shape {
  readonly schema: Schema;
  readonly fits: ReturnType<typeof conditionsOf>;
}

interface Store<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

function memo<Key, Value>(store: Store<Key, Value>, key: Key, make: () => Value): Value {
  const known = store.get(key);
  if (known !== undefined) return known;
  const made = make();
  store.set(key, made);
  return made;
}

class Maker {
  readonly #schemas: Schemas;
  readonly #document: Document;
  readonly #random: Random;
  readonly #given: GivenValues;

  constructor(schemas: Schemas, document: Document, random: Random, given: GivenValues) {
    this.#schemas = schemas;
    this.#document = document;
    this.#random = random;
    this.#given = given;
  }

  value(written: Schema, depth: number): Json {
    const schema = this.#schemas.flat(this.#document, written);
    const shapes = this.#schemas.shapes(this.#document, schema);
    if (shapes.length > 0) {
      // A report has rows of the shape that its `group` asks for.
      const due = shapes.filter(({ fits }) => fits(this.#given));
      return this.value(this.#random.pick(due.length > 0 ? due : shapes).schema, depth);
    }
    if (schema.const !== undefined) return schema.const;
    const known = schema.enum ?? openValuesOf(schema);
    const listed = known ?? (schema.examples?.length ? schema.examples : undefined);
    if (listed) return this.#random.pick(listed);
    if (schema.example !== undefined) return schema.example;

    const types = [schema.type ?? (schema.properties ? 'object' : 'string')].flat();
    switch (this.#random.pick(types)) {
      case 'object':
        return this.#object(schema, depth);
      case 'array':
        return this.#array(schema, depth);
      case 'integer':
        return this.#number(schema, Math.ceil, schema.multipleOf ?? 1);
      case 'number':
        return this.#number(schema, (value) => value, schema.multipleOf ?? 0.5);
      case 'boolean':
        return this.#random.below(2) === 1;
      case 'null':
        return null;
      default:
        return this.#text(schema);
    }
  }

  #object(schema: Schema, depth: number): Json {
    const { properties = {}, required = [], additionalProperties } = schema;
    const all = Object.keys(properties);
    const isChosen = (name: string) => required.includes(name) || (depth < deepest && this.#random.below(4) > 0);
    const chosen = new Set(all.filter(isChosen));
    for (const name of all) if (chosen.size < (schema.minProperties ?? 0)) chosen.add(name);
    const names = all.filter((name) => chosen.has(name));
    const known = names.flatMap((name): [string, Json][] => {
      const property = properties[name];
      return !property || this.#schemas.flat(this.#document, property).writeOnly
        ? []
        : [[name, this.value(property, depth + 1)]];
    });
    const least = Math.max(schema.minProperties ?? 0, depth < deepest ? 1 : 0);
    const others =
      typeof additionalProperties === 'object' && known.length < least
        ? words.slice(0, least).map((word): [string, Json] => [word, this.value(additionalProperties, depth + 1)])
        : [];
    return Object.fromEntries([...known, ...others]);
  }

  #array({ items = {}, minItems = 0, maxItems = 3 }: Schema, depth: number): Json {
    const most = depth < deepest ? Math.max(minItems, Math.min(maxItems, 3)) : minItems;
    const length = minItems + this.#random.below(most - minItems + 1);
    return Array.from({ length }, () => this.value(items, depth + 1));
  }

  #number(schema: Schema, round: (value: number) => number, step: number): number {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
    const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + step);
    const most = maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - step);
    const from = round((least ?? Math.min(0, most ?? 0)) / step) * step;
    const steps = Math.floor(((most ?? from + 1000 * step) - from) / step);
    return from + this.#random.below(Math.min(steps, 1000) + 1) * step;
  }

  #text({ pattern, format, minLength = 0, maxLength = Number.POSITIVE_INFINITY, ...schema }: Schema): string {
    const form = formOf(schema);
    if (form === 'yyyy-MM-ddTHH:mm:ss') return this.#moment();
    if (form === '±hh:mm') return '+08:00';
    if (pattern) return this.#schemas.write(pattern, this.#random);
    const text = this.#ofFormat(format);
    return text.length <= maxLength ? text.padEnd(minLength, '.') : text.slice(0, maxLength);
  }

  #ofFormat(format: string | undefined): string {
    const word = this.#random.pick(words);
    switch (format) {
      case 'uuid':
        return this.#schemas.write('[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}', this.#random);
      case 'email':
        return `${word}@made-up.example`;
      case 'uri':
        return `https://made-up.example/${word}`;
      case 'ipv4':
        return `192.0.2.${this.#random.below(256)}`;
      case 'ipv6':
        return `2001:db8::${this.#random.below(10)}`;
      case 'date':
        return this.#moment().slice(0, 10);
      case 'date-time':
        return `${this.#moment()}Z`;
      default:
        return `${word} ${this.#random.pick(words)}`;
    }
  }

  /** A moment of the year 2025: `2025-03-03T10:15:00`. */
  #moment(): string {
    return new Date(Date.UTC(2025, 0, 1) + this.#random.below(365 * 86_400) * 1000).toISOString().slice(0, 19);
  }
}
