import {
  aliasesOf,
  type Document,
  type Operation,
  type Parameter,
  partsOf,
  type ResolvedSchema,
  type Schema,
  valueAliasesOf,
} from '@comm100-openapi/description';
import { type RoutedExchange, ServiceError } from '../exchange.ts';

const form = 'application/x-www-form-urlencoded';

/**
 * Step 6. Reads query and body as the service does: names and enum values without regard to case, known misspellings,
 * numbers and booleans in strings, a raw `+` in a time zone, forms where JSON is documented and the reverse. The result
 * has the documented spelling; each correction adds a remark. Unknown names are ignored, as the service does.
 */
export function spell(exchange: RoutedExchange): void {
  const { operation, remarks } = exchange;
  exchange.query = new Speller(operation.document, remarks).query(exchange.search, operation);
  exchange.body = readBody(exchange);
}

function readBody({ incoming, operation, remarks }: RoutedExchange): unknown {
  const [documented] = operation.body?.media ?? [];
  if (!documented || incoming.body.trim() === '') return undefined;
  const [type = ''] = (incoming.headers['content-type'] ?? '').toLowerCase().split(';');
  const isForm = type.trim() === form;
  if (!isForm && type.trim() !== '' && !/[/+]json$/.test(type.trim())) {
    throw new ServiceError(400, `The content type '${type.trim()}' is not supported. Use ${documented.type}.`);
  }

  // curl calls whatever follows -d a form, and documented requests send JSON that way.
  const looksLikeJson = /^\s*[[{]/.test(incoming.body) && !/^\[\d*\]=/.test(incoming.body);
  const readAsForm = isForm ? !looksLikeJson : type === '' && !looksLikeJson && documented.type === form;
  if (readAsForm !== (documented.type === form) || (type.trim() !== '' && isForm !== readAsForm))
    remarks.push(`content-type: send ${documented.type}`);

  let value: unknown;
  if (readAsForm) value = parseForm(incoming.body);
  else {
    try {
      value = JSON.parse(incoming.body);
    } catch {
      throw new ServiceError(400, 'The request body is not valid JSON.');
    }
  }
  return new Speller(operation.document, remarks, !readAsForm).value(documented.schema ?? {}, value, 'body');
}

/** @see https://url.spec.whatwg.org/#urlencoded-parsing */
function parseForm(text: string): Record<string, unknown> {
  const fields = new Map<string, string | string[]>();
  for (const [name, raw] of new URLSearchParams(text)) {
    const value = raw.trim();
    // `[0]=a&[1]=b` and `ids[0]=a` are entries of one list.
    const list = /^([^[\]]*)\[\d*\]$/.exec(name);
    const key = list ? (list[1] ?? '') : name.trim();
    const before = fields.get(key);
    if (before === undefined) fields.set(key, list ? [value] : value);
    else fields.set(key, [before, value].flat());
  }
  return Object.fromEntries(fields);
}

/** Writes values as their schemas spell them. */
class Speller {
  readonly #document: Document;
  readonly #remarks: string[];
  readonly #typed: boolean;

  /** @param typed Whether values can be other than text, so that a number in a string deserves a remark. */
  constructor(document: Document, remarks: string[], typed = false) {
    this.#document = document;
    this.#remarks = remarks;
    this.#typed = typed;
  }

  query(search: URLSearchParams, operation: Operation): Record<string, string> {
    const known = new Map<string, Parameter>();
    for (const parameter of operation.parameters.filter((candidate) => candidate.in === 'query')) {
      for (const name of [parameter.name, ...aliasesOf(parameter)]) known.set(name.toLowerCase(), parameter);
    }
    const spelt: Record<string, string> = {};
    for (const [name, value] of search) {
      const bracket = name.indexOf('[');
      const stem = bracket < 0 ? name : name.slice(0, bracket);
      const parameter = known.get(stem.toLowerCase());
      if (!parameter) {
        this.#remarks.push(`query: '${name}' is unknown and was ignored`);
        continue;
      }
      if (parameter.name !== stem) this.#remarks.push(`query: '${stem}' is spelt '${parameter.name}'`);
      const tail = bracket < 0 ? '' : name.slice(bracket);
      const key = parameter.name + tail;
      if (Object.hasOwn(spelt, key)) this.#remarks.push(`query: '${key}' came more than once; the last counts`);
      spelt[key] = tail ? value : this.#word(parameter.schema ?? {}, value, parameter.name);
    }
    return spelt;
  }

  /** A value of a query: always text, so only its spelling can be wrong. */
  #word(schema: Schema, value: string, name: string): string {
    const variants = this.#variants(schema);
    const listed = this.#listed(variants, value);
    if (listed !== undefined && listed !== value) {
      this.#remarks.push(`query: ${name} '${value}' is spelt '${listed}'`);
      return listed;
    }
    // A raw `+` in a query means a space; in an offset it can only be meant as a plus.
    const plus = value.replace(/^ /, '+');
    const fits = (text: string) =>
      variants.some(({ pattern }) => pattern !== undefined && new RegExp(pattern).test(text));
    if (plus !== value && !fits(value) && fits(plus)) {
      this.#remarks.push(`query: ${name} '${plus}' is encoded '${encodeURIComponent(plus)}'`);
      return plus;
    }
    return value;
  }

  value(schema: Schema, value: unknown, place: string): unknown {
    const variants = this.#variants(schema);
    if (Array.isArray(value)) {
      const items = variants.find((variant) => variant.items)?.items;
      return items ? value.map((entry, index) => this.value(items, entry, `${place}[${index}]`)) : value;
    }
    if (typeof value === 'object' && value !== null) return this.#object(variants, value, place);
    if (typeof value !== 'string') return value;
    const meant = this.#scalar(variants, value, place);
    if (this.#typed && typeof meant !== 'string')
      this.#remarks.push(`${place}: '${value}' is spelt ${JSON.stringify(meant)}`);
    return meant;
  }

  #object(variants: ResolvedSchema[], value: object, place: string): unknown {
    const known = new Map<string, { name: string; schema: Schema }>();
    for (const { properties = {} } of variants) {
      for (const [name, schema] of Object.entries(properties)) {
        const aliases = this.#variants(schema).flatMap(aliasesOf);
        for (const spelling of [name, ...aliases]) {
          known.set(spelling.toLowerCase(), { name, schema });
        }
      }
    }
    if (known.size === 0) return value;

    // A form whose list has no name, `[0]=a`, can only mean the one list that there is.
    const lists = new Map(
      [...known.values()]
        .filter(({ schema }) => this.#variants(schema).some(({ items }) => items))
        .map((list) => [list.name, list]),
    );
    const [onlyList] = lists.size === 1 ? lists.values() : [];
    const entries = Object.entries(value).flatMap(([name, inner]) => {
      const property = known.get(name.toLowerCase()) ?? (name === '' ? onlyList : undefined);
      if (!property) {
        this.#remarks.push(`${place}: '${name}' is unknown and was ignored`);
        return [];
      }
      if (property.name !== name && name !== '') this.#remarks.push(`${place}: '${name}' is spelt '${property.name}'`);
      return [[property.name, this.value(property.schema, inner, `${place}.${property.name}`)]];
    });
    return Object.fromEntries(entries);
  }

  /** A string where the schema can require a number, a boolean, a list or one of some words. */
  #scalar(variants: ResolvedSchema[], text: string, place: string): unknown {
    const listed = this.#listed(variants, text);
    if (listed !== undefined) {
      if (listed !== text) this.#remarks.push(`${place}: '${text}' is spelt '${listed}'`);
      return listed;
    }
    const wanted = new Set(variants.flatMap(({ type = [] }) => type));
    if (wanted.has('string') || wanted.size === 0) return text;
    if (wanted.has('array')) {
      const items = variants.find((variant) => variant.items)?.items;
      const entries = text === '' ? [] : text.split(',').map((entry) => entry.trim());
      return items ? entries.map((entry) => this.#scalar(this.#variants(items), entry, place)) : entries;
    }
    if ((wanted.has('integer') || wanted.has('number')) && text.trim() !== '' && Number.isFinite(Number(text)))
      return Number(text);
    if (wanted.has('boolean') && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
    return text;
  }

  /** The documented spelling of one of an enum's words. */
  #listed(variants: ResolvedSchema[], text: string): string | undefined {
    const words = variants.flatMap(({ enum: list = [], const: only }) => (only === undefined ? list : [only]));
    const aliases = new Map(variants.flatMap((variant) => [...valueAliasesOf(variant)]));
    const meant = aliases.get(text) ?? text;
    return words.find((word): word is string => typeof word === 'string' && word.toLowerCase() === meant.toLowerCase());
  }

  #variants(schema: Schema): ResolvedSchema[] {
    return partsOf(this.#document, schema);
  }
}
