/**
 * The parts of OpenAPI 3.1 that the bundles use, as types.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Reference {
  $ref: string;
  summary?: string;
  description?: string;
}

/** What is not plainly documented says so; `documented` is the default and is not written. */
export interface Evidence {
  'x-evidence'?: string;
  'x-evidence-note'?: string;
}

export interface Schema extends Evidence {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  format?: string;
  enum?: Json[];
  const?: Json;
  default?: Json;
  example?: Json;
  examples?: Json[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  propertyNames?: Schema;
  required?: string[];
  additionalProperties?: boolean | Schema;
  unevaluatedProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minProperties?: number;
  maxProperties?: number;
  readOnly?: boolean;
  writeOnly?: boolean;
  deprecated?: boolean;
  discriminator?: { propertyName: string; mapping?: Record<string, string> };
  dependentRequired?: Record<string, string[]>;
  contentEncoding?: string;
  /** A form that a pattern checks, as people write it: `yyyy-MM-ddTHH:mm:ss`. */
  'x-format'?: string;
  'x-enum-descriptions'?: string[];
  'x-enum-varnames'?: string[];
  'x-aliases'?: string[];
  /** Other spellings of a value that documented requests send, each with the value that it stands for. */
  'x-value-aliases'?: Record<string, string>;
  /** The parameter values with which an answer has this shape. */
  'x-when'?: Record<string, Json>;
}

export interface Example {
  summary?: string;
  description?: string;
  value?: Json;
  /** The parameter values that an answer belongs to. */
  'x-when'?: Record<string, Json>;
}

export interface MediaType {
  schema?: Schema;
  example?: Json;
  examples?: Record<string, Example | Reference>;
  encoding?: Record<string, { style?: string; explode?: boolean; allowReserved?: boolean; contentType?: string }>;
}

export interface Parameter extends Evidence {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  description?: string;
  required?: boolean;
  deprecated?: boolean;
  schema?: Schema;
  content?: Record<string, MediaType>;
  style?: string;
  explode?: boolean;
  example?: Json;
  examples?: Record<string, Example | Reference>;
  'x-aliases'?: string[];
}

export interface RequestBody extends Evidence {
  description?: string;
  required?: boolean;
  content: Record<string, MediaType>;
}

export interface Response extends Evidence {
  description: string;
  content?: Record<string, MediaType>;
}

export interface Operation extends Evidence {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  deprecated?: boolean;
  security?: Record<string, string[]>[];
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBody | Reference;
  responses: Record<string, Response | Reference>;
  'x-permission'?: string | string[];
  'x-edition'?: string | string[];
  'x-source'?: { document: string; heading: string };
  /** Other paths that documented requests take to the same operation. */
  'x-aliases'?: string[];
  /** The operation hands out the tokens of a security scheme, in the member `token` of its answer. */
  'x-issues-token'?: { scheme: string; token: string };
}

export const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'] as const;
export type Method = (typeof METHODS)[number];

export type PathItem = { [method in Method]?: Operation } & {
  $ref?: string;
  parameters?: (Parameter | Reference)[];
};

export interface SecurityScheme extends Evidence {
  type: string;
  scheme?: string;
  bearerFormat?: string;
  description?: string;
}

interface Server extends Evidence {
  url: string;
  description?: string;
  variables?: Record<string, Evidence & { default: string; description?: string; enum?: string[] }>;
  'x-retired-domains'?: { domain: string; successor: string; since: string }[];
}

export interface Document {
  openapi: string;
  info: { title: string; version: string; summary?: string; description?: string };
  servers: Server[];
  security?: Record<string, string[]>[];
  tags: { name: string; description?: string }[];
  paths: Record<string, PathItem>;
  webhooks?: Record<string, PathItem | Reference>;
  components?: {
    schemas?: Record<string, Schema>;
    responses?: Record<string, Response | Reference>;
    parameters?: Record<string, Parameter | Reference>;
    examples?: Record<string, Example | Reference>;
    requestBodies?: Record<string, RequestBody | Reference>;
    securitySchemes?: Record<string, SecurityScheme | Reference>;
    pathItems?: Record<string, PathItem>;
  };
}
