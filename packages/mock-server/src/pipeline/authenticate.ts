import { type Caller, findAgent, identify } from '../caller.ts';
import { documentedError, type RoutedExchange, ServiceError, type World } from '../exchange.ts';

/** Step 3. Identifies the caller by HTTP Basic or a Bearer token, whichever the operation accepts. */
export async function authenticate(exchange: RoutedExchange, world: World): Promise<void> {
  const { operation } = exchange;
  if (operation.schemes.length === 0) return;
  const challenge = { 'www-authenticate': challenges(operation.schemes) };
  const rejected = (cause: string) => documentedError(operation, 401, cause, challenge);

  const header = exchange.incoming.headers.authorization;
  if (!header) throw rejected('missingCredentials');
  const [kind = '', value = ''] = header.split(/\s+(.*)/s);

  switch (kind.toLowerCase()) {
    case 'basic': {
      const caller = readBasic(value, world);
      if (!caller) throw rejected('invalidApiKey');
      if (!operation.schemes.includes('basicAuth')) throw wrongKind(exchange, caller);
      exchange.caller = caller;
      return;
    }
    case 'bearer': {
      const held = await world.tokens.verify(value.trim());
      const caller = held && callerOf(held.kind, held.email, world);
      if (!held || !caller) throw rejected('invalidToken');
      if (!operation.schemes.includes(held.scheme)) throw wrongKind(exchange, caller);
      exchange.caller = caller;
      return;
    }
    default:
      throw new ServiceError(401, `The authorization scheme '${kind}' is not known. Use Basic or Bearer.`, challenge);
  }
}

/** Valid credentials of a kind that the operation does not accept. */
function wrongKind({ operation }: RoutedExchange, caller: Caller): ServiceError {
  const forPartners = operation.schemes.includes('partnerToken');
  if (forPartners !== (caller.kind === 'partner')) {
    return documentedError(operation, 403, forPartners ? 'notPartner' : 'permission');
  }
  return new ServiceError(401, 'This operation takes HTTP Basic with an email and an API key.', {
    'www-authenticate': challenges(operation.schemes),
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc7617#section-2 : the password can contain colons, the user name cannot. */
function readBasic(encoded: string, world: World): Caller | undefined {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return identify(world.company, 'agent', text.slice(0, colon), { apiKey: text.slice(colon + 1) });
}

function callerOf(kind: Caller['kind'], email: string, world: World): Caller | undefined {
  if (kind === 'partner') return { kind, email };
  const agent = findAgent(world.company, email);
  return agent && { kind, email, permissions: agent.permissions };
}

function challenges(schemes: readonly string[]): string {
  const kinds = [
    ...(schemes.some((scheme) => scheme !== 'basicAuth') ? ['Bearer'] : []),
    ...(schemes.includes('basicAuth') ? ['Basic'] : []),
  ];
  return kinds.map((kind) => `${kind} realm="Comm100"`).join(', ');
}
