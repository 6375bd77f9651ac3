import { form, mediaType, parseForm, parseJson } from '../body.ts';
import { type RoutedExchange, ServiceError } from '../exchange.ts';
import type { ServedOperation } from '../operation-table.ts';
import { short } from '../remarks.ts';

/** The largest body, in bytes. */
const largest = 1024 * 1024;

/**
 * Step 6. Reads parameters and body as the service does: names and enum values without regard to case, known
 * misspellings, numbers and booleans in strings, a raw `+` in a time zone, forms where JSON is documented and the
 * reverse. The result has the documented spelling; each correction adds a remark. Unknown names are ignored, as the
 * service does.
 *
 * @param isStrict Whether a correction is an error, 400.
 */
export async function spell(exchange: RoutedExchange, isStrict: boolean): Promise<void> {
  const { incoming, operation, pathValues, remarks } = exchange;
  if (incoming.problem) throw incoming.problem;
  const values = readQuery(exchange);
  for (const { name, in: place, spell } of operation.parameters) {
    const sent = place === 'header' ? incoming.header(name.toLowerCase()) : pathValues[name];
    if (place !== 'query' && sent !== undefined) values[name] = spell(sent, 'path', () => name, remarks);
  }
  exchange.parameters = values;
  const text = operation.body ? await incoming.body(largest) : '';
  exchange.body = readBody(exchange, text);

  if (isStrict && remarks.list.length > 0) {
    throw new ServiceError(400, `The request is not as documented: ${remarks.list.join('; ')}.`);
  }
}

function readQuery({ operation, search, query, remarks }: RoutedExchange): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [written, text] of search ? new URLSearchParams(search) : []) {
    const { name, spell } = operation.query.get(written.toLowerCase()) ?? {};
    if (name === undefined || !spell) {
      if (isOfList(written, operation)) query.set(written, text);
      else remarks.add(() => `query: '${short(written)}' is unknown and was ignored`);
      continue;
    }
    if (name !== written) remarks.add(() => `query: '${written}' is spelt '${name}'`);
    if (query.has(name)) remarks.add(() => `query: '${name}' came more than once; the last counts`);
    const value = spell(text, 'query', () => name, remarks);
    values[name] = value;
    query.set(name, typeof value === 'string' ? value : text);
  }
  return values;
}

/**
 * Whether a name is of an entry of a list, such as `conditions[7][value]`. The strict form of a description has the list;
 * the published one has its first few entries one by one, and the others are like them.
 */
export function isOfList(name: string, { query }: ServedOperation): boolean {
  const known = name.toLowerCase();
  return query.has(known.replace(/\[.*/s, '')) || query.has(known.replace(/\[\d+\]/, '[0]'));
}

/** curl calls whatever follows -d a form, and documented requests send JSON that way. */
function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text) && !/^\[\d*\]=/.test(text);
}

function readBody({ incoming, operation: { body }, remarks }: RoutedExchange, text: string): unknown {
  if (!body || text.trim() === '') return undefined;
  const type = mediaType(incoming.header('content-type') ?? '');
  const isForm = type === form;
  if (!isForm && type !== '' && !/[/+]json$/.test(type)) {
    throw new ServiceError(415, `The content type '${type.slice(0, 100)}' is not supported. Use ${body.type}.`);
  }

  const readAsForm = (isForm || (type === '' && body.type === form)) && !looksLikeJson(text);
  if (type !== body.type || isForm !== readAsForm) remarks.add(() => `content-type: send ${body.type}`);
  const value = readAsForm ? parseForm(text, body.commaLists, remarks) : parseJson(text);
  return body.spell(value, readAsForm ? 'form' : 'json', () => 'body', remarks);
}
