import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that listens. */
export interface Listening {
  /** The address that a program on this machine can call. */
  readonly url: string;
  /** Ends the server, and the connections that it has. */
  close(): Promise<void>;
}

/** Has a server listen. @throws {Error} where it cannot: `code` is `EADDRINUSE` where the port is in use. */
export async function listen(server: Server, port: number, host: string): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, resolve);
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  const name = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return {
    url: `http://${family === 'IPv6' ? `[${name}]` : name}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
