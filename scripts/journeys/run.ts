/**
 * Sends the journeys of the description to the mock, and prints what became of each. With `--break`, breaks each operation
 * in turn, and fails where no journey notices.
 */
import { parseArgs } from 'node:util';
import { operationsOf, successOf } from '@comm100-openapi/description';
import { loadDemo } from '@comm100-openapi/mock-server';
import { table } from '../faults/fault.ts';
import { type Broken, operationOf, runJourneys, workflows } from './respect.ts';

const help = `Sends the journeys of spec/journeys.arazzo.yaml to a mock of their own.

Usage: npm run journeys -- [options]

  --only JOURNEY        sends only this one; can be repeated: ${workflows.map(({ workflowId }) => workflowId).join(', ')}
  --break OPERATION     breaks it, such as v2.updateBan, and names the journeys that notice; can be repeated.
                        all breaks each operation of the journeys in turn
  --help                this text
`;

function readArguments() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      break: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  return values;
}

/** The example of a success: with it, an operation responds as documented and does nothing. */
function exampleOf(operation: string): string | number {
  const [version, id] = operation.split('.');
  const document = loadDemo().bundles.find(({ info }) => `v${Number(info.version)}` === version);
  const found = document && operationsOf(document).find((one) => one.id === id);
  if (!found) throw new Error(`No operation is called '${operation}'. Write it with its version: v2.updateBan.`);
  return successOf(found)?.media[0]?.examples[0]?.name ?? 200;
}

async function sendAll(only: readonly string[] | undefined): Promise<boolean> {
  const results = await runJourneys(only);
  const rows = results.map(({ id, summary, requests, checks, time, failure }) => [
    failure ? 'failed' : 'passed',
    id,
    String(requests),
    String(checks),
    `${time} ms`,
    failure ? `${failure.step}: ${failure.reason}` : summary,
  ]);
  console.log(table([['', 'journey', 'requests', 'checks', 'time', ''], ...rows]));
  const failed = results.filter(({ failure }) => failure).length;
  console.log(`\n${results.length - failed} of ${results.length} journeys passed`);
  return failed === 0;
}

/** Breaks operations one at a time: first each does nothing, and where no journey notices that, it is an error. */
async function breakEach(operations: readonly string[]): Promise<boolean> {
  const rows: string[][] = [];
  for (const operation of operations) {
    const users = workflows.filter(({ steps }) => steps.some((step) => operationOf(step) === operation));
    const only = users.map(({ workflowId }) => workflowId);
    if (only.length === 0) throw new Error(`No journey has the operation '${operation}'.`);
    const forms: Broken['response'][] = [exampleOf(operation), 500];
    for (const response of forms) {
      const noticed = (await runJourneys(only, { operation, response })).filter(({ failure }) => failure);
      if (noticed.length === 0 && response !== 500) continue;
      const [first] = noticed;
      rows.push([
        operation,
        response === 500 ? 'is an error' : 'does nothing',
        noticed.length > 0 ? `${noticed.length} of ${only.length}` : 'NOBODY',
        first?.failure ? `${first.id}, ${first.failure.step}: ${first.failure.reason}` : '',
      ]);
      console.error(rows.at(-1)?.join('  '));
      break;
    }
  }
  console.log(`\n${table([['operation', 'that', 'noticed by', 'first'], ...rows])}`);
  const missed = rows.filter(([, , by]) => by === 'NOBODY').length;
  console.log(`\n${rows.length - missed} of ${rows.length} broken operations noticed`);
  return missed === 0;
}

async function main(): Promise<void> {
  const { help: isHelp, only, break: broken } = readArguments();
  if (isHelp) {
    process.stdout.write(help);
    return;
  }
  const unknown = only?.find((name) => !workflows.some(({ workflowId }) => workflowId === name));
  if (unknown) throw new Error(`No journey is called '${unknown}'. All: npm run journeys -- --help`);
  const every = [...new Set(workflows.flatMap(({ steps }) => steps.map(operationOf)))];
  const isGood = broken ? await breakEach(broken.includes('all') ? every : broken) : await sendAll(only);
  if (!isGood) process.exitCode = 1;
}

await main().catch((error: Error) => {
  console.error(`comm100-openapi: ${error.message}`);
  process.exitCode = 1;
});
