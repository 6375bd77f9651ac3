import { createHash } from 'node:crypto';
import type { Company, Document } from '@comm100-openapi/description';
import type { MockOptions } from '@comm100-openapi/mock-core';
import { UsageError, wholeNumber } from './arguments.ts';
import { readCompanyContent } from './company-file.ts';
import { DataFile, type Origin } from './data-file.ts';
import { webhookSender } from './webhook-sender.ts';

/** The options of the command that are about the company of the sandbox. */
export const sandboxFlags = {
  company: { type: 'string' },
  today: { type: 'string' },
  run: { type: 'boolean' },
  live: { type: 'boolean' },
  size: { type: 'string' },
  data: { type: 'string' },
  'allow-webhooks-to': { type: 'string', multiple: true },
} as const;

export const sandboxHelp = `  --company FILE     a company of your own, in YAML or JSON            [the demo company]
  --today DAY        the day of the company: 2026-01-15, or now        [2025-03-07]
  --run              the clock runs                                    [it stands at two in the afternoon]
  --live             visitors arrive, chats begin and end, agents change status; the clock runs
  --size NUMBER      so many chats: a past is made up                  [those of the demo company]
  --data FILE        keep the state in this file of SQLite             [the state ends with the program]
  --allow-webhooks-to HOST
                     call webhooks of this host; can be repeated       [only those on this machine]
`;

/** The most chats of a made-up past. */
const mostChats = 1_000_000;

export interface SandboxFlags {
  readonly company?: string | undefined;
  readonly seed?: string | undefined;
  readonly today?: string | undefined;
  readonly run?: boolean | undefined;
  readonly live?: boolean | undefined;
  readonly size?: string | undefined;
  readonly data?: string | undefined;
  readonly 'allow-webhooks-to'?: string[] | undefined;
}

/** What the options say about the company of the sandbox. */
export interface SandboxChoice {
  readonly options: Pick<
    MockOptions,
    'today' | 'size' | 'isRunning' | 'isLive' | 'sendWebhook' | 'keeper' | 'companyFile'
  >;
  /** An error about the file of the company, with its lines; `undefined` for other errors. */
  located(error: unknown): Error | undefined;
  /** Closes the file of the state. */
  close(): void;
}

/**
 * Reads the options about the company of the sandbox, and opens the files that they name.
 *
 * @throws {UsageError} naming the option that is wrong.
 * @throws {Error} naming the file that cannot be used.
 */
export function readSandbox(
  given: SandboxFlags,
  mode: string,
  { bundles, company }: { bundles: readonly Document[]; company: Company },
): SandboxChoice {
  const names = Object.keys(sandboxFlags) as (keyof typeof sandboxFlags)[];
  const used = names.find((name) => given[name] !== undefined);
  if (used && mode !== 'sandbox') throw new UsageError(`--${used} works in --mode sandbox only.`);
  const size = wholeNumber('size', given.size, mostChats);
  const file = given.company === undefined ? undefined : readCompanyContent(given.company);
  const { data } = given;
  // A company that was moved to the day of its first start stays there: its state has times of that day.
  const kept = data === undefined ? undefined : DataFile.originOf(data)['--today'];
  const today = given.today === 'now' ? (kept ?? new Date().toISOString().slice(0, 10)) : given.today;
  if (today !== undefined) checkDay(today);
  const origin: Origin = {
    description: hash(bundles),
    company: hash(file?.content ?? company),
    ...(today !== undefined && { '--today': today }),
    ...(size !== undefined && { '--size': String(size) }),
    ...(given.seed !== undefined && { '--seed': given.seed }),
  };
  const keeper = data === undefined ? undefined : new DataFile(data, origin);
  return {
    options: {
      ...(today !== undefined && { today }),
      ...(size !== undefined && { size }),
      ...(given.run && { isRunning: true }),
      ...(given.live && { isLive: true }),
      ...(mode === 'sandbox' && { sendWebhook: webhookSender(given['allow-webhooks-to']) }),
      ...(keeper && { keeper }),
      ...(file && { companyFile: file.content }),
    },
    located: (error) => file?.located(error),
    close: () => keeper?.close(),
  };
}

function checkDay(today: string): void {
  const time = Date.parse(`${today}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(today) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(today))
    return;
  throw new UsageError(`--today '${today}' is not a day. Write it as 2026-01-15, or write now.`);
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
