import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDemo, startMock } from '@comm100-openapi/mock-server';
import { outcomeOf } from '@comm100-openapi/tooling/processes';
import { redocly } from '@comm100-openapi/tooling/redocly';
import { parse } from 'yaml';

const file = fileURLToPath(import.meta.resolve('@comm100-openapi/spec/journeys.arazzo.yaml'));

/** A workflow of the Arazzo file, as far as it matters here. */
interface Workflow {
  workflowId: string;
  summary: string;
  steps: { stepId: string; operationId: string }[];
}

/** The journeys as they are written. */
export const workflows: readonly Workflow[] = parse(readFileSync(file, 'utf8')).workflows;

/** The operation of a step, `$sourceDescriptions.v2.listChats`, as `v2.listChats`. */
export const operationOf = ({ operationId }: { operationId: string }) => operationId.split('.').slice(1).join('.');

/** What became of a journey. */
export interface Result {
  id: string;
  summary: string;
  requests: number;
  checks: number;
  /** In milliseconds. */
  time: number;
  /** The step that failed, and what was not as expected; nothing where the journey passed. */
  failure?: { step: string; reason: string };
}

interface Check {
  name: string;
  passed: boolean;
  message: string;
  condition?: string;
}

interface Report {
  files: Record<
    string,
    {
      executedWorkflows: {
        workflowId: string;
        status: string;
        totalRequests: number;
        totalTimeMs: number;
        executedSteps: { stepId: string; response?: { statusCode: number }; checks: Check[] }[];
      }[];
    }
  >;
}

/** An operation that responds with an example of the description and does nothing, or with an error. */
interface Broken {
  operation: string;
  /** The name of an example, or a status. */
  response: string | number;
}

/**
 * Sends journeys to a mock of their own, a sandbox on a free port, with `redocly respect`.
 *
 * @param only The journeys to send. @default all
 * @returns A result for each, in the order of the file. One that did not run has failed.
 * @throws {Error} where Redocly writes no report; the message has what it printed.
 */
export async function runJourneys(only?: readonly string[], broken?: Broken): Promise<Result[]> {
  const demo = loadDemo();
  const mock = await startMock({ ...demo, strict: true }, { port: 0 });
  const folder = mkdtempSync(join(tmpdir(), 'journeys-'));
  try {
    if (broken) {
      const [version = '', id = ''] = broken.operation.split('.');
      mock.sandbox.on(id, version.slice(1)).reply(broken.response);
    }
    const [agent] = demo.company.agents;
    const inputs = { ...agent, siteId: demo.company.site.id };
    const report = join(folder, 'report.json');
    const words = [
      ...[redocly.script, 'respect', file],
      ...['v1', 'v2'].flatMap((name) => ['--server', `${name}=${mock.url}`]),
      ...(['email', 'apiKey', 'password', 'siteId'] as const).flatMap((name) => ['--input', `${name}=${inputs[name]}`]),
      ...(only ?? []).flatMap((name) => ['--workflow', name]),
      ...['--json-output', report],
    ];
    // Beside the bundles, where no configuration is.
    const options = { cwd: dirname(file), env: { ...redocly.env, NO_COLOR: '1' } };
    const { output } = await outcomeOf(process.execPath, words, options);
    return read(report, output, only);
  } finally {
    await mock.close();
    rmSync(folder, { recursive: true });
  }
}

function read(path: string, output: string, only?: readonly string[]): Result[] {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`redocly respect wrote no report. It printed:\n${output}`, { cause: error });
  }
  const executed = Object.values(report.files).flatMap(({ executedWorkflows }) => executedWorkflows);
  const wanted = workflows.filter(({ workflowId }) => !only || only.includes(workflowId));
  return wanted.map(({ workflowId: id, summary, steps }) => {
    const run = executed.find(({ workflowId }) => workflowId === id);
    const checks = run?.executedSteps.flatMap((step) => step.checks) ?? [];
    const result = {
      id,
      summary,
      requests: run?.totalRequests ?? 0,
      checks: checks.length,
      time: run?.totalTimeMs ?? 0,
    };
    const last = run?.executedSteps.at(-1);
    if (run?.status === 'success' && last?.stepId === steps.at(-1)?.stepId) return result;
    const check = last?.checks.find(({ passed }) => !passed);
    const status = last?.response ? `, status ${last.response.statusCode}` : '';
    const reason = check
      ? `${check.condition ?? `${check.name}: ${check.message.trim()}`}${status}`
      : 'did not run to its end';
    return { ...result, failure: { step: last?.stepId ?? 'none', reason } };
  });
}
