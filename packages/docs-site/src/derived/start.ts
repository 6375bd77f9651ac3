import { type Html, html } from '../html/html.ts';
import { downloadLink, tagLink, versionLink } from '../html/links.ts';
import type { VersionSite } from '../model/site.ts';
import { allSites, countEvents, countOperations, nameOfVersion } from './shared.ts';

export function resources(site: VersionSite): Html {
  const { version } = site;
  return html`
    <p class="resources-head">
      <a href="${versionLink(version)}">Version ${nameOfVersion(site)}</a>
      <span class="count">${countOperations(site)} operations${countEvents(site) > 0 && `, ${countEvents(site)} events`}</span>
    </p>
    <ul class="resources">
      ${site.resources.map(
        ({ tag, operations }) =>
          html`<li><a href="${tagLink(version, tag)}">${tag}</a><span class="count">${operations.length}</span></li>`,
      )}
    </ul>`;
}

export function downloads(): Html {
  return html`
    <ul class="downloads">
      ${allSites().map(
        (site) => html`
          <li>
            <span>Version ${nameOfVersion(site)}</span>
            ${(['json', 'yaml'] as const).map((extension) => html`<a href="${downloadLink(site.version, extension)}" target="_self" download>${extension.toUpperCase()}</a>`)}
          </li>`,
      )}
    </ul>`;
}
