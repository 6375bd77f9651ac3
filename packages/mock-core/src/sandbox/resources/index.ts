import type { Resource } from '../resource.ts';
import { agents } from './agents.ts';
import { departments } from './departments.ts';
import { groups } from './groups.ts';
import { permissions } from './permissions.ts';
import { customRules, routingRules } from './routing.ts';

/** What is particular, by kind. A kind that is not here behaves as the description says. */
export const resources: Readonly<Record<string, Resource>> = {
  agents,
  'agents.permissions': permissions,
  'campaigns.routingRules': routingRules,
  customRules,
  departments,
  groups,
  'groups.permissions': permissions,
};
