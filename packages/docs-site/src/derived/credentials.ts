import { securitySchemesOf } from '@comm100-openapi/description';
import { codeBlock, codeGroup } from '../html/code.ts';
import { type Content, html } from '../html/html.ts';
import { block } from '../html/markdown.ts';
import { credentialName, type Fact, facts, headingAnchor, methodBadge, pathText } from '../html/operation.ts';
import { evidenceNotes } from '../html/schema.ts';
import { evidenceIn } from '../model/schema.ts';
import type { VersionSite } from '../model/site.ts';
import { setup, tokenCommand, tokenEndpoint } from '../model/snippet.ts';
import { allSites, countOperations, nameOfVersion, operationLinkOf, operationOf } from './shared.ts';

const SENT_AS: Record<string, string> = { basic: 'Authorization: Basic', bearer: 'Authorization: Bearer' };

export function credentials(): Content {
  const names = new Set(allSites().flatMap(({ document }) => [...securitySchemesOf(document).keys()]));
  return [...names].map((name) => {
    const sites = allSites().filter(({ document }) => securitySchemesOf(document).has(name));
    const [site] = sites;
    const scheme = site && securitySchemesOf(site.document).get(name);
    if (!site || !scheme) return undefined;
    const endpoint = tokenEndpoint(site.document, name);
    const counts = sites.map(
      (it) => `${countAccepting(it, name)} of ${countOperations(it)} operations of version ${nameOfVersion(it)}`,
    );
    const rows: Fact[] = [
      ['Sent as', html`<code>${SENT_AS[scheme.scheme ?? ''] ?? scheme.scheme ?? scheme.type}</code>`],
      ['Accepted by', counts.join(', ')],
    ];
    if (endpoint) {
      const { tag } = operationOf(site, endpoint.id);
      rows.push([
        'Token from',
        html`${methodBadge(endpoint.method)} ${operationLinkOf(site, tag, endpoint.id, html`<code>${pathText(endpoint.path)}</code>`)}`,
      ]);
    }
    const token = tokenCommand(site.context, name);
    return html`
      <h3 id="${name}" tabindex="-1">${credentialName(name, scheme)}${headingAnchor(name, credentialName(name, scheme))}</h3>
      ${block(scheme.description ?? '')}
      ${evidenceNotes(evidenceIn(scheme))}
      ${facts(rows)}
      ${token !== undefined && codeBlock(token, 'sh')}
      ${codeGroup(`setup-${name}`, setup(site.context, name))}`;
  });
}

function countAccepting({ resources }: VersionSite, scheme: string): number {
  const all = resources.flatMap(({ operations }) => operations);
  return all.filter(({ operation: { isWebhook, schemes } }) => !isWebhook && schemes.includes(scheme)).length;
}
