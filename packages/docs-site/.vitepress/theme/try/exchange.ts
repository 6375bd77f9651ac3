/** Sends a request of the form, and reads the response. */

import type { Version } from '../../../src/model/bundle.ts';
import { prettyJson } from '../../../src/model/literal.ts';
import { httpRequest, type Pair, queryString } from '../../../src/model/request.ts';
import { company, documents, fetchFromSandbox, operations } from './sandbox.ts';

/** Where requests go: the sandbox of the page, or the address of a mock. */
export type Target = { kind: 'sandbox' } | { kind: 'address'; address: string };

/** As whom a request is sent. */
export type Caller =
  | { kind: 'basic'; email: string; apiKey: string }
  | { kind: 'partner'; email: string; password: string }
  | { kind: 'nobody' };

/** A request as the form has it. */
export interface Draft {
  method: string;
  /** With its values, encoded. */
  path: string;
  query: Pair[];
  body: { type: string; text: string } | undefined;
}

export interface Result {
  status: number;
  /** Such as `Not Found`; the text of the status, which HTTP/2 does not send. */
  statusText: string;
  /** In milliseconds, with the body. */
  time: number;
  headers: Pair[];
  /** As it came, or laid out where it is JSON. */
  text: string;
  json: unknown;
  /** The message of an error. */
  message: string | undefined;
}

const names: Record<number, string> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** The sandbox has no address of its own; links in its responses begin with this one. */
const sandboxOrigin = 'https://sandbox.example';

/**
 * Sends a request, with a new token before it where the caller needs one.
 *
 * @throws {Error} in words, where there is no response.
 */
export async function exchange(version: Version, target: Target, caller: Caller, draft: Draft): Promise<Result> {
  const headers = new Headers(draft.body && { 'content-type': draft.body.type });
  if (caller.kind === 'basic')
    headers.set('authorization', `Basic ${encodeBase64(`${caller.email}:${caller.apiKey}`)}`);
  if (caller.kind === 'partner') headers.set('authorization', `Bearer ${await partnerToken(version, target, caller)}`);
  const begin = performance.now();
  const response = await send(target, draft, headers);
  const text = await response.text();
  const time = performance.now() - begin;
  const json = parse(text);
  const { message } = (typeof json === 'object' && json !== null ? json : {}) as { message?: unknown };
  return {
    status: response.status,
    statusText: response.statusText || (names[response.status] ?? ''),
    time,
    headers: [...response.headers],
    text: json === undefined ? text : prettyJson(json as Parameters<typeof prettyJson>[0]),
    json,
    message: !response.ok && typeof message === 'string' ? message : undefined,
  };
}

async function send(target: Target, { method, path, query, body }: Draft, headers: Headers): Promise<Response> {
  const origin = target.kind === 'sandbox' ? sandboxOrigin : target.address.replace(/\/+$/, '');
  const request = new Request(origin + path + queryString(query), {
    method,
    headers,
    ...(body && { body: body.text }),
    // The page sends neither its cookies nor its address.
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
  });
  if (target.kind === 'sandbox') return fetchFromSandbox(request);
  try {
    return await fetch(request);
  } catch {
    throw new Error(
      `No response from ${origin}. Does a mock run there? npm run mock starts one. A mock allows requests from any page; the browser blocks them to anything that does not.`,
    );
  }
}

/** A token of the partner, from the operation that issues it. */
async function partnerToken(version: Version, target: Target, caller: Caller & { kind: 'partner' }): Promise<string> {
  const issuer = [...operations.values()].find(
    ({ document, tokenIssue }) => document === documents[version] && tokenIssue?.scheme === 'partnerToken',
  );
  if (!issuer?.tokenIssue) throw new Error('No operation issues tokens for partners.');
  const { tokenIssue } = issuer;
  const request = httpRequest(issuer);
  const given = { [tokenIssue.user]: caller.email, [tokenIssue.password]: caller.password };
  const pairs = request.body?.kind === 'form' ? request.body.pairs : [];
  const filled = pairs.map(([name, text]): Pair => [name, given[name] ?? text]);
  const type = request.body?.type ?? '';
  const body = { type, text: queryString(filled).slice(1) };
  const response = await send(target, { ...request, body }, new Headers({ 'content-type': type }));
  const found = parse(await response.text()) as Record<string, unknown> | undefined;
  const token = found?.[tokenIssue.token];
  if (typeof token !== 'string')
    throw new Error(`There is no token for ${caller.email}: the response is ${response.status}.`);
  return token;
}

/** Basic credentials in UTF-8. @see https://www.rfc-editor.org/rfc/rfc7617#section-2.1 */
function encodeBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The callers of the demo company who can call an operation with these schemes. */
export function callersFor(schemes: readonly string[]): { label: string; caller: Caller }[] {
  if (schemes.includes('partnerToken')) {
    const { email, password } = company.partner;
    return [{ label: `${email.split('@', 1)}, a partner`, caller: { kind: 'partner', email, password } }];
  }
  if (!schemes.includes('basicAuth')) return [];
  return company.agents
    .filter(({ created }) => !created)
    .map(({ email, apiKey, permissions }) => ({
      label: `${email.split('@', 1)}, ${inWords(permissions)}`,
      caller: { kind: 'basic', email, apiKey },
    }));
}

function inWords(permissions: 'all' | readonly string[]): string {
  if (permissions === 'all') return 'all permissions';
  return permissions.length === 0 ? 'no permission' : permissions.join(', ');
}
