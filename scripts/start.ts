/**
 * Brings up the mock and the documentation, and stays until it is stopped. `npm start -- --port 5010 --docs-port 5020`
 * chooses other ports; 0 takes a free one.
 */
import { styleText } from 'node:util';
import { serveDocs } from '@comm100-openapi/docs-site/serve';
import { describeLog, describeMock, loadDemo, startMock, surviveClosedOutput } from '@comm100-openapi/mock-server';
import { command, UsageError } from '@comm100-openapi/tooling/command';

const help = `Brings up the mock and the documentation.

Usage: npm start -- [options]

  --port PORT        port of the mock; 0 takes a free one              [4010]
  --docs-port PORT   port of the documentation; 0 takes a free one     [4020]
  --help             this text

The mock alone, with a quota, an edition and more: npm run mock -- --help
`;

function port(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d+$/.test(text) || Number(text) > 65_535)
    throw new UsageError(`--${name} '${text}' is not a port, a whole number from 0 to 65535.`);
  return Number(text);
}

await command(help, { port: { type: 'string' }, 'docs-port': { type: 'string' } }, async (values) => {
  surviveClosedOutput();
  const ports = { mock: port('port', values.port, 4010), docs: port('docs-port', values['docs-port'], 4020) };
  const demo = loadDemo();

  const mock = await startMock(
    { ...demo, onAnswer: (entry) => console.log(describeLog(entry)) },
    { port: ports.mock },
  ).catch((error: NodeJS.ErrnoException) => {
    const inUse = error.code === 'EADDRINUSE';
    throw inUse ? new Error(`port ${ports.mock} is in use. Choose another: npm start -- --port 0`) : error;
  });
  const docs = await serveDocs({ port: ports.docs }).catch(async (error: Error) => {
    await mock.close();
    throw new Error(`${error.message} Choose another port: npm start -- --docs-port 0`);
  });

  console.log(describeMock(mock, demo.bundles));
  const samples = mock.url.endsWith(':4010') ? '' : `   ${styleText('dim', 'its samples call port 4010: write yours')}`;
  console.log(
    `  ${styleText('bold', 'Documentation')}  ${docs.url}${samples}\n\n  ${styleText('dim', 'Ctrl+C ends both. Requests to the mock appear below.')}\n`,
  );
  // Ctrl+C arrives twice, from the terminal and from the front door; what is closed cannot be closed again.
  let closing = false;
  const close = () => {
    if (!closing) void Promise.all([mock.close(), docs.close()]);
    closing = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, close);
});
