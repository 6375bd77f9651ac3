import { ConfigurationError } from './errors.ts';

/** What the bundle says of the servers; derived, handed in by the client of each version. */
export interface Hosts {
  readonly defaultDomain: string;
  readonly domains: readonly string[];
  readonly retired: readonly { readonly domain: string; readonly successor: string; readonly since: string }[];
}

/** Where calls go: a documented `domain`, or any `baseUrl` such as the mock's. */
export interface Address {
  /** A documented domain of the service; https is implied. */
  domain?: string;
  /** Any other origin, such as `http://127.0.0.1:4010` for the mock. https, or http on this machine. */
  baseUrl?: string;
}

/**
 * The base URL of an address.
 *
 * @throws {ConfigurationError} for a retired or unknown domain, both options at once, a base URL with credentials, a
 *   query or a fragment, or plain http to another machine.
 */
export function resolveBaseUrl({ domain, baseUrl }: Address, hosts: Hosts): string {
  if (domain !== undefined && baseUrl !== undefined) {
    throw new ConfigurationError('Give `domain` or `baseUrl`, not both.');
  }
  if (baseUrl === undefined) return `https://${knownDomain(domain ?? hosts.defaultDomain, hosts)}`;

  // To a URL, the `localhost:` of 'localhost:4010' is a scheme.
  if (!/^\w+:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new ConfigurationError(
      `baseUrl '${baseUrl.replace(/^.*@/s, '…@')}' is not a URL. Give one such as 'https://${hosts.defaultDomain}'.`,
    );
  }
  const url = new URL(baseUrl);
  refuseRetired(url.hostname, hosts);
  if (url.username || url.password) throw new ConfigurationError('baseUrl carries credentials. Give them as `auth`.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isThisMachine(url.hostname))) {
    throw new ConfigurationError(
      `baseUrl '${url.origin}' is not https. Credentials travel on every call, so only a mock on this machine may use http.`,
    );
  }
  if (url.search || url.hash)
    throw new ConfigurationError('baseUrl carries a query or a fragment, where calls add a path.');
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

function knownDomain(domain: string, hosts: Hosts): string {
  const wanted = domain.toLowerCase();
  refuseRetired(wanted, hosts);
  const known = hosts.domains.find((candidate) => candidate === wanted);
  if (known) return known;
  const active = hosts.domains.filter((candidate) => !hosts.retired.some((old) => old.domain === candidate));
  throw new ConfigurationError(
    `'${domain}' is not a documented domain. Use one of ${active.join(', ')}; for any other address use \`baseUrl\`.`,
  );
}

function refuseRetired(domain: string, hosts: Hosts): void {
  const retired = hosts.retired.find((old) => old.domain === domain.toLowerCase());
  if (retired) {
    throw new ConfigurationError(`'${retired.domain}' was retired on ${retired.since}. Use '${retired.successor}'.`);
  }
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
