import { isReference, lookUp } from '@comm100-openapi/description';
import { describe, expect, it } from 'vitest';
import { entriesOf } from '../lib/values.ts';
import { type Bundle, bundles, nameOf } from './bundles.ts';

describe.each(bundles)('the names of $version', (bundle) => {
  const { document } = bundle;
  const components = entriesOf(document.components).flatMap(([kind, all]) =>
    entriesOf(all).map(([name]) => ({ kind, name, pointer: `#/components/${kind}/${name}` })),
  );

  it('of components come from one file each', () => {
    const collided = components.filter(({ name }) => /[-_]\d+$/.test(name));
    expect(
      collided.map(
        ({ kind, name }) => `${kind} ${name}: two files have this name, or the name ends in a number; rename one`,
      ),
    ).toEqual([]);
  });

  it('of operations are given once', () => {
    const faults = bundle.operations.flatMap((operation, index) => {
      const other = bundle.operations.slice(0, index).find(({ id }) => id === operation.id);
      return other ? [`operationId ${other.id} is that of ${nameOf(other)} and ${nameOf(operation)}; rename one`] : [];
    });
    expect(faults).toEqual([]);
  });

  it('of references exist', () => {
    const lost = referencesIn(document).filter(({ target }) => !exists(bundle, target));
    expect(lost.map(({ at, target }) => `${at} refers to ${target}, which does not exist; correct it`)).toEqual([]);
  });

  it('of components are all used', () => {
    const used = reachable(bundle);
    const unused = components.filter(({ pointer }) => !used.has(pointer));
    expect(unused.map(({ kind, name }) => `${kind} ${name} is used by no operation; use it or remove it`)).toEqual([]);
  });
});

interface Reference {
  readonly at: string;
  readonly target: string;
}

/** Every reference inside a value. Examples are data, in which `$ref` would be a name like any other. */
function referencesIn(value: unknown, at = '#'): Reference[] {
  const children = Array.isArray(value) ? [...value.entries()] : entriesOf(value);
  const own = isReference(value) ? [{ at, target: value.$ref }] : [];
  return [
    ...own,
    ...children
      .filter(([key]) => key !== 'value' || !/\/examples\/[^/]+$/.test(at))
      .flatMap(([key, child]) =>
        referencesIn(child, `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`),
      ),
  ];
}

function exists({ document }: Bundle, target: string): boolean {
  try {
    return lookUp(document, target) !== undefined;
  } catch {
    return false;
  }
}

/** The components that the paths and webhooks use, directly or through others. */
function reachable({ document, operations }: Bundle): Set<string> {
  const schemes = operations.flatMap((operation) => operation.schemes);
  const used = new Set(schemes.map((name) => `#/components/securitySchemes/${name}`));
  const open = referencesIn({ paths: document.paths, webhooks: document.webhooks });
  for (let next = open.pop(); next; next = open.pop()) {
    if (used.has(next.target)) continue;
    used.add(next.target);
    open.push(...referencesIn(lookUp(document, next.target)));
  }
  return used;
}
