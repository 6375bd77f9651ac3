import { codeBlock } from '../html/code.ts';
import { type Content, type Html, html } from '../html/html.ts';
import { block, inline } from '../html/markdown.ts';
import { headingAnchor } from '../html/operation.ts';
import { evidenceNotes } from '../html/schema.ts';
import { tabs } from '../html/tabs.ts';
import { VERSIONS } from '../model/bundle.ts';
import { prettyJson } from '../model/literal.ts';
import type { Response } from '../model/openapi.ts';
import { viewExamples, viewResponse } from '../model/operation.ts';
import { resolve } from '../model/resolve.ts';
import type { VersionSite } from '../model/site.ts';
import { allSites, nameOfVersion } from './shared.ts';

function responseOf(component: string): Response {
  for (const { document } of allSites()) {
    const found = document.components?.responses?.[component];
    if (found) return resolve<Response>(document, found);
  }
  throw new Error(`There is no shared response "${component}".`);
}

export const errorDescription = (component = '') => block(responseOf(component).description);

interface SharedError {
  site: VersionSite;
  status: string;
  component: string;
  versions: Set<string>;
  tags: Set<string>;
  uses: number;
}

/** The refusals that operations share, by status, the most common first; what the versions say differently stands twice. */
function sharedErrors(): SharedError[] {
  const found = new Map<string, SharedError>();
  for (const site of allSites()) {
    for (const { tag, operations } of site.resources) {
      for (const { status, component } of operations.flatMap(({ view }) => view.errors)) {
        if (component === undefined) continue;
        const key = JSON.stringify([status, component, site.document.components?.responses?.[component]]);
        const entry = found.get(key) ?? { site, status, component, versions: new Set(), tags: new Set(), uses: 0 };
        entry.versions.add(nameOfVersion(site));
        entry.tags.add(tag);
        entry.uses += 1;
        found.set(key, entry);
      }
    }
  }
  return [...found.values()].sort((one, other) => one.status.localeCompare(other.status) || other.uses - one.uses);
}

export function errors(): Content {
  const all = sharedErrors();
  return all.map(({ site, status, component, versions, tags }, index) => {
    const view = viewResponse(site.document, status, { $ref: `#/components/responses/${component}` });
    const isUsual = all.findIndex((other) => other.status === status) === index;
    const hasTwin = all.some((other, at) => at < index && other.component === component);
    const id = hasTwin ? `${component}-${site.version}` : component;
    const where = isUsual ? '' : `, ${tags.size <= 3 ? [...tags].join(' and ') : component}`;
    const when = versions.size < VERSIONS.length ? ` (version ${[...versions].join(' and ')})` : '';
    return html`
      <h3 id="${id}" tabindex="-1">${isUsual && html`<span id="${`status-${status}`}"></span>`}${status}${where}${when}${headingAnchor(id, status)}</h3>
      ${block(view.description)}
      ${evidenceNotes(view.evidence)}
      ${tabs(
        id,
        'Cause',
        view.media.flatMap(({ examples }) =>
          examples.map(({ summary, value }) => ({
            label: inline(summary),
            panel: codeBlock(prettyJson(value), 'json', summary),
          })),
        ),
      )}`;
  });
}

export function errorExample(component = '', name = ''): Html {
  const site = allSites().find(({ document }) => document.components?.responses?.[component]);
  const media = Object.values(responseOf(component).content ?? {});
  const example = site && media.flatMap((it) => viewExamples(site.document, it)).find((it) => it.name === name);
  if (!example) throw new Error(`The shared response "${component}" has no example "${name}".`);
  return codeBlock(prettyJson(example.value), 'json', example.summary);
}
