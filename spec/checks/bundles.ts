import { readFileSync } from 'node:fs';
import { entriesOf, isNode, isRef, listOf } from '../rules/lib/nodes.ts';
import type { Node } from '../rules/lib/redocly.ts';

/** A description as it is published: one document, whose references all point into itself. */
export interface Bundle {
  readonly version: string;
  readonly document: Node;
}

export const bundles: Bundle[] = ['v1', 'v2'].map((version) => ({ version, document: read(version) }));

function read(version: string): Node {
  try {
    return JSON.parse(readFileSync(new URL(`../dist/comm100-${version}.json`, import.meta.url), 'utf8'));
  } catch (cause) {
    throw new Error(`spec/dist/comm100-${version}.json cannot be read. Run 'npm run build' first.`, { cause });
  }
}

/** What a reference of a bundle points at; nothing where nothing stands there. */
export function lookUp({ document }: Bundle, pointer: string): unknown {
  if (!pointer.startsWith('#/')) return undefined;
  return pointer
    .slice(2)
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, key) => (Object.hasOwn(Object(node), key) ? Object(node)[key] : undefined), document);
}

/** Follows a reference, if there is one. */
function resolve(bundle: Bundle, value: unknown): Node {
  if (isRef(value)) return resolve(bundle, lookUp(bundle, value.$ref));
  return isNode(value) ? value : {};
}

export interface Operation {
  readonly bundle: Bundle;
  /** `v2 GET /api/v2/livechat/departments` */
  readonly name: string;
  readonly method: string;
  /** The path, or the name of the webhook. */
  readonly path: string;
  readonly node: Node;
  readonly parameters: readonly Node[];
}

/** The operations of a bundle, and what its webhooks send. */
export function operationsOf(bundle: Bundle): Operation[] {
  const { paths, webhooks } = bundle.document;
  return [...entriesOf(paths), ...entriesOf(webhooks)].flatMap(([path, value]) => {
    const item = resolve(bundle, value);
    return entriesOf(item)
      .filter(([method]) => /^(get|put|post|delete|options|head|patch|trace)$/.test(method))
      .map(([method, operation]) => {
        const node = resolve(bundle, operation);
        const parameters = [...listOf(item.parameters), ...listOf(node.parameters)].map((it) => resolve(bundle, it));
        const name = `${bundle.version} ${method.toUpperCase()} ${path}`;
        return { bundle, name, method: method.toUpperCase(), path, node, parameters };
      });
  });
}

/** A body that an operation takes or answers. */
export interface Body {
  /** `request body` or `answer 200` */
  readonly of: string;
  readonly examples: readonly { readonly name: string; readonly node: Node }[];
}

export function bodiesOf({ bundle, node }: Operation): Body[] {
  const answers = entriesOf(node.responses).map(([status, answer]) => ({ of: `answer ${status}`, answer }));
  return [{ of: 'request body', answer: node.requestBody }, ...answers].flatMap(({ of, answer }) =>
    entriesOf(resolve(bundle, answer).content).map(([, mediaType]) => ({
      of,
      examples: entriesOf(resolve(bundle, mediaType).examples).map(([name, it]) => ({
        name,
        node: resolve(bundle, it),
      })),
    })),
  );
}
