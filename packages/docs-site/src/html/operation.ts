import type { Evidence, Json, Operation } from '@comm100-openapi/description';
import { type SecurityScheme, securitySchemesOf, whenInWords } from '@comm100-openapi/description';
import type { Version } from '../model/bundle.ts';
import { prettyJson } from '../model/literal.ts';
import type { MediaView, OperationView, ResponseView } from '../model/operation.ts';
import type { Resource } from '../model/site.ts';
import type { Snippet } from '../model/snippet.ts';
import { reportCharts } from './chart.ts';
import { codeBlock, codeGroup, type Language } from './code.ts';
import { examples, type NamedExample, nameInWords } from './examples.ts';
import { type Content, type Html, html, join, raw } from './html.ts';
import { credentialLink, errorLink, setUpLink } from './links.ts';
import { block, inline } from './markdown.ts';
import { evidenceNotes, fieldTable, type SchemaOptions, schemaTable } from './schema.ts';

const PLACES = { path: 'Path parameters', query: 'Query parameters', header: 'Headers', cookie: 'Cookies' };

export function methodBadge(method: string, isWebhook = false): Html {
  return html`<span class="method method-${isWebhook ? 'event' : method}">${isWebhook ? 'event' : method.toUpperCase()}</span>`;
}

/** A path with a possible line break after each slash. */
export function pathText(path: string): Content {
  return join(path.split(/(?<=\/)/), html`<wbr>`);
}

/**
 * The operations of a resource at a glance.
 *
 * @param hasIds Whether the entries have the ids of the operations.
 */
export function operationList(
  { operations }: Resource,
  linkOf: (operation: Operation) => string,
  hasIds = false,
): Html {
  return html`
    <ul class="contents">
      ${operations.map(
        ({ operation }) => html`
          <li${hasIds && html` id="${operation.id}"`} data-id="${operation.id}" data-method="${operation.isWebhook ? 'event' : operation.method}">
            <a href="${linkOf(operation)}">
              ${methodBadge(operation.method, operation.isWebhook)}
              <span>${operation.summary}</span>
              <code>${pathText(operation.path)}</code>
            </a>
          </li>`,
      )}
    </ul>`;
}

export function headingAnchor(id: string, text: string): Html {
  return html` <a class="header-anchor" href="#${id}" aria-label="${`Link to: ${text}`}"></a>`;
}

/**
 * All about an operation: the explanations on the left, the samples of requests and responses on the right.
 *
 * @param level The level of its heading, below which its parts have theirs.
 */
export function operationSection(
  view: OperationView,
  snippets: readonly Snippet[],
  version: Version,
  level: 1 | 2,
  moreFacts: readonly Fact[] = [],
): Html {
  const { operation } = view;
  const { id, summary } = operation;
  const title = raw(`h${level}`);
  const heading = (part: string, words: Content) => {
    const tag = raw(`h${level + 1}`);
    return html`<${tag} id="${`${id}-${part}`}">${words}</${tag}>`;
  };
  const options: SchemaOptions = { version, expand: true, ids: new Set() };
  return html`
    <section class="operation" aria-labelledby="${id}">
      <${title} id="${id}" tabindex="-1">${summary}${headingAnchor(id, summary)}</${title}>
      ${endpoint(operation)}
      <div class="operation-columns">
        <div class="operation-words">
          ${operation.node.deprecated && html`<p class="flag">deprecated</p>`}
          <div class="lead">${block(operation.description)}</div>
          ${evidenceNotes(view.evidence)}
          ${facts([...factsOf(operation), ...moreFacts])}
          ${view.parameters.map(
            ({ place, parameters }) => html`
              ${heading(place, PLACES[place])}
              ${fieldTable(parameters, { ...options, direction: 'request', anchor: `${id}.${place}` })}`,
          )}
          ${view.body && [heading('body', ['Body', !view.body.isRequired && html`<span class="flag">optional</span>`]), bodyWords(view, view.body, { ...options, direction: 'request', anchor: `${id}.body` })]}
          ${heading('response', 'Response')}
          ${view.responses.map((response) => responseWords(view, response, { ...options, direction: 'response', anchor: `${id}.response` }))}
          ${errors(view.errors)}
        </div>
        <div class="operation-samples">${samples(view, snippets, version)}</div>
      </div>
    </section>`;
}

/** The method and the path in one bar. Its form is that of a code block of VitePress, whose button copies the path. */
function endpoint({ method, isWebhook, path }: Operation): Html {
  return html`
    <div class="endpoint language-text">
      ${methodBadge(method, isWebhook)}
      <button type="button" class="copy" title="Copy the path"></button><span class="lang"></span><code>${pathText(path)}</code>
    </div>`;
}

/** A term and its content. */
export type Fact = [term: string, words: Content];

function factsOf({
  document,
  method,
  isWebhook,
  schemes,
  permission,
  editions,
  aliases,
  source,
  node,
}: Operation): Fact[] {
  const rows: Fact[] = [];
  if (!isWebhook) {
    const known = securitySchemesOf(document);
    const links = schemes.map(
      (name) => html`<a href="${credentialLink(name)}">${credentialName(name, known.get(name))}</a>`,
    );
    rows.push(['Credentials', links.length > 0 ? join(links, ' or ') : 'none']);
  }
  if (permission !== undefined) rows.push(['Permission', permission]);
  if (editions) rows.push(['Edition', editions.join(', ')]);
  if (aliases.length > 0) {
    const links = aliases.map((alias) => {
      const other = alias.method === method ? '' : `${alias.method.toUpperCase()} `;
      return html`<code>${pathText(other + alias.path)}</code>`;
    });
    rows.push(['Also at', join(links, ', ')]);
  }
  const address = node.externalDocs?.url;
  const passage = source && html`${source.document}, “${source.heading}”`;
  if (passage) rows.push(['Documented in', address ? html`<a href="${address}">${passage}</a>` : passage]);
  return rows;
}

/** Credentials as people call them; the description has only short names for them. */
export function credentialName(name: string, scheme: SecurityScheme | undefined): string {
  if (scheme?.scheme === 'basic') return 'Email and API key';
  return scheme?.bearerFormat === 'JWT' ? 'JSON Web Token' : nameInWords(name);
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

/** A body or a response often has the same note as its operation; it is shown once. */
function withoutRepeats(evidence: readonly Evidence[], known: readonly Evidence[]): Evidence[] {
  return evidence.filter(({ note }) => note === '' || !known.some((other) => other.note === note));
}

function schemas(view: OperationView, media: readonly MediaView[], options: SchemaOptions): Content {
  return media.map(
    ({ schema }) =>
      schema && schemaTable({ ...schema, evidence: withoutRepeats(schema.evidence, view.evidence) }, options),
  );
}

function responseWords(view: OperationView, response: ResponseView, options: SchemaOptions): Content {
  return [
    html`<p class="intro"><span class="status">${response.status}</span> ${inline(response.description)} ${response.media.length > 0 ? mediaTypes(response.media) : 'It has no body.'}</p>`,
    evidenceNotes(withoutRepeats(response.evidence, view.evidence)),
    schemas(view, response.media, options),
  ];
}

function mediaTypes(media: readonly MediaView[]): Content {
  return media.map(({ type }) => html`<code>${type}</code>`);
}

function errors(responses: readonly ResponseView[]): Content {
  if (responses.length === 0) return undefined;
  return html`
    <details class="errors">
      <summary>Errors${responses.map(({ status }) => html`<span class="status">${status}</span>`)}</summary>
      <dl class="facts">${responses.map(errorRow)}</dl>
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

function samples(
  { operation, body, responses }: OperationView,
  snippets: readonly Snippet[],
  version: Version,
): Content {
  const { id, summary, schemes } = operation;
  const isOfAgents = schemes.length === 0 || schemes.includes('basicAuth');
  const setupLink = isOfAgents ? setUpLink : credentialLink(schemes[0] ?? '');
  const requests = (body?.media ?? []).flatMap((media) => namedExamples(media));
  const results = responses.flatMap(({ media }) =>
    media.flatMap((it) => namedExamples(it, (value) => reportCharts(operation, value))),
  );
  return [
    snippets.length > 0 &&
      group(
        'Request',
        codeGroup(`${id}-request`, snippets),
        html`
          <a class="sample-setup" href="${setupLink}">Set up once</a>
          <button type="button" class="try-open" data-try="${`${version}/${id}`}" aria-expanded="false" aria-label="${`Try it: ${summary}`}">Try it</button>`,
      ),
    // The snippets contain the first body already.
    (requests.length > 1 || (snippets.length === 0 && requests.length > 0)) &&
      group(requests.length > 1 ? 'Bodies' : 'Body', examples(`${id}-bodies`, `Body of ${summary}`, requests)),
    results.length > 0 && group('Response', examples(`${id}-responses`, `Response to ${summary}`, results)),
  ];
}

function group(title: string, content: Html, action?: Html): Html {
  return html`<div class="sample"><div class="sample-head"><p class="sample-title">${title}</p>${action}</div>${content}</div>`;
}

function namedExamples(
  { type, examples: list }: MediaView,
  picture: (value: Json) => Content = () => undefined,
): NamedExample[] {
  return list.map(({ name, summary, when, value }) => ({
    name,
    words: [inline(summary), when !== undefined && html`<span class="when">when ${inline(whenInWords(when))}</span>`],
    panel: [picture(value), codeBlock(...exampleCode(type, value))],
  }));
}

/** A value as it is sent: JSON as it is, a text without quotes around it. */
function exampleCode(type: string, value: Json): [string, Language] {
  if (typeof value === 'string' && !type.includes('json')) return [value, 'text'];
  return [prettyJson(value), 'json'];
}
