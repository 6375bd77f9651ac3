import type { Json } from '@comm100-openapi/description';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** The characters that fit on a line of a sample beside the words. */
export const LINE = 58;

interface Style {
  text: (value: string) => string;
  key: (name: string) => string;
  /** `null`, `true` or `false`. */
  word: (value: null | boolean) => string;
  indent: string;
  /** Whether an object can be on one line, and what is inside its braces then. */
  brace: false | '' | ' ';
  lastComma: '' | ',';
}

const JAVASCRIPT: Style = {
  text: quote,
  key: (name) => (IDENTIFIER.test(name) ? name : quote(name)),
  word: String,
  indent: '  ',
  brace: ' ',
  lastComma: ',',
};
const JSON_STYLE: Style = {
  text: (value) => JSON.stringify(value),
  key: (name) => JSON.stringify(name),
  word: String,
  indent: '  ',
  brace: false,
  lastComma: '',
};
const PYTHON: Style = {
  ...JSON_STYLE,
  word: (value) => (value === null ? 'None' : value ? 'True' : 'False'),
  indent: '    ',
  brace: '',
  lastComma: ',',
};

/**
 * A value as JavaScript or TypeScript, on one line where it fits.
 *
 * @param column Where on its line the value begins.
 */
export function literal(value: Json, indent = '', column = indent.length): string {
  return layOut(value, JAVASCRIPT, indent, column);
}

/** A value as Python, on one line where it fits. @param column Where on its line the value begins. */
export function pythonLiteral(value: Json, indent = '', column = indent.length): string {
  return layOut(value, PYTHON, indent, column);
}

/** A value as JSON, with one field a line, but a list of scalars on one line. */
export function prettyJson(value: Json): string {
  return layOut(value, JSON_STYLE, '', 0);
}

function layOut(value: Json, style: Style, indent: string, column: number): string {
  const short = inline(value, style);
  const isFlat = style.brace !== false || !(hasFields(value) || (Array.isArray(value) && value.some(hasFields)));
  if (isFlat && column + short.length <= LINE) return short;
  const deeper = indent + style.indent;
  const lines = (entries: string[]) =>
    `\n${entries.map((entry) => deeper + entry).join(',\n')}${style.lastComma}\n${indent}`;
  if (Array.isArray(value) && value.length > 0) {
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
    return `{${style.brace || ''}${fields.join(', ')}${style.brace || ''}}`;
  }
  return value === null || typeof value === 'boolean' ? style.word(value) : JSON.stringify(value);
}

/** A string in single quotes, as the house writes them. */
function quote(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}
