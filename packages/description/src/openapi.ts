import type { Extended } from './extensions.ts';

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

type Marked = Extended<'x-evidence' | 'x-evidence-note'>;

export interface Schema
  extends Marked,
    Extended<
      | 'x-format'
      | 'x-extensible-enum'
      | 'x-enum-descriptions'
      | 'x-enum-varnames'
      | 'x-aliases'
      | 'x-value-aliases'
      | 'x-when'
      | 'x-alternatives'
      | 'x-refers-to'
    > {
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
}

export interface ExampleObject extends Extended<'x-when'> {
  summary?: string;
  description?: string;
  value?: Json;
}

export interface MediaTypeObject {
  schema?: Schema;
  example?: Json;
  examples?: Record<string, ExampleObject | Reference>;
  encoding?: Record<string, { style?: string; explode?: boolean; allowReserved?: boolean; contentType?: string }>;
}

export interface Parameter extends Marked, Extended<'x-aliases'> {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  description?: string;
  required?: boolean;
  deprecated?: boolean;
  schema?: Schema;
  content?: Record<string, MediaTypeObject>;
  style?: string;
  explode?: boolean;
  example?: Json;
  examples?: Record<string, ExampleObject | Reference>;
}

export interface RequestBodyObject extends Marked {
  description?: string;
  required?: boolean;
  content: Record<string, MediaTypeObject>;
}

export interface ResponseObject extends Marked {
  description: string;
  content?: Record<string, MediaTypeObject>;
}

export interface OperationObject
  extends Marked,
    Extended<'x-permission' | 'x-edition' | 'x-source' | 'x-aliases' | 'x-issues-token'> {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  deprecated?: boolean;
  externalDocs?: { url: string; description?: string };
  security?: Record<string, string[]>[];
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBodyObject | Reference;
  responses: Record<string, ResponseObject | Reference>;
}

export const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'] as const;
export type Method = (typeof methods)[number];

export type PathItem = { [method in Method]?: OperationObject } & {
  $ref?: string;
  parameters?: (Parameter | Reference)[];
};

export interface SecurityScheme extends Marked {
  type: string;
  scheme?: string;
  bearerFormat?: string;
  description?: string;
}

export interface Server extends Marked, Extended<'x-retired-domains'> {
  url: string;
  description?: string;
  variables?: Record<string, Marked & { default: string; description?: string; enum?: string[] }>;
}

export interface Document {
  openapi: string;
  info: { title: string; version: string; summary?: string; description?: string } & Extended<'x-permission-flags'>;
  servers: Server[];
  security?: Record<string, string[]>[];
  tags: { name: string; description?: string }[];
  paths: Record<string, PathItem>;
  webhooks?: Record<string, PathItem | Reference>;
  components?: {
    schemas?: Record<string, Schema>;
    responses?: Record<string, ResponseObject | Reference>;
    parameters?: Record<string, Parameter | Reference>;
    examples?: Record<string, ExampleObject | Reference>;
    requestBodies?: Record<string, RequestBodyObject | Reference>;
    securitySchemes?: Record<string, SecurityScheme | Reference>;
    pathItems?: Record<string, PathItem>;
  };
}
