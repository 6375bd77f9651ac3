import { entriesOf, isNode } from '../lib/values.ts';
import type { Context, Rule } from './lib/redocly.ts';

/**
 * The root document is a table of contents: each path and webhook is one reference to a file.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#paths-object
 */
export const pathIsRef: Rule = () => ({ Paths: { enter: check }, WebhooksMap: { enter: check } });

function check(node: unknown, context: Context): void {
  for (const [path, item] of entriesOf(node)) {
    if (path.startsWith('x-') || isOneRef(item)) continue;
    context.report({
      message: `${path} is not one reference to a file. Write its content to a path item file in the resource's folder, and here only { $ref: livechat/departments/collection.yaml }.`,
      location: context.location.child(path).key(),
    });
  }
}

function isOneRef(item: unknown): boolean {
  if (!isNode(item) || typeof item.$ref !== 'string') return false;
  return Object.keys(item).length === 1 && item.$ref !== '' && !item.$ref.includes('#');
}
