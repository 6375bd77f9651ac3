import { type Content, type Html, html, join } from '../html/html.ts';
import { tagLink } from '../html/links.ts';
import type { VersionSite } from '../model/site.ts';
import { type Thing, thingsOf } from '../model/things.ts';
import { table } from './shared.ts';

/** In pixels, as in the style: the map is not scaled, so that it can be read on a narrow screen. */
const ROW = 34;
const LANE = 15;
/** The characters that fit beside the lines. */
const FIELDS = 46;

interface Row {
  thing: Thing;
  /** The middle of its box. */
  y: number;
}
interface Lane {
  target: Row;
  sources: { row: Row; isFilter: boolean }[];
  x: number;
  /** 1 to 8, for the colour. */
  hue: number;
}

/**
 * The resources of a version as a column of boxes. To the right of them is a line for each resource that others refer
 * to: it has a dot at each of those, and an arrow to its box. So no two lines ever share a place, and none has to be
 * followed across another that turns.
 */
export function map(site: VersionSite): Html {
  const things = thingsOf(site);
  const targets = new Set(things.flatMap(({ references }) => references.map(({ to }) => to)));
  const isDrawn = ({ tag, references, partOf }: Thing) =>
    references.length > 0 || targets.has(tag) || (partOf !== undefined && targets.has(partOf));
  const drawn = things.filter(isDrawn);
  const areas = [...Map.groupBy(drawn, ({ area }) => area)];
  // Each area has a row for its name.
  const lines = areas.flatMap(([, list]) => [undefined, ...list]);
  const rows = lines.flatMap((thing, index) => (thing ? [{ thing, y: (index + 0.5) * ROW }] : []));
  const lanes = lanesOf(rows);
  const right = Math.max(...lanes.map(({ x }) => x), 0);
  const parts = things.filter(({ partOf }) => partOf !== undefined);
  const link = ({ tag }: Thing) => html`<a href="${tagLink(site.version, tag)}">${tag}</a>`;
  const box = (thing: Thing) => {
    const hue = lanes.find(({ target }) => target.thing === thing)?.hue;
    const name = `${thing.partOf === undefined ? '' : 'map-part '}${hue === undefined ? '' : `map-target hue-${hue}`}`;
    return html`<li class="${name}">${link(thing)}</li>`;
  };
  return html`
    <figure class="map">
      <div class="map-frame">
        <div>${areas.map(([area, list]) => html`<p class="map-area">${area}</p><ul class="map-boxes">${list.map(box)}</ul>`)}</div>
        <svg height="${lines.length * ROW}" aria-hidden="true">
          ${rows.map((row) => bus(row, lanes, right))}
          ${lanes.map(laneLines)}
        </svg>
      </div>
      <figcaption>
        <span class="map-key"><svg width="12" height="12" aria-hidden="true"><circle class="map-dot" cx="6" cy="6" r="4"></circle></svg> has ids of it</span>
        <span class="map-key"><svg width="12" height="12" aria-hidden="true"><circle class="map-dot map-filter" cx="6" cy="6" r="4"></circle></svg> can be selected by its id</span>
        <span class="map-key">A box that is further in is a part of the one above it.</span>
      </figcaption>
    </figure>
    <h3 id="${`references-${site.version}`}" tabindex="-1">As a table</h3>
    ${table(
      ['Resource', 'Refers to'],
      things
        .filter(({ references }) => references.length > 0)
        .map((thing) => [
          link(thing),
          join(
            thing.references.map(({ to, fields, filters }) => [
              html`<a href="${tagLink(site.version, to)}">${to}</a> (`,
              codes(fields),
              fields.length > 0 && filters.length > 0 && ', ',
              filters.length > 0 && [filters.length > 1 ? 'parameters ' : 'parameter ', codes(filters)],
              ')',
            ]),
            ', ',
          ),
        ]),
    )}
    ${
      parts.length > 0 &&
      html`<p>Parts of another resource: ${join(
        parts.map((thing) => [link(thing), ` (${thing.partOf})`]),
        ', ',
      )}.</p>`
    }
    <p>These refer to nothing by id, and nothing refers to them: ${join(
      things.filter((thing) => !isDrawn(thing)).map(link),
      ', ',
    )}.</p>`;
}

const codes = (names: readonly string[]) =>
  join(
    names.map((name) => html`<code>${name}</code>`),
    ', ',
  );

/** A line for each target; the shorter it is, the nearer to the boxes. */
function lanesOf(rows: readonly Row[]): Lane[] {
  const lanes = rows.flatMap((target) => {
    const sources = rows.flatMap((row) => {
      const reference = row.thing.references.find(({ to }) => to === target.thing.tag);
      return reference ? [{ row, isFilter: reference.fields.length === 0 }] : [];
    });
    return sources.length > 0 ? [{ target, sources }] : [];
  });
  const span = ({ target, sources }: Pick<Lane, 'target' | 'sources'>) => {
    const all = [target, ...sources.map(({ row }) => row)].map(({ y }) => y);
    return Math.max(...all) - Math.min(...all);
  };
  return lanes
    .toSorted((one, other) => span(one) - span(other))
    .map((lane, index) => ({ ...lane, x: 20 + index * LANE, hue: (index % 8) + 1 }));
}

/** What refers leaves its box in the upper half, what is referred to is reached in the lower half. */
const out = (y: number) => y - 5;
const into = (y: number) => y + 6;

/** The line from a box to the furthest of the lines on which it has a dot, and the names of its fields. */
function bus({ thing, y }: Row, lanes: readonly Lane[], right: number): Content {
  const reached = lanes.filter(({ target }) => thing.references.some(({ to }) => to === target.thing.tag));
  if (reached.length === 0) return undefined;
  const names = thing.references
    .flatMap(({ fields, filters }) => [...fields, ...filters.map((name) => `?${name}`)])
    .join(', ');
  const words = names.length > FIELDS ? `${names.slice(0, FIELDS - 1)}…` : names;
  return html`
    <path class="map-bus" d="${`M0 ${out(y)}H${Math.max(...reached.map(({ x }) => x))}`}"></path>
    <text class="map-fields" x="${right + 18}" y="${out(y) + 4}">${words}</text>`;
}

function laneLines({ target, sources, x, hue }: Lane): Html {
  const ends = [into(target.y), ...sources.map(({ row }) => out(row.y))];
  const line = `M${x} ${Math.min(...ends)}V${Math.max(...ends)}`;
  return html`
    <g class="${`map-lane hue-${hue}`}">
      <title>${`${sources.map(({ row }) => row.thing.tag).join(', ')} → ${target.thing.tag}`}</title>
      <path class="map-wide" d="${line}"></path>
      <path class="map-line" d="${`${line}M${x} ${into(target.y)}H7`}"></path>
      <path class="map-head" d="${`M1 ${into(target.y)}l7 -4v8z`}"></path>
      ${sources.map(({ row, isFilter }) => html`<circle class="${`map-dot${isFilter ? ' map-filter' : ''}`}" cx="${x}" cy="${out(row.y)}" r="4"></circle>`)}
    </g>`;
}
