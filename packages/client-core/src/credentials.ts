import { ConfigurationError, InvalidValueError } from './errors.ts';

/** The source of the `authorization` header of requests. */
export interface Credentials {
  authorization(): Promise<string>;
  /** Takes a header that got a 401. True if a new `authorization` may be accepted. */
  renew(rejected: string): boolean;
}

/** An access token and the time when it expires. */
export interface Token {
  readonly token: string;
  /** Milliseconds since 1970; undefined where it is not known. */
  readonly expiresAt?: number | undefined;
}

/**
 * HTTP Basic with an agent's email and API key.
 *
 * @throws {ConfigurationError} for an email with a colon, which HTTP Basic does not allow.
 * @see https://www.rfc-editor.org/rfc/rfc7617#section-2
 */
export function basic(email: string, apiKey: string): Credentials {
  if (!email || !apiKey)
    throw new ConfigurationError('Basic credentials need an email and an API key; one of them is empty.');
  if (email.includes(':')) throw new ConfigurationError('HTTP Basic does not allow an email with a colon.');
  const bytes = new TextEncoder().encode(`${email}:${apiKey}`);
  const header = `Basic ${btoa(String.fromCharCode(...bytes))}`;
  return { authorization: async () => header, renew: () => false };
}

/**
 * A Bearer token that you already have. It is sent as it is and never renewed.
 *
 * @throws {ConfigurationError} for a token that is empty or that a header cannot contain.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearer(token: string): Credentials {
  if (!token) throw new ConfigurationError('The token is empty.');
  if (!isToken(token))
    throw new ConfigurationError(
      'The token has a space, a line break or another character that a header cannot contain.',
    );
  return { authorization: async () => `Bearer ${token}`, renew: () => false };
}

/** A token is renewed this many milliseconds before it expires, so that it does not expire while a request is sent. */
const margin = 30_000;

/** Whether a header can contain it. It is checked here because an error of fetch about a bad header shows the token. */
function isToken(token: unknown): token is string {
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);
}

/**
 * Bearer tokens, fetched when first needed and kept until they expire. Calls that wait at the same time share one.
 * `authorization` rejects with an {@link InvalidValueError} where the fetched value is not a token.
 *
 * @param now The current time, in milliseconds since 1970.
 */
export function fetchedBearer(fetchToken: () => Promise<Token>, now: () => number = Date.now): Credentials {
  let current: Token | undefined;
  let pending: Promise<Token> | undefined;
  const hasExpired = ({ expiresAt = Number.POSITIVE_INFINITY }: Token) => expiresAt - margin <= now();

  return {
    async authorization() {
      if (!current || hasExpired(current)) {
        pending ??= fetchToken().finally(() => {
          pending = undefined;
        });
        const fetched = await pending;
        if (!isToken(fetched.token))
          throw new InvalidValueError('The response of the service has no token that can be sent.');
        current = fetched;
      }
      return `Bearer ${current.token}`;
    },
    renew(rejected) {
      // Another call may have renewed the token already.
      if (rejected === `Bearer ${current?.token}`) current = undefined;
      return true;
    },
  };
}

/**
 * The time when a JSON Web Token expires, in milliseconds since 1970; undefined where it has none or cannot be read.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4
 */
export function jwtExpiry(token: string): number | undefined {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    const exp = (claims as { exp?: unknown }).exp;
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
