import type { Move, OperationMove, Remarks, SchemaMove } from '@comm100-openapi/description';
import { type Content, type Html, html, join } from '../html/html.ts';
import { operationLink, schemaLink, slugOf } from '../html/links.ts';
import { inline } from '../html/markdown.ts';
import { type Fact, headingAnchor, methodBadge, pathText } from '../html/operation.ts';
import { evidenceNotes } from '../html/schema.ts';
import { readMigration } from '../model/bundle.ts';
import { readSite, type VersionSite } from '../model/site.ts';
import { nameOfVersion, operationOf, table } from './shared.ts';

const before = () => readSite('v1');
const after = () => readSite('v2');
const versionNames = () => [before(), after()].map((site) => `Version ${nameOfVersion(site)}`);

/** The differences that apply everywhere. */
export function migrationGeneral(): Html {
  return table(
    ['', ...versionNames()],
    readMigration().general.map((entry) => [entry.title, inline(entry.from), [inline(entry.to), doubts(entry)]]),
  );
}

export function migrationUnchanged(): Html {
  return html`<ul>${readMigration().unchanged.map((sentence) => html`<li>${inline(sentence)}</li>`)}</ul>`;
}

/** Each operation of the older version with what replaces it, under the headings of the older version. */
export function migrationOperations(): Content {
  const moves = new Map(readMigration().operations.map((move) => [move.from, move]));
  return before().resources.map(({ tag, operations }) => {
    const id = `operations-${slugOf(tag)}`;
    const rows = operations.flatMap(({ operation }) => moves.get(operation.id) ?? []);
    return html`
      <h3 id="${id}" tabindex="-1">${tag}${headingAnchor(id, tag)}</h3>
      <ul class="moves">${rows.map(operationRow)}</ul>`;
  });
}

function operationRow(move: OperationMove): Html {
  return html`
    <li>
      <div>${operationWords(before(), move.from)}</div>
      <div>
        ${move.to.map((id) => operationWords(after(), id))}
        ${move.same && html`<p class="limits">There is no difference.</p>`}
        ${remarks(move)}
        ${move.instead.length > 0 && html`<p class="limits">Most similar:</p>${move.instead.map((id) => operationWords(after(), id))}`}
        ${moveList([...move.parameters, ...(move.answer ? [{ ...move.answer, from: 'response' }] : [])])}
        ${added(move.added)}
      </div>
    </li>`;
}

/** What an operation of the older version has become, as a fact for its section; none for the newer version. */
export function replacement({ version }: VersionSite, id: string): Fact[] {
  const move = readMigration().operations.find(({ from }) => from === id);
  if (version !== before().version || !move) return [];
  const links = (ids: readonly string[], between: string) =>
    join(
      ids.map((it) => operationLinkTo(after(), it)),
      between,
    );
  const words =
    move.to.length > 0
      ? [links(move.to, ' and '), move.note !== undefined && [': ', inline(move.note)]]
      : [inline(move.gone ?? ''), move.instead.length > 0 && [' See ', links(move.instead, ' or '), '.']];
  return [[`In version ${nameOfVersion(after())}`, words]];
}

function operationLinkTo(site: VersionSite, id: string): Html {
  const { tag, operation } = operationOf(site, id);
  return html`<a href="${operationLink(site.version, tag, id)}">${operation.summary}</a>`;
}

function operationWords(site: VersionSite, id: string): Html {
  const { method, path } = operationOf(site, id).operation;
  return html`<p>${operationLinkTo(site, id)}</p><p class="endpoint">${methodBadge(method)}<code>${pathText(path)}</code></p>`;
}

/** Each object of the older version with the new places of its fields. */
export function migrationSchemas(): Content {
  return readMigration().schemas.map(schemaDetails);
}

function schemaDetails(move: SchemaMove): Html {
  const link = (site: VersionSite, name: string) => html`<a href="${schemaLink(site.version, name)}">${name}</a>`;
  const targets = move.to.map((name) => link(after(), name));
  return html`
    <details class="nested">
      <summary>${move.from}<span class="count">${move.to.length > 0 ? `becomes ${move.to.join(', ')}` : 'is removed'}</span></summary>
      <div class="nested-body">
        <p class="named">${link(before(), move.from)}${targets.length > 0 && [' becomes ', join(targets, ', ')]}${move.same && '. There is no difference.'}</p>
        ${remarks(move)}
        ${moveList(move.fields)}
        ${added(move.added)}
      </div>
    </details>`;
}

function moveList(moves: readonly Move[]): Content {
  if (moves.length === 0) return undefined;
  return html`
    <ul class="moves">
      ${moves.map(
        (move) => html`
          <li>
            <div><code>${move.from}</code></div>
            <div>
              ${move.to.length > 0 && html`<p>${codes(move.to)}</p>`}
              ${remarks(move)}
              ${move.values && html`<ul class="values">${move.values.map(({ from, to }) => html`<li><code>${text(from)}</code><span>${codes(to.map(text))}</span></li>`)}</ul>`}
            </div>
          </li>`,
      )}
    </ul>`;
}

function added(list: OperationMove['added']): Content {
  const kinds = [
    { words: 'New and required: ', names: list.filter(({ required }) => required) },
    { words: 'New: ', names: list.filter(({ required }) => !required) },
  ];
  return kinds
    .filter(({ names }) => names.length > 0)
    .map(({ words, names }) => html`<p class="limits">${words}${codes(names.map(({ name }) => name))}</p>`);
}

const codes = (names: readonly string[]) =>
  join(
    names.map((name) => html`<code>${name}</code>`),
    ', ',
  );
const text = (value: unknown) => (typeof value === 'string' ? value || '""' : JSON.stringify(value));

function remarks(entry: Remarks): Content {
  const sentences = [entry.gone, entry.change, entry.note].filter((sentence) => sentence !== undefined);
  return [sentences.map((sentence) => html`<p class="limits">${inline(sentence)}</p>`), doubts(entry)];
}

function doubts({ evidence: mark, reason }: Remarks): Content {
  if (mark === undefined) return undefined;
  return evidenceNotes([{ mark, note: reason ?? '' }]);
}
