import { describe, expect, it } from 'vitest';
import { entriesOf, isNode, listOf } from '../rules/lib/nodes.ts';
import { type Bundle, bundles, lookUp, operationsOf } from './bundles.ts';

describe.each(bundles)('the names of $version', (bundle) => {
  const { document } = bundle;
  const components = entriesOf(document.components).flatMap(([kind, all]) =>
    entriesOf(all).map(([name]) => ({ kind, name, pointer: `#/components/${kind}/${name}` })),
  );

  it('of components come from one file each', () => {
    const collided = components.filter(({ name }) => /[-_]\d+$/.test(name));
    expect(
      collided.map(({ kind, name }) => `${kind} ${name}: two files have this name, or it ends in a number; rename one`),
    ).toEqual([]);
  });

  it('of operations are given once', () => {
    const seen = new Map<unknown, string[]>();
    for (const { name, node } of operationsOf(bundle)) {
      seen.set(node.operationId, [...(seen.get(node.operationId) ?? []), name]);
    }
    const twice = [...seen].filter(([, operations]) => operations.length > 1);
    expect(
      twice.map(([id, operations]) => `operationId ${id} is that of ${operations.join(' and ')}; rename one`),
    ).toEqual([]);
  });

  it('of references lead somewhere', () => {
    const lost = referencesIn(document).filter(({ target }) => lookUp(bundle, target) === undefined);
    expect(lost.map(({ at, target }) => `${at} refers to ${target}, where nothing is; correct it`)).toEqual([]);
  });

  it('of components are all used', () => {
    const used = reachable(bundle);
    const spare = components.filter(({ pointer }) => !used.has(pointer));
    expect(spare.map(({ kind, name }) => `${kind} ${name} is used by no operation; use it or take it out`)).toEqual([]);
  });
});

interface Reference {
  readonly at: string;
  readonly target: string;
}

/** Every reference inside a value. Examples are data, in which `$ref` would be a name like any other. */
function referencesIn(value: unknown, at = '#'): Reference[] {
  const members = Array.isArray(value) ? [...value.entries()] : entriesOf(value);
  const own = isNode(value) && typeof value.$ref === 'string' ? [{ at, target: value.$ref }] : [];
  return [
    ...own,
    ...members
      .filter(([key]) => key !== 'value' || !/\/examples\/[^/]+$/.test(at))
      .flatMap(([key, member]) =>
        referencesIn(member, `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`),
      ),
  ];
}

/** The components that one comes to from the paths and webhooks. */
function reachable(bundle: Bundle): Set<string> {
  const { paths, webhooks, security } = bundle.document;
  const requirements = [security, ...operationsOf(bundle).map(({ node }) => node.security)].flatMap(listOf);
  const schemes = requirements.flatMap((requirement) => entriesOf(requirement).map(([name]) => name));
  const used = new Set(schemes.map((name) => `#/components/securitySchemes/${name}`));
  const open = referencesIn({ paths, webhooks });
  for (let next = open.pop(); next; next = open.pop()) {
    if (used.has(next.target)) continue;
    used.add(next.target);
    open.push(...referencesIn(lookUp(bundle, next.target)));
  }
  return used;
}
