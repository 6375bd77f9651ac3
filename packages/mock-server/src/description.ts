import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import type { IHttpOperation } from '@stoplight/types';

/** A JSON Schema as far as the mock reads one. */
export interface Schema {
  $ref?: string;
  title?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  /** The form of a string in words, such as `±hh:mm`, for messages. */
  'x-format'?: string;
  /** Other spellings that the service takes. */
  'x-aliases'?: string[];
  /** Misspelt values of documented requests, each with the value that is meant. */
  'x-value-aliases'?: Record<string, string>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
  'x-aliases'?: string[];
}

interface Example {
  value?: unknown;
  /** The parameter values that this example belongs to. */
  'x-when'?: Record<string, unknown[]>;
}

interface Media {
  schema: Schema;
  examples?: Record<string, Example>;
}

interface Answer {
  content?: Record<string, Media>;
}

/** How an operation hands out tokens: for which security scheme, and the members that carry what. */
export interface TokenIssue {
  scheme: string;
  token: string;
  user: string;
  password: string;
  site?: string;
}

interface OperationObject {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, Answer>;
  security?: Record<string, string[]>[];
  'x-permission'?: string;
  'x-edition'?: string[];
  'x-issues-token'?: TokenIssue;
  /** Other paths that documented requests use for it, with the method in front where that differs: `PUT /api/...`. */
  'x-aliases'?: string[];
}

/** A bundled OpenAPI document. */
export interface Bundle {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, OperationObject> & { parameters?: Parameter[] }>;
  security?: Record<string, string[]>[];
  components: {
    securitySchemes: Record<string, { type: string; scheme: string }>;
    responses: Record<string, Answer>;
    schemas?: Record<string, Schema>;
  };
}

/** An operation with all references but those of schemas resolved. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Other methods and paths that lead here. */
  readonly aliases: readonly { readonly method: string; readonly path: string }[];
  readonly parameters: readonly Parameter[];
  /** Media type and schema of the request body. */
  readonly body: { readonly required: boolean; readonly type: string; readonly schema: Schema } | undefined;
  /** Names of the security schemes that open it; empty where it is open to all. */
  readonly schemes: readonly string[];
  readonly permission: string | undefined;
  readonly editions: readonly string[] | undefined;
  readonly issues: TokenIssue | undefined;
  /** The examples of the success, in the order of the description. */
  readonly examples: readonly {
    readonly name: string;
    readonly value: unknown;
    readonly when: Record<string, unknown[]> | undefined;
  }[];
  /** The names of the examples of each declared answer, by status. */
  readonly answers: ReadonlyMap<number, readonly string[]>;
  /** What the declared refusals say, by status and name of the example, as in `403 dailyQuota`. */
  readonly refusals: ReadonlyMap<string, string>;
  readonly description: Description;
  /** The same operation as Prism reads it. */
  readonly prism: IHttpOperation;
}

/** One document, ready to answer from. */
export interface Description {
  readonly bundle: Bundle;
  readonly operations: readonly Operation[];
  resolve<T extends object>(node: T): Omit<T, '$ref'>;
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];

/** Reads a bundle. Rejects with an `Error` that says what is wrong with it. */
export async function describe(bundle: Bundle): Promise<Description> {
  if (!/^3\.1\./.test(bundle.openapi ?? '') || typeof bundle.paths !== 'object') {
    throw new Error('it is not an OpenAPI 3.1 document');
  }
  const prismOperations = new Map(
    (await getHttpOperationsFromSpec(bundle)).map((operation) => [`${operation.method} ${operation.path}`, operation]),
  );
  const operations: Operation[] = [];
  const description: Description = { bundle, operations, resolve: (node) => resolve(bundle, node) };

  for (const [path, item] of Object.entries(bundle.paths)) {
    for (const method of methods) {
      const operation = item[method];
      const prism = prismOperations.get(`${method} ${path}`);
      if (!operation || !prism) continue;
      const [bodyContent] = Object.entries(operation.requestBody ? resolve(bundle, operation.requestBody).content : {});
      operations.push({
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        aliases: (operation['x-aliases'] ?? []).map((alias) => {
          const [aliasPath = '', aliasMethod = method.toUpperCase()] = alias.split(' ').reverse();
          return { method: aliasMethod, path: aliasPath };
        }),
        parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
          resolve(bundle, parameter),
        ),
        body: bodyContent && {
          required: operation.requestBody?.required ?? false,
          type: bodyContent[0],
          schema: bodyContent[1].schema,
        },
        schemes: (operation.security ?? bundle.security ?? []).flatMap((requirement) => Object.keys(requirement)),
        permission: operation['x-permission'],
        editions: operation['x-edition'],
        issues: operation['x-issues-token'],
        examples: examplesOf(bundle, operation.responses['200'] ?? {}),
        answers: new Map(
          Object.entries(operation.responses).map(([status, response]) => [
            Number(status),
            examplesOf(bundle, response).map(({ name }) => name),
          ]),
        ),
        refusals: refusalsOf(bundle, operation),
        description,
        prism,
      });
    }
  }
  return description;
}

function refusalsOf(bundle: Bundle, { responses }: OperationObject): Map<string, string> {
  return new Map(
    Object.entries(responses)
      .filter(([status]) => status !== '200')
      .flatMap(([status, response]) =>
        examplesOf(bundle, response).map(
          ({ name, value }) => [`${status} ${name}`, (value as { message: string }).message] as const,
        ),
      ),
  );
}

/** The named examples of an answer, in the order of the description. */
function examplesOf(bundle: Bundle, response: Answer): Operation['examples'] {
  return Object.values(resolve(bundle, response).content ?? {}).flatMap(({ examples = {} }) =>
    Object.entries(examples).map(([name, example]) => {
      const { value, 'x-when': when } = resolve(bundle, example);
      return { name, value, when };
    }),
  );
}

/** Follows `$ref` to its end. @see https://spec.openapis.org/oas/v3.1.1#reference-object */
function resolve<T extends object>(bundle: Bundle, node: T): Omit<T, '$ref'> {
  let current: object = node;
  for (let hops = 0; '$ref' in current && typeof current.$ref === 'string'; hops++) {
    const pointer = current.$ref;
    const target = pointer
      .slice(2)
      .split('/')
      .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], bundle);
    if (typeof target !== 'object' || target === null || hops > 20)
      throw new Error(`its reference ${pointer} leads nowhere`);
    current = target;
  }
  return current as Omit<T, '$ref'>;
}
