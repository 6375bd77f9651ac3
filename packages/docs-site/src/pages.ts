import { isReference, lookUp, nameOf, successOf } from '@comm100-openapi/description';
import { replacement } from './derived/migration.ts';
import { type Content, type Html, html, join } from './html/html.ts';
import { operationLink, slugOf, tagLink, versionLink } from './html/links.ts';
import { block, plainText } from './html/markdown.ts';
import { headingAnchor, operationList, operationSection } from './html/operation.ts';
import { schemaTable } from './html/schema.ts';
import { VERSIONS } from './model/bundle.ts';
import { plain, viewSchema } from './model/schema.ts';
import { type Resource, readSite, type VersionSite } from './model/site.ts';
import { snippetsOf } from './model/snippet.ts';

/** A page of the reference, ready for the dynamic route `[version]/[page].md`. */
export interface Page {
  params: { version: string; page: string; title: string; description: string; kind: 'index' | 'resource' | 'schemas' };
  content: string;
}

export function listPages(site: VersionSite): Page[] {
  return [indexPage(site), ...site.resources.map((resource) => resourcePage(site, resource)), schemasPage(site)];
}

const versionName = ({ document }: VersionSite) => `Version ${document.info.version}`;

/** The line above a title, with links to the version and to the same resource in the other version. */
function eyebrow(site: VersionSite, more?: Content): Html {
  return html`<p class="eyebrow"><a href="${versionLink(site.version)}">${versionName(site)}</a>${more !== undefined && more}</p>`;
}

function resourcePage(site: VersionSite, resource: Resource): Page {
  const { version, context } = site;
  const { tag, description, operations } = resource;
  const content = html`
    <div class="reference">
      ${eyebrow(site, otherVersions(site, tag))}
      <h1 id="${slugOf(tag)}" tabindex="-1">${tag}</h1>
      <div class="lead">${block(description)}</div>
      ${operationList(resource, ({ id }) => `#${id}`)}
      ${operations.map((view) => operationSection(view, snippetsOf(context, view.operation), version, replacement(site, view.operation.id)))}
    </div>`;
  return {
    params: { version, page: slugOf(tag), title: tag, description: plainText(description), kind: 'resource' },
    content: content.source,
  };
}

function otherVersions(site: VersionSite, tag: string): Content {
  const others = VERSIONS.filter((version) => version !== site.version).map(readSite);
  const withTag = others.filter(({ resources }) => resources.some((resource) => resource.tag === tag));
  return withTag.map(
    (other) =>
      html`<span class="eyebrow-other">also in <a href="${tagLink(other.version, tag)}">${versionName(other).toLowerCase()}</a></span>`,
  );
}

function indexPage(site: VersionSite): Page {
  const { document, version } = site;
  const title = `${versionName(site)}`;
  const content = html`
    <div class="reference">
      <p class="eyebrow">Reference</p>
      <h1 id="version" tabindex="-1">${versionName(site)}</h1>
      <div class="lead">${block(document.info.description ?? document.info.summary ?? '')}</div>
      <h2 id="operations" tabindex="-1">Operations${headingAnchor('operations', 'Operations')}</h2>
      <OperationIndex version="${version}"></OperationIndex>
    </div>`;
  return {
    params: { version, page: 'index', title, description: document.info.summary ?? '', kind: 'index' },
    content: content.source,
  };
}

/** Each schema once and one level deep; the names of types link to these sections. */
function schemasPage(site: VersionSite): Page {
  const { document, version } = site;
  const schemas = Object.entries(document.components?.schemas ?? {}).sort(([one], [other]) => one.localeCompare(other));
  const users = schemaUsers(site);
  const content = html`
    <div class="reference">
      ${eyebrow(site)}
      <h1 id="schemas" tabindex="-1">Schemas</h1>
      <div class="lead"><p>The ${schemas.length} named schemas of this version. The type of a field links to its schema.</p></div>
      ${schemas.map(([name, schema]) => {
        const view = viewSchema(document, schema);
        return html`
          <section class="schema-section" aria-labelledby="${name}">
            <h2 id="${name}" tabindex="-1">${name}${headingAnchor(name, name)}</h2>
            ${view.description !== undefined && html`<div class="lead">${block(view.description)}</div>`}
            ${schemaTable(view, { version, expand: false })}
            ${usedBy(site, users.get(name) ?? [])}
          </section>`;
      })}
    </div>`;
  return {
    params: {
      version,
      page: 'schemas',
      title: 'Schemas',
      description: `The named schemas of ${versionName(site).toLowerCase()}`,
      kind: 'schemas',
    },
    content: content.source,
  };
}

function usedBy({ version }: VersionSite, users: readonly User[]): Content {
  if (users.length === 0) return undefined;
  const links = users.map(({ tag, id, summary }) => html`<a href="${operationLink(version, tag, id)}">${summary}</a>`);
  if (links.length <= 6) return html`<p class="used-by">In ${join(links, ', ')}</p>`;
  return html`<details class="nested"><summary>In ${links.length} operations</summary><div class="nested-body"><p class="used-by">${join(links, ', ')}</p></div></details>`;
}

type User = Record<'tag' | 'id' | 'summary', string>;

/** The operations that use a schema, directly or through others. Errors do not count: all operations share theirs. */
function schemaUsers({ document, resources }: VersionSite): Map<string, User[]> {
  const users = new Map<string, User[]>();
  const visit = (value: unknown, user: User, seen: Set<string>) => {
    if (typeof value !== 'object' || value === null) return;
    if (isReference(value) && !seen.has(value.$ref)) {
      seen.add(value.$ref);
      const name = nameOf(value.$ref);
      if (value.$ref.startsWith('#/components/schemas/')) users.set(name, [...(users.get(name) ?? []), user]);
      visit(lookUp(document, value.$ref), user, seen);
    }
    for (const inner of Object.values(value)) visit(inner, user, seen);
  };
  for (const { tag, operations } of resources) {
    for (const { operation } of operations) {
      const { id, summary, parameters, body } = operation;
      visit([parameters, body?.node, successOf(operation)?.node], { tag, id, summary }, new Set());
    }
  }
  return users;
}

/** What the search finds: a section for each operation, with all the names and texts in it. */
export interface SearchSection {
  anchor: string;
  titles: string[];
  text: string;
}

export function searchSections(site: VersionSite, page: string): SearchSection[] {
  const resource = site.resources.find(({ tag }) => slugOf(tag) === page);
  if (!resource) return [];
  const parents = [versionName(site), resource.tag];
  return resource.operations.map(({ operation, body, parameters: groups, responses }) => {
    const { id, method, path, summary, description } = operation;
    const words = new Set<string>();
    for (const { parameters } of groups) collectProperties(parameters, words);
    for (const { schema } of [...(body?.media ?? []), ...responses.flatMap(({ media }) => media)]) {
      if (schema) collectSchema(schema, words);
    }
    return {
      anchor: id,
      titles: [...parents, summary],
      text: [`${method.toUpperCase()} ${path}`, id, plainText(description), ...words].join(' '),
    };
  });
}

type SchemaView = ReturnType<typeof viewSchema>;

function collectSchema(schema: SchemaView, words: Set<string>): void {
  if (schema.name !== undefined) words.add(schema.name);
  if (schema.named) words.add(plain(schema.type));
  for (const { value, name } of schema.values) {
    if (typeof value === 'string') words.add(value);
    if (name !== undefined) words.add(name);
  }
  collectProperties(schema.properties, words);
  for (const { options } of schema.variants) for (const option of options) collectSchema(option.schema, words);
  if (schema.items) collectSchema(schema.items, words);
  if (typeof schema.others === 'object') collectSchema(schema.others, words);
}

function collectProperties(properties: SchemaView['properties'], words: Set<string>): void {
  for (const { name, schema, aliases } of properties) {
    for (const word of [name, ...aliases]) words.add(word);
    if (schema.description !== undefined) words.add(plainText(schema.description));
    collectSchema(schema, words);
  }
}
