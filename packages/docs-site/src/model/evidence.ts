import { type Evidence, evidenceOf, type Json } from '@comm100-openapi/description';
import type { Resource, VersionSite } from './site.ts';

/** A statement that is not plainly documented. */
export interface EvidenceItem extends Evidence {
  /** Where it is: an operation, a component, or a field of either. */
  where: string;
  /** What to link to. */
  target:
    | { operation: { tag: string; id: string } }
    | { schema: string }
    | { error: { status: string; component: string } }
    | { hosts: true }
    | undefined;
}

/**
 * Everything in a document that has a mark of evidence, in the order of the document. It walks the document itself
 * and not the views, so that no mark is missed.
 */
export function listEvidence({ document, resources }: VersionSite): EvidenceItem[] {
  const items: EvidenceItem[] = [];
  for (const resource of resources) {
    for (const { operation } of resource.operations) {
      const target = { operation: { tag: resource.tag, id: operation.id } };
      // The path item's parameters belong to each of its operations.
      const whole = { ...operation.node, parameters: operation.parameters };
      walk(whole as unknown as Json, [operation.summary], (evidence, trail) =>
        items.push(toItem(evidence, trail, target)),
      );
    }
  }
  for (const server of document.servers) {
    walk(server as unknown as Json, ['Hosts'], (evidence, trail) =>
      items.push(toItem(evidence, trail, { hosts: true })),
    );
  }
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    walk(schema as Json, [name], (evidence, trail) => items.push(toItem(evidence, trail, { schema: name })));
  }
  for (const [name, response] of Object.entries(document.components?.responses ?? {})) {
    const { where, target } = placeOfResponse(name, resources);
    walk(response as unknown as Json, [where], (evidence, trail) => items.push(toItem(evidence, trail, target)));
  }
  for (const [name, scheme] of Object.entries(document.components?.securitySchemes ?? {})) {
    walk(scheme as unknown as Json, [name], (evidence, trail) => items.push(toItem(evidence, trail, undefined)));
  }
  return items.filter((item, index) => items.findIndex((other) => isSame(item, other)) === index);
}

function isSame(one: EvidenceItem, other: EvidenceItem): boolean {
  return one.where === other.where && one.mark === other.mark && one.note === other.note;
}

function toItem(evidence: Evidence, trail: readonly string[], target: EvidenceItem['target']): EvidenceItem {
  return { ...evidence, where: trail.join('.'), target };
}

/** Keys that hold named schemas: the names say where a mark is, the keys do not. */
const NAMING = new Set(['properties', 'patternProperties']);
/** Keys that hold data, in which a mark would mean nothing; extensions hold data as well. */
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const']);

function walk(
  value: Json,
  trail: readonly string[],
  found: (evidence: Evidence, trail: readonly string[]) => void,
  isNames = false,
): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const entry of value) walk(entry, named(entry) ? [...trail, named(entry) ?? ''] : trail, found);
    return;
  }
  const evidence = isNames ? undefined : evidenceOf(value);
  if (evidence) found(evidence, trail);
  for (const [key, inner] of Object.entries(value)) {
    if (!isNames && (DATA.has(key) || key.startsWith('x-'))) continue;
    walk(inner, isNames ? [...trail, key] : trail, found, !isNames && NAMING.has(key));
  }
}

/** A parameter's name, where an entry of a list is one. */
function named(entry: Json): string | undefined {
  const isParameter = typeof entry === 'object' && entry !== null && !Array.isArray(entry) && 'in' in entry;
  return isParameter && typeof entry.name === 'string' ? entry.name : undefined;
}

/** A shared error has its own section; any other shared response is found at an operation that uses it. */
function placeOfResponse(name: string, resources: readonly Resource[]): Pick<EvidenceItem, 'where' | 'target'> {
  for (const { tag, operations } of resources) {
    for (const { operation, errors, responses } of operations) {
      const error = errors.find(({ component }) => component === name);
      if (error)
        return { where: `Status ${error.status}`, target: { error: { status: error.status, component: name } } };
      if (responses.some(({ component }) => component === name)) {
        return { where: operation.summary, target: { operation: { tag, id: operation.id } } };
      }
    }
  }
  return { where: name, target: undefined };
}
