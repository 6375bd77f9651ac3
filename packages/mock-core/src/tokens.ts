import { errors, jwtVerify, SignJWT } from 'jose';
import type { Caller } from './caller.ts';

/** How long a token lives where nothing says, in seconds: as long as the OAuth tokens of the service. */
const defaultLifetime = 43_199;

const issuer = 'comm100-mock';

/** A valid token: its holder, and the security scheme that it was issued for. */
export interface HeldToken {
  readonly scheme: string;
  readonly kind: Caller['kind'];
  readonly email: string;
}

/** Issues and checks signed tokens. Each mock makes a new key, so its tokens end with it. */
export class Tokens {
  readonly #key = crypto.getRandomValues(new Uint8Array(32));

  /** A signed token (HS256). @param lifetime In seconds. @see https://www.rfc-editor.org/rfc/rfc7519 */
  issue(holder: HeldToken, lifetime = defaultLifetime): Promise<string> {
    return new SignJWT({ scheme: holder.scheme, kind: holder.kind })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(issuer)
      .setSubject(holder.email)
      .setIssuedAt()
      .setExpirationTime(`${lifetime}s`)
      .sign(this.#key);
  }

  /** The holder of a token; `undefined` where it was not issued here, was changed, or has expired. */
  async verify(token: string): Promise<HeldToken | undefined> {
    try {
      // What has the signature was issued here, with these claims.
      const { payload } = await jwtVerify<Pick<HeldToken, 'scheme' | 'kind'>>(token, this.#key, {
        issuer,
        algorithms: ['HS256'],
      });
      const { scheme, kind, sub: email = '' } = payload;
      return { scheme, kind, email };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
