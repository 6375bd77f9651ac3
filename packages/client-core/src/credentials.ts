import { ApiError, ConfigurationError, ForbiddenError, InvalidValueError } from './errors.ts';
import { rejectEmpty } from './hosts.ts';

/** The source of the `authorization` header of requests. */
export interface Credentials {
  authorization(): Promise<string>;
  /** Takes a header that got a 401. True if a new `authorization` may be accepted. */
  renew?(rejected: string): boolean;
  /** Takes a header with which a request got anything but a 401. */
  accepted?(header: string): void;
}

/** An access token and the time when it expires. */
export interface Token {
  readonly token: string;
  /** Milliseconds since 1970, by the clock of this machine; undefined where it is not known. */
  readonly expiresAt?: number | undefined;
}

/** Credentials that do not change. */
const constant = (header: string): Credentials => ({ authorization: async () => header });

/** Which settings credentials have, by their `type`: `email apiKey`. */
export type AuthSettings = Readonly<Record<string, string>>;

/** Credentials of which no setting is undefined. */
export type Complete<Auth> = { readonly [Name in keyof Auth]: Exclude<Auth[Name], undefined> };

/**
 * Checks the credentials that a client is given.
 *
 * @param allowBrowser Whether a page of a browser may have an API key or a password.
 * @throws {ConfigurationError} for no credentials, a `type` that does not exist, a setting that is not of this type, is not a text or is
 *   empty, for example because an environment variable is not set, and for an API key or a password in a page. It shows
 *   no value.
 */
export function checkAuth<Auth extends { readonly type: string }>(
  auth: Auth | undefined,
  known: AuthSettings,
  allowBrowser = false,
): Complete<Auth> {
  if (!auth)
    throw new ConfigurationError(
      "The option 'auth' is missing. Give it as in createClient({ auth: { type: 'basic', email, apiKey } }).",
    );
  const { type } = auth;
  const names = Object.hasOwn(known, type) && known[type]?.split(' ');
  if (!names)
    throw new ConfigurationError(`auth.type '${type}' is unknown. Use one of ${Object.keys(known).join(', ')}.`);
  for (const [name, value] of Object.entries(auth))
    if (value !== undefined && name !== 'type' && !names.includes(name))
      throw new ConfigurationError(`auth.${name} is not for the type '${type}', which has ${names.join(', ')}.`);
  for (const name of names) {
    const value = (auth as Record<string, unknown>)[name];
    rejectEmpty(`auth.${name}`, value);
    if (typeof value !== 'string' && !(typeof value === 'number' && name.endsWith('Id')))
      throw new ConfigurationError(`auth.${name} is not a string.`);
  }
  // A token ends by itself; a worker, Node, Deno and Bun have no document.
  if (type !== 'token' && !allowBrowser && 'document' in globalThis)
    throw new ConfigurationError(
      'Everyone can read an API key or a password in a page. Use a token, or set `dangerouslyAllowBrowser`.',
    );
  return auth as Complete<Auth>;
}

/**
 * HTTP Basic with an agent's email and API key.
 *
 * @throws {ConfigurationError} for an email with a colon, which HTTP Basic does not allow.
 * @see https://www.rfc-editor.org/rfc/rfc7617#section-2
 */
export function basic(email: string, apiKey: string): Credentials {
  if (email.includes(':')) throw new ConfigurationError('HTTP Basic does not allow an email with a colon.');
  const bytes = new TextEncoder().encode(`${email}:${apiKey}`);
  return constant(`Basic ${btoa(String.fromCharCode(...bytes))}`);
}

/**
 * A Bearer token that you already have. It is sent as it is and never renewed.
 *
 * @throws {ConfigurationError} for a token that a header cannot contain.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearer(token: string): Credentials {
  if (!isToken(token)) throw new ConfigurationError('The token has a character that a header cannot have.');
  return constant(`Bearer ${token}`);
}

/** A token is renewed this many milliseconds before it expires, so that it does not expire while a request is sent. */
const margin = 30_000;

/** Whether a header can contain it. It is checked here because an error of fetch about a bad header shows the token. */
function isToken(token: unknown): token is string {
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);
}

/** Whether an error says that the credentials themselves are wrong, so that they will be wrong the next time too. */
function isRejection(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    [400, 401, 403].includes(error.status) &&
    !(error instanceof ForbiddenError && error.reason === 'quota')
  );
}

/**
 * Bearer tokens, fetched when first needed and kept until they expire. Calls that wait at the same time share one.
 * `authorization` rejects with an {@link InvalidValueError} where the fetched value is not a token. Credentials that
 * were rejected are not sent again: the service locks agents after some wrong passwords.
 *
 * @param now The current time, in milliseconds since 1970.
 */
export function fetchedBearer(fetchToken: () => Promise<Token>, now: () => number = Date.now): Credentials {
  let current: Token | undefined;
  let pending: Promise<Token> | undefined;
  let rejection: unknown;
  // How many tokens in a row the service has issued and never accepted.
  let unaccepted = 0;
  const hasExpired = ({ expiresAt = Number.POSITIVE_INFINITY }: Token) => expiresAt - margin <= now();

  return {
    async authorization() {
      if (rejection) throw rejection;
      if (!current || hasExpired(current)) {
        pending ??= fetchToken().finally(() => {
          pending = undefined;
        });
        try {
          const fetched = await pending;
          if (!isToken(fetched.token))
            throw new InvalidValueError('The response of the service has no token that can be sent.');
          current = fetched;
        } catch (error) {
          if (isRejection(error)) rejection = error;
          throw error;
        }
      }
      return `Bearer ${current.token}`;
    },
    renew(rejected) {
      // Another call may have renewed the token already.
      if (rejected !== `Bearer ${current?.token}`) return true;
      if (unaccepted > 0) return false;
      unaccepted++;
      current = undefined;
      return true;
    },
    accepted(header) {
      if (header === `Bearer ${current?.token}`) unaccepted = 0;
    },
  };
}

/**
 * The time when a JSON Web Token expires, in milliseconds since 1970, by the clock of this machine: the lifetime that
 * the token states counts, since the clock of the service may be another. Undefined where the token states none, cannot
 * be read, or would have expired already.
 *
 * @param receivedAt When the token was requested, in milliseconds since 1970.
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4
 */
export function jwtExpiry(token: string, receivedAt: number): number | undefined {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    const { exp, iat } = claims as { exp: number; iat?: number };
    // Where there is no number, nothing is greater than 0.
    const lifetime = (exp - (iat ?? receivedAt / 1000)) * 1000;
    return lifetime > 0 ? receivedAt + lifetime : undefined;
  } catch {
    return undefined;
  }
}
