import { mapped } from '../permissions.ts';
import type { Resource } from '../resource.ts';

/** The permissions of an agent or a group where nobody has set any: none. */
export const permissions: Resource = {
  initial: (_, __, { permissionMap }) => mapped(permissionMap, () => false),
};
