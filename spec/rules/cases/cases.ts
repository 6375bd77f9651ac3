import type { Node } from '../../lib/values.ts';

/** A small description, and what one rule finds in it. */
export interface Case {
  /** What the description has, as the end of "reports …" or "accepts …". */
  readonly given: string;
  /** The files of the description; linted is openapi.yaml. */
  readonly files: Record<string, unknown>;
  /** Empty where the rule accepts it. */
  readonly want: readonly Finding[];
}

interface Finding {
  /** File and JSON pointer. */
  readonly at: string;
  /** A part of the message: the name of what is wrong, or what to do. */
  readonly says: string;
}

const head = { openapi: '3.1.1', info: { title: 'A fixture', version: '1' } };

/** A document of these paths. */
export function paths(items: Node, more: Node = {}): Node {
  return { ...head, paths: items, ...more };
}

/** A document of one operation, `GET /api/things`. */
export function get(operation: Node, item: Node = {}): Node {
  return paths({ '/api/things': { ...item, get: { responses: {}, ...operation } } });
}

/** A document whose one response has this media type. */
export function response(mediaType: Node, operation: Node = {}): Node {
  const responses = { 200: { description: 'Things.', content: { 'application/json': mediaType } } };
  return get({ ...operation, responses });
}

/** A document whose one response has this schema. */
export function schema(value: unknown): Node {
  return response({ schema: value });
}

/** Where the media type and the schema of `response` are. */
export const responseAt = 'openapi.yaml#/paths/~1api~1things/get/responses/200/content/application~1json';
export const schemaAt = `${responseAt}/schema`;
export const getAt = 'openapi.yaml#/paths/~1api~1things/get';
