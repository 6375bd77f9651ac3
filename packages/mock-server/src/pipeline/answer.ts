import type { Example, TokenIssue } from '@comm100-openapi/description';
import { ProblemJsonError } from '@stoplight/prism-http';
import { identify } from '../caller.ts';
import type { Preference } from '../engine.ts';
import { documentedError, type Outgoing, type RoutedExchange, ServiceError, type World } from '../exchange.ts';
import { examplesFor, type ServedOperation } from '../operations.ts';
import { prismRequest } from './validate.ts';

/** Step 8. Responds with an example of the description, with made-up data for `Prefer: dynamic=true`, or with a real token. */
export async function answer(exchange: RoutedExchange, world: World): Promise<void> {
  const { operation } = exchange;
  const preference = readPrefer(exchange.incoming.headers.prefer);
  rejectUnknownPreference(operation, preference);
  const wantsSuccess = preference.code === undefined || preference.code === 200;
  if (!preference.example && !preference.dynamic && wantsSuccess) {
    const example = exampleFor(operation, { ...exchange.query, ...exchange.pathParameters });
    if (example) Object.assign(preference, { example });
  }

  const outgoing = await ask(exchange, world, preference);
  exchange.outgoing =
    operation.tokenIssue && outgoing.status === 200
      ? await withToken(exchange, operation.tokenIssue, outgoing, world)
      : outgoing;
}

async function ask(exchange: RoutedExchange, { engine }: World, preference: Preference): Promise<Outgoing> {
  try {
    const {
      statusCode,
      headers = {},
      body,
    } = await engine.respond(exchange.operation.prism, prismRequest(exchange), preference);
    const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return { status: statusCode, headers: Object.fromEntries(lowered), body };
  } catch (error) {
    if (!(error instanceof ProblemJsonError)) throw error;
    // Prism responds with 404 or 406 as problem+json to a `Prefer` or `Accept` header that asks for what is not described.
    throw new ServiceError(error.status === 406 ? 400 : error.status, error.detail.replace(/\.?$/, '.'));
  }
}

/** The example whose `x-when` names most of these parameters; otherwise the first. */
function exampleFor(operation: ServedOperation, parameters: Record<string, string>): string | undefined {
  const examples = examplesFor(operation, 200) ?? [];
  const fitting = examples.filter(({ when = {} }) =>
    Object.entries(when).every(([name, values]) => values.map(String).includes(parameters[name] ?? '')),
  );
  const closest = Math.max(...fitting.map(conditions));
  return (fitting.find((example) => conditions(example) === closest) ?? examples[0])?.name;
}

function conditions({ when = {} }: Example): number {
  return Object.keys(when).length;
}

/** Puts a signed token in place of the example's, after checking the password. */
async function withToken(
  exchange: RoutedExchange,
  issue: TokenIssue,
  outgoing: Outgoing,
  world: World,
): Promise<Outgoing> {
  const given = exchange.body as Record<string, string>;
  const kind = issue.scheme === 'partnerToken' ? 'partner' : 'agent';
  const caller = identify(world.company, kind, given[issue.user] ?? '', { password: given[issue.password] ?? '' });
  if (!caller) throw documentedError(exchange.operation, 401, 'wrongPassword');
  const site = issue.site && given[issue.site];
  if (site && site !== String(world.company.site.id)) throw documentedError(exchange.operation, 401, 'wrongSite');

  const body = outgoing.body as Record<string, unknown>;
  const lifetime = typeof body.expires_in === 'number' ? body.expires_in : undefined;
  const token = await world.tokens.issue({ scheme: issue.scheme, kind, email: caller.email }, lifetime);
  return { ...outgoing, body: { ...body, [issue.token]: token } };
}

/** Rejects a preference for a response that the operation does not have, and lists those that it has. */
function rejectUnknownPreference(operation: ServedOperation, { code = 200, example }: Preference): void {
  const examples = examplesFor(operation, code)?.map(({ name }) => name);
  if (!examples) {
    const codes = operation.responses.map(({ status }) => status).toSorted();
    throw new ServiceError(404, `The Prefer header asks for the status ${code}. Documented here: ${codes.join(', ')}.`);
  }
  if (example !== undefined && !examples.includes(example)) {
    const known = examples.length ? `Documented here: ${examples.join(', ')}.` : 'None is documented here.';
    throw new ServiceError(404, `The Prefer header asks for the example '${example}' of ${code}. ${known}`);
  }
}

/**
 * What a `Prefer` header asks for, with Prism's three keys: `code=403, example=dailyQuota`, `dynamic=true`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-2
 */
function readPrefer(header: string | undefined): { code?: number; example?: string; dynamic?: boolean } {
  const preferences = new Map(
    (header ?? '').split(/[,;]/).map((preference) => {
      const [name = '', value = ''] = preference.split('=');
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')] as const;
    }),
  );
  const code = preferences.get('code');
  const example = preferences.get('example');
  if (code !== undefined && !/^\d{3}$/.test(code))
    throw new ServiceError(400, `The code '${code}' of the Prefer header is not an HTTP status.`);
  return {
    ...(code ? { code: Number(code) } : {}),
    ...(example ? { example } : {}),
    ...(preferences.get('dynamic') === 'true' ? { dynamic: true } : {}),
  };
}
