/**
 * The part of Redocly's rule interface that the house's rules use. The CLI bundles its core and ships no types,
 * so they stand here.
 *
 * @see https://redocly.com/docs/cli/custom-plugins/visitor
 */

import type { Node } from '../../lib/values.ts';

/** Where something stands: a file and a JSON pointer into it. */
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
  /** Where the visited object stands, behind its `$ref` if it has one. */
  readonly location: Location;
  /** Where the visited object, or the `$ref` to it, is written. */
  readonly rawLocation: Location;
  readonly rawNode: unknown;
  readonly type: { readonly name?: string };
  readonly key: string | number;
  /** What the visited object is a member of, behind its `$ref` if it has one. */
  readonly parent: unknown;
  resolve(value: unknown, from?: string): Resolved;
}

type Visit = (node: unknown, context: Context) => void;
type VisitRef = (reference: Node, context: Context, target: Resolved) => void;

/** Functions by the type of object that they want to see, each called once for each object of that type. */
export interface Visitor {
  readonly ref?: { readonly enter: VisitRef };
  readonly [type: string]: { readonly enter?: Visit | VisitRef; readonly leave?: Visit } | undefined;
}

/** Makes a visitor that starts afresh for each document. */
export type Rule = () => Visitor;
