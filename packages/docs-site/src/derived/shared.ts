import type { Operation } from '@comm100-openapi/description';
import { type Content, type Html, html } from '../html/html.ts';
import { operationLink } from '../html/links.ts';
import { VERSIONS } from '../model/bundle.ts';
import { readSite, type VersionSite } from '../model/site.ts';

export function versionOf(text: string | undefined): VersionSite {
  const version = VERSIONS.find((known) => known === text);
  if (!version) throw new Error(`There is no version "${text}". Known are: ${VERSIONS.join(', ')}.`);
  return readSite(version);
}

export const allSites = () => VERSIONS.map(readSite);
export const nameOfVersion = ({ document }: VersionSite) => document.info.version;

export function operationOf(site: VersionSite, id: string | undefined): { tag: string; operation: Operation } {
  for (const { tag, operations } of site.resources) {
    const found = operations.find(({ operation }) => operation.id === id);
    if (found) return { tag, operation: found.operation };
  }
  throw new Error(`Version ${nameOfVersion(site)} has no operation "${id}".`);
}

export function operationLinkOf(site: VersionSite, tag: string, id: string, text: Content): Html {
  return html`<a href="${operationLink(site.version, tag, id)}">${text}</a>`;
}

/** A table. @throws {Error} when a row has not as many cells as there are heads. */
export function table(heads: readonly string[], rows: readonly (readonly Content[])[]): Html {
  const wrong = rows.find((cells) => cells.length !== heads.length);
  if (wrong) throw new Error(`A row of the table with ${heads.join(', ')} has ${wrong.length} cells.`);
  return html`
    <div class="table-frame" tabindex="0"><table>
      <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${rows.map((cells) => html`<tr>${cells.map((cell, index) => html`<td data-head="${heads[index]}">${cell}</td>`)}</tr>`)}</tbody>
    </table></div>`;
}

/** Operations that can be called; webhooks are not. */
export const countOperations = ({ resources }: VersionSite) => count(resources, false);
export const countEvents = ({ resources }: VersionSite) => count(resources, true);

function count(resources: VersionSite['resources'], isWebhook: boolean): number {
  return resources.flatMap(({ operations }) => operations.filter(({ operation }) => operation.isWebhook === isWebhook))
    .length;
}
