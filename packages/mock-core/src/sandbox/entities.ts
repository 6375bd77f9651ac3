import type { Json } from '@comm100-openapi/description';
import type { Contract } from './contract.ts';
import { isRecord } from './merge.ts';
import { resources } from './resources/index.ts';
import type { Entity } from './store.ts';
import type { World } from './world.ts';

/** What no response shows of an entity. */
export function secretOf(entity: Entity | undefined): Readonly<Record<string, Json>> {
  return isRecord(entity?.secret) ? entity.secret : {};
}

/** An entity with some of what no response shows. */
export function withSecret(entity: Entity, secret: Readonly<Record<string, Json>>): Entity {
  return { ...entity, secret: { ...secretOf(entity), ...secret } };
}

/** An entity with what follows from others. */
export function entityOf(world: World, kind: string, key: string): Entity | undefined {
  const entity = world.store.get(kind, key);
  return entity && (resources[kind]?.read?.(entity, world, key) ?? entity);
}

/** Settings as they are, or as they are where nobody has set any. */
export function settingsOf(contract: Contract, world: World, kind: string, key: string): Entity {
  const resource = resources[kind] ?? {};
  const entity = world.store.get(kind, key) ?? resource.initial?.(key, world, contract) ?? {};
  return resource.read?.(entity, world, key) ?? entity;
}

/** A key as the store has it: numbers without zeros in front, GUIDs in lower case. @returns `undefined` where it can be none */
export function canonicalKey(kind: string, world: World, name: string, version: string): string | undefined {
  const keyOf = resources[kind]?.keyOf;
  if (keyOf && version.startsWith('1')) return keyOf(name, world);
  return /^\d+$/.test(name) ? String(Number(name)) : name.toLowerCase();
}

/** The ids in a list. */
export function idsIn(value: Json | undefined): number[] {
  return Array.isArray(value) ? value.map((each) => Number(isRecord(each) ? each.id : each)) : [];
}
