import { codeBlock } from '../html/code.ts';
import { type Content, html } from '../html/html.ts';
import { block } from '../html/markdown.ts';
import { type Fact, facts, headingAnchor, methodBadge, pathText } from '../html/operation.ts';
import { evidenceNotes } from '../html/schema.ts';
import { tabs } from '../html/tabs.ts';
import { credentialsOf, type Located, securitySchemes } from '../model/operation.ts';
import { evidenceOf } from '../model/schema.ts';
import type { VersionSite } from '../model/site.ts';
import { clientSetup, curlSnippet, tokenEndpoint } from '../model/snippet.ts';
import { allSites, countOperations, nameOfVersion, operationLinkOf, operationOf } from './shared.ts';

const SENT_AS: Record<string, string> = { basic: 'Authorization: Basic', bearer: 'Authorization: Bearer' };

export function credentials(): Content {
  const names = new Set(allSites().flatMap(({ document }) => [...securitySchemes(document).keys()]));
  return [...names].map((name) => {
    const sites = allSites().filter(({ document }) => securitySchemes(document).has(name));
    const [site] = sites;
    const scheme = site && securitySchemes(site.document).get(name);
    if (!site || !scheme) return undefined;
    const endpoint = tokenEndpoint(site.document, name);
    const takers = sites.map(
      (it) => `${countTakers(it, name)} of ${countOperations(it)} operations of version ${nameOfVersion(it)}`,
    );
    const rows: Fact[] = [
      ['Sent as', html`<code>${SENT_AS[scheme.scheme ?? ''] ?? scheme.scheme ?? scheme.type}</code>`],
      ['Taken by', takers.join(', ')],
    ];
    if (endpoint) {
      const { tag, operation } = operationOf(site, endpoint.operation.operationId);
      rows.push([
        'Token from',
        html`${methodBadge(endpoint.method)} ${operationLinkOf(site, tag, operation.operationId, html`<code>${pathText(endpoint.path)}</code>`)}`,
      ]);
    }
    return html`
      <h3 id="${name}" tabindex="-1">${name}${headingAnchor(name, name)}</h3>
      ${block(scheme.description ?? '')}
      ${evidenceNotes(evidenceOf(scheme))}
      ${facts(rows)}
      ${tabs(
        `credential-${name}`,
        'Language',
        [
          ...(endpoint
            ? [
                {
                  label: 'curl',
                  panel: codeBlock(curlSnippet(site.context, endpoint), 'sh', `Asking for the token of ${name}`),
                },
              ]
            : []),
          { label: 'TypeScript', panel: codeBlock(clientSetup(site.context, [name]), 'ts', `A client with ${name}`) },
        ],
        'language',
      )}`;
  });
}

function countTakers({ document, resources }: VersionSite, scheme: string): number {
  const takes = ({ operation, isWebhook }: Located) =>
    !isWebhook && credentialsOf(document, operation).includes(scheme);
  return resources.flatMap(({ operations }) => operations.filter(({ located }) => takes(located))).length;
}
