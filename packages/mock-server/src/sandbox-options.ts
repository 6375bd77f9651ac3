import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { Company, Document } from '@comm100-openapi/description';
import type { MockOptions } from '@comm100-openapi/mock-core';
import { flag, type readOptions, text, texts, UsageError, wholeNumber } from './arguments.ts';
import { readCompanyContent } from './company-file.ts';
import { DataFile } from './data-file.ts';
import { webhookSender } from './webhook-sender.ts';

/** The options of the command that are about the company of the sandbox. */
export const sandboxFlags = {
  company: text,
  today: text,
  run: flag,
  live: flag,
  size: text,
  data: text,
  'allow-webhooks-to': texts,
};

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

type Given = ReturnType<typeof readOptions<typeof sandboxFlags & { seed: typeof text }>>;

/**
 * Reads the options about the company of the sandbox, and opens the files that they name.
 *
 * @returns the options of the mock; `located`, which has an error about the file of the company with its lines, and
 *   nothing for other errors; and `close`, which closes the file of the state.
 * @throws {UsageError} naming the option that is wrong.
 * @throws {Error} naming the file that cannot be used.
 */
export function readSandbox(
  given: Given,
  mode: string,
  { bundles, company }: { bundles: readonly Document[]; company: Company },
) {
  const used = Object.keys(sandboxFlags).find((name) => given[name as keyof Given] !== undefined);
  if (used && mode !== 'sandbox') throw new UsageError(`--${used} works in --mode sandbox only.`);
  given['allow-webhooks-to']?.forEach(checkHost);
  const size = wholeNumber('size', given.size, mostChats);
  const file = given.company === undefined ? undefined : readCompanyContent(given.company);
  const { data, seed } = given;
  // A company that was moved to the day of its first start stays there: its state has times of that day.
  const kept = data === undefined ? undefined : DataFile.originOf(data)['--today'];
  const today = given.today === 'now' ? (kept ?? new Date().toISOString().slice(0, 10)) : given.today;
  if (today !== undefined) checkDay(today);
  const origin = {
    description: hash(bundles),
    company: hash(file?.content ?? company),
    '--today': today,
    '--size': size?.toString(),
    '--seed': seed,
  };
  const keeper = data === undefined ? undefined : new DataFile(data, origin);
  const options: Partial<MockOptions> = {
    today,
    size,
    isRunning: given.run,
    isLive: given.live,
    sendWebhook: webhookSender(given['allow-webhooks-to']),
    keeper,
    companyFile: file?.content,
  };
  return { options, located: (error: unknown) => file?.located(error), close: () => keeper?.close() };
}

function checkDay(today: string): void {
  const time = Date.parse(`${today}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(today) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(today))
    return;
  throw new UsageError(`--today '${today}' is not a day. Write it as 2026-01-15, or write now.`);
}

function checkHost(host: string): void {
  if (/^[\w.-]+$/.test(host) || isIP(host.replace(/^\[(.*)\]$/, '$1'))) return;
  throw new UsageError(
    `--allow-webhooks-to '${host}' is not a host. Write its name alone, without http:// and port: hooks.example.com.`,
  );
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
