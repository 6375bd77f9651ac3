// Prints the chats of a day by hour, in a time zone.
//
//     node daily-report.ts 2025-03-03 Europe/Berlin [--wait]
//
// If the quota of the day is used up, it fails, or with --wait waits until the quota is reset.
//
// Settings: COMM100_URL, such as https://hosted.comm100.com, COMM100_EMAIL and COMM100_API_KEY.

import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type ChatVolumeByTime, type Client, createClient, ForbiddenError } from '@comm100-openapi/client-v2';

interface ReportOptions {
  /** The day in the time zone: `2025-03-03`. */
  day: string;
  /** A name of the IANA database: `Europe/Berlin`. */
  zone: string;
  /** Waits until the quota is reset. @default it fails */
  wait?: (until: Date) => Promise<unknown>;
}

/** The hours of a day that had chats, in order. */
export async function dailyReport(
  client: Pick<Client, 'reports'>,
  { day, zone, wait }: ReportOptions,
): Promise<ChatVolumeByTime[]> {
  const query = {
    timeFrom: `${day}T00:00:00`,
    timeTo: `${dayAfter(day)}T00:00:00`,
    timezone: offsetOf(zone, day),
    group: 'hour',
  } as const;
  const read = () => client.reports.chatVolume(query);
  const hours = await read().catch(async (error) => {
    const isQuota = error instanceof ForbiddenError && error.reason === 'quota';
    if (!isQuota || !error.resetsAt || !wait) throw error;
    await wait(error.resetsAt);
    return read();
  });
  return hours.filter(({ chatRequests }) => chatRequests > 0);
}

/** `2025-03-04` after `2025-03-03`. @throws {Error} where it is not a day. */
function dayAfter(day: string): string {
  const start = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(start)) throw new Error(`'${day}' is not a day like 2025-03-03.`);
  return new Date(start + 86_400_000).toISOString().slice(0, 10);
}

/**
 * The offset of a time zone from UTC at noon of a day, `+01:00`. The service takes one offset for the whole report, so
 * on the day when the clocks change, some hours are those of the other offset.
 *
 * @throws {RangeError} for an unknown time zone.
 */
function offsetOf(zone: string, day: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const parts = format.formatToParts(new Date(`${day}T12:00:00Z`));
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  // UTC is `GMT`, without a number.
  return name.replace('GMT', '') || '+00:00';
}

async function waitUntil(time: Date): Promise<void> {
  console.error(`The quota of the day is used up. Waiting until ${time.toISOString()}.`);
  await sleep(time.getTime() - Date.now());
}

async function main(words: string[]): Promise<void> {
  const [day, zone = 'UTC'] = words.filter((word) => !word.startsWith('--'));
  if (!day) throw new Error('Give the day and the time zone: node daily-report.ts 2025-03-03 Europe/Berlin');
  const client = createClient({
    baseUrl: process.env.COMM100_URL,
    auth: { type: 'basic', email: process.env.COMM100_EMAIL, apiKey: process.env.COMM100_API_KEY },
  });
  const hours = await dailyReport(client, { day, zone, ...(words.includes('--wait') && { wait: waitUntil }) });
  if (hours.length === 0) console.log(`Nobody asked for a chat on ${day}.`);
  for (const { time, chatRequests, chats, missedChats, refusedChats } of hours)
    console.log(
      `${time.from.slice(11, 16)}  ${chatRequests} requests: ${chats} chats, ${missedChats} missed, ${refusedChats} refused`,
    );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(process.argv.slice(2)).catch((error: Error) => {
    const isQuota = error instanceof ForbiddenError && error.reason === 'quota';
    if (isQuota) console.error(`The quota of the day is used up until ${error.resetsAt?.toISOString()}.`);
    else console.error(error.message);
    process.exitCode = isQuota ? 75 : 1;
  });
}
