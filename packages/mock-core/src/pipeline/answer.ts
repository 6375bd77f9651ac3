import type { TokenIssue } from '@comm100-openapi/description';
import type { AnswerProvider } from '../answers/provider.ts';
import { type Answer, documentedError, type RoutedExchange, ServiceError } from '../exchange.ts';
import type { ServedExample, ServedOperation, ServedResponse } from '../operation-table.ts';
import { composed, type Payload } from '../payload.ts';
import { type Preference, readPrefer } from '../prefer.ts';
import type { World } from '../sandbox/world.ts';

/** Where responses come from. */
export interface Sources {
  /** The sources of responses, the first that has one counts. */
  readonly providers: readonly AnswerProvider[];
  /** The source of the examples, for what `Prefer` asks for by code. */
  readonly examples: AnswerProvider;
  /** The source of made-up data, for `Prefer: dynamic=true`. */
  readonly madeUp: AnswerProvider;
  /** How long tokens live, in seconds; `undefined` for as long as the example says. */
  readonly tokenLifetime?: number | undefined;
}

type Holders = Pick<World, 'accounts' | 'tokens'>;

/** Step 8. Finds the response that is due, and takes its content from the first source that has one. */
export async function answer(exchange: RoutedExchange, sources: Sources, world: Holders): Promise<Answer> {
  const { operation, incoming } = exchange;
  const preference = readPrefer(incoming.header('prefer'));
  const { response, example } = preferred(operation, preference);
  const { type } = response;
  if (type && !accepts(incoming.header('accept'), type)) {
    throw new ServiceError(400, `The Accept header excludes ${type}, which is all that this operation sends.`);
  }
  const { tokenIssue } = operation.described;
  const isSuccess = response === operation.success;
  const { providers, examples, madeUp } = sources;
  const asked = preference.dynamic ? [madeUp] : isSuccess ? providers : [examples, madeUp];
  const found: Answer = example
    ? { kind: 'example', response, payload: example.payload }
    : await ask(exchange, response, asked);
  return tokenIssue && isSuccess
    ? { ...found, payload: await withToken(exchange, tokenIssue, found, world, sources.tokenLifetime) }
    : found;
}

/** What the first source has that has something. Who keeps state acts on a request even where there is nothing to send. */
async function ask(
  exchange: RoutedExchange,
  response: ServedResponse,
  providers: readonly AnswerProvider[],
): Promise<Answer> {
  for (const provider of providers) {
    const payload = await provider.answer(exchange, response);
    if (payload) return { kind: provider.kind, response, payload: response.type === undefined ? undefined : payload };
  }
  return { kind: 'example', response, payload: undefined };
}

/** The response that a request prefers; the success where it prefers none. @throws {ServiceError} 404 where there is no such response. */
function preferred(
  { responses, success }: ServedOperation,
  { code, example }: Preference,
): { response: ServedResponse; example: ServedExample | undefined } {
  const response = code === undefined ? success : responses.get(code);
  if (!response) {
    const codes = [...responses.keys()].sort((one, other) => one - other);
    throw new ServiceError(404, `The Prefer header asks for the status ${code}. Documented here: ${codes.join(', ')}.`);
  }
  const found = response.examples.find(({ name }) => name === example);
  if (example !== undefined && !found) {
    const names = response.examples.map(({ name }) => name);
    const known = names.length ? `Documented here: ${names.join(', ')}.` : 'None is documented here.';
    const asked = `the example '${example.slice(0, 100)}' of ${response.status}`;
    throw new ServiceError(404, `The Prefer header asks for ${asked}. ${known}`);
  }
  return { response, example: found };
}

/**
 * Whether an `Accept` header allows a media type. What is not a media range does not count.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
function accepts(header: string | undefined, type: string): boolean {
  if (header === undefined) return true;
  const [group] = type.split('/');
  const ranges = header
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim()))
    .filter(([name = '']) => /^[^\s/]+\/[^\s/]+$/.test(name));
  const isAllowed = ([name = '', ...parameters]: string[]) =>
    ['*/*', `${group}/*`, type].includes(name) && !parameters.some((part) => /^q=0(\.0*)?$/.test(part));
  return ranges.length === 0 || ranges.some(isAllowed);
}

/** Puts a signed token in place of the example's, after checking the password. */
async function withToken(
  { operation, body }: RoutedExchange,
  issue: TokenIssue,
  { response, payload }: Answer,
  { accounts, tokens }: Holders,
  tokenLifetime: number | undefined,
): Promise<Payload> {
  const given = body as Record<string, unknown>;
  const kind = issue.scheme === 'partnerToken' ? 'partner' : 'agent';
  const caller = accounts.withPassword(kind, String(given[issue.user]), String(given[issue.password]));
  if (!caller) throw documentedError(operation, 401, 'wrongPassword');
  const site = issue.site && given[issue.site];
  if (site && String(site) !== String(accounts.site.id)) throw documentedError(operation, 401, 'wrongSite');

  const value = payload?.value as Record<string, unknown>;
  const isLifetimeSent = typeof value.expires_in === 'number';
  const lifetime = tokenLifetime ?? (isLifetimeSent ? Number(value.expires_in) : undefined);
  const token = await tokens.issue({ scheme: issue.scheme, kind, email: caller.email }, lifetime);
  const sent = { ...value, [issue.token]: token, ...(isLifetimeSent && { expires_in: lifetime }) };
  return composed(sent, response.validate);
}
