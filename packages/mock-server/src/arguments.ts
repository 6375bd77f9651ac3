import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A mistake of the user, reported in one line. */
export class UsageError extends Error {}

/** The kinds of options that `readOptions` takes. */
export const text = { type: 'string' } as const;
export const texts = { type: 'string', multiple: true } as const;
export const flag = { type: 'boolean' } as const;

/**
 * The values of options.
 *
 * @param command Whose help is recommended.
 * @throws {UsageError} for what is not an option, a value that is missing or empty, and two values where one is taken.
 */
export function readOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: string[],
  options: Options,
) {
  const wrong = (sentence: string) => new UsageError(`${sentence}. See ${command} --help.`);
  const { values, tokens } = (() => {
    try {
      return parseArgs({ args, options, tokens: true });
    } catch (error) {
      throw wrong(sentenceOf((error as Error).message));
    }
  })();
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option' || token.value === undefined) continue;
    const { name, value } = token;
    if (value === '') throw wrong(`--${name} needs a value`);
    if (given.has(name) && !options[name]?.multiple) throw wrong(`--${name} is given twice`);
    given.add(name);
  }
  return values;
}

/** What is wrong with arguments, in our words where those of Node are longer. */
function sentenceOf(message: string): string {
  const [, option, problem] = /^Option '(?:-\w, )?(--[\w-]+).*?' (.*)/.exec(message) ?? [];
  if (problem?.startsWith('argument is ambiguous')) return `${option} needs a value that does not begin with a dash`;
  if (problem?.startsWith('argument missing')) return `${option} needs a value`;
  if (problem?.startsWith('does not take')) return `${option} takes no value`;
  return message.split(/\.\s/, 1).join();
}

/** Why a file cannot be written, and what to do, as the rest of a sentence; `undefined` for what is not known. */
export function writeProblem(code: string | undefined): string | undefined {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'its folder does not exist. Make it, or choose another name.';
  if (code === 'EISDIR') return 'it is a folder. Give the name of a file in it.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return 'it may not be written by this user. Choose another name.';
  return undefined;
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
