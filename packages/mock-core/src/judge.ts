import type { Document, Json } from '@comm100-openapi/description';
import { form, mediaType, parseForm } from './body.ts';
import { operationTable, type ServedOperation } from './operation-table.ts';
import { documentedPath, segmentsOf } from './path.ts';
import { isOfList } from './pipeline/spell.ts';
import { Remarks, short } from './remarks.ts';
import { type Finding, isObject } from './schema/check.ts';
import { complaintOf, placeOf } from './schema/words.ts';

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
 * accepts it. A comparison throws a `ServiceError` where the path cannot be decoded.
 *
 * @param bundles In the strict form, whose objects are closed; in an open one, no field is unknown.
 */
export function createJudge(bundles: readonly Document[]): (observed: Observed) => Judgement {
  const table = operationTable(bundles);
  return (observed) => {
    const { method, url } = observed;
    const segments = segmentsOf(documentedPath(url.replace(/\?.*/s, '')));
    const found = table.router.find(method === 'HEAD' ? 'GET' : method, segments);
    const operation = found?.target();
    const differences = operation
      ? [
          ...differencesOfRequest(operation, found?.values ?? {}, observed),
          ...differencesOfResponse(operation, observed),
        ]
      : [...differencesOfPath(table.router.methods(segments), observed)];
    const distinct = new Map(differences.map((difference) => [JSON.stringify(difference), difference]));
    return { operation, differences: [...distinct.values()] };
  };
}

function* differencesOfPath(known: ReadonlySet<string>, { method, url, status }: Observed): Iterable<Difference> {
  // Where the service does not know it either, both agree.
  if (status === 404 || status === 405) return;
  const text = `${method} ${url.replace(/\?.*/s, '')} got ${status}`;
  if (known.size === 0) yield { kind: 'undocumented path', in: 'request', text };
  else yield { kind: 'undocumented method', in: 'request', text: `${text}; documented: ${[...known].join(', ')}` };
}

function* differencesOfRequest(
  operation: ServedOperation,
  pathValues: Readonly<Record<string, string>>,
  { url, request, status }: Observed,
): Iterable<Difference> {
  if (status >= 400) return;
  const remarks = new Remarks();
  const values: Record<string, unknown> = {};
  for (const { name, spell } of operation.parameters)
    if (pathValues[name] !== undefined) values[name] = spell(pathValues[name], 'path', () => name, remarks);
  const [, search = ''] = /\?(.*)/s.exec(url) ?? [];
  for (const [written, text] of new URLSearchParams(search)) {
    const parameter = operation.query.get(written.toLowerCase());
    if (parameter) values[parameter.name] = parameter.spell(text, 'query', () => written, remarks);
    else if (!isOfList(written, operation))
      yield { kind: 'undocumented parameter', in: 'request', text: `'${short(written)}' was accepted` };
  }
  yield* inRequest(operation.validate(values, most), values);
  if (request && operation.body) yield* differencesOfBody(operation.body, request);
}

function* differencesOfBody(
  { type, commaLists, spell, validate }: NonNullable<ServedOperation['body']>,
  request: ObservedBody,
): Iterable<Difference> {
  const sent = mediaType(request.type);
  if (sent !== type)
    yield { kind: 'content type', in: 'request', text: `${sent || 'none'} was accepted; documented: ${type}` };
  const json = parsed(request.text);
  if (json !== undefined) return yield* inRequest(validate(json, most), json);
  if (sent !== form) return;
  const remarks = new Remarks();
  const fields = parseForm(request.text, commaLists, remarks);
  const read = (value: object) => spell(value, 'form', () => 'body', remarks) as object;
  for (const name of Object.keys(fields)) {
    if (Object.keys(read({ [name]: fields[name] })).length > 0) continue;
    yield { kind: 'unknown field', in: 'request', text: `'${short(name)}' was accepted` };
  }
  const value = read(fields);
  yield* inRequest(validate(value, most), value);
}

function inRequest(findings: readonly Finding[], value: unknown): Difference[] {
  return findings.map((finding) => {
    const { kind, text } = differenceOf(finding, value);
    return { kind, in: 'request', text: `${text}, and was accepted` };
  });
}

function* differencesOfResponse(
  operation: ServedOperation,
  { method, status, response }: Observed,
): Iterable<Difference> {
  const documented = operation.described.responses.find((known) => Number(known.status) === status);
  if (!documented) {
    const known = [...operation.responses.keys()].sort((one, other) => one - other);
    yield inResponse('undocumented status', `${status}; documented: ${known.join(', ')}`);
  }
  if (response === 'unread' || method === 'HEAD') return;
  const { type, text } = response ?? { type: '', text: '' };
  if (status >= 400) {
    const problem = problemOfError(text);
    if (problem) yield inResponse('error form', `the error is not {code, message}: ${problem}`);
    return;
  }
  if (!documented) return;
  const [usual, ...others] = documented.media.map((media) => media.type);
  if (usual === undefined) {
    if (text !== '') yield inResponse('body', 'there is one, and none is documented');
    return;
  }
  const types = [usual, ...others].join(' or ');
  if (text === '') return yield inResponse('body', `there is none; documented: ${types}`);
  const sent = mediaType(type);
  if (others.includes(sent)) return;
  if (sent !== usual) yield inResponse('content type', `${sent || 'none'}; documented: ${types}`);
  if (!/[/+]json$/.test(usual)) return;
  const value = parsed(text);
  if (value === undefined) return yield inResponse('body', 'it is not JSON');
  const findings = operation.responses.get(status)?.validate(value, most) ?? [];
  yield* findings.map((finding) => {
    const { kind, text } = differenceOf(finding, value);
    return inResponse(kind, text);
  });
}

function inResponse(kind: DifferenceKind, text: string): Difference {
  return { kind, in: 'response', text };
}

/** What keeps a body from being an error of the service. */
function problemOfError(text: string): string | undefined {
  if (text === '') return 'the body is empty';
  const body = parsed(text);
  if (body === undefined) return 'the body is not JSON';
  if (!isObject(body)) return `the body is ${typeOf(body)}`;
  const { code, message, ...others } = body;
  if (!Number.isInteger(code)) return `'code' is ${typeOf(code)}`;
  if (typeof message !== 'string') return `'message' is ${typeOf(message)}`;
  const [unknown] = Object.keys(others);
  return unknown === undefined ? undefined : `'${short(unknown)}' is unknown`;
}

/** A finding about a body, in words. Entries of a list are alike, so their indexes are left out. */
function differenceOf(finding: Finding, body: unknown): Pick<Difference, 'kind' | 'text'> {
  const at = placeOf(finding.path).replaceAll(/\[\d+\]/g, '[]');
  const where = at === '' ? 'the body' : `'${short(at)}'`;
  const value = finding.path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null)?.[key], body);
  const complaint = complaintOf(finding).slice(0, 300);
  switch (finding.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return { kind: 'unknown field', text: `${where}, ${typeOf(value)}` };
    case 'required':
      return { kind: 'missing field', text: where };
    case 'type':
      return { kind: 'wrong type', text: `${where} is ${typeOf(value)}, ${complaint}` };
    case 'enum':
      return { kind: 'unknown value', text: `${where} is ${short(JSON.stringify(value) ?? 'missing')}, ${complaint}` };
    default:
      return { kind: 'wrong value', text: `${where} is ${shapeOf(value)}, ${complaint}` };
  }
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

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
