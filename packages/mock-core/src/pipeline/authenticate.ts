import type { Accounts, Caller } from '../caller.ts';
import { documentedError, type RoutedExchange, ServiceError } from '../exchange.ts';
import { keepingLast } from '../once.ts';
import type { Tokens } from '../tokens.ts';

/** Step 3. Identifies the caller by HTTP Basic or a Bearer token, whichever the operation accepts. */
export async function authenticate(
  exchange: RoutedExchange,
  accounts: Accounts,
  tokens: Pick<Tokens, 'verify'>,
): Promise<void> {
  const { operation } = exchange;
  const { schemes } = operation.described;
  if (schemes.length === 0) return;
  const rejected = (cause: string) => documentedError(operation, 401, cause, challengeOf(schemes));

  const header = exchange.incoming.header('authorization');
  if (!header) throw rejected('missingCredentials');
  const { kind, token, email, apiKey } = credentialsOf(header);
  let caller: Caller | undefined;
  let scheme = 'basicAuth';
  if (kind === 'basic') {
    caller = accounts.withApiKey(email, apiKey);
    if (!caller) throw rejected('invalidApiKey');
  } else if (kind === 'bearer') {
    if (schemes.every((accepted) => accepted === scheme)) {
      const message = 'This operation takes HTTP Basic with an email and an API key.';
      throw new ServiceError(401, message, challengeOf(schemes));
    }
    const held = await tokens.verify(token);
    caller = held && accounts.find(held.kind, held.email);
    if (!held || !caller) throw rejected('invalidToken');
    scheme = held.scheme;
  } else {
    // It is not quoted: what has no scheme is a credential itself.
    throw new ServiceError(401, 'The Authorization header must begin with Basic or Bearer.', challengeOf(schemes));
  }
  // They are valid, and of a kind that the operation does not accept.
  if (!schemes.includes(scheme))
    throw documentedError(operation, 403, schemes.includes('partnerToken') ? 'notPartner' : 'permission');
  exchange.caller = caller;
}

const decoder = new TextDecoder();

/**
 * What an `Authorization` header has. Email and API key are empty where it is not of HTTP Basic.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7617#section-2 : the password can contain colons, the user name cannot.
 */
const credentialsOf = keepingLast((header) => {
  const [written = '', token = ''] = header.split(/\s+(.*)/s).map((part) => part.trim());
  const kind = written.toLowerCase();
  const [, email = '', apiKey = ''] = (kind === 'basic' && /^([^:]*):(.*)$/s.exec(decoded(token))) || [];
  return { kind, token, email, apiKey };
});

/** The text of Base64 in UTF-8; empty where it is none. */
function decoded(base64: string): string {
  try {
    return decoder.decode(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
  } catch {
    return '';
  }
}

function challengeOf(schemes: readonly string[]): Record<string, string> {
  const kinds = new Set(schemes.map((scheme) => (scheme === 'basicAuth' ? 'Basic' : 'Bearer')));
  return { 'www-authenticate': [...kinds].map((kind) => `${kind} realm="Comm100"`).join(', ') };
}
