import type { Document } from '@comm100-openapi/description';
import { once } from './once.ts';
import { areSegmentsOf, documentedPath, segmentsOf } from './path.ts';
import type { Validator } from './schema/validator.ts';
import { sentenceOf } from './schema/words.ts';

/** The content of a response. */
export interface Payload {
  readonly value: unknown;
  /** The value as JSON. Addresses of the service in it lead to the mock. */
  text(request: LinkBase): string;
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
    text: once(() => JSON.stringify(value)),
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

/**
 * Serialises the examples of a document, each once, when it is first used. Addresses of the service are left out, and
 * written for each request: they lead to the mock, and those of other pages keep the filters of the request.
 */
export function exampleSerialiser(
  document: Document,
): (value: unknown, segments: readonly (string | undefined)[], validate: Validator) => Payload {
  const ofService = addressesOf(document);
  return (value, segments, validate) => {
    let written: { readonly key: string; readonly text: string } | undefined;
    const serialised = once(() => {
      // The parts in even places are text, those between them what the pattern captures.
      const parts = JSON.stringify(value).split(ofService);
      return {
        texts: parts.filter((_, index) => index % 2 === 0),
        links: parts.filter((_, index) => index % 2 === 1).map((address) => linkOf(address, segments)),
      };
    });
    return {
      value,
      fault: once(() => faultOf(value, validate)),
      text(request) {
        const { texts, links } = serialised();
        const addresses = links.map((link) => linkTo(link, request));
        const key = addresses.join(' ');
        // Most clients call the same page again.
        if (written?.key !== key)
          written = { key, text: texts.map((before, index) => before + (addresses[index] ?? '')).join('') };
        return written.text;
      },
    };
  };
}

function linkOf(address: string, segments: readonly (string | undefined)[]): Link {
  const { pathname, searchParams } = new URL(`http://mock${address}`);
  const path = segmentsOf(documentedPath(pathname));
  return { address, filters: areSegmentsOf(segments, path) ? new Set(searchParams.keys()) : undefined };
}

function linkTo(link: Link, { origin, query }: LinkBase): string {
  const { address, filters } = link;
  const others = filters ? [...query].filter(([name]) => !filters.has(name)) : [];
  if (others.length === 0) return origin + address;
  return `${origin}${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(others)}`;
}

/** What finds, in JSON text, the strings that begin with an address of a document's servers, and captures path and query. */
function addressesOf({ servers = [] }: Document): RegExp {
  const urls = servers.flatMap(({ url, variables = {} }) =>
    Object.entries(variables).reduce(
      (urls, [name, { default: usual, enum: others = [] }]) =>
        urls.flatMap((each) => [usual, ...others].map((value) => each.replaceAll(`{${name}}`, value))),
      [url],
    ),
  );
  const hosts = urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).host.replaceAll('.', '\\.'));
  // A document without servers has no address to find.
  const host = hosts.join('|') || '(?!)';
  return new RegExp(`(?<=[^\\\\]")https?://(?:${host})((?:[/?#][^"\\\\]*)?)(?=["\\\\])`);
}
