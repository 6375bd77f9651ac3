import { styleText } from 'node:util';
import { type Document, operationsOf } from '@comm100-openapi/description';
import { readDocument } from '@comm100-openapi/description/files';
import type { MockOptions } from '@comm100-openapi/mock-core';
import {
  flag,
  numberOrRange,
  onEnd,
  readAddress,
  readOptions,
  startFailure,
  text,
  texts,
  UsageError,
  wholeNumber,
} from './arguments.ts';
import { runInit } from './init-command.ts';
import { loadCompany, ownFile, ownVersion } from './own.ts';
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
  surviveClosedOutput();
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
    port: text,
    host: text,
    v1: text,
    v2: text,
    watch: flag,
    mode: text,
    seed: text,
    strict: flag,
    quota: text,
    edition: text,
    'token-lifetime': text,
    latency: text,
    fault: texts,
    ...sandboxFlags,
    quiet: flag,
    version: flag,
    help: { type: 'boolean', short: 'h' },
  });
  if (given.help) return void process.stdout.write(help);
  if (given.version) return console.log(ownVersion());
  const address = readAddress(given);
  const mode = readMode(given.mode);
  const seed = wholeNumber('seed', given.seed, Number.MAX_SAFE_INTEGER);
  const settings: Partial<MockOptions> = {
    mode,
    seed,
    strict: given.strict,
    dailyQuota: wholeNumber('quota', given.quota, Number.MAX_SAFE_INTEGER),
    edition: given.edition,
    tokenLifetime: wholeNumber('token-lifetime', given['token-lifetime'], 366 * 86_400, 1),
    latency: numberOrRange('latency', given.latency, 60_000),
    faults: given.fault,
    onAnswer: given.quiet ? undefined : (entry) => console.log(describeLog(entry)),
  };
  const files = [given.v1 ?? ownFile('v1.json'), given.v2 ?? ownFile('v2.json')];
  const sources = given.watch ? sourcesOf(files) : undefined;
  const readBundles = () => files.map(readDocument);
  const bundles = readBundles();
  checkEdition(given.edition, bundles);
  const demo = loadCompany();
  const sandbox = readSandbox(given, mode, { bundles, company: demo.company });
  const options: MockOptions = { bundles, ...demo, ...settings, ...sandbox.options };
  const mock = await startMock(options, address).catch((error: NodeJS.ErrnoException) => {
    sandbox.close();
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw sandbox.located(error) ?? startFailure(error, address);
  });
  console.log(describeMock(mock, bundles));
  const rebuild = () => {
    try {
      mock.use({ ...options, bundles: readBundles() });
    } catch (error) {
      throw sandbox.located(error) ?? error;
    }
  };
  const stopWatching = sources && watchFiles(sources, rebuild, report);
  onEnd(() => {
    stopWatching?.();
    void mock.close().then(sandbox.close);
  });
}

/** Says whether the mock serves the files as they are now. */
function report(error: Error | undefined): void {
  // What happened is below its reason, which can be longer than the terminal is high.
  console.log(
    error === undefined
      ? `  ${styleText('green', 'Rebuilt.')} The mock serves the description as it is now.`
      : `${error.message.trim()}\n  ${styleText('red', 'Not rebuilt')} for the reason above. The mock serves the description as it was before.`,
  );
}

function readMode(given = 'sandbox'): 'sandbox' | 'example' | 'made-up' {
  if (given === 'sandbox' || given === 'example' || given === 'made-up') return given;
  throw new UsageError(`--mode '${given}' is unknown. Use sandbox, example or made-up.`);
}

/** @throws {UsageError} for an edition that no operation is limited to. */
function checkEdition(given: string | undefined, bundles: readonly Document[]): void {
  const editions = new Set(bundles.flatMap(operationsOf).flatMap(({ editions = [] }) => editions));
  if (given === undefined || editions.has(given)) return;
  throw new UsageError(`--edition '${given}' is unknown. Use ${[...editions].join(' or ')}.`);
}
