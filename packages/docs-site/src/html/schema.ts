import type { EnumValue, Evidence, Json } from '@comm100-openapi/description';
import type { Version } from '../model/bundle.ts';
import type { PropertyView, SchemaView, VariantsView } from '../model/schema.ts';
import { type Content, type Html, html, join } from './html.ts';
import { certaintyLink, schemaLink } from './links.ts';
import { block, inline } from './markdown.ts';

export interface SchemaOptions {
  version: Version;
  /** Expand the members of named components in place, or leave it at the link to them. */
  expand: boolean;
  /** Flags that say nothing here: `readOnly` in an answer, `writeOnly` in a request. */
  direction?: 'request' | 'response';
}

/** Enumerations up to this long are shown at once; longer ones open. */
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

function evidenceMarks(evidence: readonly Evidence[]): Content {
  return evidence.map(({ mark, note }) => html`<a class="mark" href="${certaintyLink}" title="${note}">${mark}</a>`);
}

/** A schema as a table of its members, or as the words for a scalar. */
export function schemaTable(schema: SchemaView, options: SchemaOptions): Html {
  return html`<div class="schema">${schemaLines(schema, options)}${nested(schema, options)}</div>`;
}

/** What a schema is, in a line: for a body or an answer as a whole. */
function schemaLines(schema: SchemaView, options: SchemaOptions): Content {
  return html`
    <p class="schema-type">
      <span class="type">${typeWords(schema, options)}</span>
      ${limits(schema.limits)}
    </p>
    ${evidenceNotes(schema.evidence)}
    ${values(schema.values)}
    ${scalarShapes(schema)}
    ${scalarEntries(schema, options)}`;
}

/** All that is inside a schema: its members, the shapes to choose from, what is in its entries. */
function nested(schema: SchemaView, options: SchemaOptions): Content {
  const { items, others, properties, variants } = schema;
  return [
    properties.length > 0 && memberTable(properties, options),
    variants
      .filter(hasShapes)
      .map(({ choice, options: shapes }) => [
        html`<p class="choice">${choice === 'one' ? 'One of these:' : 'Any of these:'}</p>`,
        shapes.map((shape) => shapeDetails(shape, options)),
      ]),
    others === 'any' && html`<p class="others">Further members may stand here.</p>`,
    typeof others === 'object' &&
      html`<p class="others">Any other member: <span class="type">${typeWords(others, options)}</span></p>${nested(others, options)}`,
    items && hasInside(items, options) && [evidenceNotes(items.evidence), nested(items, options)],
  ];
}

function shapeDetails({ label, schema }: VariantsView['options'][number], options: SchemaOptions): Html {
  const isScalar = schema.properties.length === 0 && schema.variants.length === 0;
  if (isScalar) return scalarShape(label, schema);
  return html`
    <details class="nested">
      <summary>${inline(label)}${schema.when !== undefined && html`<span class="when">when ${inline(schema.when)}</span>`}${schema.evidence.map(({ mark }) => html`<span class="mark">${mark}</span>`)}</summary>
      <div class="nested-body">
        ${schema.description !== undefined && html`<p class="named">${inline(schema.description)}</p>`}
        ${evidenceNotes(schema.evidence)}
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

/** Kinds of a scalar, such as an enumeration beside free text; they need no table and so stand in place. */
function scalarShapes({ variants }: SchemaView): Content {
  return variants
    .filter((choice) => !hasShapes(choice))
    .map(({ options }) => options.map(({ label, schema }) => scalarShape(label, schema)));
}

function scalarShape(label: string, schema: SchemaView): Html {
  return html`
    <p class="shape">${inline(schema.description ?? label)}${limits(schema.limits)}</p>
    ${evidenceNotes(schema.evidence)}
    ${values(schema.values)}`;
}

/** What there is to say of the entries of a list of scalars. */
function scalarEntries({ items }: SchemaView, options: SchemaOptions): Content {
  if (!items || hasInside(items, options)) return undefined;
  return [
    items.limits.length > 0 && html`<span class="limits">each ${join(items.limits.map(inline), ', ')}</span>`,
    namedType(items, options),
    evidenceNotes(items.evidence),
    values(items.values),
    scalarShapes(items),
  ];
}

export function memberTable(properties: readonly PropertyView[], options: SchemaOptions): Html {
  return html`<ul class="members">${properties.map((property) => member(property, options))}</ul>`;
}

function member(property: PropertyView, options: SchemaOptions): Html {
  const { schema } = property;
  return html`
    <li class="member">
      <div class="member-head">
        <code class="name">${breakable(property.name)}</code>
        <span class="type">${typeWords(schema, options)}</span>
        ${flags(property, options)}
      </div>
      <div class="member-words">
        ${schema.description !== undefined && block(schema.description)}
        ${limits(schema.limits)}
        ${namedType(schema, options)}
        ${
          property.aliases.length > 0 &&
          html`<p class="limits">also taken as ${join(
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

function flags(property: PropertyView, { direction }: SchemaOptions): Content {
  return [
    // Most members of an answer are always there; there it is the others that stand out.
    direction !== 'response' && property.isRequired && html`<span class="flag flag-required">required</span>`,
    direction === 'response' && !property.isRequired && html`<span class="flag">not always there</span>`,
    direction !== 'response' && property.isReadOnly && html`<span class="flag">read-only</span>`,
    direction !== 'request' && property.isWriteOnly && html`<span class="flag">write-only</span>`,
    property.isDeprecated && html`<span class="flag">deprecated</span>`,
  ];
}

/** The members of an object inside an object open on demand; what is short stands in place. */
function inside(schema: SchemaView, options: SchemaOptions): Content {
  const inPlace = [scalarShapes(schema), scalarEntries(schema, options)];
  if (!hasInside(schema, options)) return inPlace;
  const { items } = schema;
  const count = schema.properties.length || (items?.properties.length ?? 0);
  return [
    inPlace,
    html`
      <details class="nested">
        <summary>${items ? 'Each entry' : 'Inside'}${count > 0 && html`<span class="count">${count} ${count === 1 ? 'member' : 'members'}</span>`}</summary>
        <div class="nested-body">${nested(schema, options)}</div>
      </details>`,
  ];
}

/** Whether there is a table to open below a schema. */
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

/** What a named format or enumeration is, where the member itself says something else. */
function namedType({ named, description, values: { length }, evidence }: SchemaView, options: SchemaOptions): Content {
  if (!named?.description || named.description === description) return undefined;
  // What the notes of the member say already needs no mark here.
  const marks = named.evidence.filter(({ note }) => !evidence.some((told) => told.note === note));
  // The form says it shorter, and the type links to the long version.
  if (named.form !== undefined) return html`<p class="named"><code>${named.form}</code>${evidenceMarks(marks)}</p>`;
  const name = length > 0 ? html`<a href="${schemaLink(options.version, named.name)}">${named.name}</a>: ` : undefined;
  return html`<p class="named">${name}${inline(named.description)}${evidenceMarks(marks)}</p>`;
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

function values(list: readonly EnumValue[]): Content {
  if (list.length === 0) return undefined;
  const isPlain = list.every(({ name, meaning }) => name === undefined && meaning === undefined);
  const rows = isPlain
    ? html`<p class="values-plain">${join(
        list.map(({ value }) => html`<code>${valueText(value)}</code>`),
        ' ',
      )}</p>`
    : html`<ul class="values">${list.map(valueRow)}</ul>`;
  if (list.length <= VALUES_AT_ONCE) return rows;
  return html`<details class="nested"><summary>Values<span class="count">${list.length}</span></summary><div class="nested-body">${rows}</div></details>`;
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

/** A long name may break after a dot or a slash, or before a capital. */
function breakable(name: string): Content {
  return join(name.split(/(?<=[./_])|(?<=[a-z])(?=[A-Z])/), html`<wbr>`);
}
