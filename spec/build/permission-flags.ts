import type { Node } from '../lib/values.ts';

/** A document with the flags of the permission maps that grant the permissions of its operations. */
export function withPermissionFlags(document: Node, flags: unknown): Node {
  return { ...document, info: { ...(document.info as Node), 'x-permission-flags': flags } };
}
