import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

// This reader does not use packages/description on purpose: it judges what was built with it.

/** The two documents. */
export const versions = ['v1', 'v2'] as const;
export type Version = (typeof versions)[number];

type Json = null | boolean | number | string | Json[] | Node;

interface Example {
  name: string;
  value: unknown;
  /** The parameter values that this example belongs to. */
  when: Record<string, unknown[]>;
}

interface ParameterObject {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  example?: unknown;
  schema: Node;
}

/** An operation as the tests need it: what to send, and what must come back. */
export interface Operation {
  version: Version;
  id: string;
  method: 'get' | 'put' | 'post' | 'delete';
  path: string;
  parameters: ParameterObject[];
  /** The media type of the request body; `null` where there is none. */
  mediaType: string | null;
  /** The schema of the request body; `undefined` where there is none. */
  body: Node | undefined;
  needsBody: boolean;
  /** How the lists of a form are written, by the name of the field. */
  encoding: Record<string, { style: string; explode: boolean }>;
  requests: Example[];
  /** The examples of the response with status 200. */
  responses: Example[];
  /** The examples of all other responses, with the status of each. */
  errors: (Example & { status: number })[];
  permission: string | undefined;
  editions: string[] | undefined;
  /** Whether it needs no credentials. */
  open: boolean;
  /** The field of the response that holds a new token, where the operation issues one. */
  tokenField: string | undefined;
  /** The way to log in that the token is for. */
  tokenScheme: string | undefined;
  /** The ways to log in that it accepts, by name. */
  schemes: string[];
  forPartners: boolean;
}

export interface Node {
  [key: string]: Json | undefined;
}

function read(version: Version): Node {
  return JSON.parse(
    readFileSync(fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/strict/${version}.json`)), 'utf8'),
  );
}

const documents = Object.fromEntries(versions.map((version) => [version, read(version)])) as Record<Version, Node>;

/** A schema without its references, with what it is composed of by `allOf` in it. */
export function flatten(version: Version, schema: Json | undefined): Node {
  const { allOf = [], ...own } = resolve(documents[version], schema);
  const parts = [...(allOf as Json[]).map((part) => flatten(version, part)), own];
  return Object.assign({}, ...parts, {
    properties: Object.assign({}, ...parts.map(({ properties }) => properties ?? {})),
    required: parts.flatMap(({ required }) => (required ?? []) as string[]),
  });
}

function resolve(document: Node, node: Json | undefined): Node {
  let current = (node ?? {}) as Node;
  while (typeof current.$ref === 'string') {
    current = current.$ref
      .slice(2)
      .split('/')
      .reduce<Node>(
        (value, key) => value[decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')] as Node,
        document,
      );
  }
  return current;
}

function examplesOf(document: Node, holder: Node): Example[] {
  return Object.values((holder.content ?? {}) as Node).flatMap((media) =>
    Object.entries(((media as Node).examples ?? {}) as Node).map(([name, example]) => {
      const { value, 'x-when': when } = resolve(document, example);
      return { name, value, when: (when ?? {}) as Record<string, unknown[]> };
    }),
  );
}

/** All operations of a version, in the order of its document. */
export function operationsOf(version: Version): Operation[] {
  const document = documents[version];
  return Object.entries(document.paths as Node).flatMap(([path, item]) =>
    (['get', 'put', 'post', 'delete'] as const).flatMap((method) => {
      const operation = (item as Node)[method] as Node | undefined;
      if (!operation) return [];
      const issue = operation['x-issues-token'] as { token: string; scheme: string } | undefined;
      const responses = operation.responses as Node;
      const body = resolve(document, operation.requestBody);
      const [[mediaType, media] = []] = Object.entries((body.content ?? {}) as Record<string, Node>);
      const security = (operation.security ?? document.security) as Node[];
      return {
        version,
        id: operation.operationId as string,
        method,
        path,
        parameters: [...(((item as Node).parameters ?? []) as Json[]), ...((operation.parameters ?? []) as Json[])].map(
          (parameter) => resolve(document, parameter) as unknown as ParameterObject,
        ),
        mediaType: mediaType ?? null,
        body: media?.schema as Node | undefined,
        needsBody: body.required === true,
        encoding: (media?.encoding ?? {}) as unknown as Operation['encoding'],
        requests: examplesOf(document, body),
        responses: examplesOf(document, resolve(document, responses['200'])),
        errors: Object.entries(responses)
          .filter(([status]) => status !== '200')
          .flatMap(([status, response]) =>
            examplesOf(document, resolve(document, response)).map((example) => ({
              ...example,
              status: Number(status),
            })),
          ),
        permission: (operation['x-permission'] ?? undefined) as string | undefined,
        editions: operation['x-edition'] as string[] | undefined,
        open: security.length === 0,
        schemes: security.flatMap((requirement) => Object.keys(requirement)),
        tokenField: issue?.token,
        tokenScheme: issue?.scheme,
        forPartners: security.some((requirement) => 'partnerToken' in requirement),
      };
    }),
  );
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
for (const version of versions) ajv.addSchema({ ...documents[version], $id: version });

/**
 * What is wrong with the body of a response by its schema, for a validator that neither mock nor client use; '' where
 * nothing is.
 */
export function violations({ version, path, method }: Operation, status: number, body: unknown): string {
  const document = documents[version];
  const operation = ((document.paths as Node)[path] as Node)[method] as Node;
  const response = (operation.responses as Node)[String(status)] as Node | undefined;
  if (!response) return `status ${status} is not declared`;
  const at =
    (response.$ref as string | undefined) ?? `#/paths/${path.replaceAll('/', '~1')}/${method}/responses/${status}`;
  if (!resolve(document, response).content)
    return body === undefined ? '' : 'the response has a body where none is described';
  const reference = `${version}${at.replaceAll('{', '%7B').replaceAll('}', '%7D')}/content/application~1json/schema`;
  const validate = ajv.getSchema(reference) ?? (ajv.compile({ $ref: reference }) as ValidateFunction);
  return validate(body) ? '' : ajv.errorsText(validate.errors);
}
