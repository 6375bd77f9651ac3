import { type Content, type Html, html } from '../html/html.ts';
import { journeysLink, slugOf } from '../html/links.ts';
import { inline } from '../html/markdown.ts';
import { headingAnchor } from '../html/operation.ts';
import { type Criterion, type JourneyStep, readJourneys } from '../model/journeys.ts';
import { nameOfVersion, operationLinkOf, operationOf, table, versionOf } from './shared.ts';

/** The journeys, each with its steps in a table. */
export function journeys(): Content {
  return readJourneys().map(({ workflowId, summary, description, steps }) => {
    const id = slugOf(summary);
    return html`
      <h2 id="${id}" tabindex="-1">${summary}${headingAnchor(id, summary)}</h2>
      <p>${inline(description)} In the file: <code>${workflowId}</code>.</p>
      ${table(['Step', 'Operation', 'Expected'], steps.map(row))}`;
  });
}

function row({ stepId, description, operationId, successCriteria }: JourneyStep): Content[] {
  const [, version, operation] = operationId.split('.');
  const site = versionOf(version);
  const { tag, operation: found } = operationOf(site, operation);
  return [
    html`<div><code>${stepId}</code></div><div>${inline(description)}</div>`,
    html`${operationLinkOf(site, tag, found.id, found.summary)}, version ${nameOfVersion(site)}`,
    successCriteria.map((criterion) => html`<div>${words(criterion)}</div>`),
  ];
}

function words({ type, context, condition }: Criterion): Html {
  if (type === undefined) return html`<code>${condition}</code>`;
  return type === 'regex'
    ? html`<code>${context ?? ''}</code> has <code>${condition}</code>`
    : html`<code>${condition}</code> is in <code>${context ?? ''}</code>`;
}

export const journeyFile = () =>
  html`<a href="${journeysLink}" target="_self" download>comm100-journeys.arazzo.yaml</a>`;
