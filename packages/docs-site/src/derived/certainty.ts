import { type Content, type Html, html, join } from '../html/html.ts';
import { errorLink, hostsLink, operationLink, schemaLink } from '../html/links.ts';
import { inline } from '../html/markdown.ts';
import { headingAnchor } from '../html/operation.ts';
import type { Version } from '../model/bundle.ts';
import { type EvidenceItem, listEvidence } from '../model/evidence.ts';
import type { VersionSite } from '../model/site.ts';
import { allSites, nameOfVersion, table } from './shared.ts';

/** All marks of a version. A note is shown once, with all the places that have it. */
export function evidence(site: VersionSite): Content {
  const items = listEvidence(site);
  const marks = [...new Set(items.map(({ mark }) => mark))].sort();
  return marks.map((mark) => {
    const notes = Map.groupBy(
      items.filter((item) => item.mark === mark),
      ({ note }) => note,
    );
    const id = `${site.version}-${mark}`;
    return html`
      <h3 id="${id}" tabindex="-1">${mark}${headingAnchor(id, mark)}</h3>
      <ul class="fields">
        ${[...notes].map(
          ([note, places]) => html`
            <li class="field">
              <p class="limits">${join(
                places.map((place) => placeLink(site.version, place)),
                ', ',
              )}</p>
              <p>${inline(note)}</p>
            </li>`,
        )}
      </ul>`;
  });
}

function placeLink(version: Version, { target, where }: EvidenceItem): Content {
  if (!target) return html`<span>${where}</span>`;
  if ('schema' in target) return html`<a href="${schemaLink(version, target.schema)}"><code>${where}</code></a>`;
  if ('hosts' in target) return html`<a href="${hostsLink}">${where}</a>`;
  if ('error' in target) return html`<a href="${errorLink(target.error.status, target.error.component)}">${where}</a>`;
  return html`<a href="${operationLink(version, target.operation.tag, target.operation.id)}">${where}</a>`;
}

export function evidenceCount(): Html {
  const sites = allSites().map((site) => ({ site, byMark: Map.groupBy(listEvidence(site), ({ mark }) => mark) }));
  const marks = [...new Set(sites.flatMap(({ byMark }) => [...byMark.keys()]))].sort();
  return table(
    ['Places', ...sites.map(({ site }) => `Version ${nameOfVersion(site)}`)],
    marks.map((mark) => [
      mark,
      ...sites.map(({ site, byMark }) => {
        const count = byMark.get(mark)?.length;
        return count === undefined
          ? '0'
          : html`<a href="/guide/certainty.html#${`${site.version}-${mark}`}">${count}</a>`;
      }),
    ]),
  );
}
