import { ConfigurationError, InvalidValueError } from './errors.ts';

/** What goes into the `authorization` header of a request. */
export interface Credentials {
  authorization(): Promise<string>;
  /** Told of a header that got a 401; true if another `authorization` may fare better. */
  renew(refused: string): boolean;
}

/** An access token and when it ends. */
export interface Token {
  readonly token: string;
  /** Milliseconds since 1970; undefined where the token does not say. */
  readonly expiresAt?: number | undefined;
}

/**
 * HTTP Basic with an agent's email and API key.
 *
 * @throws {ConfigurationError} for an email with a colon, which Basic cannot carry.
 * @see https://www.rfc-editor.org/rfc/rfc7617#section-2
 */
export function basic(email: string, apiKey: string): Credentials {
  if (!email || !apiKey)
    throw new ConfigurationError('Basic credentials need an email and an API key; one of them is empty.');
  if (email.includes(':')) throw new ConfigurationError('An email with a colon cannot be sent by HTTP Basic.');
  const bytes = new TextEncoder().encode(`${email}:${apiKey}`);
  const header = `Basic ${btoa(String.fromCharCode(...bytes))}`;
  return { authorization: async () => header, renew: () => false };
}

/**
 * A Bearer token that you hold already. It is sent as it is and never renewed.
 *
 * @throws {ConfigurationError} for a token that is empty or that no header can carry.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearer(token: string): Credentials {
  if (!token) throw new ConfigurationError('The token is empty.');
  if (!isToken(token)) throw new ConfigurationError('The token has a space, a line break or another stray character.');
  return { authorization: async () => `Bearer ${token}`, renew: () => false };
}

/** Renew this long before a token ends, so that a request does not cross the line on its way. */
const margin = 30_000;

/** Whether a header can carry it: an error of fetch about a bad header would show the token. */
function isToken(token: unknown): token is string {
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);
}

/**
 * Bearer tokens fetched when first needed, kept until they end, and fetched once however many calls wait for one.
 * `authorization` rejects with an {@link InvalidValueError} where what was fetched is no token.
 *
 * @param now the present, in milliseconds since 1970.
 */
export function fetchedBearer(fetchToken: () => Promise<Token>, now: () => number = Date.now): Credentials {
  let held: Token | undefined;
  let pending: Promise<Token> | undefined;
  const ended = ({ expiresAt = Number.POSITIVE_INFINITY }: Token) => expiresAt - margin <= now();

  return {
    async authorization() {
      if (!held || ended(held)) {
        pending ??= fetchToken().finally(() => {
          pending = undefined;
        });
        const fetched = await pending;
        if (!isToken(fetched.token)) throw new InvalidValueError('The service gave no token that can be sent.');
        held = fetched;
      }
      return `Bearer ${held.token}`;
    },
    renew(refused) {
      // Another call may have been told before this one, and a new token be here already.
      if (refused === `Bearer ${held?.token}`) held = undefined;
      return true;
    },
  };
}

/**
 * When a JSON Web Token ends, in milliseconds since 1970; undefined where it does not say or cannot be read.
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
