import {
  type Document,
  type Json,
  type Media,
  referredKindOf,
  resolve,
  type Schema,
} from '@comm100-openapi/description';

/** The rows of a report as figures: what each is about, and its measures. */
export interface ReportFigures {
  /** What the figures are about, where a response has more than one table. */
  title?: string;
  /** The field that says what a row is about. */
  dimension: string;
  rows: string[];
  /** The values in the order of the rows; `undefined` where a row has none. */
  measures: { name: string; values: (number | undefined)[] }[];
  /** Measures that add up to a whole, with its name where it is a measure, too. */
  parts: { names: string[]; whole: string | undefined } | undefined;
}

type Row = { [name: string]: Json };
const isRow = (value: Json | undefined): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The figures in an example of a report: those of its rows, or the answers to each question of a survey.
 *
 * @returns None where the response is not a list of rows with measures.
 */
export function figuresOf(document: Document, { schema, examples }: Media, value: Json): ReportFigures[] {
  const { items } = schema ? resolve<Schema>(document, schema) : {};
  if (!items || !areRows(value)) return [];
  const row = resolve<Schema>(document, items);
  const figures = figuresOfRows(document, row, value);
  if (!figures) return value.flatMap(figuresOfSurvey);
  const others = examples.flatMap((example) =>
    areRows(example.value) ? (figuresOfRows(document, row, example.value) ?? []) : [],
  );
  return [{ ...figures, parts: partsOf(figures.measures, others) }];
}

const areRows = (value: Json): value is Row[] => Array.isArray(value) && value.every(isRow);

function figuresOfRows(document: Document, schema: Omit<Schema, '$ref'>, rows: Row[]): ReportFigures | undefined {
  const [first] = rows;
  if (!first || rows.length < 2) return undefined;
  const kindOf = (name: string): 'dimension' | 'measure' | undefined => {
    const property = schema.properties?.[name];
    if (!property) return undefined;
    const whole = resolve<Schema>(document, property);
    const types = [whole.type].flat();
    const isId = name === 'id' || name.endsWith('Id') || referredKindOf(whole) !== undefined;
    if (isId || types.includes('string') || periodOf(first[name])) return 'dimension';
    return types.includes('integer') || types.includes('number') ? 'measure' : undefined;
  };
  const names = Object.keys(first);
  const dimension = names.find((name) => kindOf(name) === 'dimension');
  const measures = names
    .filter((name) => kindOf(name) === 'measure')
    .map((name) => ({ name, values: rows.map((row) => (typeof row[name] === 'number' ? row[name] : undefined)) }));
  if (dimension === undefined || measures.length === 0) return undefined;
  return { dimension, rows: rows.map((row) => labelOf(row[dimension])), measures, parts: undefined };
}

/** The questions of a row, each with its answers and how often they were given. */
function figuresOfSurvey(row: Row): ReportFigures[] {
  const fields = Array.isArray(row.fields) ? row.fields.filter(isRow) : [];
  return fields.flatMap((field) => {
    const options = [field, ...listOf(field.groups)].flatMap(({ options: list }) => listOf(list));
    if (options.length < 2) return [];
    return {
      title: `${field.fieldName} (campaignId ${row.campaignId})`,
      dimension: 'name',
      rows: options.map(({ name }) => labelOf(name)),
      measures: [
        { name: 'count', values: options.map(({ count }) => (typeof count === 'number' ? count : undefined)) },
      ],
      parts: undefined,
    };
  });
}

const listOf = (value: Json | undefined) => (Array.isArray(value) ? value.filter(isRow) : []);

function periodOf(value: Json | undefined): { from: string; to: string } | undefined {
  if (!isRow(value)) return undefined;
  const { from, to } = value;
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : undefined;
}

/** `Mon 3 Mar` for a day, `09:00` for an hour, and a distribution's time as it is. */
function labelOf(value: Json | undefined): string {
  const period = periodOf(value);
  if (!period) return typeof value === 'string' ? value : JSON.stringify(value ?? null);
  const [, day = '', time = ''] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(period.from) ?? [];
  if (day === '') return period.from;
  if (period.to.startsWith(day)) return time;
  const date = new Date(`${day}T00:00:00Z`);
  const word = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleDateString('en-GB', { timeZone: 'UTC', ...options });
  // The day and the month stay on one line.
  return `${word({ weekday: 'short' })} ${word({ day: 'numeric', month: 'short' }).replace(' ', '\u00a0')}`;
}

/**
 * The measures that add up: to the first one, in every row of every example, or as counts of one thing by a number in
 * the name. A single example can add up by chance, because one of its measures is always 0.
 */
function partsOf(measures: ReportFigures['measures'], examples: readonly ReportFigures[]): ReportFigures['parts'] {
  const [whole, ...others] = measures;
  if (!whole || others.length < 2) return undefined;
  if (measures.every(({ name }) => /\d$/.test(name) && name.slice(0, -1) === whole.name.slice(0, -1))) {
    return { names: measures.map(({ name }) => name), whole: undefined };
  }
  // The averages of a distribution have the names of the sums, after `avg`.
  const alike = examples.filter(({ measures: [first] }) => plainName(first?.name) === plainName(whole.name));
  for (let count = others.length; count >= 2; count--) {
    if (alike.every(({ measures: list }) => addUp(list.slice(0, count + 1)))) {
      return { names: others.slice(0, count).map(({ name }) => name), whole: whole.name };
    }
  }
  return undefined;
}

const plainName = (name = '') => name.replace(/^avg/, '').toLowerCase();

function addUp([whole, ...parts]: ReportFigures['measures']): boolean {
  return (whole?.values ?? []).every((value, row) => {
    const sum = parts.reduce((all, { values }) => all + (values[row] ?? 0), 0);
    return Math.abs((value ?? 0) - sum) < 1e-6;
  });
}
