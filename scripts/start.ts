/**
 * Brings up the mock and the documentation, and stays until it is stopped. `npm start -- --port 5010 --docs-port 5020`
 * chooses other ports; 0 takes a free one.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { serveDocs } from '@comm100-openapi/docs-site/serve';
import { type Bundle, type Company, describeLog, describeMock, startMock } from '@comm100-openapi/mock-server';

async function read<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/${file}`)), 'utf8')) as T;
}

function port(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d+$/.test(text) || Number(text) > 65_535)
    throw new Error(`--${name} '${text}' is not a port, a whole number from 0 to 65535.`);
  return Number(text);
}

async function start(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, 'docs-port': { type: 'string' } } });
  const ports = { mock: port('port', values.port, 4010), docs: port('docs-port', values['docs-port'], 4020) };
  const bundles = await Promise.all([read<Bundle>('v1.json'), read<Bundle>('v2.json')]);
  const company = await read<Company>('demo-company.json');

  const mock = await startMock(
    { bundles, company, onAnswer: (entry) => console.log(describeLog(entry)) },
    { port: ports.mock },
  ).catch((error: NodeJS.ErrnoException) => {
    const inUse = error.code === 'EADDRINUSE';
    throw inUse ? new Error(`port ${ports.mock} is in use. Choose another: npm start -- --port 0`) : error;
  });
  const docs = await serveDocs({ port: ports.docs }).catch(async (error: Error) => {
    await mock.close();
    throw new Error(`${error.message} Choose another port: npm start -- --docs-port 0`);
  });

  console.log(describeMock(mock.url, company, bundles));
  console.log(
    `  ${styleText('bold', 'Documentation')}  ${docs.url}\n\n  ${styleText('dim', 'Ctrl+C ends both. Requests to the mock appear below.')}\n`,
  );
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await Promise.all([mock.close(), docs.close()]);
}

await start().catch((error: Error) => {
  console.error(`comm100-openapi: ${error.message}`);
  process.exitCode = 1;
});
