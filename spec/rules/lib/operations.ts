import { entriesOf, isNode, listOf, type Node } from '../../lib/values.ts';
import { deref, type Found } from './nodes.ts';
import type { Context, Location, Visitor } from './redocly.ts';

/** An operation, with its path and its name in messages. */
export interface Operation {
  readonly node: Node;
  readonly path: string;
  readonly method: string;
  /** `GET /api/v2/livechat/departments` */
  readonly name: string;
  readonly at: Location;
  /** The path item that it belongs to. */
  readonly item: Node;
}

/** Calls a function for each operation of a document. */
export function eachOperation(visit: (operation: Operation, context: Context) => void): Visitor {
  // An operation is in its path item's file, which does not know the path; the table of contents does.
  let path = '';
  return {
    PathItem: {
      enter(_item: unknown, context: Context) {
        path = String(context.key);
      },
    },
    Operation: {
      enter(node: unknown, context: Context) {
        if (!isNode(node)) return;
        const method = String(context.key);
        const name = `${method.toUpperCase()} ${path}`;
        const item = isNode(context.parent) ? context.parent : {};
        visit({ node, path, method, name, at: context.location, item }, context);
      },
    },
  };
}

/** The parameters of an operation, those of its path item included, with references resolved. */
export function parametersOf({ node, item, at }: Operation, context: Context): Found[] {
  const shared = listOf(item.parameters).map((parameter) => deref(context, parameter, context.rawLocation));
  const own = listOf(node.parameters).map((parameter) => deref(context, parameter, at));
  return [...shared, ...own].filter((found) => found !== undefined);
}

/** A request body, or the body of a response, in one media type. */
export interface Body extends Found {
  /** `request body` or the status of the response. */
  readonly of: string;
  readonly mediaType: string;
}

/** Every body of an operation: that of the request, and those of the responses with the given statuses. */
export function bodiesOf({ node, at }: Operation, context: Context, statuses: RegExp): Body[] {
  const request = deref(context, node.requestBody, at.child('requestBody'));
  const responses = entriesOf(node.responses)
    .filter(([status]) => statuses.test(status))
    .map(([status, response]) => ({ of: status, found: deref(context, response, at.child(['responses', status])) }));
  return [{ of: 'request body', found: request }, ...responses].flatMap(({ of, found }) =>
    entriesOf(found?.node.content).flatMap(([mediaType, value]) => {
      const body = found && deref(context, value, found.at.child(['content', mediaType]));
      return body ? [{ of, mediaType, ...body }] : [];
    }),
  );
}

/** The named examples of a body, with references resolved. */
export function examplesOf({ node, at }: Body, context: Context): (Found & { readonly name: string })[] {
  return entriesOf(node.examples).flatMap(([name, value]) => {
    const example = deref(context, value, at.child(['examples', name]));
    return example ? [{ name, ...example }] : [];
  });
}
