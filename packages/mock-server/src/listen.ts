import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Listening } from './server.ts';

/** Has a server listen. @throws {Error} where it cannot: `code` is `EADDRINUSE` where the port is in use. */
export async function listen(server: Server, port: number, host: string): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, resolve);
  });
  return {
    url: urlOf(server.address() as AddressInfo),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The URL of an address of this machine, as a program on it can call it. */
export function urlOf({ address, family, port }: AddressInfo): string {
  const name = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `http://${family === 'IPv6' ? `[${name}]` : name}:${port}`;
}
