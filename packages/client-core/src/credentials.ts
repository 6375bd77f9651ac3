import { ConfigurationError } from './errors.ts';

/** Puts credentials on a request. `renew` throws away what is cached after a 401; true if trying again makes sense. */
export interface Credentials {
  authorization(): Promise<string>;
  renew(): boolean;
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

/** A Bearer token that you hold already. It is sent as it is and never renewed. */
export function bearer(token: string): Credentials {
  if (!token) throw new ConfigurationError('The token is empty.');
  return { authorization: async () => `Bearer ${token}`, renew: () => false };
}

/** Renew this long before a token ends, so that a request does not cross the line on its way. */
const margin = 30_000;

/** Bearer tokens fetched when first needed, kept until they end, and fetched once however many calls wait for one. */
export function fetchedBearer(fetchToken: () => Promise<Token>, now: () => number = Date.now): Credentials {
  let current: Promise<Token> | undefined;

  async function token(): Promise<Token> {
    if (current) {
      const held = await current;
      if (held.expiresAt === undefined || held.expiresAt - margin > now()) return held;
    }
    const pending = fetchToken();
    current = pending;
    // A failed attempt must not be remembered, or every later call would fail with it.
    pending.catch(() => {
      if (current === pending) current = undefined;
    });
    return pending;
  }

  let waiting: Promise<Token> | undefined;
  return {
    async authorization() {
      waiting ??= token().finally(() => {
        waiting = undefined;
      });
      return `Bearer ${(await waiting).token}`;
    },
    renew() {
      const had = current !== undefined;
      current = undefined;
      return had;
    },
  };
}

/**
 * When a JSON Web Token ends, in milliseconds since 1970; undefined where it does not say or cannot be read.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4
 */
export function jwtExpiry(token: string): number | undefined {
  const payload = token.split('.')[1];
  if (!payload) return undefined;
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    const exp = (claims as { exp?: unknown }).exp;
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
