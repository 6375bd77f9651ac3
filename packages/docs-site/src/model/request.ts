/** A request of an operation as it is sent, with the values of its examples. No part of it depends on a language. */

import {
  aliasesOf,
  type Document,
  type Example,
  examplesOf,
  type Json,
  type Media,
  type Operation,
  type Parameter,
  resolve,
  type Schema,
} from '@comm100-openapi/description';
import { prettyJson } from './literal.ts';

/** A name and the text that is sent for it. */
export type Pair = [name: string, text: string];

/** The values in an example request of an operation, as the description has them. */
export interface ExampleRequest {
  path: Record<string, Json>;
  query: Record<string, Json>;
  header: Record<string, Json>;
  body?: { media: Media; value: Json };
}

/** A request as it is sent, without its credentials. */
export interface HttpRequest {
  /** In upper case. */
  method: string;
  /** With its values, encoded. */
  path: string;
  query: Pair[];
  headers: Pair[];
  body?: HttpBody;
}

export type HttpBody =
  | { kind: 'form'; type: string; pairs: Pair[] }
  | { kind: 'json'; type: string; value: Json }
  | { kind: 'text'; type: string; text: string };

/** @param example Of the body. @default the first */
export function exampleRequest({ document, parameters, body }: Operation, example?: Example): ExampleRequest {
  const request: ExampleRequest = { path: {}, query: {}, header: {} };
  for (const parameter of parameters) {
    if (parameter.in === 'cookie') continue;
    const [given] = examplesOf(document, parameter);
    if (!parameter.required && !given) continue;
    request[parameter.in][parameter.name] = given ? given.value : exampleOfSchema(document, parameter.schema ?? {});
  }
  const [media] = body?.media ?? [];
  const { value } = example ?? media?.examples[0] ?? {};
  if (media && value !== undefined) request.body = { media, value };
  return request;
}

/** A value that the schema allows, for a parameter that has no example of its own. */
export function exampleOfSchema(document: Document, schema: Schema): Json {
  const node = resolve(document, schema);
  const given = node.example ?? node.examples?.[0] ?? node.default ?? node.const ?? node.enum?.[0];
  if (given !== undefined) return given;
  switch ([node.type].flat()[0]) {
    case 'integer':
    case 'number':
      return node.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return node.items ? [exampleOfSchema(document, node.items)] : [];
    default:
      return 'text';
  }
}

/** The request that the examples of an operation make. @throws {Error} naming a path parameter that is not described. */
export function httpRequest(operation: Operation, example?: Example): HttpRequest {
  const { path, query, header, body } = exampleRequest(operation, example);
  const texts = Object.entries(path).map(([name, value]): Pair => [name, asText(value)]);
  return {
    method: operation.method.toUpperCase(),
    path: fillPath(operation.path, Object.fromEntries(texts)),
    query: operation.parameters
      .filter((parameter) => parameter.in === 'query' && query[parameter.name] !== undefined)
      .flatMap((parameter) => queryPairs(parameter, query[parameter.name] ?? null)),
    headers: Object.entries(header).map(([name, value]) => [name, asText(value)]),
    ...(body && { body: httpBody(operation.document, body) }),
  };
}

/** A path with the encoded values of its parameters. @throws {Error} naming one that has no value. */
export function fillPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{([^}]+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new Error(`The path ${path} has ${placeholder}, but the operation has no such path parameter.`);
    return readable(value);
  });
}

export function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Encoded for a URL, except for the characters that are allowed unencoded and read better so. */
export function readable(text: string): string {
  return encodeURIComponent(text).replace(/%(3A|2C|2F|40|2A)/g, (code) => decodeURIComponent(code));
}

/** `?` and the pairs, encoded; empty where there are none. */
export function queryString(pairs: readonly Pair[]): string {
  return pairs.length > 0 ? `?${pairs.map(([name, text]) => `${readable(name)}=${readable(text)}`).join('&')}` : '';
}

/** @see https://spec.openapis.org/oas/v3.1.1#style-values */
export function queryPairs({ name, style = 'form', explode = style === 'form' }: Parameter, value: Json): Pair[] {
  if (style === 'deepObject') return deepPairs(name, value);
  if (Array.isArray(value)) {
    return explode ? value.map((entry) => [name, asText(entry)]) : [[name, value.map(asText).join(',')]];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([key, field]) => [key, asText(field)]);
  }
  return [[name, asText(value)]];
}

function deepPairs(name: string, value: Json): Pair[] {
  if (typeof value !== 'object' || value === null) return [[name, asText(value)]];
  return Object.entries(value).flatMap(([key, field]) => deepPairs(`${name}[${key}]`, field));
}

function httpBody(document: Document, { media, value }: NonNullable<ExampleRequest['body']>): HttpBody {
  const { type } = media;
  if (type === 'application/x-www-form-urlencoded' && typeof value === 'object' && value !== null) {
    return { kind: 'form', type, pairs: formPairs(document, media, value) };
  }
  if (typeof value === 'string' && !type.includes('json')) return { kind: 'text', type, text: value };
  return { kind: 'json', type, value };
}

/** The fields of a form, as the encoding of its media type writes them. */
export function formPairs(
  document: Document,
  { node, schema }: Media,
  value: Json[] | { [key: string]: Json },
): Pair[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => deepPairs(`[${index}]`, entry));
  const { properties = {} } = resolve(document, schema ?? {});
  return Object.entries(value).flatMap(([name, field]): Pair[] => {
    const { style = 'form', explode = style === 'form' } = node.encoding?.[name] ?? {};
    // Some lists are documented as numbers in brackets without a name, for which OpenAPI has no form.
    if (style === 'deepObject') return deepPairs(aliasesOf(properties[name] ?? {}).includes('[n]') ? '' : name, field);
    if (Array.isArray(field) && !explode) return [[name, field.map(asText).join(',')]];
    return typeof field === 'object' && field !== null ? deepPairs(name, field) : [[name, asText(field)]];
  });
}

/** The body as text, as it is sent. JSON has a field a line. */
export function bodyText(body: HttpBody): string {
  if (body.kind === 'json') return prettyJson(body.value);
  return body.kind === 'text' ? body.text : queryString(body.pairs).slice(1);
}
