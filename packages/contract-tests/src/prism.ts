import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { createServer } from '@stoplight/prism-http-server';
import type { Version } from './description.ts';

/** Prism on a port of its own: one document, which is all that it can serve. */
export interface Prism {
  readonly url: string;
  close(): Promise<void>;
}

const noLog = () => {};
const logger = {
  info: noLog,
  warn: noLog,
  error: noLog,
  success: noLog,
  debug: noLog,
  trace: noLog,
  child: () => logger,
};

/** Prism on the bundle of a version, set up as its own command `prism mock` sets it up. */
export async function startPrism(version: Version): Promise<Prism> {
  const file = fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/${version}.json`));
  const operations = await getHttpOperationsFromSpec(JSON.parse(readFileSync(file, 'utf8')));
  const server = createServer(operations, {
    components: { logger: logger as never },
    config: {
      isProxy: false,
      mock: { dynamic: false },
      validateRequest: true,
      validateResponse: true,
      checkSecurity: true,
      errors: false,
      upstreamProxy: undefined,
    },
    cors: true,
  });
  return { url: await server.listen(0, '127.0.0.1'), close: () => server.close() };
}
