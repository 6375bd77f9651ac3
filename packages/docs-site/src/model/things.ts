import {
  type Document,
  isReference,
  lookUp,
  operationsOf,
  referredKindOf,
  resolve,
  type Schema,
  successOf,
} from '@comm100-openapi/description';
import { readMigration } from './bundle.ts';
import { type Resource, readSite, type VersionSite } from './site.ts';

/** A resource, what is a part of it, and what it refers to. */
export interface Thing {
  tag: string;
  area: string;
  /** The tag of the resource whose paths its own paths continue: `/campaigns/{id}/…`. */
  partOf: string | undefined;
  references: ThingReference[];
}

interface ThingReference {
  /** The tag of what is referred to. */
  to: string;
  /** The fields with its id, such as `conditions.agents`. */
  fields: string[];
  /** The parameters that select by its id. */
  filters: string[];
}

/** The resources of a version and how they refer to each other, by `x-refers-to` and by their paths. */
export function thingsOf(site: VersionSite): Thing[] {
  const tags = tagsOfKinds(site);
  return site.resources.map((resource) => {
    const byTag = new Map<string, { fields: Set<string>; filters: Set<string> }>();
    const add = (kind: string, what: 'fields' | 'filters', name: string) => {
      const to = tags.get(kind);
      if (to === undefined) throw new Error(`No path of version ${site.document.info.version} lists "${kind}".`);
      const entry = byTag.get(to) ?? { fields: new Set(), filters: new Set() };
      byTag.set(to, entry);
      entry[what].add(name);
    };
    for (const { operation } of resource.operations) {
      // The path of an item of another resource: `/livechat/agents/{id}` is about an account of an agent.
      const [, kind = '', id = ''] = /([^/]+)\/\{([^}]+)\}$/.exec(operation.path) ?? [];
      const home = tags.get(kind);
      if (home !== undefined && home !== resource.tag) add(kind, 'fields', id);
      const schemas = [...(operation.body?.media ?? []), ...(successOf(operation)?.media ?? [])];
      for (const { schema } of schemas) {
        if (schema) walk(site.document, schema, [], (kind, path) => add(kind, 'fields', path.join('.')), []);
      }
      for (const { name, schema } of operation.parameters) {
        const kind = schema && referredKindOf(resolve(site.document, schema));
        if (kind !== undefined) add(kind, 'filters', name);
      }
    }
    return {
      tag: resource.tag,
      area: resource.area,
      partOf: parentOf(site, resource),
      references: [...byTag].map(([to, { fields, filters }]) => ({ to, fields: [...fields], filters: [...filters] })),
    };
  });
}

/** Finds every schema that refers to something, with the names of the fields on the way. */
function walk(
  document: Document,
  schema: Schema,
  path: readonly string[],
  found: (kind: string, path: readonly string[]) => void,
  trail: readonly string[],
): void {
  const kind = referredKindOf(schema) ?? (isReference(schema) ? referredKindOf(resolve(document, schema)) : undefined);
  if (kind !== undefined) {
    found(kind, path);
    return;
  }
  if (isReference(schema)) {
    if (trail.includes(schema.$ref)) return;
    walk(document, lookUp(document, schema.$ref) as Schema, path, found, [...trail, schema.$ref]);
    return;
  }
  const parts = [schema.items, ...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  for (const part of parts) if (part) walk(document, part, path, found, trail);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    walk(document, property, [...path, name], found, trail);
  }
}

/** The resource whose item the paths of another continue, where all of them do. */
function parentOf({ resources }: VersionSite, { tag, operations }: Resource): string | undefined {
  const parent = resources.find(
    (other) =>
      other.tag !== tag &&
      other.operations.some(
        ({ operation: { path, isWebhook } }) =>
          !isWebhook &&
          path.endsWith('}') &&
          operations.every(({ operation }) => operation.path.startsWith(`${path}/`)),
      ),
  );
  return parent?.tag;
}

/** The tag of each collection that `x-refers-to` names: a collection in the paths of version 2.0. */
function tagsOfKinds(site: VersionSite): Map<string, string> {
  const newest = readSite('v2');
  // Of two lists with one name, the shorter path is that of the collection: there is a report about agents, too.
  const lists = operationsOf(newest.document)
    .filter(({ method, path }) => method === 'get' && !path.endsWith('}'))
    .toSorted((one, other) => other.path.split('/').length - one.path.split('/').length);
  const { operations } = readMigration();
  return new Map(
    lists.flatMap(({ id, path, tags: [tag = ''] }): [string, string][] => {
      const kind = path.split('/').at(-1) ?? '';
      if (site === newest) return [[kind, tag]];
      const old = operations.find(({ to }) => to.includes(id))?.from;
      const resource = site.resources.find((it) => it.operations.some(({ operation }) => operation.id === old));
      return resource ? [[kind, resource.tag]] : [];
    }),
  );
}
