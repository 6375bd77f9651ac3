import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RefusedError } from '@comm100-openapi/client-v2';
import type { Mock } from '@comm100-openapi/mock-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Operation, operationsOf, versions, violations } from '../src/description.ts';
import { agents, basic, given, mock, preferring, send } from '../src/harness.ts';

// Derived from the bundles: an operation that is described is tested, with nothing to add here.

let plain: Mock;
let exhausted: Mock;
let business: Mock;
let enterprise: Mock;
const open: Mock[] = [];

beforeAll(async () => {
  [plain, exhausted, business, enterprise] = (await Promise.all([
    mock(),
    mock({ dailyQuota: 0 }),
    mock({ edition: 'business' }),
    mock({ edition: 'enterprise' }),
  ])) as [Mock, Mock, Mock, Mock];
  open.push(plain, exhausted, business, enterprise);
});
afterAll(() => Promise.all(open.map((each) => each.close())));

/** A mock whose edition includes the operation. */
const serving = ({ editions }: Operation) => (editions && !editions.includes('enterprise') ? business : plain);

async function refusalOf(call: Promise<unknown>): Promise<RefusedError> {
  const outcome = await call.then(
    (answer) => new Error(`it was answered: ${JSON.stringify(answer)}`),
    (error: Error) => error,
  );
  if (!(outcome instanceof RefusedError)) throw outcome;
  return outcome;
}

/** What came on the wire, to hold the refusal's body to the description. */
function recorded() {
  const seen: { status: number; body: unknown }[] = [];
  const fetchAndRecord: typeof fetch = async (request) => {
    const response = await fetch(request);
    seen.push({ status: response.status, body: JSON.parse((await response.clone().text()) || 'null') });
    return response;
  };
  return { seen, fetchAndRecord };
}

test('every operation of the list of documented operations is tested below', () => {
  const file = fileURLToPath(import.meta.resolve('@comm100-openapi/spec/documented-operations.csv'));
  const [, ...rows] = readFileSync(file, 'utf8').trim().split('\n');
  const documented = rows.map((row) => row.split(',').slice(0, 3).join(' '));
  const tested = versions.flatMap((version) =>
    operationsOf(version).map(({ method, path }) => `${version} ${method.toUpperCase()} ${path}`),
  );
  expect(documented.length).toBeGreaterThan(0);
  expect(tested.toSorted()).toEqual(documented.toSorted());
});

for (const version of versions) {
  describe.each(operationsOf(version))(`${version} $id`, (operation) => {
    const firstBody = operation.requests[0]?.value;
    const firstWhen = operation.answers[0]?.when;
    const usual = () => given(operation, firstWhen, firstBody);

    const nothing = { name: '(none, it is empty)', value: undefined, when: {} };
    const answers = operation.answers.length ? operation.answers : [nothing];
    test.each(answers)('answers with the example $name', async ({ name, value, when }) => {
      // An example without x-when that is not the first can only be asked for by name.
      const place = operation.answers.findIndex((example) => example.name === name);
      const byName = place > 0 && Object.keys(when).length === 0;
      const { seen, fetchAndRecord } = recorded();
      const answer = await send(
        operation,
        {
          baseUrl: serving(operation).url,
          fetch: byName ? preferring(operation, `example=${name}`, fetchAndRecord) : fetchAndRecord,
        },
        given(operation, when, firstBody),
      );
      expect(seen.at(-1)?.status).toBe(200);
      expect(violations(operation, 200, answer)).toBe('');
      if (operation.issuesToken) expect(Object.keys(answer as object)).toEqual(Object.keys(value as object));
      else expect(answer).toEqual(value);
    });

    test.each(operation.requests)('takes the body $name', async ({ value }) => {
      const answer = await send(operation, { baseUrl: serving(operation).url }, given(operation, firstWhen, value));
      expect(violations(operation, 200, answer)).toBe('');
    });

    const documented = Object.entries(operation.statuses)
      .filter(([status]) => status !== '200')
      .flatMap(([status, names]) => names.map((name) => ({ status: Number(status), name })));
    test.each(documented)('answers $status $name where it is asked for', async ({ status, name }) => {
      const { seen, fetchAndRecord } = recorded();
      const auth = operation.forPartners ? undefined : basic(agents.admin);
      const refusal = await refusalOf(
        send(
          operation,
          {
            baseUrl: serving(operation).url,
            fetch: preferring(operation, `code=${status}, example=${name}`, fetchAndRecord),
            ...(auth ? { auth } : {}),
          },
          usual(),
        ),
      );
      expect(refusal.status).toBe(status);
      expect(violations(operation, status, seen.at(-1)?.body)).toBe('');
      expect(refusal.serviceCode).toBe(status * 1000);
    });

    if (!operation.open) {
      test('refuses wrong credentials with 401', async () => {
        const refusal = await refusalOf(
          send(
            operation,
            { baseUrl: plain.url, auth: { type: 'basic', email: agents.admin.email, apiKey: 'wrong' } },
            usual(),
          ),
        );
        expect(refusal.status).toBe(401);
      });

      test('refuses with 403 once the quota of the day is used up', async () => {
        const refusal = await refusalOf(send(operation, { baseUrl: exhausted.url }, usual()));
        expect(refusal).toMatchObject({ status: 403, serviceMessage: expect.stringContaining('daily limit') });
      });
    }

    if (operation.permission)
      test('refuses an agent without the permission with 403', async () => {
        const refusal = await refusalOf(
          send(operation, { baseUrl: serving(operation).url, auth: basic(agents.powerless) }, usual()),
        );
        expect(refusal).toMatchObject({ status: 403, serviceMessage: expect.stringContaining('permission') });
      });

    if (operation.editions)
      test('refuses with 403 in an edition that lacks it', async () => {
        const lacking = operation.editions?.includes('business') ? enterprise : business;
        const refusal = await refusalOf(send(operation, { baseUrl: lacking.url }, usual()));
        expect(refusal).toMatchObject({ status: 403, serviceMessage: expect.stringContaining('edition') });
      });

    const required = operation.parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
    test.each(required)('refuses to go without $name, and says so', async ({ name }) => {
      const what = usual();
      delete what.query[name];
      const refusal = await refusalOf(send(operation, { baseUrl: serving(operation).url }, what));
      expect(refusal).toMatchObject({ status: 400, serviceMessage: `Parameter '${name}' is required.` });
    });
  });
}
