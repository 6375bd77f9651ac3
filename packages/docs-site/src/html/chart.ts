import { type Json, type Operation, successOf } from '@comm100-openapi/description';
import { figuresOf, type ReportFigures } from '../model/report.ts';
import { type Content, type Html, html } from './html.ts';

/** Labels of more characters are written above a bar; shorter ones below a column. */
const LONG = 12;

/** The charts of an example of a response; none where the operation is not a report. */
export function reportCharts(operation: Operation, value: Json): Content {
  const [media] = successOf(operation)?.media ?? [];
  if (!media || !operation.path.includes('/reports/')) return undefined;
  return figuresOf(operation.document, media, value).map(chart);
}

/** The figures of a report: as columns, of parts where they add up; as bars where the labels are long. */
function chart(figures: ReportFigures): Html {
  const { title, dimension, rows, measures, parts } = figures;
  const isLong = rows.some((row) => row.length > LONG);
  const inParts = measures.filter(({ name }) => parts?.names.includes(name));
  const alone = measures.filter(({ name }) => !parts?.names.includes(name) && name !== parts?.whole);
  const names = [parts?.whole ?? inParts[0]?.name.replace(/\d$/, ''), ...alone.map(({ name }) => name)].filter(Boolean);
  return html`
    <figure class="chart">
      <figcaption>${title ?? html`${names.length === 1 && html`<code>${names[0]}</code> `}by <code>${dimension}</code>`}</figcaption>
      ${inParts.length > 0 && [legend(inParts), columns(rows, inParts)]}
      ${isLong ? alone.map((measure) => [alone.length > 1 && html`<p>${measure.name}</p>`, bars(rows, measure)]) : multiples(rows, alone, inParts.length === 0)}
    </figure>`;
}

function legend(measures: ReportFigures['measures']): Html {
  return html`<ul class="chart-legend">${measures.map(({ name }, index) => html`<li class="hue-${index + 1}">${name}</li>`)}</ul>`;
}

/** A single measure has all of the width; several have a small chart each, since their units differ. */
function multiples(rows: readonly string[], measures: ReportFigures['measures'], isAll: boolean): Content {
  const [only, ...others] = measures;
  if (!only) return undefined;
  if (isAll && others.length === 0) return columns(rows, [only]);
  return html`
    <div class="chart-multiples">
      ${measures.map((measure) => html`<div><p>${measure.name}</p>${columns(rows, [measure])}</div>`)}
    </div>`;
}

/**
 * A path for each measure, in a box of 10 for each row and 100 in height, which the style stretches. The figures and
 * their labels are text below it: for screen readers, and so that they are not stretched.
 */
function columns(rows: readonly string[], measures: ReportFigures['measures']): Html {
  const sums = rows.map((_, row) => measures.reduce((sum, { values }) => sum + (values[row] ?? 0), 0));
  const most = Math.max(...sums) || 1;
  const tops = rows.map(() => 100);
  const paths = measures.map(({ values }) =>
    rows.map((_, row) => {
      const part = Math.round(((values[row] ?? 0) / most) * 100);
      if (part === 0) return '';
      const bottom = tops[row] ?? 100;
      tops[row] = bottom - part;
      return `M${row * 10 + 2} ${bottom}v-${part}h6v${part}z`;
    }),
  );
  return html`
    <svg viewBox="0 0 ${rows.length * 10} 100" preserveAspectRatio="none" aria-hidden="true">
      ${paths.map((path, index) => html`<path class="hue-${index + 1}" d="${path.join('')}"></path>`)}
    </svg>
    <ol class="chart-row">${rows.map((label, row) => html`<li><b>${shown(sums[row] ?? 0)}</b> ${label}</li>`)}</ol>`;
}

function bars(rows: readonly string[], { values }: ReportFigures['measures'][number]): Html {
  const most = Math.max(...values.map((value) => value ?? 0)) || 1;
  return html`
    <ol class="chart-bars">
      ${rows.map((label, row) => {
        const value = values[row] ?? 0;
        return html`<li>${label} <b>${shown(value)}</b><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><path class="hue-1" d="M0 0h${Math.round((value / most) * 100)}v1H0z"></path></svg></li>`;
      })}
    </ol>`;
}

/** A few digits are enough beside a column; the JSON has all. */
const shown = (value: number) =>
  value >= 10_000 ? `${Number((value / 1000).toPrecision(3))}k` : String(Number(value.toPrecision(4)));
