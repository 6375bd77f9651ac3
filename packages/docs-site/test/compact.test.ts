/** The description that the sandbox in the page has: shorter, and the same to whoever sends a request. */
import { createMock, type Mock } from '@comm100-openapi/mock-core';
import { loadDemo } from '@comm100-openapi/mock-server';
import { describe, expect, test } from 'vitest';
import { compact } from '../src/model/compact.ts';
import { bodyText, httpRequest, queryString } from '../src/model/request.ts';
import { readSite } from '../src/model/site.ts';
import { versions } from './expected.ts';

const { bundles, ...demo } = loadDemo();
const [agent] = demo.company.agents;
const authorization = `Basic ${btoa(`${agent?.email}:${agent?.apiKey}`)}`;

describe.each(versions)('A request of version %s', (version) => {
  const operations = readSite(version).resources.flatMap(({ operations }) =>
    operations.map(({ operation }) => operation),
  );

  /** What a mock responds to the samples of all operations, one after the other, each broken before it is right. */
  async function responses(mock: Mock): Promise<string[]> {
    const all: string[] = [];
    for (const operation of operations.filter(({ isWebhook }) => !isWebhook)) {
      const { method, path, query, body } = httpRequest(operation);
      for (const text of body ? ['{"name": [], "unknown": {}}', bodyText(body)] : [undefined]) {
        const headers = { authorization, ...(body && { 'content-type': body.type }) };
        const address = `https://mock.example${path}${queryString(query)}`;
        const response = await mock.fetch(new Request(address, { method, headers, ...(text && { body: text }) }));
        all.push(
          `${operation.id}: ${response.status} ${response.headers.get('content-type')} ${await response.text()}`,
        );
      }
    }
    return all;
  }

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
