import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

/** Where `npm run build` puts the site. */
export const DIST = fileURLToPath(new URL('../dist', import.meta.url));

export interface ServeOptions {
  /**
   * The port to listen on; with 0 the system chooses a free one.
   * @default 4020
   */
  port?: number;
  /** @default '127.0.0.1' */
  host?: string;
  /** The built site. */
  directory?: string;
}

export interface DocsServer {
  /** The address of the site, without a slash at the end. */
  url: string;
  close: () => Promise<void>;
}

/**
 * Serves the built site.
 *
 * @throws {Error} when the site has not been built, or the port is in use. The message says what to do.
 */
export async function serveDocs({
  port = 4020,
  host = '127.0.0.1',
  directory = DIST,
}: ServeOptions = {}): Promise<DocsServer> {
  if (!existsSync(join(directory, 'index.html'))) {
    throw new Error(`There is no documentation site in ${directory}. Build it first: npm run build.`);
  }
  const notFound = await readFile(join(directory, '404.html')).catch(() => 'Not found');
  const files = sirv(directory, {
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders(response, path) {
      // Without a charset, browsers guess one.
      const type = /\.(md|txt)(\.gz|\.br)?$/.exec(path)?.[1];
      if (type) response.setHeader('content-type', `text/${type === 'md' ? 'markdown' : 'plain'}; charset=utf-8`);
    },
    onNoMatch(_request, response) {
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end(notFound);
    },
  });
  const server = createServer((request, response) => files(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? `the port ${port} is in use` : cause.message;
      reject(new Error(`The documentation site cannot listen on ${host}:${port}: ${reason}.`, { cause }));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The documentation site listens on no port.');
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
