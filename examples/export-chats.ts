// Exports all chats of a period to a file, as NDJSON or as CSV. Start it again after a failure, and it continues.
//
//     node export-chats.ts 2025-03-03 2025-03-08 chats.ndjson     (the second day is not included)
//
// Settings: COMM100_URL, such as https://hosted.comm100.com, COMM100_EMAIL and COMM100_API_KEY.

import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { type Chat, type Client, createClient, ForbiddenError } from '@comm100-openapi/client-v2';

interface ExportOptions {
  /** The first day, and the day after the last: `2025-03-03`, in UTC. */
  from: string;
  to: string;
  /** Where to write; `.csv` for CSV, otherwise NDJSON. */
  file: string;
  /** @default 100, the largest */
  pageSize?: number;
}

/** What is in the file so far. It is kept beside the file, because a process can end at any moment. */
interface Progress {
  query: { timeFrom: string; timeTo: string; pageSize: number };
  pages: number;
  bytes: number;
  chats: number;
  /** How many chats there are. Another number means that the pages have moved. */
  total?: number;
}

/** @returns How many chats the file has. */
export async function exportChats(
  client: Pick<Client, 'chats'>,
  { from, to, file, pageSize = 100 }: ExportOptions,
): Promise<number> {
  const query = { timeFrom: `${from}T00:00:00`, timeTo: `${to}T00:00:00`, pageSize };
  const progressFile = `${file}.progress`;
  const isCsv = file.endsWith('.csv');
  let progress: Progress = { query, pages: 0, bytes: 0, chats: 0 };
  const before: Progress = JSON.parse(await readFile(progressFile, 'utf8').catch(() => 'null'));
  if (before && JSON.stringify(before.query) === JSON.stringify(query)) progress = before;

  const output = await open(file, progress.bytes > 0 ? 'r+' : 'w');
  try {
    // What was written after the last note of the progress is read again.
    await output.truncate(progress.bytes);
    for await (const page of client.chats.list({ ...query, pageIndex: progress.pages }).pages()) {
      if (progress.total !== undefined && progress.total !== page.total) {
        await rm(progressFile);
        throw new Error(`There were ${progress.total} chats, and now ${page.total}. Start again to export them all.`);
      }
      const head = isCsv && progress.pages === 0 ? `${columns.join(',')}\r\n` : '';
      const text = head + page.chats.map(isCsv ? csvOf : (chat) => `${JSON.stringify(chat)}\n`).join('');
      await output.write(text, progress.bytes);
      progress = {
        query,
        pages: progress.pages + 1,
        bytes: progress.bytes + Buffer.byteLength(text),
        chats: progress.chats + page.chats.length,
        total: page.total,
      };
      await writeFile(progressFile, JSON.stringify(progress));
    }
  } finally {
    await output.close();
  }
  await rm(progressFile, { force: true });
  return progress.chats;
}

const columns = ['id', 'requestTime', 'endTime', 'waitingTime', 'name', 'email', 'department', 'agents'] as const;

function csvOf(chat: Chat): string {
  const cells = columns.map((column) =>
    column === 'agents' ? chat.agents.map(({ email }) => email).join(' ') : String(chat[column]),
  );
  return `${cells.map(cellOf).join(',')}\r\n`;
}

/** Visitors choose their names, and a table program would calculate a cell that begins like a formula. */
function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function main([from, to, file]: string[]): Promise<void> {
  if (!from || !to || !file) throw new Error('Give the first day, the day after the last, and a file.');
  const client = createClient({
    baseUrl: process.env.COMM100_URL,
    auth: { type: 'basic', email: process.env.COMM100_EMAIL, apiKey: process.env.COMM100_API_KEY },
  });
  console.log(`${await exportChats(client, { from, to, file })} chats are in ${file}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(process.argv.slice(2)).catch((error: Error) => {
    const isQuota = error instanceof ForbiddenError && error.reason === 'quota';
    if (isQuota) console.error(`The quota of the day is used up. Start again after ${error.resetsAt?.toISOString()}.`);
    else console.error(error.message);
    process.exitCode = 1;
  });
}
