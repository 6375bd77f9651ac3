import {
  aliasesOf,
  type Document,
  partsOf,
  type ResolvedSchema,
  type Schema,
  valueAliasesOf,
} from '@comm100-openapi/description';
import { type Remarks, short } from '../remarks.ts';
import { compilerOf } from './compiler.ts';

/** Where values come from: a query and a form have nothing but text, JSON has types of its own. */
type Source = 'path' | 'query' | 'form' | 'json';

/** Writes a value as its schema spells it, and remarks on what was spelt otherwise. */
export type Speller = (value: unknown, source: Source, place: Place, remarks: Remarks) => unknown;

/** Where a value is, written out only where there is something to remark. */
type Place = () => string;

/** What the spelling of a value depends on, of a schema and everything that it is composed of. */
interface Shape {
  readonly types: ReadonlySet<string>;
  /** The documented words of an enum, by the word or an alias of it in lower case. */
  readonly words: ReadonlyMap<string, string>;
  readonly patterns: readonly RegExp[];
  readonly items: Speller | undefined;
  /** By the name or the alias in lower case. */
  readonly fields: ReadonlyMap<string, Field>;
  /** The only field that is a list, where there is just one. */
  readonly onlyList: Field | undefined;
}

interface Field {
  readonly name: string;
  readonly spell: Speller;
}

/** How many entries a list in text can have. */
const mostEntries = 10_000;

/** Compiles the schemas of a document for spelling, each when it is first used. */
export function spellerCompiler(document: Document): (schema: Schema) => Speller {
  const compile = compilerOf((schema): Speller => {
    const shape = shapeOf(document, schema, compile);
    return (value, source, place, remarks) => spell(shape, value, source, place, remarks);
  });
  return compile;
}

function shapeOf(document: Document, schema: Schema, compile: (schema: Schema) => Speller): Shape {
  const parts = partsOf(document, schema);
  const fields = new Map<string, Field>();
  const lists = new Map<string, Field>();
  for (const [name, property] of parts.flatMap(({ properties = {} }) => Object.entries(properties))) {
    const inner = partsOf(document, property);
    const field = { name, spell: compile(property) };
    for (const spelling of [name, ...inner.flatMap(aliasesOf)]) fields.set(spelling.toLowerCase(), field);
    if (inner.some(({ items }) => items)) lists.set(name, field);
  }
  const items = parts.find((part) => part.items)?.items;
  return {
    types: new Set(parts.flatMap(({ type = [] }) => type)),
    words: new Map(parts.flatMap(wordsOf).map(([spelling, word]) => [spelling.toLowerCase(), word])),
    patterns: parts.flatMap(({ pattern }) => (pattern === undefined ? [] : [new RegExp(pattern, 'u')])),
    items: items && compile(items),
    fields,
    onlyList: lists.size === 1 ? [...lists.values()][0] : undefined,
  };
}

/** The documented words of an enum, each with a spelling of it. */
function wordsOf(part: ResolvedSchema): (readonly [spelling: string, word: string])[] {
  const words = [...(part.enum ?? []), part.const].filter((word) => typeof word === 'string');
  return [...valueAliasesOf(part), ...words.map((word) => [word, word] as const)];
}

function spell(shape: Shape, value: unknown, source: Source, place: Place, remarks: Remarks): unknown {
  if (typeof value === 'string') return spellText(shape, value, source, place, remarks);
  if (Array.isArray(value)) {
    const { items } = shape;
    return items ? value.map((entry, index) => items(entry, source, () => `${place()}[${index}]`, remarks)) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return spellFields(shape, value, source, place, remarks);
}

function spellFields(shape: Shape, value: object, source: Source, place: Place, remarks: Remarks): unknown {
  if (shape.fields.size === 0) return value;
  const spelt: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    // A form whose list has no name, `[0]=a`, can only mean the one list that there is.
    const field = shape.fields.get(name.toLowerCase()) ?? (name === '' ? shape.onlyList : undefined);
    if (!field) {
      remarks.add(() => `${place()}: '${short(name)}' is unknown and was ignored`);
      continue;
    }
    if (field.name !== name && name !== '') remarks.add(() => `${place()}: '${name}' is spelt '${field.name}'`);
    spelt[field.name] = field.spell(value[name as never], source, () => `${place()}.${field.name}`, remarks);
  }
  return spelt;
}

/** Text where the schema can require a number, a boolean, a list or one of some words. */
function spellText(shape: Shape, text: string, source: Source, place: Place, remarks: Remarks): unknown {
  const at = () => (source === 'query' ? `query: ${place()}` : `${place()}:`);
  const word = shape.words.get(text.toLowerCase());
  if (word !== undefined) {
    if (word !== text) remarks.add(() => `${at()} '${text}' is spelt '${word}'`);
    return word;
  }
  if (source === 'query' && text.startsWith(' ')) {
    // A raw `+` in a query means a space; in an offset it can only be meant as a plus.
    const plus = text.replace(' ', '+');
    const fits = (candidate: string) => shape.patterns.some((pattern) => pattern.test(candidate));
    if (!fits(text) && fits(plus)) {
      remarks.add(() => `${at()} '${plus}' is encoded '${encodeURIComponent(plus)}'`);
      return plus;
    }
  }
  const value = typed(shape, text, source, place, remarks);
  const isText = source !== 'json';
  if (isText ? String(value) !== text : value !== text) {
    const spelt = isText ? `'${value}'` : JSON.stringify(value);
    remarks.add(() => `${at()} '${short(text)}' is spelt ${short(spelt)}`);
  }
  return value;
}

/** Text as the type that the schema requires; the text itself where it can be no such thing. */
function typed({ types, items }: Shape, text: string, source: Source, place: Place, remarks: Remarks): unknown {
  if (types.size === 0 || types.has('string')) return text;
  if (types.has('array')) {
    const entries = text === '' ? [] : text.split(',', mostEntries + 1).map((entry) => entry.trim());
    if (entries.length > mostEntries) return text;
    // The list as a whole has its remark; its entries need none.
    return items ? entries.map((entry) => items(entry, source === 'json' ? 'form' : source, place, remarks)) : entries;
  }
  if ((types.has('integer') || types.has('number')) && /^\s*[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?\s*$/.test(text))
    return Number(text);
  if (types.has('boolean') && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}
