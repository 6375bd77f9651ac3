import type { Move, OperationMove, Remarks, SchemaMove } from '@comm100-openapi/description';
import { type Content, type Html, html, join } from '../html/html.ts';
import { operationLink, schemaLink, slugOf } from '../html/links.ts';
import { inline } from '../html/markdown.ts';
import { type Fact, headingAnchor, pathText } from '../html/operation.ts';
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
    ['Topic', ...versionNames()],
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
      <ul class="fields">${rows.map(operationRow)}</ul>`;
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

/** The counterpart of an operation in the other version, as a fact for its section, with the direction. */
export function counterpart({ version }: VersionSite, id: string): Fact[] {
  const moves = readMigration().operations;
  const move = moves.find(({ from }) => from === id);
  if (version === before().version) return move ? [[`Version ${nameOfVersion(after())}`, successor(move)]] : [];
  const replaced = moves.filter(({ to }) => to.includes(id));
  const similar = moves.filter(({ instead }) => instead.includes(id));
  const link = ({ from }: OperationMove) => operationLinkTo(before(), from);
  const words =
    replaced.length > 0
      ? ['replaces ', join(replaced.map(link), ' and ')]
      : ['new', similar.length > 0 && [', similar to ', join(similar.map(link), ' and ')]];
  return [[`Version ${nameOfVersion(before())}`, words]];
}

function successor({ to, gone, note, instead }: OperationMove): Content {
  const links = (ids: readonly string[], between: string) =>
    join(
      ids.map((it) => operationLinkTo(after(), it)),
      between,
    );
  if (to.length > 0) return ['replaced by ', links(to, ' and '), note !== undefined && [': ', inline(note)]];
  return ['removed. ', inline(gone ?? ''), instead.length > 0 && [' See ', links(instead, ' or '), '.']];
}

/** The resources of the other version that have the most counterparts of each resource's operations. */
export function otherPages(site: VersionSite, tag: string): { site: VersionSite; tag: string }[] {
  const other = site.version === before().version ? after() : before();
  const ids = new Set(site.resources.find((it) => it.tag === tag)?.operations.map(({ operation }) => operation.id));
  const targets = readMigration().operations.flatMap(({ from, to }) =>
    other === after() ? (ids.has(from) ? to : []) : to.some((it) => ids.has(it)) ? [from] : [],
  );
  const counts = Map.groupBy(targets, (id) => operationOf(other, id).tag);
  const [most] = [...counts].toSorted(
    ([one, a], [another, b]) => Number(another === tag) - Number(one === tag) || b.length - a.length,
  );
  return most ? [{ site: other, tag: most[0] }] : [];
}

function operationLinkTo(site: VersionSite, id: string): Html {
  const { tag, operation } = operationOf(site, id);
  return html`<a href="${operationLink(site.version, tag, id)}">${operation.summary}</a>`;
}

function operationWords(site: VersionSite, id: string): Html {
  const { method, path } = operationOf(site, id).operation;
  return html`<p>${operationLinkTo(site, id)}</p><p><span class="${`verb verb-${method}`}">${method}</span> <code>${pathText(path)}</code></p>`;
}

/** Each object of the older version with the new places of its fields. */
export function migrationSchemas(): Content {
  return readMigration().schemas.map(schemaDetails);
}

function schemaDetails(move: SchemaMove): Html {
  const link = (site: VersionSite, name: string) => html`<a href="${schemaLink(site.version, name)}">${name}</a>`;
  const targets = move.to.map((name) => link(after(), name));
  return html`
    <details>
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
    <ul class="fields">
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
