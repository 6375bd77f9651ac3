import type { CompanyAgent, Json } from '@comm100-openapi/description';
import { idsIn } from './entities.ts';
import { isRecord } from './merge.ts';
import type { Entity, Store } from './store.ts';

/** What an agent may do: the agent's own permissions, and those of the agent's groups. An administrator may do all. */
export function effectivePermissions(store: Store, agent: string): Entity {
  const own = store.get('agents.permissions', agent) ?? {};
  const isAdmin = store.get('agents', agent)?.isAdmin === true;
  const groups = [...store.keys('groups')].filter((key) => {
    const group = store.get('groups', key);
    return idsIn(group?.agents).includes(Number(agent));
  });
  const maps = [own, ...groups.map((key) => store.get('groups.permissions', key) ?? {})];
  return mapped(own, (area, flag) => isAdmin || maps.some((map) => flagOf(map, area, flag)));
}

function flagOf(map: Entity, area: string, flag: string): boolean {
  const flags = map[area];
  return isRecord(flags) && flags[flag] === true;
}

/** A permission map with the flags of another, each as a function says. */
export function mapped(map: Entity, isGranted: (area: string, flag: string) => boolean): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([area, flags]): [string, Json][] => {
      if (!isRecord(flags)) return [];
      return [[area, Object.fromEntries(Object.keys(flags).map((flag) => [flag, isGranted(area, flag)]))]];
    }),
  );
}

/** The permission map of an agent of the company: what the company grants, on the flags of a map. */
export function permissionsOf(
  { permissions }: CompanyAgent,
  flags: Readonly<Record<string, string>>,
  map: Entity,
): Record<string, Json> {
  const granted = new Set(permissions === 'all' ? [] : permissions.map((name) => flags[name]));
  return mapped(map, (area, flag) => permissions === 'all' || granted.has(`${area}.${flag}`));
}
