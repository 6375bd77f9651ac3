import { formOf, type Operation, resolve, type Schema } from '@comm100-openapi/description';
import type { IHttpRequest } from '@stoplight/prism-http';
import { narrowed } from '../branches.ts';
import type { Finding } from '../engine.ts';
import { type RoutedExchange, ServiceError, type World } from '../exchange.ts';

/** Step 7. Rejects what breaks the description, with a sentence for each wrong parameter. */
export function validate(exchange: RoutedExchange, { engine }: World): void {
  const { operation } = exchange;
  if (operation.body?.required && (exchange.body ?? null) === null) {
    throw new ServiceError(400, `The request body is required. Send it as ${operation.body.media[0]?.type}.`);
  }
  const findings = engine.checkRequest(narrowed(operation, exchange.body), prismRequest(exchange));
  if (findings.length > 0) throw new ServiceError(400, inWords(operation, findings));
}

/**
 * The exchange as Prism wants a request: documented path, documented spelling. The body goes in parsed, forms too: Prism
 * cannot read a comma-separated or a numbered list, and without a form's content type it takes the value as it is.
 */
export function prismRequest(exchange: RoutedExchange): IHttpRequest {
  const { operation, pathParameters, query, body, incoming } = exchange;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(pathParameters[name] ?? ''),
  );
  const { accept } = incoming.headers;
  return {
    method: operation.prism.method as IHttpRequest['method'],
    url: { path, query },
    headers: { 'content-type': 'application/json', ...(accept ? { accept } : {}) },
    body: operation.body ? body : undefined,
  };
}

/** The complaint where no branch of a union fits; used only where nothing more exact is known. */
const noBranch = 'must have one of the documented forms';

/** The messages of the validator, and what people read in their place. */
const rewordings: [RegExp, string][] = [
  [/be equal to one of the allowed values:/, 'be one of'],
  [/must match format "uuid"$/, 'must be a GUID, such as c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001'],
  [/must match format "email"$/, 'must be an email address'],
  [/must match format "(\w+)"$/, 'must be in the format of $1'],
  [/must be integer$/, 'must be a whole number'],
  [/must be (string|number|boolean)$/, 'must be a $1'],
  [/must be array$/, 'must be a list'],
  [/must be object$/, 'must be an object'],
  [/must NOT have fewer than 1 properties$/, 'must have at least one field'],
  [/must NOT have fewer than 1 items$/, 'must have at least one entry'],
  [/must NOT have fewer than 1 characters$/, 'must not be empty'],
  [/must match (a schema in anyOf|exactly one schema in oneOf)$/, noBranch],
  [/must be <= (\S+)$/, 'must be at most $1'],
  [/must be >= (\S+)$/, 'must be at least $1'],
];

/** The findings in the service's words, a sentence for each parameter: `Parameter 'timeFrom' is required.` */
function inWords(operation: Operation, findings: readonly Finding[]): string {
  const complaints = new Map<string, Set<string>>();
  for (const finding of findings) {
    const [subject, complaint] = complaintOf(operation, finding);
    complaints.set(subject, (complaints.get(subject) ?? new Set()).add(complaint));
  }
  const all = [...complaints].flatMap(([subject, sentences]) =>
    oneList([...sentences]).map((complaint) => ({ subject, complaint })),
  );
  const exact = all.filter(({ complaint }) => complaint !== noBranch);
  return (exact.length ? exact : all).map(({ subject, complaint }) => `${subject} ${complaint}.`).join(' ');
}

/** Each branch of a union has its own list of values; the reader gets one list. */
function oneList(complaints: string[]): string[] {
  const lists = complaints.filter((complaint) => complaint.startsWith(valueList));
  if (lists.length < 2) return complaints;
  const values = lists.map((complaint) => complaint.slice(valueList.length)).join(', ');
  return [...complaints.filter((complaint) => !lists.includes(complaint)), valueList + values];
}
const valueList = 'must be one of ';

/** What is wrong, and why. */
function complaintOf(operation: Operation, { path, keyword, message }: Finding): [subject: string, complaint: string] {
  const [place, ...found] = path;
  // Prism lowers the names of parameters, but not of the fields of a body.
  const documented = (name: string) =>
    operation.parameters.find((parameter) => parameter.in === place && parameter.name.toLowerCase() === name)?.name ??
    name;
  const names = found.map((name, index) => (index === 0 ? documented(name) : name));
  if (keyword === 'required') {
    const missing = documented(/'([^']+)'$/.exec(message)?.[1] ?? names.at(-1) ?? '');
    return [`Parameter '${dotted([...names.filter((name) => name !== missing), missing])}'`, 'is required'];
  }
  const name = dotted(names);
  const subject = name ? `Parameter '${name}'` : place === 'body' ? 'The request body' : `The ${place ?? 'request'}`;
  const format = keyword === 'pattern' ? formatOf(operation, place, names) : undefined;
  if (format) return [subject, `must have the format ${format}`];
  const complaint = /\b(must .*)$/.exec(message)?.[1] ?? message;
  return [subject, rewordings.reduce((text, [from, to]) => text.replace(from, to), complaint)];
}

function dotted(names: readonly string[]): string {
  return names.map((name, index) => (/^\d+$/.test(name) ? `[${name}]` : index ? `.${name}` : name)).join('');
}

/** The `x-format` of the schema at a place, where it has one. */
function formatOf(
  { parameters, body, document }: Operation,
  place: string | undefined,
  names: string[],
): string | undefined {
  const [name, ...rest] = names;
  const parameter = parameters.find((candidate) => candidate.in === place && candidate.name === name);
  const start = place === 'body' ? body?.media[0]?.schema : parameter?.schema;
  let schema = start && resolve<Schema>(document, start);
  for (const property of place === 'body' ? names : rest) {
    const parts: Schema[] = schema
      ? [schema, ...(schema.allOf ?? []).map((part) => resolve<Schema>(document, part))]
      : [];
    const next: Schema | undefined = parts.map((part) => part.properties?.[property] ?? part.items).find(Boolean);
    schema = next && resolve<Schema>(document, next);
  }
  return schema && formOf(schema);
}
