import { aliasesOf, formOf, type Schema } from '@comm100-openapi/description';
import { type Html, html, join } from '../html/html.ts';
import { schemaLink } from '../html/links.ts';
import { inline } from '../html/markdown.ts';
import { evidenceNotes } from '../html/schema.ts';
import { evidenceIn, plain } from '../model/schema.ts';
import type { VersionSite } from '../model/site.ts';
import { allSites, nameOfVersion, operationLinkOf, table } from './shared.ts';

/** The named formats: strings of a certain form that several fields share. */
export function formats(): Html {
  const rows = new Map<string, { name: string; schema: Schema; sites: VersionSite[] }>();
  for (const site of allSites()) {
    for (const [name, schema] of Object.entries(site.document.components?.schemas ?? {})) {
      if (schema.type !== 'string' || !(schema.pattern ?? schema.format ?? formOf(schema))) continue;
      const key = JSON.stringify([name, schema]);
      rows.set(key, { name, schema, sites: [...(rows.get(key)?.sites ?? []), site] });
    }
  }
  if (rows.size === 0) return html`<p>There are none.</p>`;
  return table(
    ['Name', 'Form', 'Version'],
    [...rows.values()].map(({ name, schema, sites: [site, ...others] }) => [
      site && html`<a href="${schemaLink(site.version, name)}">${name}</a>`,
      [inline(schema.description ?? ''), evidenceNotes(evidenceIn(schema))],
      site && [site, ...others].map(nameOfVersion).join(', '),
    ]),
  );
}

export function aliases(): Html {
  const rows = allSites().flatMap((site) =>
    Object.entries(site.document.components?.schemas ?? {}).flatMap(([name, schema]) =>
      Object.entries(schema.properties ?? {}).flatMap(([property, node]) => {
        const list = aliasesOf(node);
        return list.length > 0
          ? [
              [
                html`<a href="${schemaLink(site.version, name)}">${name}</a>`,
                html`<code>${property}</code>`,
                join(
                  list.map((alias) => html`<code>${alias}</code>`),
                  ', ',
                ),
                nameOfVersion(site),
              ],
            ]
          : [];
      }),
    ),
  );
  return rows.length > 0 ? table(['Schema', 'Name', 'Also accepted', 'Version'], rows) : html`<p>There are none.</p>`;
}

/** The media types of the request bodies of each version. */
export function mediaTypes(): Html {
  const rows = allSites().flatMap((site) => {
    const bodies = site.resources.flatMap(({ operations }) => operations.flatMap(({ body }) => body?.media ?? []));
    const byType = Map.groupBy(bodies, ({ type }) => type);
    return [...byType].map(([type, list]) => [nameOfVersion(site), html`<code>${type}</code>`, String(list.length)]);
  });
  return table(['Version', 'Body of a request', 'Operations'], rows);
}

/** Operations whose response is JSON, but neither an object nor a list. */
export function textResponses(): Html {
  const rows = allSites().flatMap((site) =>
    site.resources.flatMap(({ tag, operations }) =>
      operations.flatMap(({ operation, responses }) => {
        const schema = responses[0]?.media[0]?.schema;
        const isScalar = schema && !schema.items && schema.properties.length === 0 && schema.variants.length === 0;
        return isScalar && schema.others === undefined
          ? [[operationLinkOf(site, tag, operation.id, operation.summary), plain(schema.type), nameOfVersion(site)]]
          : [];
      }),
    ),
  );
  return rows.length > 0 ? table(['Operation', 'Response', 'Version'], rows) : html`<p>There are none.</p>`;
}
