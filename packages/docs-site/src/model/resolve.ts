import type { Document, Reference } from './openapi.ts';

/** A `$ref` that leads nowhere, or in a circle where a value is needed. */
class UnresolvedReference extends Error {
  override readonly name = 'UnresolvedReference';
  readonly ref: string;

  constructor(ref: string, reason: string) {
    super(`Cannot resolve $ref "${ref}": ${reason}.`);
    this.ref = ref;
  }
}

export function isReference(value: object): value is Reference {
  return '$ref' in value && typeof value.$ref === 'string';
}

/**
 * The value that a `$ref` of a bundled document points at. A bundle holds all that it refers to, so a
 * pointer out of the document is an error as well.
 *
 * @throws {UnresolvedReference} naming the `$ref`.
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function lookUp(document: Document, ref: string): unknown {
  if (!ref.startsWith('#/')) throw new UnresolvedReference(ref, 'it points out of the bundle');
  let value: unknown = document;
  for (const token of ref.slice(2).split('/')) {
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
      throw new UnresolvedReference(ref, `there is no "${key}"`);
    }
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** The thing itself, however many references stand before it. The outermost description wins, as OpenAPI says. */
export function resolve<Thing extends object>(document: Document, thing: Thing | Reference): Thing {
  const seen = new Set<string>();
  let outer: Partial<Reference> = {};
  let current: Thing | Reference = thing;
  while (isReference(current)) {
    const { $ref, ...siblings } = current;
    if (seen.has($ref)) throw new UnresolvedReference($ref, 'it refers to itself');
    seen.add($ref);
    outer = { ...siblings, ...outer };
    current = lookUp(document, $ref) as Thing | Reference;
  }
  return { ...(current as Thing), ...outer };
}

/** `Department` of `#/components/schemas/Department`. */
export function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
