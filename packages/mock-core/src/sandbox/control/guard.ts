import { type Incoming, ServiceError } from '../../exchange.ts';

/**
 * Rejects what a page of another origin sends, so that no page on the network can read or change the sandbox of somebody
 * who visits it: a page of another origin, and one whose name was made to stand for this machine (DNS rebinding).
 *
 * @param hosts Names by which the mock can be called, beside those that cannot be of another.
 * @throws {ServiceError} 403
 * @see https://fetch.spec.whatwg.org/#origin-header
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function guard(incoming: Incoming, hosts: readonly string[]): void {
  const own = URL.canParse(incoming.origin) ? new URL(incoming.origin) : undefined;
  const origin = incoming.header('origin');
  if (origin !== undefined && origin !== own?.origin) throw notOwn();
  const site = incoming.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw notOwn();
  const { hostname = '' } = own ?? {};
  if (!isSafe(hostname) && !hosts.some((host) => host.toLowerCase() === hostname)) {
    throw new ServiceError(
      403,
      `The mock is not controlled by the name '${hostname.slice(0, 100)}'. Use localhost, an address, or the option controlHosts.`,
    );
  }
}

const notOwn = () => new ServiceError(403, 'The mock is not controlled by pages of other origins.');

/**
 * Whether a name cannot be made to stand for this machine by somebody else: an address, this machine's own name, or a
 * name that nobody can register.
 *
 * @param hostname As a `URL` has it.
 * @see https://www.rfc-editor.org/rfc/rfc6761
 */
function isSafe(hostname: string): boolean {
  return (
    /^\[.*\]$|^\d+\.\d+\.\d+\.\d+$/.test(hostname) ||
    /(^|\.)(localhost|test|example|invalid)$/.test(hostname) ||
    hostname === globalThis.location?.hostname
  );
}
