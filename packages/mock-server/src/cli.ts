import { parseArgs } from 'node:util';
import { type Document, operationsOf } from '@comm100-openapi/description';
import { readCompany, readDocument } from '@comm100-openapi/description/files';
import type { MockOptions } from '@comm100-openapi/mock-core';
import { startMock } from './server.ts';
import { describeLog, describeMock, surviveClosedOutput } from './terminal.ts';

const help = `A mock of the Comm100 Live Chat REST API, versions 1.0 and 2.0, with the data of a demo company.

Usage: comm100-mock [options]

  --port PORT        port to listen on; 0 takes a free one             [4010]
  --host HOST        address to listen on                              [127.0.0.1]
  --v1 FILE          bundle of version 1.0 (JSON)                      [the project's own]
  --v2 FILE          bundle of version 2.0 (JSON)                      [the project's own]
  --quota NUMBER     requests a day before 403                         [no limit]
  --edition NAME     reject what this edition does not include         [reject nothing]
  --mode NAME        example, or made-up for data from the schemas     [example]
  --seed NUMBER      another seed makes up other data                  [1]
  --strict           reject what is not spelt as documented            [accept and report]
  --quiet            no line for each request
  --help             this text

A request can have the header Prefer: code=403, example=dailyQuota to get that documented response,
or Prefer: dynamic=true for made-up data in place of the example.
`;

/** A mistake of the user, reported in one line. */
class UsageError extends Error {}

/** The command `comm100-mock`. Sets the exit code: 2 for wrong arguments, 1 where it cannot start. */
export async function main(args: string[]): Promise<void> {
  try {
    await run(args);
  } catch (error) {
    console.error(`comm100-mock: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

async function run(args: string[]): Promise<void> {
  const given = readArguments(args);
  if (given.help) {
    process.stdout.write(help);
    return;
  }
  surviveClosedOutput();
  const port = wholeNumber('port', given.port, 65_535) ?? 4010;
  const host = given.host ?? '127.0.0.1';
  const dailyQuota = wholeNumber('quota', given.quota, Number.MAX_SAFE_INTEGER);
  const seed = wholeNumber('seed', given.seed, Number.MAX_SAFE_INTEGER);
  const mode = given.mode ?? 'example';
  if (mode !== 'example' && mode !== 'made-up') {
    throw new UsageError(`--mode '${mode}' is unknown. Use example or made-up.`);
  }
  const bundles = [readBundle('v1', given.v1), readBundle('v2', given.v2)];
  const editions = editionsOf(bundles);
  if (given.edition !== undefined && !editions.has(given.edition)) {
    throw new UsageError(`--edition '${given.edition}' is unknown. Use ${[...editions].join(' or ')}.`);
  }
  const company = readCompany(import.meta.resolve('@comm100-openapi/spec/demo-company.json'));

  const options: MockOptions = {
    bundles,
    company,
    mode,
    strict: given.strict ?? false,
    ...(seed === undefined ? {} : { seed }),
    ...(dailyQuota === undefined ? {} : { dailyQuota }),
    ...(given.edition === undefined ? {} : { edition: given.edition }),
    ...(given.quiet ? {} : { onAnswer: (entry) => console.log(describeLog(entry)) }),
  };
  const mock = await startMock(options, { port, host }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(startFailure(error, host, port), { cause: error });
  });
  console.log(describeMock(mock.url, company, bundles));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void mock.close());
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        v1: { type: 'string' },
        v2: { type: 'string' },
        quota: { type: 'string' },
        edition: { type: 'string' },
        mode: { type: 'string' },
        seed: { type: 'string' },
        strict: { type: 'boolean' },
        quiet: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s/);
    throw new UsageError(`${sentence}. See comm100-mock --help.`);
  }
}

function wholeNumber(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most)
    throw new UsageError(`--${name} '${text}' is not a whole number from 0 to ${most}.`);
  return number;
}

function readBundle(version: 'v1' | 'v2', file: string | undefined): Document {
  return readDocument(file ?? import.meta.resolve(`@comm100-openapi/spec/${version}.json`));
}

/** The editions that some operation is limited to. */
function editionsOf(bundles: readonly Document[]): Set<string> {
  return new Set(bundles.flatMap(operationsOf).flatMap(({ editions }) => editions ?? []));
}

function startFailure(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} is in use. Stop what listens there, or choose another with --port (0 takes a free one).`;
    case 'EACCES':
      return `port ${port} may not be used by this user. Choose one from 1024 up with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `this machine has no address '${host}'. Use --host 127.0.0.1, or 0.0.0.0 for all its addresses.`;
    default:
      return `cannot start: ${error.message}`;
  }
}
