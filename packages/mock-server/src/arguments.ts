import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A mistake of the user, reported in one line. */
export class UsageError extends Error {}

/** The kinds of options that `readOptions` takes. */
export const text = { type: 'string' } as const;
export const texts = { type: 'string', multiple: true } as const;
export const flag = { type: 'boolean' } as const;

/** The values of options. @throws {UsageError} for what is not an option. @param command Whose help is recommended. */
export function readOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: string[],
  options: Options,
) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const { message } = error as Error;
    const [, ambiguous] = /^Option '(.+)' argument is ambiguous/.exec(message) ?? [];
    const sentence = ambiguous
      ? `${ambiguous} needs a value that does not begin with a dash`
      : message.split(/\.\s/)[0];
    throw new UsageError(`${sentence}. See ${command} --help.`);
  }
}

/** A whole number; `undefined` where none is given. @throws {UsageError} naming the option. */
export function wholeNumber(name: string, text: string | undefined, most: number, least = 0): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most || number < least)
    throw new UsageError(`--${name} '${text}' is not a whole number from ${least} to ${most}.`);
  return number;
}

/** A whole number, or the least and the most: `200` or `50-200`. @throws {UsageError} naming the option. */
export function numberOrRange(name: string, text: string | undefined, most: number): [number, number] | undefined {
  if (text === undefined) return undefined;
  const [, from = '', to = from] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? [];
  const range: [number, number] = [Number(from), Number(to)];
  if (from === '' || range[1] > most || range[0] > range[1]) {
    throw new UsageError(
      `--${name} '${text}' is not a number of milliseconds up to ${most}, or a range such as 50-200.`,
    );
  }
  return range;
}

/** Where a server listens. */
interface Address {
  readonly port: number;
  readonly host: string;
}

/** Where to listen, as the options --port and --host say. @throws {UsageError} where the port is not one. */
export function readAddress({ port, host = '127.0.0.1' }: { port?: string; host?: string }): Address {
  return { port: wholeNumber('port', port, 65_535) ?? 4010, host };
}

/** An error that says why a server cannot listen, and what to do. */
export function startFailure(cause: NodeJS.ErrnoException, { host, port }: Address): Error {
  const noAddress = `this machine has no address '${host}'. Use --host 127.0.0.1, or 0.0.0.0 for all its addresses.`;
  const reasons = new Map([
    [
      'EADDRINUSE',
      `port ${port} is in use. Stop what listens there, or choose another with --port (0 takes a free one).`,
    ],
    ['EACCES', `port ${port} may not be used by this user. Choose one from 1024 up with --port.`],
    ['EADDRNOTAVAIL', noAddress],
    ['ENOTFOUND', noAddress],
  ]);
  return new Error(reasons.get(cause.code ?? '') ?? `cannot start: ${cause.message}`, { cause });
}

/** Calls `end` when the program is asked to end: once, though npm and the terminal each send a signal. */
export function onEnd(end: () => void): void {
  let isEnding = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!isEnding) end();
      isEnding = true;
    });
  }
}
