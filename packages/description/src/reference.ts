import type { Document, Reference } from './openapi.ts';

/** A `$ref` that points at nothing, out of the bundle, or at itself. */
export class UnresolvedReference extends Error {
  override readonly name = 'UnresolvedReference';
  readonly ref: string;

  constructor(ref: string, reason: string) {
    super(`Cannot resolve $ref "${ref}": ${reason}.`);
    this.ref = ref;
  }
}

/** Whether a value is a reference to something that is written elsewhere. */
export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && '$ref' in value && typeof value.$ref === 'string';
}

/** The tokens of a JSON pointer in a URI fragment. @see https://www.rfc-editor.org/rfc/rfc6901#section-6 */
function tokensOf(ref: string): string[] {
  return ref
    .slice(2)
    .split('/')
    .map((token) => decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * The value that a `$ref` of a bundle points at. A bundle contains everything that it refers to, so a pointer out of
 * the document is an error as well.
 *
 * @throws {UnresolvedReference} naming the `$ref`.
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function lookUp(document: Document, ref: string): unknown {
  if (!ref.startsWith('#/')) throw new UnresolvedReference(ref, 'it points out of the bundle');
  let value: unknown = document;
  for (const token of tokensOf(ref)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) {
      throw new UnresolvedReference(ref, `there is no "${token}"`);
    }
    value = (value as Record<string, unknown>)[token];
  }
  return value;
}

/**
 * The object itself, behind however many references. What is written beside a `$ref` wins over what is written at its
 * target, the outermost first.
 *
 * @throws {UnresolvedReference} naming the `$ref`.
 * @see https://spec.openapis.org/oas/v3.1.1.html#reference-object
 */
export function resolve<Thing extends object>(document: Document, thing: Thing | Reference): Omit<Thing, '$ref'> {
  const seen = new Set<string>();
  let beside: object = {};
  let current: object = thing;
  while (isReference(current)) {
    const { $ref, ...siblings } = current;
    if (seen.has($ref)) throw new UnresolvedReference($ref, 'it refers to itself');
    seen.add($ref);
    beside = { ...siblings, ...beside };
    current = lookUp(document, $ref) as object;
  }
  return { ...(current as Thing), ...beside };
}

/** `Department` of `#/components/schemas/Department`, decoded. */
export function nameOf(ref: string): string {
  return tokensOf(ref).at(-1) ?? '';
}
