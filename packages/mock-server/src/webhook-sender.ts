import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { NotAllowed, type SendWebhook } from '@comm100-openapi/mock-core';

type LookUp = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Calls webhooks, but only those on this machine and on hosts that are allowed. The address that a name stands for is
 * checked when the connection is made, so a name that changes its address in between gains nothing.
 *
 * @param allowed Names of hosts, without a port.
 * @param lookUp Looks up all addresses of a name. @default that of the system
 */
export function webhookSender(allowed: readonly string[] = [], lookUp: LookUp = lookup): SendWebhook {
  const hosts = new Set(allowed.map(hostName));
  return ({ url, body, headers, signal }) =>
    new Promise((resolve, reject) => {
      const { protocol, hostname } = new URL(url);
      const host = hostName(hostname);
      if (protocol !== 'http:' && protocol !== 'https:') throw new NotAllowed(`${protocol} is not http: or https:.`);
      const isOpen = hosts.has(host);
      // For an address there is no look-up.
      if (!isOpen && isIP(host) && !isLoopback(host)) throw notAllowed(host);
      const send = protocol === 'https:' ? requestHttps : requestHttp;
      const options = { method: 'POST', headers, signal, agent: false as const, lookup: checked(lookUp, isOpen) };
      const request = send(url, options, (response) => {
        resolve(response.statusCode ?? 0);
        // What it says is not read.
        response.destroy();
      });
      request.on('error', reject).end(body);
    });
}

/** Looks up a name, and gives its addresses only where it is open or all that it stands for is on this machine. */
function checked(lookUp: LookUp, isOpen: boolean): LookupFunction {
  return (host, options, done) => {
    lookUp(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const [first] = addresses;
      if (!first || !(isOpen || addresses.every(({ address }) => isLoopback(address))))
        return done(notAllowed(host), []);
      if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

function notAllowed(host: string): NotAllowed {
  return new NotAllowed(`'${host}' is not on this machine. Start with --allow-webhooks-to ${host} to call it.`);
}

function isLoopback(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** A host as names are compared: in lower case, without brackets and without the dot at the end. */
function hostName(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}
