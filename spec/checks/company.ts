import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isNode, isText, listOf, type Node } from '../lib/values.ts';

const company: Node = parse(readFileSync(new URL('../demo/company.yaml', import.meta.url), 'utf8'));
const partner = isNode(company.partner) ? company.partner : {};
const site = isNode(company.site) ? company.site : {};

/** The ids of all things of a kind that the demo company has. */
export function idsOf(kind: string): Set<string> {
  return new Set(thingsOf(kind).map((thing) => String(isNode(thing) ? thing.id : thing)));
}

/** The names of all things of a kind that the demo company has. */
export function namesOf(kind: string): Set<string> {
  return new Set(thingsOf(kind).flatMap((thing) => (isNode(thing) ? String(thing.displayName ?? thing.name) : [])));
}

/** The names of the thing with this id. A chat has that of its visitor; an agent has a full name too. */
export function namesOfOne(kind: string, id: string): string[] {
  const thing = thingsOf(kind).find((it) => isNode(it) && String(it.id) === id);
  if (!isNode(thing)) return [];
  const { name, displayName, firstName, lastName, visitor } = thing;
  return [name, displayName, isText(firstName) && `${firstName} ${lastName}`, visitor].filter(isText);
}

function thingsOf(kind: string): unknown[] {
  const nested: Record<string, unknown[]> = {
    sites: listOf(partner.sites),
    plans: listOf(partner.plans),
    secureFormFields: listOf(company.secureForms).flatMap((form) => (isNode(form) ? listOf(form.fields) : [])),
  };
  const things = nested[kind] ?? listOf(company[kind]);
  if (things.length === 0) throw new Error(`demo/company.yaml has no ${kind}.`);
  return things;
}

/** Every email address of the company's own people and mailboxes. */
export const emails = new Set([
  ...[...listOf(company.agents), ...listOf(partner.sites)].flatMap((it) => (isNode(it) ? String(it.email) : [])),
  ...listOf(site.mailboxes).map(String),
  String(partner.email),
]);

/** The kinds of things that a GUID names. */
export const guids = new Set(['visitors', 'chats', 'offlineMessages'].flatMap((kind) => [...idsOf(kind)]));
