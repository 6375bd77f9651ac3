import { methods, type Operation } from '@comm100-openapi/description';
import { counterpart, otherPages } from './derived/migration.ts';
import { countEvents, countOperations } from './derived/shared.ts';
import { aboutOthers, versionNotice } from './derived/start.ts';
import { type Content, type Html, html, join } from './html/html.ts';
import {
  operationLink,
  operationPage,
  schemaLink,
  schemaPage,
  schemasLink,
  slugOf,
  tagLink,
  versionLink,
} from './html/links.ts';
import { block, plainText } from './html/markdown.ts';
import { headingAnchor, operationList, operationSection } from './html/operation.ts';
import { breakable, schemaTable } from './html/schema.ts';
import { VERSIONS } from './model/bundle.ts';
import type { OperationView } from './model/operation.ts';
import { viewSchema } from './model/schema.ts';
import { readSchemas, type SchemaGroup, type SchemaUser, schemaTitle } from './model/schemas.ts';
import type { Resource, VersionSite } from './model/site.ts';
import { snippetsOf } from './model/snippet.ts';

/** A page of the reference, ready for the dynamic route `[version]/[page].md`. */
export interface Page {
  params: {
    version: string;
    page: string;
    title: string;
    description: string;
    kind: 'index' | 'resource' | 'schemas';
    /** For the side bar: the page of the resource, and its operations with the page of each. */
    resource?: { page: string; operations: { page: string; id: string; method: string; summary: string }[] };
  };
  content: string;
}

export function listPages(site: VersionSite): Page[] {
  return [
    indexPage(site),
    ...site.resources.flatMap((resource) => [
      resourcePage(site, resource),
      ...(resource.hasPages ? resource.operations.map((view) => operationPageOf(site, resource, view)) : []),
    ]),
    schemaIndexPage(site),
    ...readSchemas(site.version).groups.map((group) => schemasPage(site, group)),
  ];
}

const versionName = ({ document }: VersionSite) => `Version ${document.info.version}`;

/** The line above a title, with links to the version and to the same resource in the other version. */
function eyebrow(site: VersionSite, more?: Content): Html {
  return html`<p class="eyebrow"><a href="${versionLink(site.version)}">${versionName(site)}</a>${more !== undefined && more}</p>`;
}

function resourcePage(site: VersionSite, resource: Resource): Page {
  const { version } = site;
  const { tag, description, operations, hasPages } = resource;
  const linkOf = ({ id }: Operation) => (hasPages ? operationLink(version, tag, id) : `#${id}`);
  const content = html`
    <div class="reference">
      ${eyebrow(site, otherVersions(site, tag))}
      <h1 id="${slugOf(tag)}" tabindex="-1">${tag}</h1>
      <div class="lead">${block(description)}</div>
      ${operationList(resource, linkOf, hasPages)}
      ${!hasPages && operations.map((view) => section(site, view, 2))}
    </div>`;
  return {
    params: {
      version,
      page: slugOf(tag),
      title: tag,
      description: plainText(description),
      kind: 'resource',
      resource: sideBarOf(site, resource),
    },
    content: content.source,
  };
}

/** An operation of a resource with many. */
function operationPageOf(site: VersionSite, resource: Resource, view: OperationView): Page {
  const { version } = site;
  const { id, summary, description } = view.operation;
  const content = html`
    <div class="reference">
      ${eyebrow(site, html`<a href="${tagLink(version, resource.tag)}">${resource.tag}</a>`)}
      ${section(site, view, 1)}
    </div>`;
  return {
    params: {
      version,
      page: operationPage(version, resource.tag, id),
      title: summary,
      description: plainText(description),
      kind: 'resource',
      resource: sideBarOf(site, resource),
    },
    content: content.source,
  };
}

function section(site: VersionSite, view: OperationView, level: 1 | 2): Html {
  const { operation } = view;
  return operationSection(
    view,
    snippetsOf(site.context, operation),
    site.version,
    level,
    counterpart(site, operation.id),
  );
}

function sideBarOf({ version }: VersionSite, { tag, operations }: Resource): NonNullable<Page['params']['resource']> {
  return {
    page: slugOf(tag),
    operations: operations.map(({ operation: { id, method, isWebhook, summary } }) => ({
      page: operationPage(version, tag, id),
      id,
      method: isWebhook ? 'event' : method,
      summary,
    })),
  };
}

function otherVersions(site: VersionSite, tag: string): Content {
  return otherPages(site, tag).map(({ site: other, tag: its }) => {
    const direction = VERSIONS.indexOf(other.version) < VERSIONS.indexOf(site.version) ? 'newer' : 'older';
    return html`<a href="${tagLink(other.version, its)}">${its} in ${versionName(other).toLowerCase()}, ${direction}</a>`;
  });
}

function indexPage(site: VersionSite): Page {
  const { document, version } = site;
  const title = `${versionName(site)}`;
  const content = html`
    <div class="reference">
      <p class="eyebrow">Reference</p>
      <h1 id="version" tabindex="-1">${versionName(site)}</h1>
      ${versionNotice(site)}
      <div class="lead">${block((document.info.description ?? document.info.summary ?? '').replace(aboutOthers, ''))}</div>
      <h2 id="operations" tabindex="-1">Operations${headingAnchor('operations', 'Operations')}</h2>
      <form class="filter">
        <input type="search" name="words" aria-label="Filter operations" placeholder="Filter by path, name or resource" autocomplete="off" spellcheck="false">
        <select name="method" aria-label="Method" autocomplete="off"><option value="">All methods</option>${methods.map((name) => html`<option value="${name}">${name.toUpperCase()}</option>`)}</select>
        <output>${countOperations(site)} operations${countEvents(site) > 0 && `, ${countEvents(site)} events`}</output>
      </form>
      ${site.resources.map(
        (resource) => html`
          <section class="index-resource">
            <h3 id="${slugOf(resource.tag)}"><a href="${tagLink(version, resource.tag)}">${resource.tag}</a></h3>
            ${operationList(resource, ({ id }) => operationLink(version, resource.tag, id))}
          </section>`,
      )}
    </div>`;
  return {
    params: { version, page: 'index', title, description: document.info.summary ?? '', kind: 'index' },
    content: content.source,
  };
}

/** The names of all schemas. Each has the anchor of its own, too, so that the address with all schemas on a page still leads to it. */
function schemaIndexPage(site: VersionSite): Page {
  const { version } = site;
  const { groups, groupOf } = readSchemas(version);
  const content = html`
    <div class="reference">
      ${eyebrow(site)}
      <h1 id="schemas" tabindex="-1">Schemas</h1>
      ${versionNotice(site)}
      <div class="lead"><p>The ${groupOf.size} named schemas of this version, by the resource that they belong to. The type of a field links to its schema, and the search finds fields by name.</p></div>
      ${groups.map(
        ({ tag, names }) => html`
          <h2 id="${schemaPage(tag)}" tabindex="-1"><a href="${`/${version}/${schemaPage(tag)}.html`}">${tag ?? schemaTitle(tag)}</a></h2>
          <ul class="names">${names.map((name) => html`<li id="${name}"><a href="${schemaLink(version, name)}">${breakable(name)}</a></li>`)}</ul>`,
      )}
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

/** The schemas of a resource, each one level deep; the names of types link to these sections. */
function schemasPage(site: VersionSite, { tag, names }: SchemaGroup): Page {
  const { document, version } = site;
  const { usersOf } = readSchemas(version);
  const title = schemaTitle(tag);
  const ids = new Set(names);
  const content = html`
    <div class="reference">
      ${eyebrow(site, [html`<a href="${schemasLink(version)}">Schemas</a>`, tag !== undefined && html`<a href="${tagLink(version, tag)}">Operations</a>`])}
      <h1 id="${schemaPage(tag)}" tabindex="-1">${title}</h1>
      ${names.length > 1 && html`<ul class="names">${names.map((name) => html`<li><a href="#${name}">${breakable(name)}</a></li>`)}</ul>`}
      ${names.map((name) => {
        const view = viewSchema(document, document.components?.schemas?.[name] ?? {});
        return html`
          <section class="schema-section" aria-labelledby="${name}">
            <h2 id="${name}" tabindex="-1">${name}${headingAnchor(name, name)}</h2>
            ${view.description !== undefined && html`<div class="lead">${block(view.description)}</div>`}
            ${schemaTable(view, { version, expand: false, anchor: name, ids })}
            ${usedBy(site, usersOf.get(name) ?? [])}
          </section>`;
      })}
    </div>`;
  return {
    params: {
      version,
      page: schemaPage(tag),
      title,
      description: `${title}, ${versionName(site).toLowerCase()}`,
      kind: 'schemas',
    },
    content: content.source,
  };
}

function usedBy({ version }: VersionSite, users: readonly SchemaUser[]): Content {
  if (users.length === 0) return undefined;
  const links = users.map(({ tag, id, summary }) => html`<a href="${operationLink(version, tag, id)}">${summary}</a>`);
  if (links.length <= 6) return html`<p class="used-by">In ${join(links, ', ')}</p>`;
  return html`<details><summary>In ${links.length} operations</summary><div class="nested-body"><p class="used-by">${join(links, ', ')}</p></div></details>`;
}
