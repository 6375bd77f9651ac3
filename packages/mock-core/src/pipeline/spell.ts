import { form, mediaType, parseForm, parseJson } from '../body.ts';
import { type RoutedExchange, ServiceError } from '../exchange.ts';
import type { ServedOperation, ServedParameter } from '../operation-table.ts';
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
  const values = exchange.search ? readQuery(exchange) : new Map<ServedParameter, unknown>();
  for (const parameter of operation.parameters) {
    const text = parameter.in === 'path' ? pathValues[parameter.name] : undefined;
    const sent = parameter.in === 'header' ? incoming.header(parameter.name.toLowerCase()) : text;
    if (sent === undefined) continue;
    const value = parameter.spell(sent, 'path', () => parameter.name, remarks);
    values.set(parameter, value);
  }
  exchange.parameters = values;
  const text = operation.body ? await incoming.body(largest) : '';
  exchange.body = readBody(exchange, text);

  if (isStrict && remarks.list.length > 0) {
    throw new ServiceError(400, `The request is not as documented: ${remarks.list.join('; ')}.`);
  }
}

function readQuery({ operation, search, query, remarks }: RoutedExchange): Map<ServedParameter, unknown> {
  const values = new Map<ServedParameter, unknown>();
  for (const [name, text] of new URLSearchParams(search)) {
    const parameter = operation.query.get(name.toLowerCase());
    if (!parameter) {
      if (isNumbered(name, operation)) query.set(name, text);
      else remarks.add(() => `query: '${short(name)}' is unknown and was ignored`);
      continue;
    }
    const known = parameter.name;
    if (known !== name) remarks.add(() => `query: '${name}' is spelt '${known}'`);
    if (query.has(known)) remarks.add(() => `query: '${known}' came more than once; the last counts`);
    const value = parameter.spell(text, 'query', () => known, remarks);
    values.set(parameter, value);
    query.set(known, typeof value === 'string' ? value : text);
  }
  return values;
}

/** Whether a name is of a numbered list, such as `conditions[7][value]`. The first few are described one by one; the others are like them. */
export function isNumbered(name: string, { query }: ServedOperation): boolean {
  return query.has(name.toLowerCase().replace(/\[\d+\]/, '[0]'));
}

function readBody({ incoming, operation: { body }, remarks }: RoutedExchange, text: string): unknown {
  if (!body || text.trim() === '') return undefined;
  const type = mediaType(incoming.header('content-type'));
  const isForm = type === form;
  if (!isForm && type !== '' && !/[/+]json$/.test(type)) {
    throw new ServiceError(415, `The content type '${type.slice(0, 100)}' is not supported. Use ${body.type}.`);
  }

  // curl calls whatever follows -d a form, and documented requests send JSON that way.
  const looksLikeJson = /^\s*[[{]/.test(text) && !/^\[\d*\]=/.test(text);
  const readAsForm = !looksLikeJson && (isForm || (type === '' && body.type === form));
  if (type !== body.type || isForm !== readAsForm) remarks.add(() => `content-type: send ${body.type}`);
  const value = readAsForm ? parseForm(text, body.commaLists, remarks) : parseJson(text);
  return body.spell(value, readAsForm ? 'form' : 'json', () => 'body', remarks);
}
