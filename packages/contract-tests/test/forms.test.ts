import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Mock } from '@comm100-openapi/mock-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Operation, operationsOf, versions, violations } from '../src/description.ts';
import { inputFor, mock, send } from '../src/harness.ts';

// The clients and the mock read the published form, in which responses are open. These tests check that the clients
// accept what it allows, and that the mock does not use the freedom.

/** A service of the future: every response has fields and words that are not known yet. */
let next: unknown;
const future = createServer((request, response) => {
  // A partner's client fetches a token first.
  const isToken = request.url?.endsWith('/token');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(isToken ? { access_token: 'a', token_type: 'bearer', expires_in: 3600 } : next));
});

let today: Mock;
beforeAll(async () => {
  today = await mock();
  await new Promise<void>((done) => future.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  await today.close();
  await new Promise((done) => future.close(done));
});

/** A value with a further field in every object, and another word in place of every text. */
function ofTomorrow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ofTomorrow);
  if (typeof value === 'string') return 'valueOfTomorrow';
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, inner]) => [name, ofTomorrow(inner)]);
  return { ...Object.fromEntries(fields), fieldOfTomorrow: { value: 1 } };
}

const input = (operation: Operation) => inputFor(operation, operation.responses[0]?.when, operation.requests[0]?.value);

describe.each(versions)('in %s', (version) => {
  const operations = operationsOf(version).filter(({ tokenField }) => !tokenField);
  const read = operations.filter(({ responses }) => responses.length > 0);

  test.each(read)('the client reads every response of tomorrow to $id', async (operation) => {
    for (const { value } of operation.responses) {
      next = ofTomorrow(value);
      const { port } = future.address() as AddressInfo;
      const { result } = await send(operation, { baseUrl: `http://127.0.0.1:${port}` }, input(operation));
      expect(result).toEqual({ status: 'fulfilled', value: next });
    }
  });

  test.each(operations)('the mock makes up a response to $id that is valid in the strict form', async (operation) => {
    const { status, body } = await send(operation, { baseUrl: today.url, prefer: 'dynamic=true' }, input(operation));
    expect(violations(operation, status, body)).toBe('');
    expect(status).toBe(200);
  });
});
