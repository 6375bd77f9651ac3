import type { Accounts, Caller } from '../caller.ts';
import { documentedError, type RoutedExchange, ServiceError } from '../exchange.ts';
import type { Tokens } from '../tokens.ts';

/** Step 3. Identifies the caller by HTTP Basic or a Bearer token, whichever the operation accepts. */
export async function authenticate(
  exchange: RoutedExchange,
  { accounts, tokens }: { readonly accounts: Accounts; readonly tokens: Pick<Tokens, 'verify'> },
): Promise<void> {
  const { operation } = exchange;
  const { schemes } = operation.described;
  if (schemes.length === 0) return;
  const challenge = () => ({ 'www-authenticate': challenges(schemes) });
  const rejected = (cause: string) => documentedError(operation, 401, cause, challenge());

  const header = exchange.incoming.header('authorization');
  if (!header) throw rejected('missingCredentials');
  const known = schemes.includes('basicAuth') ? accounts.withHeader(header) : undefined;
  if (known) {
    exchange.caller = known;
    return;
  }
  const [kind = '', value = ''] = header.split(/\s+(.*)/s);

  switch (kind.toLowerCase()) {
    case 'basic': {
      const caller = readBasic(value, accounts);
      if (!caller) throw rejected('invalidApiKey');
      if (!schemes.includes('basicAuth')) throw wrongKind(exchange, caller);
      exchange.caller = caller;
      return;
    }
    case 'bearer': {
      const held = await tokens.verify(value.trim());
      const caller = held && accounts.find(held.kind, held.email);
      if (!held || !caller) throw rejected('invalidToken');
      if (!schemes.includes(held.scheme)) throw wrongKind(exchange, caller);
      exchange.caller = caller;
      return;
    }
    default:
      // It is not quoted: what has no scheme is a credential itself.
      throw new ServiceError(401, 'The Authorization header must begin with Basic or Bearer.', challenge());
  }
}

const decoder = new TextDecoder();

/** Valid credentials of a kind that the operation does not accept. */
function wrongKind({ operation }: RoutedExchange, caller: Caller): ServiceError {
  const { schemes } = operation.described;
  const forPartners = schemes.includes('partnerToken');
  if (forPartners !== (caller.kind === 'partner')) {
    return documentedError(operation, 403, forPartners ? 'notPartner' : 'permission');
  }
  return new ServiceError(401, 'This operation takes HTTP Basic with an email and an API key.', {
    'www-authenticate': challenges(schemes),
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc7617#section-2 : the password can contain colons, the user name cannot. */
function readBasic(encoded: string, accounts: Accounts): Caller | undefined {
  let text: string;
  try {
    text = atob(encoded);
  } catch {
    return undefined;
  }
  // Each character is a byte; text beyond ASCII is in UTF-8.
  if (/[\x80-\xff]/.test(text)) text = decoder.decode(Uint8Array.from(text, (byte) => byte.charCodeAt(0)));
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : accounts.withApiKey(text.slice(0, colon), text.slice(colon + 1));
}

function challenges(schemes: readonly string[]): string {
  const kinds = [
    ...(schemes.some((scheme) => scheme !== 'basicAuth') ? ['Bearer'] : []),
    ...(schemes.includes('basicAuth') ? ['Basic'] : []),
  ];
  return kinds.map((kind) => `${kind} realm="Comm100"`).join(', ');
}
