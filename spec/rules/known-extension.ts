import { type ExtensionName, extensions, isReference } from '@comm100-openapi/description';
import { isNode, isText, type Node } from '../lib/values.ts';
import { eachObject } from './lib/nodes.ts';
import type { Context, Location, Rule } from './lib/redocly.ts';

const list = 'packages/description/src/extensions.ts';
/** Redocly's types of objects whose keys are free names, not keywords. */
const maps = /(Map|Properties)$|^Named|^Dependent/;

interface Form {
  readonly example: string;
  readonly isValid: (value: unknown) => boolean;
}

/** The forms that no other rule and no test checks. */
const forms: { readonly [Name in ExtensionName]?: Form } = {
  'x-aliases': { example: '[siteid]', isValid: (value) => isListOf(value, isText) },
  'x-value-aliases': {
    example: '{ Online: online }',
    isValid: (value) => isNode(value) && Object.values(value).every(isText),
  },
  'x-format': { example: '±hh:mm', isValid: isText },
  'x-issues-token': {
    example: '{ scheme: bearer, token: access_token, user: username, password: password }',
    isValid: (value) => isNode(value) && hasTexts({ site: 'none', ...value }, 'password,scheme,site,token,user'),
  },
  'x-retired-domains': {
    example: '[{ domain: old.example.com, successor: new.example.com, since: "2020-03-20" }]',
    isValid: (value) => isListOf(value, (entry) => hasTexts(entry, 'domain,since,successor')),
  },
};

/**
 * An `x-` name is one that the reader of the bundles knows, in a place where it looks for it. Any other is a fact that
 * nothing reads.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#specification-extensions
 */
export const knownExtension: Rule = () => eachObject(check);

function check(node: Node, context: Context, at: Location): void {
  const place = String(context.type.name);
  if (maps.test(place)) return;
  for (const [name, written] of Object.entries(node)) {
    if (!name.startsWith('x-')) continue;
    const value = isReference(written) ? context.resolve(written, at.source.absoluteRef).node : written;
    const fault = faultOf(name, value, place);
    if (!fault) continue;
    context.report({ message: `${name} ${fault}`, location: at.child(name).key() });
  }
}

function faultOf(name: string, value: unknown, place: string): string | undefined {
  if (!isKnown(name)) {
    return `on this ${place} is unknown, so nothing reads it. Write ${nearest(name)}, or add it to ${list}.`;
  }
  const places: readonly string[] = extensions[name].on;
  if (!places.includes(place)) {
    return `is not allowed on ${place}, where nothing reads it, but on ${places.join(', ')}. Move it, or change the list in ${list}.`;
  }
  const form = forms[name];
  return form && !form.isValid(value) ? `has another form than expected. Write it as in ${form.example}.` : undefined;
}

function isKnown(name: string): name is ExtensionName {
  return Object.hasOwn(extensions, name);
}

/** The known name with the fewest edits to an unknown one. */
function nearest(name: string): string {
  const [first] = Object.keys(extensions).sort((one, other) => edits(name, one) - edits(name, other));
  return String(first);
}

/** How many letters have to be added, removed or replaced. @see https://en.wikipedia.org/wiki/Levenshtein_distance */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const letter of from) {
    const [before = 0] = row;
    const next = [before + 1];
    for (const [index, other] of [...to].entries()) {
      const [left = 0, above = 0, diagonal = 0] = [next[index], row[index + 1], row[index]];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isItem);
}

/** Whether a value is an object of texts with exactly these keys. */
function hasTexts(value: unknown, keys: string): boolean {
  return isNode(value) && Object.keys(value).sort().join() === keys && Object.values(value).every(isText);
}
