import type { Document, Json } from '@comm100-openapi/description';
import { parseForm } from './body.ts';
import { type OperationTable, operationTable, type ServedOperation } from './operation-table.ts';
import { documentedPath, segmentsOf } from './path.ts';
import { Remarks } from './remarks.ts';
import type { Finding } from './schema/check.ts';
import { complaintOf } from './schema/words.ts';

/** A request and the response of a service, as they were on the wire. */
export interface Observed {
  readonly method: string;
  /** Path and query, not decoded. */
  readonly url: string;
  /** The media type and the text of a body; `undefined` where there is none, or where it is not known. */
  readonly request: ObservedBody | undefined;
  readonly status: number;
  /** `unread` where there is a body that is not known, because it is too large. */
  readonly response: ObservedBody | undefined | 'unread';
}

interface ObservedBody {
  /** As in the header; empty where it has none. */
  readonly type: string;
  readonly text: string;
}

/** In what a service differs from its description. */
export type DifferenceKind =
  | 'undocumented path'
  | 'undocumented method'
  | 'undocumented parameter'
  | 'undocumented status'
  | 'content type'
  | 'body'
  | 'unknown field'
  | 'missing field'
  | 'wrong type'
  | 'unknown value'
  | 'wrong value'
  | 'error form';

export interface Difference {
  readonly kind: DifferenceKind;
  readonly in: 'request' | 'response';
  /** What differs, and what is documented. Has no value of a body but those that are not in an enum. */
  readonly text: string;
}

/** How an exchange compares to the description. */
export interface Judgement {
  /** The operation; `undefined` where the path is not documented. */
  readonly operation: ServedOperation | undefined;
  readonly differences: readonly Difference[];
}

/** How many findings of one body are reported. */
const most = 100;

/**
 * Compares exchanges of a service with descriptions. What a request has that is not documented counts where the service
 * accepts it.
 *
 * @param bundles In the strict form, whose objects are closed; in an open one, no field is unknown.
 */
export function createJudge(bundles: readonly Document[]): (observed: Observed) => Judgement {
  const table = operationTable(bundles);
  return (observed) => {
    const operation = find(table, observed);
    if (!operation) return { operation, differences: differencesOfPath(table, observed) };
    const differences = [
      ...(observed.status < 400 ? differencesOfRequest(operation, observed) : []),
      ...differencesOfResponse(operation, observed),
    ];
    const distinct = new Map(differences.map((difference) => [JSON.stringify(difference), difference]));
    return { operation, differences: [...distinct.values()] };
  };
}

function find({ router }: OperationTable, { method, url }: Observed): ServedOperation | undefined {
  return router.find(method === 'HEAD' ? 'GET' : method, decoded(url))?.target();
}

function decoded(url: string): string[] {
  const [path = ''] = url.split('?', 1);
  try {
    return segmentsOf(path);
  } catch {
    return documentedPath(path).split('/').slice(1);
  }
}

function differencesOfPath({ router }: OperationTable, { method, url, status }: Observed): Difference[] {
  // Where the service does not know it either, both agree.
  if (status === 404 || status === 405) return [];
  const [path = ''] = url.split('?', 1);
  const known = [...router.methods(decoded(url))];
  const text = `${method} ${path} got ${status}`;
  return known.length > 0
    ? [{ kind: 'undocumented method', in: 'request', text: `${text}; documented: ${known.join(', ')}` }]
    : [{ kind: 'undocumented path', in: 'request', text }];
}

function differencesOfRequest(operation: ServedOperation, { url, request }: Observed): Difference[] {
  const found: Difference[] = [];
  const remarks = new Remarks();
  const question = url.indexOf('?');
  for (const [name, text] of question < 0 ? [] : new URLSearchParams(url.slice(question))) {
    const [stem = name] = operation.query.has(name.toLowerCase()) ? [name] : name.split('[');
    const parameter = operation.query.get(stem.toLowerCase());
    if (!parameter) {
      found.push({ kind: 'undocumented parameter', in: 'request', text: `'${short(name)}' was accepted` });
    } else if (stem === name) {
      const value = parameter.spell(text, 'query', () => name, remarks);
      found.push(...parameter.validate(value, most).map((finding) => inRequest(finding, value, parameter.name)));
    }
  }
  return request && operation.body ? [...found, ...differencesOfBody(operation.body, request)] : found;
}

function differencesOfBody(
  { type, commaLists, spell, validate }: NonNullable<ServedOperation['body']>,
  request: ObservedBody,
): Difference[] {
  const sent = mediaType(request.type);
  const found: Difference[] = [];
  if (sent !== type) {
    found.push({ kind: 'content type', in: 'request', text: `${sent || 'none'} was accepted; documented: ${type}` });
  }
  const json = parsed(request.text);
  if (json !== undefined) return [...found, ...validate(json, most).map((finding) => inRequest(finding, json))];
  if (sent !== 'application/x-www-form-urlencoded') return found;
  const remarks = new Remarks();
  const form = parseForm(request.text, commaLists, remarks);
  const read = (value: object) => spell(value, 'form', () => 'body', remarks) as object;
  for (const name of Object.keys(form)) {
    if (Object.keys(read({ [name]: form[name] })).length > 0) continue;
    found.push({ kind: 'unknown field', in: 'request', text: `'${short(name)}' was accepted` });
  }
  const value = read(form);
  return [...found, ...validate(value, most).map((finding) => inRequest(finding, value))];
}

function inRequest(finding: Finding, value: unknown, ...name: string[]): Difference {
  const { kind, text } = differenceOf(finding, value, name);
  return { kind, in: 'request', text: `${text}, and was accepted` };
}

function differencesOfResponse(operation: ServedOperation, { method, status, response }: Observed): Difference[] {
  const found: Difference[] = [];
  const report = (kind: DifferenceKind, text: string) => found.push({ kind, in: 'response', text });
  const documented = operation.described.responses.find((known) => Number(known.status) === status);
  if (!documented) {
    const known = [...operation.responses.keys()].sort((one, other) => one - other);
    report('undocumented status', `${status}; documented: ${known.join(', ')}`);
  }
  if (response === 'unread' || method === 'HEAD') return found;
  const isEmpty = !response || response.text === '';
  if (status >= 400) {
    const problem = isEmpty ? 'the body is empty' : problemOfError(parsed(response.text));
    if (problem) report('error form', `the error is not {code, message}: ${problem}`);
    return found;
  }
  if (!documented) return found;
  const types = documented.media.map(({ type }) => type);
  if (types.length === 0) {
    if (!isEmpty) report('body', 'there is one, and none is documented');
    return found;
  }
  if (isEmpty) {
    report('body', `there is none; documented: ${types.join(' or ')}`);
    return found;
  }
  const type = mediaType(response.type);
  if (!types.includes(type)) report('content type', `${type || 'none'}; documented: ${types.join(' or ')}`);
  if (!/[/+]json$/.test(types[0] ?? '') || (types.includes(type) && type !== types[0])) return found;
  const value = parsed(response.text);
  if (value === undefined) report('body', 'it is not JSON');
  else {
    const findings = operation.responses.get(status)?.validate(value, most) ?? [];
    found.push(...findings.map((finding) => differenceOf(finding, value)));
  }
  return found;
}

/** What keeps a body from being an error of the service. */
function problemOfError(body: Json | undefined): string | undefined {
  if (body === undefined) return 'the body is not JSON';
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return `the body is ${typeOf(body)}`;
  const { code, message, ...others } = body as Record<string, Json>;
  if (!Number.isInteger(code)) return `'code' is ${typeOf(code)}`;
  if (typeof message !== 'string') return `'message' is ${typeOf(message)}`;
  const [unknown] = Object.keys(others);
  return unknown === undefined ? undefined : `'${short(unknown)}' is unknown`;
}

const kinds: Readonly<Record<string, DifferenceKind>> = {
  additionalProperties: 'unknown field',
  unevaluatedProperties: 'unknown field',
  required: 'missing field',
  type: 'wrong type',
  enum: 'unknown value',
};

/** A finding about a body, in words. Entries of a list are alike, so their indexes are left out. */
function differenceOf(finding: Finding, body: unknown, name: readonly string[] = []): Difference {
  const { path, keyword } = finding;
  const kind = kinds[keyword] ?? 'wrong value';
  const at = [...name, ...path].reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[]` : text ? `${text}.${key}` : key),
    '',
  );
  const where = at === '' ? 'the body' : `'${short(at)}'`;
  const value = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null)?.[key], body);
  const complaint = complaintOf(finding).slice(0, 300);
  const text = {
    'unknown field': () => `${where}, ${typeOf(value)}`,
    'missing field': () => where,
    'wrong type': () => `${where} is ${typeOf(value)}, ${complaint}`,
    'unknown value': () => `${where} is ${short(JSON.stringify(value) ?? 'missing')}, ${complaint}`,
    'wrong value': () => `${where} is ${shapeOf(value)}, ${complaint}`,
  }[kind as 'unknown field'];
  return { kind, in: 'response', text: text() };
}

/** The form of a value, without what it says: letters are `a` and digits `0`. */
function shapeOf(value: unknown): string {
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : typeOf(value);
  return `like "${short(value).replaceAll(/\p{L}/gu, 'a').replaceAll(/\p{N}/gu, '0')}"`;
}

function typeOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function mediaType(header: string): string {
  return (header.split(';')[0] ?? '').trim().toLowerCase();
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function short(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
