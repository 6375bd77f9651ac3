import type { EnumValue, Evidence, Json } from '@comm100-openapi/description';
import type { Version } from '../model/bundle.ts';
import type { PropertyView, SchemaView, VariantsView } from '../model/schema.ts';
import { type Content, type Html, html, join } from './html.ts';
import { certaintyLink, schemaLink } from './links.ts';
import { block, inline } from './markdown.ts';

export interface SchemaOptions {
  version: Version;
  /** Whether to show the fields of named components in place, or only link to the components. */
  expand: boolean;
  /** Leaves out the flags that have no meaning here: `readOnly` in a response, `writeOnly` in a request. */
  direction?: 'request' | 'response';
  /** What the ids of the fields begin with, so that each can be linked to; without it they have none. */
  anchor?: string;
  /** The ids that the page has already: two shapes can have a field of the same name. */
  ids?: Set<string>;
}

/** Enumerations with up to this number of values are shown at once; longer ones open on a click. */
const VALUES_AT_ONCE = 12;

export function evidenceNotes(evidence: readonly Evidence[]): Content {
  return evidence.map(
    ({ mark, note }) => html`
      <p class="evidence">
        <a class="mark" href="${certaintyLink}">${mark}</a>
        ${note !== '' && html` ${inline(note)}`}
      </p>`,
  );
}

/** A type, and the marks of the component that it names: the notes are where the component is described. */
function typeWithMarks(schema: SchemaView, options: SchemaOptions): Html {
  return html`<small>${typeWords(schema, options)}</small>${typeMarks(schema, options)}`;
}

function typeMarks({ name = '', typeEvidence, items }: SchemaView, options: SchemaOptions): Content {
  const byMark = Map.groupBy(typeEvidence, ({ mark }) => mark);
  return [
    [...byMark].map(([mark, list]) => {
      const notes = list.map(({ note }) => note).join(' ');
      return html` <a class="mark" href="${schemaLink(options.version, name)}" title="${notes}">${mark}</a>`;
    }),
    items && typeMarks(items, options),
  ];
}

/** A schema as a table of its fields, or as the description of a scalar. */
export function schemaTable(schema: SchemaView, options: SchemaOptions): Html {
  return html`<div class="schema">${schemaLines(schema, options)}${nested(schema, options)}</div>`;
}

/** The type of a schema, in a line: for a body or a response as a whole. */
function schemaLines(schema: SchemaView, options: SchemaOptions): Content {
  return html`
    <p class="schema-type">
      ${typeWithMarks(schema, options)}
      ${limits(schema.limits)}
    </p>
    ${evidenceNotes(schema.evidence)}
    ${values(schema.values)}
    ${scalarShapes(schema, options)}
    ${scalarEntries(schema, options)}`;
}

/** Everything inside a schema: its fields, the shapes to choose from, and its entries. */
function nested(schema: SchemaView, options: SchemaOptions): Content {
  const { items, others, properties, variants } = schema;
  return [
    properties.length > 0 && fieldTable(properties, options),
    variants
      .filter(hasShapes)
      .map(({ choice, options: shapes }) => [
        html`<p class="choice">${choice === 'one' ? 'One of these:' : 'Any of these:'}</p>`,
        shapes.map((shape) => shapeDetails(shape, options)),
      ]),
    others === 'any' && html`<p class="others">Further fields are possible.</p>`,
    typeof others === 'object' &&
      html`<p class="others">Any other field: ${typeWithMarks(others, options)}</p>${nested(others, options)}`,
    items && hasInside(items, options) && [evidenceNotes(items.evidence), nested(items, options)],
  ];
}

function shapeDetails({ label, schema }: VariantsView['options'][number], options: SchemaOptions): Html {
  const isScalar = schema.properties.length === 0 && schema.variants.length === 0;
  if (isScalar) return scalarShape(label, schema, options);
  const evidence = [...schema.evidence, ...schema.typeEvidence];
  return html`
    <details>
      <summary>${inline(label)}${schema.when !== undefined && html`<span class="when">when ${inline(schema.when)}</span>`}${evidence.map(({ mark }) => html`<span class="mark">${mark}</span>`)}</summary>
      <div class="nested-body">
        ${schema.description !== undefined && html`<p class="named">${inline(schema.description)}</p>`}
        ${evidenceNotes(evidence)}
        ${nested(schema, options)}
      </div>
    </details>`;
}

/** Whether there is anything but scalars to choose from. */
function hasShapes({ options }: VariantsView): boolean {
  return options.some(
    ({ schema }) => schema.properties.length > 0 || schema.variants.length > 0 || schema.items !== undefined,
  );
}

/** Kinds of a scalar, such as an enumeration or free text. They need no table, so they are shown in place. */
function scalarShapes({ variants }: SchemaView, options: SchemaOptions): Content {
  return variants
    .filter((choice) => !hasShapes(choice))
    .map((choice) => choice.options.map(({ label, schema }) => scalarShape(label, schema, options)));
}

function scalarShape(label: string, schema: SchemaView, options: SchemaOptions): Html {
  return html`
    <p class="shape">${inline(schema.description ?? label)}${limits(schema.limits)}${typeMarks(schema, options)}</p>
    ${evidenceNotes(schema.evidence)}
    ${values(schema.values)}`;
}

/** The description of the entries of a list of scalars. */
function scalarEntries({ items }: SchemaView, options: SchemaOptions): Content {
  if (!items || hasInside(items, options)) return undefined;
  return [
    items.limits.length > 0 && html`<span class="limits">each ${join(items.limits.map(inline), ', ')}</span>`,
    namedType(items, options),
    evidenceNotes(items.evidence),
    values(items.values),
    scalarShapes(items, options),
  ];
}

export function fieldTable(properties: readonly PropertyView[], options: SchemaOptions): Html {
  return html`<ul class="fields">${properties.map((property) => field(property, options))}</ul>`;
}

function field(property: PropertyView, outside: SchemaOptions): Html {
  const { schema } = property;
  const id = fieldId(property.name, outside);
  const { anchor: _, ...below } = outside;
  // In an operation, what is below a field has its address in its schema; thousands of ids would double the page.
  const options = id === undefined || outside.expand ? below : { ...below, anchor: id };
  const name = html`<code>${breakable(property.name)}</code>`;
  return html`
    <li${id !== undefined && html` id="${id}"`}>
      <div>
        ${id === undefined ? name : html`<a href="#${id}">${name}</a>`}
        ${typeWithMarks(schema, options)}
        ${flags(property, options)}
      </div>
      <div>
        ${schema.description !== undefined && block(schema.description)}
        ${limits(schema.limits)}
        ${!isNamedAfter(property) && namedType(schema, options)}
        ${
          property.aliases.length > 0 &&
          html`<p class="limits">also accepted as ${join(
            property.aliases.map((alias) => html`<code>${alias}</code>`),
            ', ',
          )}</p>`
        }
        ${evidenceNotes(schema.evidence)}
        ${values(schema.values)}
        ${inside(schema, options)}
      </div>
    </li>`;
}

function fieldId(name: string, { anchor, ids }: SchemaOptions): string | undefined {
  if (anchor === undefined) return undefined;
  const wanted = `${anchor}.${name.replace(/[^\w.-]+/g, '-')}`;
  let id = wanted;
  for (let next = 2; ids?.has(id); next++) id = `${wanted}-${next}`;
  ids?.add(id);
  return id;
}

function flags(property: PropertyView, { direction }: SchemaOptions): Content {
  return [
    // Most fields of a response are always present, so the others are marked.
    direction !== 'response' && property.isRequired && html`<span class="flag flag-required">required</span>`,
    direction === 'response' && !property.isRequired && html`<span class="flag">not always present</span>`,
    direction !== 'response' && property.isReadOnly && html`<span class="flag">read-only</span>`,
    direction !== 'request' && property.isWriteOnly && html`<span class="flag">write-only</span>`,
    property.isDeprecated && html`<span class="flag">deprecated</span>`,
  ];
}

/** The fields of an object inside an object open on a click; what is short is shown in place. */
function inside(schema: SchemaView, options: SchemaOptions): Content {
  const inPlace = [scalarShapes(schema, options), scalarEntries(schema, options)];
  if (!hasInside(schema, options)) return inPlace;
  const { items } = schema;
  const count = schema.properties.length || (items?.properties.length ?? 0);
  return [
    inPlace,
    html`
      <details>
        <summary>${items ? 'Each entry' : 'Inside'}${count > 0 && html`<span class="count">${count} ${count === 1 ? 'field' : 'fields'}</span>`}</summary>
        <div class="nested-body">${nested(schema, options)}</div>
      </details>`,
  ];
}

/** Whether a schema has a table to open. */
function hasInside(schema: SchemaView, options: SchemaOptions): boolean {
  if (schema.isRecursive || (!options.expand && schema.name !== undefined)) return false;
  const { items, others, properties, variants } = schema;
  return (
    properties.length > 0 ||
    others !== undefined ||
    variants.some(hasShapes) ||
    (items !== undefined && hasInside(items, options))
  );
}

/** Whether the name of a field says already what its named type is: `departmentId` is an `Id`. */
function isNamedAfter({ name, schema: { named } }: PropertyView): boolean {
  if (!named || named.form !== undefined) return false;
  return name.toLowerCase().endsWith(named.name.toLowerCase());
}

/** The description of a named format or enumeration, where the field has a description of its own. */
function namedType({ named, description, values: { length } }: SchemaView, options: SchemaOptions): Content {
  if (!named?.description || named.description === description) return undefined;
  // The form is shorter, and the type links to the full description.
  if (named.form !== undefined) return html`<p class="named"><code>${named.form}</code></p>`;
  const name = length > 0 ? html`<a href="${schemaLink(options.version, named.name)}">${named.name}</a>: ` : undefined;
  return html`<p class="named">${name}${inline(named.description)}</p>`;
}

function typeWords({ type }: SchemaView, { version }: SchemaOptions): Content {
  return type.map((part) =>
    typeof part === 'string'
      ? part
      : html`<a href="${schemaLink(version, part.component)}">${breakable(part.component)}</a>`,
  );
}

function limits(phrases: readonly string[]): Content {
  if (phrases.length === 0) return undefined;
  return html`<span class="limits">${join(phrases.map(inline), ', ')}</span>`;
}

function values(described: readonly EnumValue[]): Content {
  if (described.length === 0) return undefined;
  // A meaning that is only the value again, such as "Verdana.", says nothing more.
  const list = described.map((it) => (it.meaning === `${it.value}.` ? { ...it, meaning: undefined } : it));
  const isPlain = list.every(({ name, meaning }) => name === undefined && meaning === undefined);
  const rows = isPlain
    ? html`<p>${join(
        list.map(({ value }) => html`<code>${valueText(value)}</code>`),
        ' ',
      )}</p>`
    : html`<ul class="values">${list.map(valueRow)}</ul>`;
  if (list.length <= VALUES_AT_ONCE) return rows;
  return html`<details><summary>Values<span class="count">${list.length}</span></summary><div class="nested-body">${rows}</div></details>`;
}

function valueRow({ value, name, meaning }: EnumValue): Html {
  return html`
    <li>
      <code>${breakable(valueText(value))}</code>
      <span>${name !== undefined && html`<b>${name}</b>${meaning !== undefined && ': '}`}${meaning !== undefined && inline(meaning)}</span>
    </li>`;
}

function valueText(value: Json): string {
  return typeof value === 'string' ? value || '""' : JSON.stringify(value);
}

/** A long name with possible line breaks: after a dot or a slash, and before a capital. */
export function breakable(name: string): Content {
  return join(name.split(/(?<=[./_])|(?<=[a-z])(?=[A-Z])/), html`<wbr>`);
}
