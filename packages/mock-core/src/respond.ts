import { answerHeader } from './cors.ts';
import { type Exchange, type Outgoing, ServiceError } from './exchange.ts';
import type { Faults } from './faults.ts';
import type { OperationTable } from './operation-table.ts';
import { answer, type Sources } from './pipeline/answer.ts';
import { authenticate } from './pipeline/authenticate.ts';
import { authorise } from './pipeline/authorise.ts';
import { check } from './pipeline/check.ts';
import { fail } from './pipeline/fail.ts';
import { meterQuota } from './pipeline/meter-quota.ts';
import { route } from './pipeline/route.ts';
import { spell } from './pipeline/spell.ts';
import { validate } from './pipeline/validate.ts';
import { Quota } from './quota.ts';
import type { World } from './sandbox/world.ts';

/** What the response to a request depends on in every world. */
interface Serving extends Sources {
  readonly table: OperationTable;
  readonly edition?: string | undefined;
  readonly strict?: boolean | undefined;
}

const usedUp = new Quota(0);
const expired = { verify: async () => undefined };

/** The life of a request whose address was read; each step is a file of `pipeline/`. @throws {ServiceError} */
export async function respond(exchange: Exchange, world: World, faults: Faults, serving: Serving): Promise<Outgoing> {
  const routed = route(exchange, serving.table);
  fail(routed, faults);
  await authenticate(routed, world.accounts, faults.has('token-expired') ? expired : world.tokens);
  meterQuota(routed, faults.has('quota') ? usedUp : world.quota);
  authorise(routed, serving.edition);
  await spell(routed, serving.strict ?? false);
  validate(routed);
  const { list: remarks } = routed.remarks;
  const stub = world.stubs.for(routed.operation);
  const stubbed = stub && (await stub.send(routed));
  if (stubbed) return { ...stubbed, headers: { ...stubbed.headers, [answerHeader]: 'stub' }, remarks };
  const found = await answer(routed, serving, world);
  check(routed, found);
  const { kind, payload, response } = found;
  return {
    status: response.status,
    headers: { ...(payload && response.type && { 'content-type': response.type }), [answerHeader]: kind },
    body: payload?.text({ origin: routed.incoming.origin, query: routed.query }),
    remarks,
  };
}

/** The response of an error: `{code, message}` and nothing else. */
export function errorResponse(error: unknown, remarks: readonly string[] = []): Outgoing {
  const known =
    error instanceof ServiceError
      ? error
      : new ServiceError(500, `The mock failed: ${error instanceof Error ? error.message : error}`);
  const { status, message, headers, isDocumented } = known;
  return {
    status,
    headers: { 'content-type': 'application/json', [answerHeader]: isDocumented ? 'example' : 'made-up', ...headers },
    body: JSON.stringify({ code: status * 1000, message }),
    message,
    remarks,
  };
}
