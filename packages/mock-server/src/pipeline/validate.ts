import type { IHttpRequest } from '@stoplight/prism-http';
import { narrowed } from '../branches.ts';
import type { Operation, Schema } from '../description.ts';
import type { Finding } from '../engine.ts';
import { Refusal, type RoutedExchange, type World } from '../exchange.ts';

/** Step 7. Refuses what breaks the description, with a sentence for each parameter at fault. */
export function validate(exchange: RoutedExchange, { engine }: World): void {
  const { operation } = exchange;
  if (operation.body?.required && (exchange.body === undefined || exchange.body === null)) {
    throw new Refusal(400, `The request body is required. Send it as ${operation.body.type}.`);
  }
  const findings = engine.checkRequest(narrowed(operation, exchange.body), prismRequest(exchange));
  if (findings.length > 0) throw new Refusal(400, inWords(operation, findings));
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

/** Said of a union none of whose branches fits; worth saying only where nothing more exact is known. */
const noBranch = 'must have one of the documented forms';

/** How a validator speaks, and how a person does. */
const rewordings: [RegExp, string][] = [
  [/be equal to one of the allowed values:/, 'be one of'],
  [/must be integer$/, 'must be a whole number'],
  [/must be (string|number|boolean)$/, 'must be a $1'],
  [/must be array$/, 'must be a list'],
  [/must be object$/, 'must be an object'],
  [/must NOT have fewer than 1 properties$/, 'must have at least one member'],
  [/must NOT have fewer than 1 items$/, 'must have at least one entry'],
  [/must NOT have fewer than 1 characters$/, 'must not be empty'],
  [/must match format "(.+)"$/, 'must have the format $1'],
  [/must match (a schema in anyOf|exactly one schema in oneOf)$/, noBranch],
  [/must be <= (\S+)$/, 'must be at most $1'],
  [/must be >= (\S+)$/, 'must be at least $1'],
];

/** The findings as the service would say them, a sentence for each parameter: `Parameter 'timeFrom' is required.` */
function inWords(operation: Operation, findings: readonly Finding[]): string {
  const complaints = new Map<string, Set<string>>();
  for (const finding of findings) {
    const [subject, complaint] = complaintOf(operation, finding);
    complaints.set(subject, (complaints.get(subject) ?? new Set()).add(complaint));
  }
  const all = [...complaints].flatMap(([subject, said]) =>
    oneList([...said]).map((complaint) => ({ subject, complaint })),
  );
  const exact = all.filter(({ complaint }) => complaint !== noBranch);
  return (exact.length ? exact : all).map(({ subject, complaint }) => `${subject} ${complaint}.`).join(' ');
}

/** The branches of a union each have their list of values; to the reader it is one list. */
function oneList(complaints: string[]): string[] {
  const lists = complaints.filter((complaint) => complaint.startsWith(valueList));
  if (lists.length < 2) return complaints;
  const values = lists.map((complaint) => complaint.slice(valueList.length)).join(', ');
  return [...complaints.filter((complaint) => !lists.includes(complaint)), valueList + values];
}
const valueList = 'must be one of ';

/** Who is at fault, and of what. */
function complaintOf(operation: Operation, { path, keyword, message }: Finding): [subject: string, complaint: string] {
  const [place, ...found] = path;
  // Prism lowers the names of parameters, but not of the members of a body.
  const documented = (name: string) =>
    operation.parameters.find((parameter) => parameter.in === place && parameter.name.toLowerCase() === name)?.name ??
    name;
  const members = found.map((member, index) => (index === 0 ? documented(member) : member));
  if (keyword === 'required') {
    const missing = documented(/'([^']+)'$/.exec(message)?.[1] ?? members.at(-1) ?? '');
    return [`Parameter '${dotted([...members.filter((member) => member !== missing), missing])}'`, 'is required'];
  }
  const name = dotted(members);
  const subject = name ? `Parameter '${name}'` : place === 'body' ? 'The request body' : `The ${place ?? 'request'}`;
  const format = keyword === 'pattern' ? formatOf(operation, place, members) : undefined;
  if (format) return [subject, `must have the format ${format}`];
  const complaint = /\b(must .*)$/.exec(message)?.[1] ?? message;
  return [subject, rewordings.reduce((text, [from, to]) => text.replace(from, to), complaint)];
}

function dotted(members: readonly string[]): string {
  return members
    .map((member, index) => (/^\d+$/.test(member) ? `[${member}]` : index ? `.${member}` : member))
    .join('');
}

/** The `x-format` of the schema at a place, where it has one. */
function formatOf(
  { parameters, body, description }: Operation,
  place: string | undefined,
  members: string[],
): string | undefined {
  const [name, ...rest] = members;
  const parameter = parameters.find((candidate) => candidate.in === place && candidate.name === name);
  const start = place === 'body' ? body?.schema : parameter?.schema;
  let schema = start && (description.resolve(start) as Schema);
  for (const member of place === 'body' ? members : rest) {
    const parts: Schema[] = schema
      ? [schema, ...(schema.allOf ?? []).map((part) => description.resolve(part) as Schema)]
      : [];
    const next: Schema | undefined = parts.map((part) => part.properties?.[member] ?? part.items).find(Boolean);
    schema = next && (description.resolve(next) as Schema);
  }
  return schema?.['x-format'];
}
