import type { Version } from '../model/bundle.ts';
import { prettyJson } from '../model/literal.ts';
import type { MediaView, OperationView, ResponseView } from '../model/operation.ts';
import type { EvidenceView } from '../model/schema.ts';
import type { Resource } from '../model/site.ts';
import type { Snippet } from '../model/snippet.ts';
import { codeBlock, type Language } from './code.ts';
import { type Content, type Html, html, join } from './html.ts';
import { credentialLink, errorLink } from './links.ts';
import { block, inline } from './markdown.ts';
import { evidenceNotes, memberTable, type SchemaOptions, schemaTable } from './schema.ts';
import { type Tab, tabs } from './tabs.ts';

const PLACES = { path: 'Path parameters', query: 'Query parameters', header: 'Headers', cookie: 'Cookies' };

export function methodBadge(method: string, isWebhook = false): Html {
  return html`<span class="method method-${isWebhook ? 'event' : method}">${isWebhook ? 'event' : method.toUpperCase()}</span>`;
}

/** A path that may break after each slash. */
export function pathText(path: string): Content {
  return join(path.split(/(?<=\/)/), html`<wbr>`);
}

/** The operations of a resource at a glance. */
export function operationList({ operations }: Resource, linkOf: (view: OperationView) => string): Html {
  return html`
    <ul class="contents">
      ${operations.map(
        ({ view }) => html`
          <li>
            <a href="${linkOf(view)}">
              ${methodBadge(view.method, view.isWebhook)}
              <span class="contents-summary">${view.summary}</span>
              <code>${pathText(view.path)}</code>
            </a>
          </li>`,
      )}
    </ul>`;
}

export function headingAnchor(id: string, text: string): Html {
  return html` <a class="header-anchor" href="#${id}" aria-label="${`Link to: ${text}`}"></a>`;
}

/** Everything that there is to say of an operation: the words on the left, what to send and what comes back on the right. */
export function operationSection(
  view: OperationView,
  snippets: readonly Snippet[],
  version: Version,
  moreFacts: readonly Fact[] = [],
): Html {
  const { id } = view;
  const options: SchemaOptions = { version, expand: true };
  return html`
    <section class="operation" aria-labelledby="${id}">
      <h2 id="${id}" tabindex="-1">${view.summary}${headingAnchor(id, view.summary)}</h2>
      <p class="endpoint">${methodBadge(view.method, view.isWebhook)}<code>${pathText(view.path)}</code></p>
      <div class="operation-columns">
        <div class="operation-words">
          ${view.isDeprecated && html`<p class="flag">deprecated</p>`}
          <div class="lead">${block(view.description)}</div>
          ${evidenceNotes(view.evidence)}
          ${facts([...factsOf(view), ...moreFacts])}
          ${view.parameters.map(
            ({ place, parameters }) => html`
              <h3 id="${`${id}-${place}`}">${PLACES[place]}</h3>
              ${memberTable(parameters, { ...options, direction: 'request' })}`,
          )}
          ${view.body && [html`<h3 id="${`${id}-body`}">Body${!view.body.isRequired && html`<span class="flag">optional</span>`}</h3>`, bodyWords(view, view.body, { ...options, direction: 'request' })]}
          <h3 id="${`${id}-answer`}">Answer</h3>
          ${view.answers.map((answer) => answerWords(view, answer, { ...options, direction: 'answer' }))}
          ${errors(view.errors)}
        </div>
        <div class="operation-samples">${samples(view, snippets)}</div>
      </div>
    </section>`;
}

/** A term and what it is here. */
export type Fact = [term: string, words: Content];

function factsOf(view: OperationView): Fact[] {
  const rows: Fact[] = [];
  if (!view.isWebhook) {
    const links = view.credentials.map((name) => html`<a href="${credentialLink(name)}">${name}</a>`);
    rows.push(['Credentials', links.length > 0 ? join(links, ' or ') : 'none']);
  }
  if (view.permissions.length > 0) rows.push(['Permission', view.permissions.join(', ')]);
  if (view.editions.length > 0) rows.push(['Edition', view.editions.join(', ')]);
  if (view.aliases.length > 0)
    rows.push([
      'Also at',
      join(
        view.aliases.map((path) => html`<code>${pathText(path)}</code>`),
        ', ',
      ),
    ]);
  if (view.source) rows.push(['Documented in', html`${view.source.document}, “${view.source.heading}”`]);
  return rows;
}

export function facts(rows: readonly Fact[]): Html {
  return html`<dl class="facts">${rows.map(([term, words]) => html`<div><dt>${term}</dt><dd>${words}</dd></div>`)}</dl>`;
}

function bodyWords(view: OperationView, body: NonNullable<OperationView['body']>, options: SchemaOptions): Content {
  return [
    html`<p class="intro">${inline(body.description)} ${mediaTypes(body.media)}</p>`,
    evidenceNotes(withoutRepeats(body.evidence, view.evidence)),
    schemas(view, body.media, options),
  ];
}

/** A body or an answer often carries the note of its operation; once is enough. */
function withoutRepeats(evidence: readonly EvidenceView[], known: readonly EvidenceView[]): EvidenceView[] {
  return evidence.filter(({ note }) => note === undefined || !known.some((other) => other.note === note));
}

function schemas(view: OperationView, media: readonly MediaView[], options: SchemaOptions): Content {
  return media.map(
    ({ schema }) =>
      schema && schemaTable({ ...schema, evidence: withoutRepeats(schema.evidence, view.evidence) }, options),
  );
}

function answerWords(view: OperationView, answer: ResponseView, options: SchemaOptions): Content {
  return [
    html`<p class="intro"><span class="status">${answer.status}</span> ${inline(answer.description)} ${answer.media.length > 0 ? mediaTypes(answer.media) : 'It has no body.'}</p>`,
    evidenceNotes(withoutRepeats(answer.evidence, view.evidence)),
    schemas(view, answer.media, options),
  ];
}

function mediaTypes(media: readonly MediaView[]): Content {
  return media.map(({ type }) => html`<code class="media">${type}</code>`);
}

function errors(responses: readonly ResponseView[]): Content {
  if (responses.length === 0) return undefined;
  return html`
    <details class="errors">
      <summary>Errors<span class="statuses">${responses.map(({ status }) => html`<span class="status">${status}</span>`)}</span></summary>
      <dl>${responses.map(errorRow)}</dl>
    </details>`;
}

function errorRow({ status, component, description, evidence, media }: ResponseView): Html {
  const causes = media.flatMap(({ examples }) => examples.map(({ summary }) => summary));
  return html`
    <div>
      <dt><a class="status" href="${errorLink(status, component)}">${status}</a></dt>
      <dd>
        ${component === undefined && html`<p>${inline(description)}</p>`}
        ${component === undefined && evidenceNotes(evidence)}
        ${causes.length > 0 ? html`<ul>${causes.map((cause) => html`<li>${inline(cause)}</li>`)}</ul>` : component !== undefined && html`<p>${inline(description)}</p>`}
      </dd>
    </div>`;
}

function samples({ id, summary, body, answers }: OperationView, snippets: readonly Snippet[]): Content {
  const requests = (body?.media ?? []).flatMap((media) => exampleTabs(media, `Body of ${summary}`));
  const replies = answers.flatMap(({ media }) => media.flatMap((it) => exampleTabs(it, `Answer to ${summary}`)));
  return [
    snippets.length > 0 &&
      group(
        'Request',
        tabs(
          `${id}-request`,
          'Language',
          snippets.map(({ label, language, code }) => ({
            label,
            panel: codeBlock(code, language, `${summary} with ${label}`),
          })),
          'language',
        ),
      ),
    // The snippets send the first body already.
    (requests.length > 1 || (snippets.length === 0 && requests.length > 0)) &&
      group(requests.length > 1 ? 'Bodies' : 'Body', tabs(`${id}-bodies`, 'Example', requests)),
    replies.length > 0 && group('Answer', tabs(`${id}-answers`, 'Example', replies)),
  ];
}

function group(title: string, content: Html): Html {
  return html`<div class="sample"><p class="sample-title">${title}</p>${content}</div>`;
}

function exampleTabs({ type, examples }: MediaView, label: string): Tab[] {
  return examples.map((example) => ({
    label: inline(example.summary),
    panel: [
      example.when !== undefined && html`<p class="when">When ${inline(example.when)}</p>`,
      codeBlock(...exampleCode(type, example.value), `${label}: ${example.summary}`),
    ],
  }));
}

/** A value as it travels: JSON as such, a text without quotes around it. */
function exampleCode(type: string, value: MediaView['examples'][number]['value']): [string, Language] {
  if (typeof value === 'string' && !type.includes('json')) return [value, 'text'];
  return [prettyJson(value), 'json'];
}
