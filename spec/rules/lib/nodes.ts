import { posix } from 'node:path';
import { isReference } from '@comm100-openapi/description';
import { isNode, type Node } from '../../lib/values.ts';
import type { Context, Location, Visitor } from './redocly.ts';

export interface Found {
  readonly node: Node;
  readonly at: Location;
}

/**
 * Follows a reference, if there is one, and merges what is written beside it over the target.
 *
 * @param at Where `value` is written; what is found inside the target is relative to the returned `at`.
 * @returns `undefined` where the target is missing; Redocly's own rules report that.
 * @see https://spec.openapis.org/oas/v3.1.1.html#reference-object
 */
export function deref(context: Context, value: unknown, at: Location): Found | undefined {
  if (!isReference(value)) return isNode(value) ? { node: value, at } : undefined;
  const { node, location } = context.resolve(value, at.source.absoluteRef);
  if (!isNode(node) || !location) return undefined;
  const { $ref: _, ...beside } = value;
  return { node: { ...node, ...beside }, at: location };
}

/** The file that a place is in, without folder and ending: for a file of its own, the component's name. */
function fileName(at: Location): string {
  return posix.basename(at.source.absoluteRef.replaceAll('\\', '/')).replace(/\.[^.]+$/, '');
}

/** Whether a place is a whole file, so that what is there becomes a component named after the file. */
function isWholeFile(at: Location): boolean {
  return at.pointer === '' || at.pointer === '#' || at.pointer === '#/';
}

/** Whether a file holds several components, each under its name. */
export function isCollection(file: string): boolean {
  return ['shared', 'examples'].includes(posix.basename(file.replaceAll('\\', '/'), '.yaml'));
}

/**
 * The name of the component that is written at a place: that of its file, or its name in a file of several, such as
 * `shared.yaml`. Nothing for what is written inside of something else.
 */
export function componentName(at: Location): string | undefined {
  if (isWholeFile(at)) return fileName(at);
  const name = isCollection(at.source.absoluteRef) ? /^#\/([^/]+)$/ : /^#\/components\/schemas\/([^/]+)$/;
  return name.exec(at.pointer)?.[1];
}

/** A place as a reader writes it: the file's name, and the way into it where it is not the whole file. */
export function nameOf(at: Location): string {
  const file = posix.basename(at.source.absoluteRef.replaceAll('\\', '/'));
  return isWholeFile(at) ? file : `${file}${at.pointer}`;
}

/** Calls a function for each object of a document, and for what is written beside each `$ref`. */
export function eachObject(check: (node: Node, context: Context, at: Location) => void): Visitor {
  return {
    any: {
      enter(node: unknown, context: Context) {
        if (isNode(node)) check(node, context, context.location);
      },
    },
    // What is written beside a $ref does not belong to an object of its own.
    ref: {
      enter(node: Node, context: Context) {
        check(node, context, context.rawLocation);
      },
    },
  };
}
