import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mock } from '@comm100-openapi/mock-server';
import { createInstance, getHttpOperationsFromSpec, type IHttpRequest } from '@stoplight/prism-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationsOf, versions } from '../src/description.ts';
import { given, mock, preferring, send } from '../src/harness.ts';

// Prism is the reference: with its own router and validation over the whole document, it must give the answer that the
// mock gives for the same request and the same example.

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

describe.each(versions)('%s answers as Prism does', async (version) => {
  const file = fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/${version}.json`));
  const operations = await getHttpOperationsFromSpec(JSON.parse(readFileSync(file, 'utf8')));
  const prism = createInstance(config, { logger: logger as never });
  // Tokens are signed afresh by the mock; Prism has the example's.
  const comparable = operationsOf(version).filter(({ issuesToken, method }) => !issuesToken && method === 'get');

  test.each(comparable)('$id', async (operation) => {
    const [example] = operation.answers;
    const what = given(operation, example?.when);
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(what.path[name])),
    );
    const query = Object.fromEntries(Object.entries(what.query).map(([name, value]) => [name, String(value)]));
    const request: IHttpRequest = { method: 'get', url: { path, query }, headers: {} };
    const result = await prism.request(request, operations, {
      ...config,
      mock: { dynamic: false, ...(example ? { exampleKey: example.name } : {}) },
    })();
    if (result._tag === 'Left') throw result.left;
    const { output, validations } = result.right;
    expect(validations).toEqual({ input: [], output: [] });
    expect(output.statusCode).toBe(200);

    const prefer = example ? { fetch: preferring(operation, `example=${example.name}`) } : {};
    expect(await send(operation, { baseUrl: ours.url, ...prefer }, what)).toEqual(output.body);
  });
});
