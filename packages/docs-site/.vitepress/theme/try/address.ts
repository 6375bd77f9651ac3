/** What an address to send requests to is. */
export type AddressKind = 'wrong' | 'here' | 'service' | 'elsewhere';

/**
 * Whether an address is on this machine. The service itself is not called from a page: its credentials are secret, and
 * what is sent changes real data.
 *
 * @param domains Those of the service, from the description.
 */
export function kindOfAddress(text: string, domains: readonly string[]): AddressKind {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) return 'wrong';
  const { hostname } = url;
  if (/^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return 'here';
  const isOfService = domains.some((domain) => hostname === domain || hostname.endsWith(domain.replace(/^[^.]+/, '')));
  return isOfService ? 'service' : 'elsewhere';
}
