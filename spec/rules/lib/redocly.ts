/**
 * The part of Redocly's rule interface that the house's rules use. The CLI bundles its core and ships no types,
 * so they are here.
 *
 * @see https://redocly.com/docs/cli/custom-plugins/visitor
 */

import type { Node } from '../../lib/values.ts';

/** Where something is: a file and a JSON pointer into it. */
export interface Location {
  readonly source: { readonly absoluteRef: string };
  readonly pointer: string;
  child(keys: string | number | readonly (string | number)[]): Location;
  /** The same place, with the name underlined and not the value. */
  key(): Location;
}

export interface Resolved {
  readonly node: unknown;
  readonly location: Location | undefined;
}

export interface Context {
  report(problem: { message: string; location?: Location }): void;
  /** Where the visited object is; where it is written by `$ref`, its target. */
  readonly location: Location;
  /** Where the visited object, or the `$ref` to it, is written. */
  readonly rawLocation: Location;
  readonly rawNode: unknown;
  readonly type: { readonly name?: string };
  readonly key: string | number;
  /** The object that contains the visited object or the `$ref` to it, with references resolved. */
  readonly parent: unknown;
  resolve(value: unknown, from?: string): Resolved;
}

type Visit = (node: unknown, context: Context) => void;
type VisitRef = (reference: Node, context: Context, target: Resolved) => void;

/** Functions by the type of object to visit, each called once for each object of that type. */
export interface Visitor {
  readonly ref?: { readonly enter: VisitRef };
  readonly [type: string]: { readonly enter?: Visit | VisitRef; readonly leave?: Visit } | undefined;
}

/** Makes a visitor that starts afresh for each document. */
export type Rule = () => Visitor;
