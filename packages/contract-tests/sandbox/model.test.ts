import { createClient as createV1 } from '@comm100-openapi/client-v1';
import { createClient as createV2 } from '@comm100-openapi/client-v2';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Operation, operationsOf, versions, violations } from '../src/description.ts';
import { agents, basic, partner } from '../src/harness.ts';
import { beginning, type Driver, sequences } from './commands.ts';
import { sandbox, World } from './harness.ts';
import { Model } from './model.ts';

// More runs: SANDBOX_RUNS=1000. Other ones: SANDBOX_SEED=7, or the seed that a failure has printed.
const runs = Number(process.env.SANDBOX_RUNS ?? 12);
const seed = { seed: Number(process.env.SANDBOX_SEED ?? 1) };
const limit = 10_000 + runs * 1000;

const operations = new Map(
  versions.flatMap((version) => operationsOf(version).map((operation) => [`${version} ${operation.id}`, operation])),
);
const mock = sandbox();
let worlds = 0;

function operation(name: string): Operation {
  const found = operations.get(name);
  if (!found) throw new Error(`There is no operation ${name}.`);
  return found;
}

/** Plain requests. */
function requests(): Driver {
  const world = new World(mock, `model ${worlds++}`);
  return {
    async call(name, sent) {
      const { status, body, violations } = await world.send(operation(name), sent);
      expect({ name, sent, violations }).toEqual({ name, sent, violations: '' });
      return { status, body };
    },
  };
}

/** The typed clients. */
function clients(): Driver {
  const world = `model ${worlds++}`;
  const options = {
    baseUrl: 'http://127.0.0.1',
    retries: 0,
    fetch: mock.sandbox.world(world).fetch,
  };
  const v1 = createV1({ ...options, auth: basic(agents.admin) });
  const v2 = createV2({ ...options, auth: basic(agents.admin) });
  const ofPartner = createV2({ ...options, auth: partner });
  return {
    async call(name, sent = {}) {
      const wanted = operation(name);
      const { version, method, path, forPartners } = wanted;
      const client = version === 'v1' ? v1 : forPartners ? ofPartner : v2;
      const call = client[method] as unknown as (path: string, sent: object) => Promise<unknown>;
      try {
        const body = await call(path, { path: {}, ...sent });
        expect({ name, violations: violations(wanted, 200, body) }).toEqual({ name, violations: '' });
        return { status: 200, body };
      } catch (error) {
        if (typeof error === 'object' && error !== null && 'status' in error)
          return { status: Number(error.status), body: error };
        throw error;
      }
    },
  };
}

test.each([
  { driver: 'plain requests', make: requests, share: 1 },
  { driver: 'the typed clients', make: clients, share: 0.4 },
])(
  'random sequences agree with the model, sent by $driver',
  async ({ make, share }) => {
    await fc.assert(
      fc.asyncProperty(sequences(40), async (commands) => {
        const real = make();
        const setup = async () => ({ model: await beginning(new Model(), real), real });
        await fc.asyncModelRun(setup, commands);
      }),
      { numRuns: Math.ceil(runs * share), verbose: fc.VerbosityLevel.Verbose, ...seed },
    );
  },
  limit,
);
