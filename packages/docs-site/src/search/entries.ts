import { operationLink, permissionLink, schemaLink, tagLink } from '../html/links.ts';
import { plainText } from '../html/markdown.ts';
import type { OperationView } from '../model/operation.ts';
import { type SchemaView, viewSchema } from '../model/schema.ts';
import { readSchemas } from '../model/schemas.ts';
import type { VersionSite } from '../model/site.ts';
import type { Entry } from './find.ts';
import { WORDS } from './words.ts';

/** How much of a text is indexed: some sections are lists of a hundred lines. */
const MOST_TEXT = 1500;

/** A guide as rendered HTML, at its address. */
export interface GuidePage {
  url: string;
  html: string;
  /** Whether only the titles are indexed, for a page that lists everything. */
  isList?: boolean;
}

/** The sections of the guides. A part before the first heading, and what is below the title, is the page as a whole. */
export function guideEntries(pages: readonly GuidePage[]): Entry[] {
  return pages.flatMap(({ url, html, isList }) => {
    const [, ...parts] = html.split(/<h[1-3]\b[^>]*?\bid="([^"]*)"[^>]*>(.*?)<\/h[1-3]>/s);
    const titleOf = (source = '') => textOf(source.replace(/<a class="header-anchor".*?<\/a>/s, ''));
    const page = titleOf(parts[1]);
    return parts.flatMap((anchor, at): Entry[] => {
      if (at % 3 !== 0) return [];
      const id = at === 0 ? url : `${url}#${anchor}`;
      return [
        {
          ...nothing,
          id,
          kind: 'guide',
          title: titleOf(parts[at + 1]),
          place: at === 0 ? '' : page,
          words: WORDS[id] ?? '',
          // Code has the names of operations, and hides what is about them.
          text: isList ? '' : textOf((parts[at + 2] ?? '').replace(/<pre\b.*?<\/pre>/gs, ' ')).slice(0, MOST_TEXT),
        },
      ];
    });
  });
}

/** The resources, operations and schemas of a version. */
export function referenceEntries(site: VersionSite): Entry[] {
  const { document, resources, version } = site;
  const name = `Version ${document.info.version}`;
  const ofVersion = { ...nothing, version };
  return [
    ...resources.flatMap(({ tag, description, operations }): Entry[] => [
      {
        ...ofVersion,
        id: tagLink(version, tag),
        kind: 'resource',
        title: tag,
        place: name,
        text: plainText(description),
      },
      ...operations.map(
        (view): Entry => ({
          ...ofVersion,
          id: operationLink(version, tag, view.operation.id),
          kind: view.operation.isWebhook ? 'event' : 'operation',
          title: view.operation.summary,
          place: `${name}, ${tag}`,
          endpoint: view.operation.isWebhook
            ? view.operation.path
            : `${view.operation.method.toUpperCase()} ${view.operation.path}`,
          fields: fieldsOfOperation(view).join(' '),
          text: textOfOperation(view),
        }),
      ),
    ]),
    ...Object.entries(document.components?.schemas ?? {}).map(([schema, node]): Entry => {
      const view = viewSchema(document, node);
      return {
        ...ofVersion,
        id: schemaLink(version, schema),
        kind: 'schema',
        title: schema,
        place: `${name}, schema of ${readSchemas(version).groupOf.get(schema)?.tag?.toLowerCase() ?? 'several resources'}`,
        fields: view.properties.map((property) => property.name).join(' '),
        text: [view.description, ...valuesOf(view), ...view.properties.map((property) => property.schema.description)]
          .map((text) => plainText(text ?? ''))
          .join(' ')
          .slice(0, MOST_TEXT),
      };
    }),
  ];
}

/** The permissions and the editions that operations name. */
export function accessEntries(sites: readonly VersionSite[]): Entry[] {
  const operations = sites.flatMap(({ resources }) => resources.flatMap(({ operations }) => operations));
  const kinds = [
    { kind: 'permission', names: operations.flatMap(({ operation }) => operation.permission ?? []) },
    { kind: 'edition', names: operations.flatMap(({ operation }) => operation.editions ?? []) },
  ] as const;
  return kinds.flatMap(({ kind, names }) =>
    [...new Set(names)].map(
      (title): Entry => ({
        ...nothing,
        id: permissionLink(title),
        kind,
        title,
        place: '',
      }),
    ),
  );
}

const nothing = { endpoint: '', version: '', fields: '', words: '', text: '' };

function fieldsOfOperation({ parameters, body }: OperationView): string[] {
  return [
    ...parameters.flatMap(({ place, parameters: list }) => list.map(({ name }) => `${place}.${name}`)),
    ...new Set((body?.media ?? []).flatMap(({ schema }) => schema?.properties ?? []).map(({ name }) => `body.${name}`)),
  ];
}

function textOfOperation({ operation: { id, description, permission, editions }, parameters }: OperationView): string {
  const descriptions = parameters.flatMap(({ parameters: list }) => list.map(({ schema }) => schema.description ?? ''));
  return [id, description, permission ?? '', ...(editions ?? []), ...descriptions]
    .map(plainText)
    .join(' ')
    .slice(0, MOST_TEXT);
}

function valuesOf({ values }: SchemaView): string[] {
  return values.flatMap(({ value, name, meaning }) => [String(value), name ?? '', meaning ?? '']);
}

function textOf(html: string): string {
  const entities: Record<string, string> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#39': "'",
    '#10': ' ',
    '#123': '{',
  };
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&([^;\s]+);/g, (entity, name: string) => entities[name] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
