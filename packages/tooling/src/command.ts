import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<{ options: Options }>>['values'];

/** A mistake of the user in the arguments. */
export class UsageError extends Error {}

/**
 * Runs a script as a command: reads its options, and prints its help for `--help`. An error is printed as one line, and
 * the exit code is then 1, or 2 for a `UsageError`.
 *
 * @param help has the usage, such as `Usage: npm start -- [options]`
 * @param options beside `--help`, as `parseArgs` takes them
 */
export async function command<const Options extends ParseArgsOptionsConfig>(
  help: string,
  options: Options,
  main: (values: Values<Options>) => void | Promise<void>,
): Promise<void> {
  try {
    const values = readOptions(help, { ...options, help: { type: 'boolean', short: 'h' } });
    if ('help' in values) process.stdout.write(help);
    else await main(values as Values<Options>);
  } catch (error) {
    console.error(`comm100-openapi: ${(error as Error).message}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

function readOptions(help: string, options: ParseArgsOptionsConfig): object {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s/);
    const [, usage] = /^Usage: (.*) \[options\]$/m.exec(help) ?? [];
    throw new UsageError(`${sentence}. Options come after two dashes. All: ${usage} --help`);
  }
}
