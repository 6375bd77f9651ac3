import { closeSync, openSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { styleText } from 'node:util';
import { flag, onEnd, readAddress, readOptions, startFailure, text, UsageError, writeProblem } from './arguments.ts';
import { ownVersion, strictBundles } from './own.ts';
import { HarFile, type RecordedExchange } from './proxy/har.ts';
import { startProxy } from './proxy/proxy.ts';
import { harmless } from './terminal.ts';

const help = `Passes requests on to a real service and reports in what it differs from the description.

Usage: comm100-mock proxy --target https://hosted.comm100.com [options]

  --target ORIGIN    the service: https, or http on this machine
  --port PORT        port to listen on; 0 takes a free one             [4010]
  --host HOST        address to listen on                              [127.0.0.1]
  --report FILE      write the differences to this file
  --har FILE         write requests and responses to this file, in HAR 1.2
  --v1 FILE          bundle of version 1.0 (JSON)                      [the project's own,
  --v2 FILE          bundle of version 2.0 (JSON)                       in the strict form]
  --quiet            no line for each request
  --help             this text

Credentials are replaced by [redacted] in all that is printed and written. The data of visitors is not: it is in
the bodies of the HAR, so keep that file to yourself. Ctrl+C ends the proxy and prints the report.
`;

/** The command `comm100-mock proxy`. @throws {UsageError} for wrong arguments. @throws {Error} where it cannot start. */
export async function runProxy(args: string[]): Promise<void> {
  const given = readOptions('comm100-mock proxy', args, {
    target: text,
    port: text,
    host: text,
    report: text,
    har: text,
    v1: text,
    v2: text,
    quiet: flag,
    help: { type: 'boolean', short: 'h' },
  });
  if (given.help) return void process.stdout.write(help);
  const address = readAddress(given);
  const { target, report: reportFile } = given;
  if (target === undefined) throw new UsageError('proxy needs --target, such as --target https://hosted.comm100.com.');
  if (given.har !== undefined && reportFile !== undefined && resolve(given.har) === resolve(reportFile))
    throw new UsageError('--report and --har need a file each.');
  const bundles = strictBundles(given);
  let har: HarFile | undefined;

  const onExchange = (exchange: RecordedExchange, news: readonly string[]) => {
    const { method, url, status, differences } = exchange;
    const path = harmless(new URL(url).pathname.slice(0, 500));
    const color = differences.length > 0 ? 'yellow' : 'green';
    if (!given.quiet) console.log(`  ${styleText(color, String(status))} ${method} ${path}`);
    for (const line of news) console.log(`      ${styleText('yellow', line)}`);
    try {
      har?.add(exchange);
    } catch (error) {
      console.log(`  The HAR: ${(error as Error).message}. What follows is compared, and not written to it.`);
      har = undefined;
    }
  };
  const proxy = await startProxy({ target, bundles, ...address, onExchange }).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof RangeError) throw new UsageError(`--target: ${error.message}`);
    throw startFailure(error, address);
  });
  try {
    // An existing file is overwritten only when the proxy can work, and every file can be written.
    for (const name of ['har', 'report'] as const) checkWritable(name, given[name]);
    if (given.har !== undefined) har = new HarFile(given.har, ownVersion());
    if (reportFile !== undefined) writeFileSync(reportFile, String(proxy.report), { mode: 0o600 });
  } catch (error) {
    await proxy.close();
    throw error;
  }
  console.log(`\n  ${styleText('bold', 'Comm100 proxy')}   ${proxy.url}   to ${target}\n`);

  onEnd(() => {
    void proxy.close().then(() => {
      console.log(`\n${proxy.report}`);
      har?.close();
      try {
        if (reportFile) writeFileSync(reportFile, String(proxy.report), { mode: 0o600 });
      } catch (error) {
        console.error(`comm100-mock: ${unwritable('report', reportFile, error).message}`);
        process.exitCode = 1;
      }
    });
  });
}

/** @throws {Error} naming the option, and what to do, where its file cannot be written. What is in the file stays. */
function checkWritable(option: string, file: string | undefined): void {
  if (file === undefined) return;
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    throw unwritable(option, file, error);
  }
}

function unwritable(option: string, file: string | undefined, cause: unknown): Error {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new Error(`--${option} ${file}: ${writeProblem(code) ?? message}`, { cause });
}
