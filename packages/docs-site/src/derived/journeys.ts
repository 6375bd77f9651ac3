import { type Content, type Html, html } from '../html/html.ts';
import { journeysLink, slugOf } from '../html/links.ts';
import { inline } from '../html/markdown.ts';
import { headingAnchor } from '../html/operation.ts';
import { type Criterion, type JourneyStep, readJourneys } from '../model/journeys.ts';
import { nameOfVersion, operationLinkOf, operationOf, versionOf } from './shared.ts';

/** The journeys, each with its steps: what it is for, its operation, and what must be true of the response. */
export function journeys(): Content {
  return readJourneys().map(({ workflowId, summary, description, steps }) => {
    const id = slugOf(summary);
    return html`
      <h2 id="${id}" tabindex="-1">${summary}${headingAnchor(id, summary)}</h2>
      <p>${inline(description)} In the file: <code>${workflowId}</code>.</p>
      <ol>${steps.map(item)}</ol>`;
  });
}

function item({ stepId, description, operationId, successCriteria }: JourneyStep): Html {
  const [, version, id] = operationId.split('.');
  const site = versionOf(version);
  const { tag, operation } = operationOf(site, id);
  return html`
    <li>
      <p>${inline(description)} <code>${stepId}</code>: ${operationLinkOf(site, tag, operation.id, operation.summary)}, version ${nameOfVersion(site)}.</p>
      <ul>${successCriteria.map((criterion) => html`<li>${words(criterion)}</li>`)}</ul>
    </li>`;
}

function words({ type, context, condition }: Criterion): Html {
  if (type === undefined) return html`<code>${condition}</code>`;
  return type === 'regex'
    ? html`<code>${context ?? ''}</code> has <code>${condition}</code>`
    : html`<code>${condition}</code> is in <code>${context ?? ''}</code>`;
}

export const journeyFile = () =>
  html`<a href="${journeysLink}" target="_self" download>comm100-journeys.arazzo.yaml</a>`;
