import { parseForm, parseJson } from '../body.ts';
import { type RoutedExchange, ServiceError } from '../exchange.ts';
import type { ServedParameter } from '../operation-table.ts';

const form = 'application/x-www-form-urlencoded';

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
    if (sent !== undefined)
      values.set(
        parameter,
        parameter.spell(sent, 'path', () => parameter.name, remarks),
      );
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
    const [, stem = name, tail = ''] = operation.query.has(name.toLowerCase())
      ? []
      : (/^([^[\]]+)((?:\[[^[\]]*\]){1,3})$/.exec(name) ?? []);
    const parameter = operation.query.get(stem.toLowerCase());
    if (!parameter && operation.query.has(name.toLowerCase().replace(/\[\d+\]/, '[0]'))) {
      // The first few of a numbered list are described one by one; the others are like them.
      query.set(name, text);
      continue;
    }
    if (!parameter) {
      remarks.add(() => `query: '${remarks.quote(name)}' is unknown and was ignored`);
      continue;
    }
    if (parameter.name !== stem) remarks.add(() => `query: '${stem}' is spelt '${parameter.name}'`);
    const key = parameter.name + tail;
    if (query.has(key)) remarks.add(() => `query: '${remarks.quote(key)}' came more than once; the last counts`);
    if (tail === '') {
      const value = parameter.spell(text, 'query', () => parameter.name, remarks);
      values.set(parameter, value);
      query.set(key, typeof value === 'string' ? value : text);
    } else {
      const before = values.get(parameter);
      const tree = before instanceof Map ? before : new Map<string, unknown>();
      values.set(parameter, insert(tree, [...tail.matchAll(/[^[\]]+/g)].map(String), text));
      query.set(key, text);
    }
  }
  for (const [parameter, value] of values) {
    if (value instanceof Map)
      values.set(
        parameter,
        parameter.spell(plain(value), 'query', () => parameter.name, remarks),
      );
  }
  return values;
}

/** Puts text into a tree of names: `[0][type]`. */
function insert(tree: Map<string, unknown>, [key = '', ...others]: string[], text: string): Map<string, unknown> {
  const before = tree.get(key);
  return tree.set(
    key,
    others.length === 0 ? text : insert(before instanceof Map ? before : new Map<string, unknown>(), others, text),
  );
}

function plain(tree: Map<string, unknown>): object {
  return Object.fromEntries([...tree].map(([key, value]) => [key, value instanceof Map ? plain(value) : value]));
}

function readBody({ incoming, operation: { body }, remarks }: RoutedExchange, text: string): unknown {
  if (!body || text.trim() === '') return undefined;
  const header = incoming.header('content-type') ?? '';
  const type = header === body.type ? header : (header.toLowerCase().split(';', 1)[0] ?? '').trim();
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
