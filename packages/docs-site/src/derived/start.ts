import { type Html, html } from '../html/html.ts';
import { downloadLink, tagLink, versionLink } from '../html/links.ts';
import { inline } from '../html/markdown.ts';
import { readSite, type VersionSite } from '../model/site.ts';
import { allSites, countEvents, countOperations, nameOfVersion } from './shared.ts';

export function resources(site: VersionSite): Html {
  const { version } = site;
  return html`
    <p>
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

/** The sentence of the description on the accounts that use another version of the API. */
export const aboutOthers = /[^.\n]*\bversion 3\.0\b[^.]*(?:\.\d[^.]*)*\./;

/** What every index begins with: which accounts this description is not for. */
export function versionNotice(site: VersionSite = readSite('v2')): Html {
  const [sentence] = aboutOthers.exec(site.document.info.description ?? '') ?? [];
  if (sentence === undefined) throw new Error('The description does not say which accounts use version 3.0.');
  return html`<p class="notice">${inline(sentence.trim())} <a href="/#which-version-is-mine">Which version is mine?</a></p>`;
}
