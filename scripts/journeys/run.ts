/**
 * Sends the journeys of the description to the mock, and prints what became of each. With `--break`, breaks each operation
 * in turn, and fails where no journey notices.
 */
import { operationsOf, successOf } from '@comm100-openapi/description';
import { loadDemo } from '@comm100-openapi/mock-server';
import { command } from '@comm100-openapi/tooling/command';
import { table } from '@comm100-openapi/tooling/table';
import { operationOf, type Result, runJourneys, workflows } from './respect.ts';

const help = `Sends the journeys of spec/journeys.arazzo.yaml to a mock of their own.

Usage: npm run journeys -- [options]

  --only JOURNEY        sends only this one; can be repeated
  --break OPERATION     breaks it, such as v2.updateBan, and names the journeys that notice; can be repeated.
                        all breaks each operation of the journeys in turn
  --help                this text

Journeys:
${table(workflows.map(({ workflowId, summary }) => [`  ${workflowId}`, summary]))}
`;

/** The example of a success: with it, an operation responds as documented and does nothing. */
function exampleOf(operation: string): string | number {
  const [version, id] = operation.split('.');
  const document = loadDemo().bundles.find(({ info }) => `v${Number(info.version)}` === version);
  const found = document && operationsOf(document).find((one) => one.id === id);
  return (found && successOf(found)?.media[0]?.examples[0]?.name) ?? 200;
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
  let missed = 0;
  for (const operation of operations) {
    const { isError, sent, failed } = await broken(operation);
    const [first] = failed;
    const how = isError ? 'is an error' : 'does nothing';
    const where = first?.failure ? `${first.id}, ${first.failure.step}: ${first.failure.reason}` : 'NOT NOTICED';
    console.log(`${operation} ${how}: noticed by ${failed.length} of ${sent}  ${where}`);
    if (!first) missed++;
  }
  console.log(`\n${operations.length - missed} of ${operations.length} broken operations noticed`);
  return missed === 0;
}

/** Sends the journeys that have an operation to mocks on which it is broken, until one of them fails. */
async function broken(operation: string): Promise<{ isError: boolean; sent: number; failed: Result[] }> {
  const users = workflows.filter(({ steps }) => steps.some((step) => operationOf(step) === operation));
  if (users.length === 0) throw new Error(`No journey has the operation '${operation}'. It is written v2.updateBan.`);
  const send = async (response: string | number) => {
    const results = await runJourneys(
      users.map(({ workflowId }) => workflowId),
      { operation, response },
    );
    return results.filter(({ failure }) => failure);
  };
  const failed = await send(exampleOf(operation));
  return failed.length > 0
    ? { isError: false, sent: users.length, failed }
    : { isError: true, sent: users.length, failed: await send(500) };
}

const options = { only: { type: 'string', multiple: true }, break: { type: 'string', multiple: true } } as const;
await command(help, options, async ({ only, break: chosen }) => {
  const unknown = only?.find((name) => !workflows.some(({ workflowId }) => workflowId === name));
  if (unknown) throw new Error(`No journey is called '${unknown}'. All: npm run journeys -- --help`);
  const every = [...new Set(workflows.flatMap(({ steps }) => steps.map(operationOf)))];
  const isGood = chosen ? await breakEach(chosen.includes('all') ? every : chosen) : await sendAll(only);
  if (!isGood) process.exitCode = 1;
});
