/** The description that the sandbox in the page has: shorter, and the same to whoever sends a request. */
import type { Operation } from '@comm100-openapi/description';
import { createMock, type Mock } from '@comm100-openapi/mock-core';
import { loadDemo } from '@comm100-openapi/mock-server';
import { describe, expect, test } from 'vitest';
import { compact } from '../src/model/compact.ts';
import { bodyText, httpRequest, queryString } from '../src/model/request.ts';
import { readSite } from '../src/model/site.ts';
import { documented, versions } from './expected.ts';

const { bundles, ...demo } = loadDemo();
const [agent] = demo.company.agents;
const basic = `Basic ${btoa(`${agent?.email}:${agent?.apiKey}`)}`;

/** The request that the samples of an operation send. @param text In place of its body. */
function requestOf(operation: Operation, authorization = basic, text?: string): Request {
  const { method, path, query, body } = httpRequest(operation);
  const headers = { authorization, ...(body && { 'content-type': body.type }) };
  const address = `https://mock.example${path}${queryString(query)}`;
  return new Request(address, { method, headers, ...(body && { body: text ?? bodyText(body) }) });
}

async function partnerToken(mock: Mock): Promise<string> {
  const { email, password } = demo.company.partner;
  const body = new URLSearchParams({ grant_type: 'password', email, password });
  const response = await mock.fetch(new Request('https://mock.example/partner/oauth/token', { method: 'POST', body }));
  return `Bearer ${((await response.json()) as { access_token: string }).access_token}`;
}

describe.each(versions)('A request of version %s', (version) => {
  const operations = readSite(version)
    .resources.flatMap((resource) => resource.operations.map(({ operation }) => operation))
    .filter(({ isWebhook }) => !isWebhook);

  /** What a mock responds to the samples of all operations, one after the other, each broken before it is right. */
  async function responses(mock: Mock): Promise<string[]> {
    const all: string[] = [];
    for (const operation of operations) {
      for (const text of operation.body ? ['{"name": [], "unknown": {}}', undefined] : [undefined]) {
        const response = await mock.fetch(requestOf(operation, basic, text));
        all.push(
          `${operation.id}: ${response.status} ${response.headers.get('content-type')} ${await response.text()}`,
        );
      }
    }
    return all;
  }

  test('gets 200 from the sandbox as the page has it, as its form begins', async () => {
    const mock = createMock({ bundles: bundles.map(compact), ...demo });
    const faults: string[] = [];
    for (const operation of operations) {
      mock.sandbox.reset();
      const login = operation.schemes.includes('partnerToken') ? await partnerToken(mock) : basic;
      const response = await mock.fetch(requestOf(operation, login));
      if (response.status !== 200) faults.push(`${operation.id}: ${response.status} ${await response.text()}`);
    }
    expect(operations).toHaveLength(documented(version).length);
    expect(faults).toEqual([]);
  });

  test('gets the same from the whole description and from the compact one', async () => {
    // Tokens and new API keys are never the same twice.
    const plain = (text: string) => text.replaceAll(/"(?:[\w-]+\.[\w-]+\.[\w-]+|[\da-f]{32})"/g, '"secret"');
    const whole = (await responses(createMock({ bundles, ...demo }))).map(plain);
    const short = (await responses(createMock({ bundles: bundles.map(compact), ...demo }))).map(plain);
    expect(whole.filter((text) => text.includes(': 200 ')).length).toBeGreaterThan(60);
    expect(short).toEqual(whole);
  });
});

test('A field with the name of a text stays, and so do the values', () => {
  const schema = { description: 'A tent.', properties: { description: { type: 'string', description: 'Words.' } } };
  const example = { summary: 'One', value: { description: 'Red', summary: 'Big' } };
  const document = { paths: {}, components: { schemas: { Tent: schema }, examples: { description: example } } };
  expect(compact(document as never)).toEqual({
    paths: {},
    components: {
      schemas: { Tent: { properties: { description: { type: 'string' } } } },
      examples: { description: { value: { description: 'Red', summary: 'Big' } } },
    },
  });
});
