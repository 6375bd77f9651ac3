/**
 * The pages of the reference as Markdown, for programs and for language models. They are made from the same views as
 * the HTML, so they say the same.
 */

import type { EnumValue, Evidence, Json, Operation } from '@comm100-openapi/description';
import { whenInWords } from '@comm100-openapi/description';
import { operationLink, schemaLink } from '../html/links.ts';
import type { Version } from '../model/bundle.ts';
import { prettyJson } from '../model/literal.ts';
import type { MediaView, OperationView, ResponseView } from '../model/operation.ts';
import { type PropertyView, plain, type SchemaView, viewSchema } from '../model/schema.ts';
import { readSchemas, type SchemaGroup, schemaTitle } from '../model/schemas.ts';
import type { Resource, VersionSite } from '../model/site.ts';
import { snippetsOf } from '../model/snippet.ts';

const PLACES = { path: 'Path parameters', query: 'Query parameters', header: 'Headers', cookie: 'Cookies' };

type Direction = 'request' | 'response';
interface Options {
  version: Version;
  /** Whether to list the fields of named schemas in place. */
  expand: boolean;
  direction?: Direction;
}

/** Blocks with an empty line between them; what is not there is left out. */
export function blocks(...parts: (string | false | undefined)[]): string {
  return parts.filter(Boolean).join('\n\n');
}

const nameOf = ({ document }: VersionSite) => `version ${document.info.version}`;

export function indexMarkdown(site: VersionSite): string {
  const { info } = site.document;
  return blocks(
    `# Version ${info.version}`,
    info.description ?? info.summary,
    ...site.resources.map(({ tag, operations }) => blocks(`## ${tag}`, operationLines(site, tag, operations))),
  );
}

function operationLines({ version }: VersionSite, tag: string, operations: readonly OperationView[]): string {
  const line = ({ operation }: OperationView) =>
    `- [${operation.summary}](${operationLink(version, tag, operation.id)}): \`${endpoint(operation)}\``;
  return operations.map(line).join('\n');
}

const origin = (site: VersionSite) =>
  `From ${nameOf(site)} of the Comm100 Live Chat API. Named types are in [Schemas](schemas.md).`;

export function resourceMarkdown(site: VersionSite, { tag, description, operations, hasPages }: Resource): string {
  const content = hasPages
    ? [operationLines(site, tag, operations)]
    : operations.map((view) => operationMarkdown(site, view));
  return blocks(`# ${tag}`, origin(site), description, ...content);
}

/** An operation that has its own page. */
export function operationPageMarkdown(site: VersionSite, tag: string, view: OperationView): string {
  return blocks(`# ${tag}`, origin(site), operationMarkdown(site, view));
}

/** The names of all schemas, each with a link to the page that has it. */
export function schemaIndexMarkdown(site: VersionSite): string {
  const links = (names: readonly string[]) =>
    names.map((name) => `- [${name}](${schemaLink(site.version, name)})`).join('\n');
  return blocks(
    '# Schemas',
    ...readSchemas(site.version).groups.map(({ tag, names }) => blocks(`## ${schemaTitle(tag)}`, links(names))),
  );
}

/** The schemas of a resource, or those that several share. */
export function schemasMarkdown({ document, version }: VersionSite, { tag, names }: SchemaGroup): string {
  return blocks(
    `# ${schemaTitle(tag)}`,
    ...names.map((name) => {
      const view = viewSchema(document, document.components?.schemas?.[name] ?? {});
      return blocks(`## ${name}`, view.description, schemaLines(view, { version, expand: false }));
    }),
  );
}

const endpoint = ({ isWebhook, method, path }: Operation) =>
  isWebhook ? `event ${path}` : `${method.toUpperCase()} ${path}`;

function operationMarkdown(site: VersionSite, view: OperationView): string {
  const { version } = site;
  const { operation, body } = view;
  const { id, summary, description } = operation;
  return blocks(
    `## ${summary}`,
    `\`${endpoint(operation)}\` (operationId: \`${id}\`)`,
    description,
    notes(view.evidence),
    facts(operation),
    ...view.parameters.map(({ place, parameters }) =>
      blocks(`### ${PLACES[place]}`, fields(parameters, { version, expand: true, direction: 'request' })),
    ),
    body &&
      blocks(
        `### Body${body.isRequired ? '' : ' (optional)'}`,
        `${body.description} ${types(body.media)}`,
        notes(body.evidence),
        ...body.media.map(
          ({ schema }) => schema && schemaLines(schema, { version, expand: true, direction: 'request' }),
        ),
      ),
    ...view.responses.map((response) =>
      blocks(
        `### Response ${response.status}`,
        `${response.description} ${response.media.length > 0 ? types(response.media) : 'It has no body.'}`,
        notes(response.evidence),
        ...response.media.map(
          ({ schema }) => schema && schemaLines(schema, { version, expand: true, direction: 'response' }),
        ),
      ),
    ),
    view.errors.length > 0 && blocks('### Errors', view.errors.map(errorLine).join('\n')),
    ...examples(site, view),
  );
}

const types = (media: readonly MediaView[]) => media.map(({ type }) => `\`${type}\``).join(', ');

function facts({ isWebhook, schemes, permission, editions, aliases, source, node, method }: Operation): string {
  const others = aliases.map(
    (alias) => `\`${alias.method === method ? '' : `${alias.method.toUpperCase()} `}${alias.path}\``,
  );
  const passage = source && `${source.document}, “${source.heading}”`;
  return [
    !isWebhook && `Credentials: ${schemes.join(' or ') || 'none'}`,
    permission && `Permission: ${permission}`,
    editions && `Edition: ${editions.join(', ')}`,
    others.length > 0 && `Also at: ${others.join(', ')}`,
    passage && `Documented in: ${node.externalDocs ? `[${passage}](${node.externalDocs.url})` : passage}`,
  ]
    .filter(Boolean)
    .map((line) => `- ${line}`)
    .join('\n');
}

function errorLine({ status, component, description, media }: ResponseView): string {
  const causes = media.flatMap((it) => it.examples.map(({ summary }) => summary));
  const words = component === undefined || causes.length === 0 ? [description, ...causes] : causes;
  return `- ${status}: ${words.join('; ')}`;
}

function* examples({ context }: VersionSite, { operation, body, responses }: OperationView): Generator<string> {
  const snippets = snippetsOf(context, operation);
  for (const { label, language, code } of snippets) yield blocks(`### Request with ${label}`, fence(code, language));
  const bodies = (body?.media ?? []).flatMap(named);
  // The requests above contain the first body.
  for (const { title, code, language } of snippets.length > 0 ? bodies.slice(1) : bodies) {
    yield blocks(`### Body: ${title}`, fence(code, language));
  }
  for (const { title, code, language } of responses.flatMap(({ media }) => media.flatMap(named))) {
    yield blocks(`### Example: ${title}`, fence(code, language));
  }
}

function named({ type, examples: list }: MediaView): { title: string; code: string; language: string }[] {
  return list.map(({ summary, value, when }) => {
    const isJson = typeof value !== 'string' || type.includes('json');
    return {
      title: when ? `${summary} (when ${whenInWords(when)})` : summary,
      code: isJson ? prettyJson(value) : value,
      language: isJson ? 'json' : '',
    };
  });
}

export function fence(code: string, language: string): string {
  return `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``;
}

const notes = (evidence: readonly Evidence[]) => evidence.map((it) => `> ${note(it)}`).join('\n>\n');
const note = ({ mark, note: words }: Evidence) => (words ? `**${mark}**: ${words}` : `**${mark}**`);

/** The marks of the component that a type names, each with a link to it: the notes are there. */
function typeMarks({ name = '', typeEvidence, items }: SchemaView, options: Options): string[] {
  const marks = [...new Set(typeEvidence.map(({ mark }) => mark))];
  const link = schemaLink(options.version, name);
  return [...marks.map((mark) => `[${mark}](${link})`), ...(items ? typeMarks(items, options) : [])];
}

/** A schema as a whole: its type, and what is in it. */
function schemaLines(schema: SchemaView, options: Options): string {
  const head = [plain(schema.type), ...typeMarks(schema, options), ...schema.limits].join(', ');
  return blocks(
    `Type: ${head}`,
    notes(schema.evidence),
    [...valueLines(schema.values, ''), ...inside(schema, options, '')].join('\n'),
  );
}

const fields = (properties: readonly PropertyView[], options: Options) =>
  properties.flatMap((property) => field(property, options, '')).join('\n');

function field({ name, schema, aliases, ...is }: PropertyView, options: Options, indent: string): string[] {
  const { direction } = options;
  const marks = [
    plain(schema.type),
    ...typeMarks(schema, options),
    direction !== 'response' && is.isRequired && 'required',
    direction === 'response' && !is.isRequired && 'not always present',
    direction !== 'response' && is.isReadOnly && 'read-only',
    direction !== 'request' && is.isWriteOnly && 'write-only',
    is.isDeprecated && 'deprecated',
  ].filter(Boolean);
  return [
    `${indent}- \`${name}\` (${marks.join(', ')})${schema.description === undefined ? '' : `: ${oneLine(schema.description)}`}`,
    ...details(schema, options, `${indent}  `),
    ...(aliases.length > 0
      ? [`${indent}  - also accepted as ${aliases.map((alias) => `\`${alias}\``).join(', ')}`]
      : []),
  ];
}

/** A description has paragraphs; an entry of a list is one line. */
const oneLine = (text: string) => text.trim().replace(/\s*\n\s*/g, ' ');

function details(schema: SchemaView, options: Options, indent: string): string[] {
  const { named: type, items } = schema;
  return [
    ...(schema.limits.length > 0 ? [`${indent}- ${schema.limits.join(', ')}`] : []),
    ...(type?.form === undefined ? [] : [`${indent}- in the form \`${type.form}\``]),
    ...schema.evidence.map((it) => `${indent}- ${note(it)}`),
    ...valueLines(schema.values, indent),
    ...(items && items.limits.length > 0 ? [`${indent}- each ${items.limits.join(', ')}`] : []),
    ...inside(schema, options, indent),
  ];
}

function inside(schema: SchemaView, options: Options, indent: string): string[] {
  const { items, others, properties, variants } = schema;
  const isShown = !schema.isRecursive && (options.expand || schema.name === undefined || indent === '');
  if (!isShown) return [];
  return [
    ...properties.flatMap((property) => field(property, options, indent)),
    ...variants.flatMap(({ choice, options: shapes }) => [
      `${indent}- ${choice === 'one' ? 'One of these:' : 'Any of these:'}`,
      ...shapes.flatMap(({ label, schema: shape }) => [
        `${indent}  - ${[label, shape.when && `when ${shape.when}`, shape.description && oneLine(shape.description)].filter(Boolean).join(': ')}`,
        ...shape.typeEvidence.map((it) => `${indent}    - ${note(it)}`),
        ...details(shape, options, `${indent}    `),
      ]),
    ]),
    ...(others === 'any' ? [`${indent}- Further fields are possible.`] : []),
    ...(typeof others === 'object'
      ? [
          `${indent}- Any other field (${[plain(others.type), ...typeMarks(others, options)].join(', ')})`,
          ...inside(others, options, `${indent}  `),
        ]
      : []),
    ...(items ? itemLines(items, options, indent) : []),
  ];
}

function itemLines(items: SchemaView, options: Options, indent: string): string[] {
  const lines = [
    ...items.evidence.map((it) => `${indent}- ${note(it)}`),
    ...valueLines(items.values, indent),
    ...inside(items, options, indent === '' ? '' : `${indent}  `),
  ];
  return lines.length > 0 && items.properties.length > 0 && indent !== ''
    ? [`${indent}- Each entry:`, ...lines]
    : lines;
}

function valueLines(values: readonly EnumValue[], indent: string): string[] {
  return values.map(({ value, name, meaning }) => {
    const words = [name && `${name}:`, meaning].filter(Boolean).join(' ');
    return `${indent}- \`${valueText(value)}\`${words ? ` ${words}` : ''}`;
  });
}

const valueText = (value: Json) => (typeof value === 'string' ? value || '""' : JSON.stringify(value));
