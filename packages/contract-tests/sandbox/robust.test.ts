import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Operation, operationsOf, versions } from '../src/description.ts';
import { valuesOf } from './bodies.ts';
import { sandbox, World } from './harness.ts';

// More runs: SANDBOX_RUNS=1000. Other ones: SANDBOX_SEED=7, or the seed that a failure has printed.
const runs = Number(process.env.SANDBOX_RUNS ?? 12);
const seed = { seed: Number(process.env.SANDBOX_SEED ?? 1) };

const mock = sandbox();
let worlds = 0;

const operations = versions.flatMap((version) => operationsOf(version));
const writes = operations.filter(({ body, tokenField, path }) => body && !tokenField && !path.includes('/reports/'));
const reads = operations.filter(
  ({ method, path, parameters }) =>
    method === 'get' && !path.includes('/reports/') && !parameters.some((each) => each.in === 'query' && each.required),
);

function pathOf({ parameters }: Operation) {
  return Object.fromEntries(
    parameters.filter((each) => each.in === 'path').map(({ name, example }) => [name, example]),
  );
}

/** A body that keeps the email: who has another one cannot log in with that of before, and has another path. */
function withSameEmail({ id }: Operation, body: unknown): unknown {
  if (!/^update(Agent|OwnProfile)$/.test(id)) return body;
  const { email: _, ...rest } = body as Record<string, unknown>;
  return rest;
}

test.each(writes.map((operation) => ({ name: `${operation.version} ${operation.id}`, operation })))(
  'whatever fits the schema of $name is kept or rejected, and all can be read after it',
  async ({ operation }) => {
    const bodies = fc.array(valuesOf(operation.version, operation.body), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(bodies, async (sent) => {
        const world = new World(mock, `robust ${worlds++}`);
        let isKept = false;
        for (const body of sent.map((each) => withSameEmail(operation, each))) {
          const { status, violations, body: got } = await world.send(operation, { path: pathOf(operation), body });
          expect({
            body,
            status: [200, 400].includes(status) ? '' : status,
            violations,
            got: status === 500 ? got : '',
          }).toEqual({
            body,
            status: '',
            violations: '',
            got: '',
          });
          isKept ||= status === 200;
        }
        if (!isKept) return;
        // Rules are replaced as a list.
        for (const read of reads.filter(
          ({ id }) => operation.id !== 'updateCampaignRoutingRules' || id !== 'getCustomRule',
        )) {
          const { status, violations, body: got } = await world.send(read, { path: pathOf(read) });
          expect({ read: read.id, status, violations, got: status === 200 ? '' : got }).toEqual({
            read: read.id,
            status: 200,
            violations: '',
            got: '',
          });
        }
      }),
      { numRuns: Math.ceil(runs / 12), ...seed },
    );
  },
);
