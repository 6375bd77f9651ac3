import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mock } from '@comm100-openapi/mock-server';
import { createInstance, getHttpOperationsFromSpec, type IHttpRequest } from '@stoplight/prism-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationsOf, versions } from '../src/description.ts';
import { inputFor, mock, send, sentBy } from '../src/harness.ts';

// Prism is the reference, with a router and a validation of its own: the mock must respond as Prism does to the same
// request for the same example.

const config = {
  isProxy: false,
  mock: { dynamic: false },
  validateRequest: true,
  validateResponse: true,
  checkSecurity: false,
  errors: false,
  upstreamProxy: undefined,
} as const;
const noLog = () => {};
const logger = {
  info: noLog,
  warn: noLog,
  error: noLog,
  success: noLog,
  debug: noLog,
  trace: noLog,
  child: () => logger,
};

let ours: Mock;
beforeAll(async () => {
  ours = await mock();
});
afterAll(() => ours.close());

describe.each(versions)('the mock responds as Prism does in %s', async (version) => {
  const file = fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/${version}.json`));
  const operations = await getHttpOperationsFromSpec(JSON.parse(readFileSync(file, 'utf8')));
  const prism = createInstance(config, { logger: logger as never });
  // Tokens are signed afresh by the mock; Prism has the example's.
  const comparable = operationsOf(version).filter(({ tokenField, method }) => !tokenField && method === 'get');

  test.each(comparable)('$id', async (operation) => {
    const [example] = operation.responses;
    const input = inputFor(operation, example?.when);
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(input.path[name])),
    );
    const query = Object.fromEntries(Object.entries(input.query).map(([name, value]) => [name, String(value)]));
    const request: IHttpRequest = { method: 'get', url: { path, query }, headers: {} };
    const result = await prism.request(request, operations, {
      ...config,
      mock: { dynamic: false, ...(example ? { exampleKey: example.name } : {}) },
    })();
    if (result._tag === 'Left') throw result.left;
    const { output, validations } = result.right;
    expect(validations).toEqual({ input: [], output: [] });
    expect(output.statusCode).toBe(200);

    const prefer = example && `example=${example.name}`;
    const ourExchange = await send(operation, { baseUrl: ours.url, prefer }, input);
    expect(ourExchange.result).toEqual({ status: 'fulfilled', value: sentBy(ours.url, output.body) });
  });
});
