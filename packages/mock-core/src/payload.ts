import type { Document } from '@comm100-openapi/description';
import { once } from './once.ts';
import { documentedPath, segmentsOf } from './path.ts';
import type { Validator } from './schema/validator.ts';
import { sentenceOf } from './schema/words.ts';

const encoder = new TextEncoder();

/** The content of a response. */
export interface Payload {
  readonly value: unknown;
  /** The text in UTF-8. Addresses of the service in it lead to the mock. */
  bytes(request: LinkBase): Uint8Array<ArrayBuffer>;
  /** The first thing in it that breaks the description; `undefined` where there is none. */
  fault(): string | undefined;
}

/** What links to the mock itself depend on. */
interface LinkBase {
  readonly origin: string;
  /** The query of the request by its documented names. */
  readonly query: ReadonlyMap<string, string>;
}

/** What is wrong with a response of the mock itself. */
function faultOf(value: unknown, validate: Validator): string | undefined {
  const [finding] = validate(value);
  return finding && sentenceOf(finding, 'The body');
}

/** A payload of a value that the mock has composed. It is written and checked once, however often it is sent. */
export function composed(value: unknown, validate: Validator): Payload {
  return {
    value,
    bytes: once(() => encoder.encode(JSON.stringify(value))),
    fault: once(() => faultOf(value, validate)),
  };
}

/** An address of the service in an example. */
interface Link {
  /** Path and query, as they are inside JSON text. */
  readonly address: string;
  /** The names in its query, where it leads to the operation that has the example, as a link to the next page does. */
  readonly filters: ReadonlySet<string> | undefined;
}

/** Does not occur in JSON text that anyone writes. */
const mark = '\u{f8ff}';

/**
 * Serialises the examples of a document, each once, when it is first used. Addresses of the service are left out, and
 * written for each request: they lead to the mock, and those of other pages keep the filters of the request.
 */
export function exampleSerialiser(
  document: Document,
): (value: unknown, segments: readonly (string | undefined)[], validate: Validator) => Payload {
  const hosts = hostsOf(document);
  return (value, segments, validate) => {
    let written: { readonly key: string; readonly bytes: Uint8Array<ArrayBuffer> } | undefined;
    const serialised = once(() => {
      const links: Link[] = [];
      const text = JSON.stringify(value, (_, inner: unknown) => {
        if (typeof inner !== 'string' || !/^https?:/.test(inner) || !URL.canParse(inner)) return inner;
        const url = new URL(inner);
        if (!hosts.has(url.host)) return inner;
        const path = segmentsOf(documentedPath(url.pathname));
        const isSelf =
          path.length === segments.length && segments.every((known, at) => known === undefined || known === path[at]);
        links.push({
          address: JSON.stringify(url.pathname + url.search).slice(1, -1),
          filters: isSelf ? new Set(url.searchParams.keys()) : undefined,
        });
        return mark;
      });
      return { texts: text.split(mark), links };
    });
    return {
      value,
      fault: once(() => faultOf(value, validate)),
      bytes(request) {
        const { texts, links } = serialised();
        const addresses = links.map((link) => linkTo(link, request));
        const key = addresses.join(' ');
        // Most clients call the same page again.
        if (written?.key !== key) {
          const text = texts.map((before, index) => before + (addresses[index] ?? '')).join('');
          written = { key, bytes: encoder.encode(text) };
        }
        return written.bytes;
      },
    };
  };
}

function linkTo(link: Link, { origin, query }: LinkBase): string {
  const { address, filters } = link;
  const others = filters ? [...query].filter(([name]) => !filters.has(name)) : [];
  if (others.length === 0) return origin + address;
  return `${origin}${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(others)}`;
}

/** The hosts that the servers of a document can have. */
function hostsOf({ servers = [] }: Document): Set<string> {
  const hosts = servers.flatMap(({ url, variables = {} }) =>
    Object.entries(variables).reduce(
      (urls, [name, { default: usual, enum: others = [] }]) =>
        urls.flatMap((each) => [usual, ...others].map((value) => each.replaceAll(`{${name}}`, value))),
      [url],
    ),
  );
  return new Set(hosts.flatMap((url) => (URL.canParse(url) ? [new URL(url).host] : [])));
}
