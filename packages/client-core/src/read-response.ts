import {
  type ApiError,
  BadRequestError,
  type CallInfo,
  ForbiddenError,
  InvalidResponseError,
  NotFoundError,
  type ResponseFacts,
  ServerError,
  type ServiceError,
  UnauthorizedError,
  UnexpectedStatusError,
} from './errors.ts';
import type { Redact } from './redact.ts';

/** A response whose body has arrived. */
export interface Outcome {
  readonly response: Response;
  readonly text: string;
}

/** What errors may show of a response. */
export interface Shown {
  readonly redact: Redact;
  /** False where the body may be a token. */
  readonly withBody: boolean;
}

/** What the success of an operation has for a body: JSON; `text`, which may be empty or a text as JSON; or `nothing`. */
export type ResultKind = 'json' | 'text' | 'nothing';

/**
 * The operations with another kind of result than usual, by `METHOD path`; derived from the bundle. Usual is `text` for
 * a DELETE and `json` for all else.
 */
export type Results = Readonly<Record<string, ResultKind>>;

/**
 * The data of a success.
 *
 * @throws {InvalidResponseError} where it is not JSON, or empty, and the operation documents JSON.
 */
export function readSuccess(call: CallInfo, { response, text }: Outcome, kind: ResultKind, shown: Shown): unknown {
  if (kind === 'nothing') return undefined;
  try {
    // The errors of the parser quote the text, which may have a token.
    // Trimmed, because older workers leave the byte order mark.
    const data: unknown = JSON.parse(text.trim());
    if (kind === 'json' || typeof data === 'string') return data;
  } catch {
    if (kind === 'json')
      throw new InvalidResponseError(
        call,
        factsOf(response, text, shown),
        text
          ? 'a body that is not JSON. Is this the address of the service?'
          : 'an empty body, where the operation documents data.',
      );
  }
  return text;
}

const classOf: Record<number, new (...facts: ConstructorParameters<typeof ApiError>) => ApiError> = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
};

/** The error for a response that is not a success. */
export function readError(call: CallInfo, { response, text }: Outcome, shown: Shown): ApiError {
  const { status } = response;
  const Class = classOf[status] ?? (status >= 500 ? ServerError : UnexpectedStatusError);
  const { code, message } = errorIn(text);
  return new Class(
    call,
    factsOf(response, text, shown),
    { code, message: message && shown.redact(message.replace(/\s+/g, ' ').trim()).slice(0, 500) },
    // A browser does not say where to, and has the status 0.
    !status || (status > 299 && status < 400)
      ? 'a redirect; the client follows those of reads, within the origin'
      : undefined,
  );
}

function factsOf({ status, headers }: Response, text: string, { redact, withBody }: Shown): ResponseFacts {
  const shown = [...headers].filter(([name]) => !name.startsWith('set-cookie'));
  return {
    status,
    headers: new Headers(shown.map(([name, value]) => [name, redact(value)])),
    // Redacted before it is cut, so that no part of a secret is left at the end.
    body: (withBody && redact(text.slice(0, 20_000)).slice(0, 2000)) || undefined,
  };
}

/**
 * What the service says in a body, in any of the forms that services on its platform have: `{code, message}`,
 * `{Message}`, `{error_code, error_message}`, `{error, error_description}`, JSON text, plain text, or the title of a page.
 */
function errorIn(text: string): ServiceError {
  let body: unknown = text;
  try {
    body = JSON.parse(text.trim());
  } catch {}
  return errorOf(body);
}

function errorOf(body: unknown): ServiceError {
  if (typeof body === 'string')
    return { message: /^\s*</.test(body) ? /<(title|h1)[^>]*>([^<]+)/i.exec(body)?.[2] : body };
  const fields = new Map(
    Object.entries(body ?? {}).map(([name, value]): [string, unknown] => [
      name.toLowerCase().replaceAll('_', ''),
      value,
    ]),
  );
  const inner = fields.get('error');
  if (typeof inner === 'object' && inner) return errorOf(inner);
  const texts = ['message', 'errormessage', 'errordescription', 'error', 'title'].map((name) => fields.get(name));
  return {
    code: Number(fields.get('code') ?? fields.get('errorcode')) || undefined,
    message: texts.find((value): value is string => typeof value === 'string' && value !== ''),
  };
}
