import type { Extensions, TokenIssue, When } from './extensions.ts';
import type {
  Document,
  ExampleObject,
  Json,
  MediaTypeObject,
  Method,
  OperationObject,
  Parameter,
  PathItem,
  Reference,
  RequestBodyObject,
  ResponseObject,
  Schema,
  SecurityScheme,
} from './openapi.ts';
import { methods } from './openapi.ts';
import { isReference, nameOf, resolve } from './reference.ts';

/** An operation or a webhook, with every reference resolved but those inside schemas. */
export interface Operation {
  readonly document: Document;
  readonly id: string;
  readonly method: Method;
  /** The path in full; for a webhook, the name of the event. */
  readonly path: string;
  readonly isWebhook: boolean;
  readonly summary: string;
  /** Markdown; empty where there is none. */
  readonly description: string;
  readonly tags: readonly string[];
  /** Those of the path item, and the operation's own, which replace them by name and place. */
  readonly parameters: readonly Parameter[];
  readonly body: Body | undefined;
  /** In the order of the document. */
  readonly responses: readonly Response[];
  /** The names of the security schemes of which one is needed; empty where the operation is open to all. */
  readonly schemes: readonly string[];
  /** The permission that the caller needs; `undefined` where none is documented. */
  readonly permission: string | undefined;
  /** The editions that include it; `undefined` where no document names any. */
  readonly editions: readonly string[] | undefined;
  readonly source: Extensions['x-source'] | undefined;
  /** Other methods and paths that documented requests use for it. */
  readonly aliases: readonly { readonly method: Method; readonly path: string }[];
  /** How it issues tokens, where it does. */
  readonly tokenIssue: TokenIssue | undefined;
  /** The object as it is written. */
  readonly node: OperationObject;
}

export interface Body {
  readonly required: boolean;
  /** Markdown; empty where there is none. */
  readonly description: string;
  readonly media: readonly Media[];
  readonly node: RequestBodyObject;
}

export interface Response {
  /** `200`, `404` or `default`. */
  readonly status: string;
  /** The component that several operations share, where it is one. */
  readonly component: string | undefined;
  readonly description: string;
  readonly media: readonly Media[];
  readonly node: ResponseObject;
}

/** A body in one media type. */
export interface Media {
  readonly type: string;
  readonly schema: Schema | undefined;
  readonly examples: readonly Example[];
  readonly node: MediaTypeObject;
}

export interface Example {
  readonly name: string;
  /** One line; the name where there is none. */
  readonly summary: string;
  readonly value: Json;
  /** The parameter values that it belongs to; `undefined` where it belongs to all. */
  readonly when: When | undefined;
}

/**
 * The operations of a document, and its webhooks after them, in the order of the document.
 *
 * @throws {UnresolvedReference} naming a `$ref` that points at nothing.
 */
export function operationsOf(document: Document): Operation[] {
  const all: [string, PathItem | Reference, boolean][] = [
    ...Object.entries(document.paths).map(([path, item]): [string, PathItem, boolean] => [path, item, false]),
    ...Object.entries(document.webhooks ?? {}).map(([name, item]): [string, PathItem | Reference, boolean] => [
      name,
      item,
      true,
    ]),
  ];
  return all.flatMap(([path, reference, isWebhook]) => {
    const item = resolve<PathItem>(document, reference);
    return methods.flatMap((method) => {
      const node = item[method];
      return node ? [read(document, { method, path, isWebhook, node, shared: item.parameters ?? [] })] : [];
    });
  });
}

interface Place {
  readonly method: Method;
  readonly path: string;
  readonly isWebhook: boolean;
  readonly node: OperationObject;
  readonly shared: readonly (Parameter | Reference)[];
}

function read(document: Document, { method, path, isWebhook, node, shared }: Place): Operation {
  const body = node.requestBody && resolve<RequestBodyObject>(document, node.requestBody);
  return {
    document,
    id: node.operationId,
    method,
    path,
    isWebhook,
    summary: node.summary,
    description: node.description ?? '',
    tags: node.tags ?? [],
    parameters: parametersOf(document, [...shared, ...(node.parameters ?? [])]),
    body: body && {
      required: body.required ?? false,
      description: body.description ?? '',
      media: mediaOf(document, body),
      node: body,
    },
    responses: Object.entries(node.responses ?? {}).map(([status, response]) =>
      readResponse(document, status, response),
    ),
    schemes: [
      ...new Set((node.security ?? document.security ?? []).flatMap((requirement) => Object.keys(requirement))),
    ],
    permission: node['x-permission'] ?? undefined,
    editions: node['x-edition'],
    source: node['x-source'],
    aliases: (node['x-aliases'] ?? []).map((alias) => {
      const [aliasPath = '', aliasMethod = method] = alias.split(' ').reverse();
      return { method: aliasMethod.toLowerCase() as Method, path: aliasPath };
    }),
    tokenIssue: node['x-issues-token'],
    node,
  };
}

function parametersOf(document: Document, all: readonly (Parameter | Reference)[]): Parameter[] {
  const merged = new Map<string, Parameter>();
  for (const reference of all) {
    const parameter = resolve<Parameter>(document, reference);
    merged.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...merged.values()];
}

/** A response of an operation or of the components. */
export function readResponse(document: Document, status: string, written: ResponseObject | Reference): Response {
  const node = resolve<ResponseObject>(document, written);
  return {
    status,
    component: isReference(written) ? nameOf(written.$ref) : undefined,
    description: node.description,
    media: mediaOf(document, node),
    node,
  };
}

function mediaOf(document: Document, holder: { content?: Record<string, MediaTypeObject> }): Media[] {
  return Object.entries(holder.content ?? {}).map(([type, node]) => ({
    type,
    schema: node.schema,
    examples: examplesOf(document, node),
    node,
  }));
}

/** The named examples of a body or a parameter; an `example` without a name is called `example`. */
export function examplesOf(document: Document, holder: Pick<MediaTypeObject, 'example' | 'examples'>): Example[] {
  const named = Object.entries(holder.examples ?? {}).map(([name, written]) => {
    const example = resolve<ExampleObject>(document, written);
    return { name, summary: example.summary ?? name, value: example.value ?? null, when: example['x-when'] };
  });
  if (named.length > 0 || holder.example === undefined) return named;
  return [{ name: 'example', summary: 'Example', value: holder.example, when: undefined }];
}

/** The response of success: the first with a status of 2xx. */
export function successOf({ responses }: Operation): Response | undefined {
  return responses.find(({ status }) => status.startsWith('2'));
}

/** The security schemes of a document by name. */
export function securitySchemesOf(document: Document): Map<string, SecurityScheme> {
  const schemes = Object.entries(document.components?.securitySchemes ?? {});
  return new Map(schemes.map(([name, scheme]) => [name, resolve<SecurityScheme>(document, scheme)]));
}
