// Makes the agents of the site as a list in CSV has them: creates, updates, unlocks, and with --delete removes.
//
//     node sync-agents.ts agents.csv [--delete]
//
// The columns are email, displayName, firstName, lastName, title and state; the state is `active` or `left`. The API has
// no operation to lock an agent, so that one who has left can only be deleted.
//
// Settings: COMM100_URL, such as https://hosted.comm100.com, COMM100_EMAIL and COMM100_API_KEY.

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { type Agent, BadRequestError, type Client, createClient, NotFoundError } from '@comm100-openapi/client-v2';

const fields = ['email', 'displayName', 'firstName', 'lastName', 'title'] as const;
type Row = Record<(typeof fields)[number], string> & { state: 'active' | 'left' };

/** What was done about one agent, and why not. */
export interface Outcome {
  email: string;
  did: 'created' | 'updated' | 'unlocked' | 'deleted' | 'kept' | 'nothing' | 'failed';
  reason?: string;
}

/** @param mayDelete Whether agents who have left are deleted. Without it they are `kept`. */
export async function syncAgents(
  client: Pick<Client, 'agents'>,
  rows: readonly Row[],
  { mayDelete = false } = {},
): Promise<Outcome[]> {
  const known = new Map<string, Agent>();
  for await (const agent of client.agents.list()) known.set(agent.email.toLowerCase(), agent);

  const outcomes: Outcome[] = [];
  // One after another: the account has a quota, and the first error of credentials or permissions ends it all.
  for (const row of rows) {
    const agent = known.get(row.email.toLowerCase());
    try {
      outcomes.push({ email: row.email, did: await syncAgent(client, row, agent, mayDelete) });
    } catch (error) {
      // Another agent may have the email, or somebody has deleted the agent meanwhile. The next rows can still be right.
      if (!(error instanceof BadRequestError || error instanceof NotFoundError)) throw error;
      outcomes.push({ email: row.email, did: 'failed', reason: error.serviceMessage ?? error.message });
    }
  }
  return outcomes;
}

async function syncAgent(
  { agents }: Pick<Client, 'agents'>,
  { state, ...wanted }: Row,
  agent: Agent | undefined,
  mayDelete: boolean,
): Promise<Outcome['did']> {
  if (state === 'left') {
    if (!agent) return 'nothing';
    if (!mayDelete) return 'kept';
    await agents.delete(agent.id).catch((error) => {
      if (!(error instanceof NotFoundError)) throw error;
    });
    return 'deleted';
  }
  if (!agent) {
    await agents.create(wanted);
    return 'created';
  }
  if (agent.isLocked) await agents.unlock(agent.id);
  if (fields.some((field) => agent[field] !== wanted[field])) {
    await agents.update(agent.id, wanted);
    return 'updated';
  }
  return agent.isLocked ? 'unlocked' : 'nothing';
}

/**
 * Reads the list. The cells have no quotes and no commas.
 *
 * @throws {Error} for a missing column, an unknown state, or an email that is there twice.
 */
export function readRows(csv: string): Row[] {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const columns = head.split(',');
  const missing = [...fields, 'state'].filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new Error(`The list has no column ${missing.join(', ')}.`);
  const seen = new Map<string, number>();
  return lines.map((line, index) => {
    const cells = line.split(',');
    const row = Object.fromEntries(columns.map((name, at) => [name, cells[at]?.trim() ?? ''])) as Row;
    const place = `Line ${index + 2}`;
    if (row.state !== 'active' && row.state !== 'left')
      throw new Error(`${place}: the state '${row.state}' is neither active nor left.`);
    const other = seen.get(row.email.toLowerCase());
    if (other !== undefined) throw new Error(`${place}: ${row.email} is in line ${other} already.`);
    seen.set(row.email.toLowerCase(), index + 2);
    return row;
  });
}

async function main(words: string[]): Promise<void> {
  const [file] = words.filter((word) => !word.startsWith('--'));
  if (!file) throw new Error('Give the list: node sync-agents.ts agents.csv');
  const client = createClient({
    baseUrl: process.env.COMM100_URL,
    auth: { type: 'basic', email: process.env.COMM100_EMAIL, apiKey: process.env.COMM100_API_KEY },
  });
  const outcomes = await syncAgents(client, readRows(await readFile(file, 'utf8')), {
    mayDelete: words.includes('--delete'),
  });
  for (const { email, did, reason = '' } of outcomes) console.log(`${email}: ${did} ${reason}`.trim());
  if (outcomes.some(({ did }) => did === 'failed')) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
