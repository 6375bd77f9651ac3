import type { IHttpRequest } from '@stoplight/prism-http';
import type { Operation, Schema } from '../description.ts';
import type { Finding } from '../engine.ts';
import { Refusal, type RoutedExchange, type World } from '../exchange.ts';

/** Step 7. Refuses what breaks the description, naming the parameter. */
export function validate(exchange: RoutedExchange, { engine }: World): void {
  const { operation } = exchange;
  if (operation.body?.required && exchange.body === undefined) {
    throw new Refusal(400, `The request body is required. Send it as ${operation.body.type}.`);
  }
  const [first] = engine.checkRequest(operation.prism, prismRequest(exchange));
  if (first) throw new Refusal(400, inWords(operation, first));
}

/** The exchange as Prism wants a request: documented path, documented spelling. */
export function prismRequest(exchange: RoutedExchange): IHttpRequest {
  const { operation, pathParameters, query, body, incoming } = exchange;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(pathParameters[name] ?? ''),
  );
  const type: Record<string, string> =
    operation.body && body !== undefined ? { 'content-type': operation.body.type } : {};
  const request = {
    method: operation.prism.method as IHttpRequest['method'],
    url: { path, query },
    headers: type,
    body: operation.body && body !== undefined ? encode(operation.body.type, body) : undefined,
  };
  return incoming.headers.accept ? { ...request, headers: { ...type, accept: incoming.headers.accept } } : request;
}

/** Prism parses forms itself, so it gets one. */
function encode(type: string, body: unknown): unknown {
  if (type !== 'application/x-www-form-urlencoded') return body;
  return Object.entries(body as object)
    .map(
      ([name, value]) =>
        `${name}=${Array.isArray(value) ? value.map(encodeURIComponent).join(',') : encodeURIComponent(String(value))}`,
    )
    .join('&');
}

/** The finding as the service would say it: `Parameter 'timeFrom' is required.` */
function inWords(operation: Operation, { path, keyword, message }: Finding): string {
  const [place, ...members] = path;
  if (keyword === 'required') {
    const missing = /'([^']+)'$/.exec(message)?.[1] ?? members.at(-1) ?? '';
    return `Parameter '${dotted([...members.filter((member) => member !== missing), missing])}' is required.`;
  }
  const name = dotted(members);
  const subject = name ? `Parameter '${name}'` : place === 'body' ? 'The request body' : `The ${place ?? 'request'}`;
  const format = keyword === 'pattern' ? formatOf(operation, place, members) : undefined;
  if (format) return `${subject} must have the format ${format}.`;
  const complaint = /\b(must .*)$/.exec(message)?.[1] ?? message;
  return `${subject} ${complaint.replace('be equal to one of the allowed values:', 'be one of')}.`;
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
