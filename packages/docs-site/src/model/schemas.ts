import { isReference, lookUp, nameOf, successOf } from '@comm100-openapi/description';
import type { Version } from './bundle.ts';
import { readSite, type VersionSite } from './site.ts';

/** An operation that uses a schema. */
export type SchemaUser = Record<'tag' | 'id' | 'summary', string>;

/** The schemas that are on one page: those of a resource, or those that several resources share. */
export interface SchemaGroup {
  /** The resource; `undefined` for what is shared. */
  tag: string | undefined;
  names: string[];
}

export interface Schemas {
  /** In the order of the resources, the shared ones last. */
  groups: SchemaGroup[];
  groupOf: ReadonlyMap<string, SchemaGroup>;
  usersOf: ReadonlyMap<string, SchemaUser[]>;
}

const known = new Map<Version, Schemas>();

/** The schemas of a version by resource, calculated once. */
export function readSchemas(version: Version): Schemas {
  const schemas = known.get(version) ?? groupSchemas(readSite(version));
  known.set(version, schemas);
  return schemas;
}

/**
 * A schema belongs to the resource whose operations use it. Where several do, it belongs to the one that has its name,
 * such as `Agent` to Agents; otherwise it is shared.
 */
function groupSchemas(site: VersionSite): Schemas {
  const usersOf = schemaUsers(site);
  const shared: SchemaGroup = { tag: undefined, names: [] };
  const byTag = new Map(site.resources.map(({ tag }): [string, SchemaGroup] => [tag, { tag, names: [] }]));
  const groupOf = new Map<string, SchemaGroup>();
  for (const name of Object.keys(site.document.components?.schemas ?? {}).toSorted((a, b) => a.localeCompare(b))) {
    const tags = [...new Set(usersOf.get(name)?.map(({ tag }) => tag))];
    const own = tags.length === 1 ? tags[0] : tags.find((tag) => name.startsWith(typeName(tag)));
    const group = byTag.get(own ?? '') ?? shared;
    group.names.push(name);
    groupOf.set(name, group);
  }
  const groups = [...byTag.values(), shared].filter(({ names }) => names.length > 0);
  return { groups, groupOf, usersOf };
}

/** The name that a resource has as a type: `Canned messages` is `CannedMessage`. */
function typeName(tag: string): string {
  const words = tag.replace(/s$/, '').split(/[^A-Za-z]+/);
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

/** The operations that use a schema, directly or through others. Errors do not count: all operations share theirs. */
function schemaUsers({ document, resources }: VersionSite): Map<string, SchemaUser[]> {
  const users = new Map<string, SchemaUser[]>();
  const visit = (value: unknown, user: SchemaUser, seen: Set<string>) => {
    if (typeof value !== 'object' || value === null) return;
    if (isReference(value) && !seen.has(value.$ref)) {
      seen.add(value.$ref);
      const name = nameOf(value.$ref);
      if (value.$ref.startsWith('#/components/schemas/')) users.set(name, [...(users.get(name) ?? []), user]);
      visit(lookUp(document, value.$ref), user, seen);
    }
    for (const inner of Object.values(value)) visit(inner, user, seen);
  };
  for (const { tag, operations } of resources) {
    for (const { operation } of operations) {
      const { id, summary, parameters, body } = operation;
      visit([parameters, body?.node, successOf(operation)?.node], { tag, id, summary }, new Set());
    }
  }
  return users;
}

/** What the page of a group is called: "Schemas of visitor SSO". */
export function schemaTitle(tag: string | undefined): string {
  if (tag === undefined) return 'Shared schemas';
  const words = tag.split(' ').map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
  return `Schemas of ${words.join(' ')}`;
}
