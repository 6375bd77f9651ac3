import { ConfigurationError } from './errors.ts';

/** The servers of a version, derived from its bundle. The client of each version passes them in. */
export interface Hosts {
  readonly defaultDomain: string;
  /** Those in use. */
  readonly domains: readonly string[];
  /** The successors of domains that are no longer served. */
  readonly retired: Readonly<Record<string, string>>;
}

/** The address of the service: a documented `domain`, or any `baseUrl` such as the mock's. */
export interface Address {
  /** A documented domain of the service, called by https. */
  domain?: string | undefined;
  /**
   * Any other address, such as `http://127.0.0.1:4010` for the mock. https, or http on this machine. It can have a path,
   * before which the paths of the service come, as behind a proxy.
   */
  baseUrl?: string | undefined;
}

/** @throws {ConfigurationError} where a setting is there but empty. */
export function rejectEmpty(name: string, value: unknown): void {
  if (!value) throw new ConfigurationError(`${name} is empty. Is an environment variable not set?`);
}

/**
 * The base URL of an address.
 *
 * @throws {ConfigurationError} for a retired or unknown domain, both options at once, an option that is there but empty,
 *   a base URL with credentials, a query, a fragment or the path of a version, or plain http to another machine.
 */
export function resolveBaseUrl(options: Address, hosts: Hosts): string {
  // A program without types may give no options at all. Then `checkAuth` says what they are.
  const address: Address = Object(options);
  const { domain = hosts.defaultDomain, baseUrl } = address;
  for (const name of ['domain', 'baseUrl'] as const) {
    // Credentials for another address must not go to the default one because a variable is not set.
    if (name in address) rejectEmpty(name, address[name]);
  }
  if (baseUrl && address.domain) throw new ConfigurationError('Give `domain` or `baseUrl`, not both.');
  // A URL parser reads the `localhost:` of 'localhost:4010' as a scheme.
  const url = baseUrl && /^\w+:\/\//.test(baseUrl) ? parseUrl(baseUrl) : undefined;
  if (baseUrl && !url)
    throw new ConfigurationError(
      `baseUrl '${baseUrl.replace(/^.*@/s, '…@')}' is not a URL. Give one such as 'https://${hosts.defaultDomain}'.`,
    );
  const host = url?.hostname ?? domain.toLowerCase();
  const successor = hosts.retired[host];
  if (successor) throw new ConfigurationError(`'${host}' was retired. Use '${successor}'.`);
  if (!url) {
    if (hosts.domains.includes(host)) return `https://${host}`;
    throw new ConfigurationError(
      `'${domain}' is not a documented domain. Use one of ${hosts.domains.join(', ')}; for any other address use \`baseUrl\`.`,
    );
  }
  if (url.username || url.password || url.search || url.hash)
    throw new ConfigurationError('baseUrl has credentials, a query or a fragment. Give the address alone.');
  const [beforeApi, api] = url.pathname.split(/(\/api\/v\d)/);
  if (api)
    throw new ConfigurationError(
      `baseUrl has the path '${api}', which each call adds. Give '${url.origin}${beforeApi}'.`,
    );
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isThisMachine(url.hostname)))
    throw new ConfigurationError(
      `baseUrl '${url.origin}' is not https. Calls send credentials, so only a mock on this machine can have http.`,
    );
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

/** A URL; undefined for a text that is none. `URL.canParse` is missing in older browsers and workers. */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

function isThisMachine(hostname: string): boolean {
  return /^(localhost|\[::1\]|127(\.\d+){3})$/.test(hostname);
}
