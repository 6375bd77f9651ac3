import type { Json } from '@comm100-openapi/description';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const WIDTH = 80;

interface Style {
  text: (value: string) => string;
  key: (name: string) => string;
  lastComma: '' | ',';
}

const TYPESCRIPT: Style = { text: quote, key: (name) => (IDENTIFIER.test(name) ? name : quote(name)), lastComma: ',' };
const JSON_STYLE: Style = {
  text: (value) => JSON.stringify(value),
  key: (name) => JSON.stringify(name),
  lastComma: '',
};

/**
 * A value as TypeScript, on one line where it fits.
 *
 * @param column Where on its line the value begins.
 */
export function literal(value: Json, indent = '', column = indent.length): string {
  return layOut(value, TYPESCRIPT, indent, column);
}

/** A value as JSON, with one field a line, but a list of scalars on one line. */
export function prettyJson(value: Json): string {
  return layOut(value, JSON_STYLE, '', 0);
}

function layOut(value: Json, style: Style, indent: string, column: number): string {
  const short = inline(value, style);
  const isFlat = style === TYPESCRIPT || !(hasFields(value) || (Array.isArray(value) && value.some(hasFields)));
  if (isFlat && column + short.length <= WIDTH) return short;
  const deeper = `${indent}  `;
  const lines = (entries: string[]) =>
    `\n${entries.map((entry) => deeper + entry).join(',\n')}${style.lastComma}\n${indent}`;
  if (Array.isArray(value)) {
    return `[${lines(value.map((entry) => layOut(entry, style, deeper, deeper.length)))}]`;
  }
  if (hasFields(value)) {
    const fields = Object.entries(value).map(([name, field]) => {
      const key = `${style.key(name)}: `;
      return key + layOut(field, style, deeper, deeper.length + key.length);
    });
    return `{${lines(fields)}}`;
  }
  return short;
}

function hasFields(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

function inline(value: Json, style: Style): string {
  if (typeof value === 'string') return style.text(value);
  if (Array.isArray(value)) return `[${value.map((entry) => inline(entry, style)).join(', ')}]`;
  if (hasFields(value)) {
    const fields = Object.entries(value).map(([name, field]) => `${style.key(name)}: ${inline(field, style)}`);
    return `{ ${fields.join(', ')} }`;
  }
  return JSON.stringify(value);
}

/** A string in single quotes, as the house writes them. */
function quote(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}
