import type { Operation } from '@comm100-openapi/description';
import { describe, expect, it } from 'vitest';
import { entriesOf, isNode, isText, type Node } from '../lib/values.ts';
import { bodiesOf, bundles, nameOf } from './bundles.ts';
import { emails, guids, idsOf, namesOf, namesOfOne } from './company.ts';
import { foreign, ownLinks, type Reference, references, things } from './vocabulary.ts';

const source = 'spec/demo/company.yaml';

/** A value somewhere in an example. */
interface Leaf {
  readonly operation: Operation;
  /** `GET /api/v2/livechat/departments, response 200, example 'departments'` */
  readonly example: string;
  /** The path from the top of the example: `[0].agents[2]`. */
  readonly trail: string;
  /** The field that it is in, or whose list it is in. */
  readonly name: string;
  /** The field whose value is the object around it. */
  readonly holder: string;
  /** The object around that field. */
  readonly around: Node;
  readonly value: unknown;
}

const leaves = new Map(bundles.map(({ version, operations }) => [version, operations.flatMap(leavesOf)]));

describe.each([...leaves])('the examples of %s', (_version, all) => {
  it('are found', () => {
    expect(all.length).toBeGreaterThan(0);
  });

  it('are about things that the demo company has', () => {
    expect(all.flatMap(idFaults)).toEqual([]);
  });

  it('call a thing by its name wherever they have its id', () => {
    expect(all.flatMap(nameFaults)).toEqual([]);
  });

  it('name visitors, chats and offline messages that the demo company has', () => {
    const faults = texts(all).flatMap(({ leaf, text }) =>
      found(text, /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi)
        .filter((guid) => !guids.has(guid.toLowerCase()))
        .map((guid) => fault(leaf, guid, `is not a visitor, chat or offline message of ${source}: ${join(guids)}`)),
    );
    expect(faults).toEqual([]);
  });

  it('have email addresses of the demo company, or reserved ones', () => {
    const faults = texts(all).flatMap(({ leaf, text }) =>
      found(text, /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g).flatMap((email) => {
        const host = email.slice(email.indexOf('@') + 1);
        if (host === 'larkspur.example')
          return emails.has(email) ? [] : fault(leaf, email, `is not in ${source}: ${join(emails)}`);
        return isReserved(host)
          ? []
          : fault(
              leaf,
              email,
              'may be a real address: use example.com, example.net, example.org or a name under .example',
            );
      }),
    );
    expect(faults).toEqual([]);
  });

  it('link to reserved names, and to the service only for its own pages', () => {
    const faults = texts(all).flatMap(({ leaf, text }) =>
      hostsIn(text)
        .filter(
          (host) => !isReserved(host) && !(/(^|\.)comm100\.com$/.test(host) && ownLinks.has(leaf.name || leaf.holder)),
        )
        .map((host) =>
          fault(
            leaf,
            host,
            `may be a real host: use a name under .example, or a comm100.com host in ${join(ownLinks)}`,
          ),
        ),
    );
    expect(faults).toEqual([]);
  });

  it('have nothing that looks like a key, a token or a card', () => {
    const secrets = [
      {
        what: 'a key: start it with zeros, as the keys of the demo company',
        pattern: /\b(?!0{8})[0-9a-f]{32,}\b/gi,
      },
      { what: 'a JSON Web Token: write header.payload.signature', pattern: /\beyJ[\w-]{6,}\.[\w-]+/g },
      {
        what: 'the number of a card: remove it',
        pattern: /(?<![\d.(/-])(?:\d[ -]?){13,19}(?![\d)/])/g,
        isReal: passesLuhn,
      },
    ];
    const faults = texts(all).flatMap(({ leaf, text }) =>
      secrets.flatMap(({ what, pattern, isReal = () => true }) =>
        found(text, pattern)
          .filter(isReal)
          .map((secret) => fault(leaf, secret, `looks like ${what}`)),
      ),
    );
    expect(faults).toEqual([]);
  });
});

/** All values of all examples of an operation: those of its bodies, its parameters and its `x-when`. */
function leavesOf(operation: Operation): Leaf[] {
  const segments = operation.path.split('/');
  const subject = segments.filter((segment) => segment && !segment.startsWith('{')).at(-1) ?? '';
  const bodies = bodiesOf(operation).flatMap(({ of, examples }) =>
    examples.flatMap(({ name, value, when }) => {
      const example = `${nameOf(operation)}, ${of}, example '${name}'`;
      const chosenBy = Object.entries(when ?? {}).flatMap(([parameter, values]) => {
        const leaf = { operation, example, trail: `x-when.${parameter}`, around: {}, ...place(operation, parameter) };
        return values.map((value) => ({ ...leaf, value }));
      });
      const top = { operation, example, trail: '', name: '', holder: subject, around: {}, value };
      return [...walk(value, top), ...chosenBy];
    }),
  );
  const parameters = operation.parameters.flatMap(({ name, example: value }) => {
    const example = `${nameOf(operation)}, parameter '${name}'`;
    const top = { operation, example, trail: '', around: {}, ...place(operation, name), value };
    return value === undefined ? [] : walk(value, top);
  });
  return [...bodies, ...parameters];
}

/** What a parameter is about: a path parameter has the id of the thing that is named before it. */
function place({ path }: Operation, parameter: string): { name: string; holder: string } {
  const segments = path.split('/');
  const index = segments.indexOf(`{${parameter}}`);
  if (index < 0 || parameter === 'email') return { name: parameter, holder: '' };
  return { name: 'id', holder: segments[index - 1] ?? '' };
}

function walk(value: unknown, from: Leaf): Leaf[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => walk(item, { ...from, trail: `${from.trail}[${index}]` }));
  }
  if (!isNode(value)) return [{ ...from, value }];
  const holder = from.name || from.holder;
  return entriesOf(value).flatMap(([name, child]) =>
    walk(child, { ...from, trail: from.trail ? `${from.trail}.${name}` : name, name, holder, around: value }),
  );
}

/** What is wrong with a value that is an id, or seems to be one. */
function idFaults(leaf: Leaf): string[] {
  const { name, holder, trail, value } = leaf;
  const isId = name === 'id';
  if (value === null || foreign.has(isId ? holder : name)) return [];
  if (!isId && !(name in references) && !/(Id|_id)$/.test(name)) return [];

  const reference: Reference | undefined = isId ? things[holder] : references[name];
  if (!reference) {
    const entry = isId ? `'${holder}' to things` : `'${name}' to references`;
    return [fault(leaf, value, `is the id of an unknown kind of thing: add ${entry} in spec/checks/vocabulary.ts`)];
  }
  const { kinds, none, isList } = reference;
  if (none?.includes(value) || (isList && !trail.endsWith(']'))) return [];
  // Some fields have a name instead of an id, or several with commas between them.
  const isName = typeof value === 'string' && !isId && !/Id$|_id$/.test(name);
  const known = new Set(kinds.flatMap((kind) => [...(isName ? namesOf(kind) : idsOf(kind))]));
  const unknown = String(value)
    .split(',')
    .filter((it) => !known.has(it.trim()));
  return unknown.map((it) => fault(leaf, it, `is not one of the ${kinds.join(' or ')} of ${source}: ${join(known)}`));
}

/** What is wrong with the name beside an id. */
function nameFaults(leaf: Leaf): string[] {
  const { name, holder, around, value, operation } = leaf;
  const kinds = (name === 'id' ? things[holder] : references[name])?.kinds ?? [];
  const known = kinds.flatMap((kind) => namesOfOne(kind, String(value)));
  const fields = name === 'id' ? ['name', 'displayName', 'display_name'] : [name.replace(/_?id$/i, 'Name')];
  if (known.length === 0) return [];
  return fields.flatMap((field) => {
    const given = around[field];
    if (field === name || !isText(given) || known.includes(given) || renames(operation).includes(given)) return [];
    return [fault(leaf, value, `has the ${field} '${given}': in ${source} it is ${join(known)}`)];
  });
}

/** The names that a request gives to a thing; its response has them too. */
function renames(operation: Operation): unknown[] {
  const requests = bodiesOf(operation).filter(({ of }) => of === 'request body');
  return requests.flatMap(({ examples }) => examples.map(({ value }) => isNode(value) && value.name));
}

function fault({ example, trail }: Leaf, value: unknown, message: string): string {
  return `${example}${trail && `, ${trail}`}: ${value} ${message}`;
}

function texts(all: Leaf[]): { leaf: Leaf; text: string }[] {
  return all.flatMap((leaf) =>
    typeof leaf.value === 'string' || typeof leaf.value === 'number' ? [{ leaf, text: String(leaf.value) }] : [],
  );
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([match]) => match);
}

/** The hosts of the addresses in a text: after `//`, after `www.`, or the whole text. */
function hostsIn(text: string): string[] {
  const linked = [...text.matchAll(/(?:https?:)?\/\/(?:[^\s/@'"]*@)?([\w-]+(?:\.[\w-]+)+)/gi)].map(
    ([, host = '']) => host,
  );
  const named = found(text, /\bwww\.[\w-]+(?:\.[\w-]+)+/gi);
  const bare = /^(?:[\w-]+\.)+(?:com|net|org|io|co|app|dev|chat)$/i.test(text) ? [text] : [];
  return [...linked, ...named, ...bare].map((host) => host.toLowerCase());
}

/** @see https://www.rfc-editor.org/rfc/rfc2606 */
function isReserved(host: string): boolean {
  return /(^|\.)example(\.(com|net|org))?$/.test(host);
}

/** Whether digits end in the check digit that cards have. @see https://www.iso.org/standard/70484.html */
function passesLuhn(text: string): boolean {
  const digits = [...text.replaceAll(/\D/g, '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

function join(values: Iterable<string>): string {
  return [...values].join(', ');
}
