import { styleText } from 'node:util';
import { type Document, operationsOf } from '@comm100-openapi/description';
import { readDocument } from '@comm100-openapi/description/files';
import { FaultSource, type MockOptions } from '@comm100-openapi/mock-core';
import { numberOrRange, readOptions, startFailure, UsageError, wholeNumber } from './arguments.ts';
import { loadDemo } from './demo.ts';
import { runInit } from './init-command.ts';
import { ownBundle, ownVersion } from './own.ts';
import { runProxy } from './proxy-command.ts';
import { readSandbox, sandboxFlags, sandboxHelp } from './sandbox-options.ts';
import { startMock } from './server.ts';
import { describeLog, describeMock, surviveClosedOutput } from './terminal.ts';
import { sourcesOf, watchFiles } from './watch.ts';

const help = `A mock of the Comm100 Live Chat REST API, versions 1.0 and 2.0, with the data of a demo company.

Usage: comm100-mock [options]
       comm100-mock init [FILE]     writes a company of your own, to change
       comm100-mock proxy --help    compares a real service with the description

  --port PORT        port to listen on; 0 takes a free one             [4010]
  --host HOST        address to listen on                              [127.0.0.1]
  --v1 FILE          bundle of version 1.0 (JSON)                      [the project's own]
  --v2 FILE          bundle of version 2.0 (JSON)                      [the project's own]
  --watch            serve the description anew when a file of it changes

  --mode NAME        sandbox for a company that requests change, example for the examples of
                     the description, or made-up for data from the schemas [sandbox]
  --seed NUMBER      another seed makes up other data, and draws other
                     faults                                            [1]
  --strict           reject what is not written as documented          [accept and report]
  --quota NUMBER     requests a day before 403                         [no limit]
  --edition NAME     reject what this edition does not include         [reject nothing]
  --token-lifetime S how long tokens live, in seconds                  [43199]
  --latency MS[-MS]  how long each response takes, in milliseconds     [no longer than needed]
  --fault FAULT[@RATE]
                     a fault for all requests, or for the part of them that the rate from 0 to 1 gives;
                     can be repeated. status=503 delay=2000 slow=5000 reset truncate quota token-expired

The company of the sandbox:

${sandboxHelp}
  --quiet            no line for each request
  --version          the version of this program
  --help             this text

A request can have the header Prefer: code=403, example=dailyQuota to get that documented response,
or Prefer: dynamic=true for made-up data in place of the example. The header comm100-mock-fault: status=503
asks for a fault of this request, and comm100-mock-fault: none for none.
`;

/** The command `comm100-mock`. Sets the exit code: 2 for wrong arguments, 1 where it cannot start. */
export async function main(args: string[]): Promise<void> {
  try {
    const [command, ...others] = args;
    if (command === 'init') runInit(others);
    else await (command === 'proxy' ? runProxy(others) : run(args));
  } catch (error) {
    console.error(`comm100-mock: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

async function run(args: string[]): Promise<void> {
  const given = readOptions('comm100-mock', args, {
    port: { type: 'string' },
    host: { type: 'string' },
    v1: { type: 'string' },
    v2: { type: 'string' },
    watch: { type: 'boolean' },
    ...sandboxFlags,
    mode: { type: 'string' },
    seed: { type: 'string' },
    strict: { type: 'boolean' },
    quota: { type: 'string' },
    edition: { type: 'string' },
    'token-lifetime': { type: 'string' },
    latency: { type: 'string' },
    fault: { type: 'string', multiple: true },
    quiet: { type: 'boolean' },
    version: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (given.help) return void process.stdout.write(help);
  if (given.version) return console.log(ownVersion());
  surviveClosedOutput();
  const port = wholeNumber('port', given.port, 65_535) ?? 4010;
  const host = given.host ?? '127.0.0.1';
  const settings = readSettings(given);
  const files = { v1: given.v1 ?? ownBundle('v1'), v2: given.v2 ?? ownBundle('v2') };
  const sources = given.watch ? sourcesOf(Object.values(files)) : undefined;
  const { company, migration, facts } = loadDemo();
  const readBundles = () => [readDocument(files.v1), readDocument(files.v2)];
  const bundles = readBundles();
  const editions = editionsOf(bundles);
  if (given.edition !== undefined && !editions.has(given.edition)) {
    throw new UsageError(`--edition '${given.edition}' is unknown. Use ${[...editions].join(' or ')}.`);
  }

  const sandbox = readSandbox(given, settings.mode ?? 'sandbox', { bundles, company });
  const options: MockOptions = {
    bundles,
    company,
    migration,
    facts,
    ...settings,
    ...sandbox.options,
    ...(given.edition === undefined ? {} : { edition: given.edition }),
    ...(given.quiet ? {} : { onAnswer: (entry) => console.log(describeLog(entry)) }),
  };
  const mock = await startMock(options, { port, host }).catch((error: NodeJS.ErrnoException) => {
    sandbox.close();
    throw sandbox.located(error) ?? new Error(startFailure(error, host, port), { cause: error });
  });
  console.log(describeMock(mock.url, mock.company, bundles));
  const stopWatching = sources && watchFiles(sources, () => mock.use({ ...options, bundles: readBundles() }), report);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      stopWatching?.();
      void mock.close().then(sandbox.close);
    });
  }
}

/** Says whether the mock serves the files as they are now. */
function report(error: Error | undefined): void {
  const reason = error?.message.trim();
  console.log(
    reason === undefined
      ? `  ${styleText('green', 'Rebuilt.')} The mock serves the description as it is now.`
      : `  ${styleText('red', 'Not rebuilt.')} The mock serves the description as it was before. The reason:\n${reason}`,
  );
}

interface GivenSettings {
  readonly mode?: string | undefined;
  readonly seed?: string | undefined;
  readonly strict?: boolean | undefined;
  readonly quota?: string | undefined;
  readonly 'token-lifetime'?: string | undefined;
  readonly latency?: string | undefined;
  readonly fault?: string[] | undefined;
}

/** The options of the mock that are about its behaviour. @throws {UsageError} naming the one that is wrong. */
function readSettings(given: GivenSettings): Omit<MockOptions, 'bundles' | 'company'> {
  const { mode = 'sandbox', strict = false, fault: faults = [] } = given;
  if (mode !== 'sandbox' && mode !== 'example' && mode !== 'made-up') {
    throw new UsageError(`--mode '${mode}' is unknown. Use sandbox, example or made-up.`);
  }
  try {
    new FaultSource(faults, 1);
  } catch (error) {
    throw new UsageError(`--fault: ${(error as Error).message}`);
  }
  const seed = wholeNumber('seed', given.seed, Number.MAX_SAFE_INTEGER);
  const dailyQuota = wholeNumber('quota', given.quota, Number.MAX_SAFE_INTEGER);
  const tokenLifetime = wholeNumber('token-lifetime', given['token-lifetime'], 366 * 86_400, 1);
  const latency = numberOrRange('latency', given.latency, 60_000);
  return {
    mode,
    strict,
    faults,
    ...(seed === undefined ? {} : { seed }),
    ...(dailyQuota === undefined ? {} : { dailyQuota }),
    ...(tokenLifetime === undefined ? {} : { tokenLifetime }),
    ...(latency === undefined ? {} : { latency }),
  };
}

/** The editions that some operation is limited to. */
function editionsOf(bundles: readonly Document[]): Set<string> {
  return new Set(bundles.flatMap(operationsOf).flatMap(({ editions }) => editions ?? []));
}
