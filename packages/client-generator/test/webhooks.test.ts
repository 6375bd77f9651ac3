import type { Document, Schema } from '@comm100-openapi/description';
import { expect, test } from 'vitest';
import { webhooksOf } from '../src/webhooks.ts';

const named = (...names: string[]): Schema => ({ type: 'string', 'x-extensible-enum': names });

/** A document with a webhook for each schema. */
function documentWith(schemas: Record<string, Schema>): Document {
  const webhook = (name: string) => ({
    post: {
      operationId: `receive${name}`,
      summary: `${name} has happened`,
      description: 'Sent to a hide.',
      tags: [],
      'x-evidence': 'inferred' as const,
      'x-evidence-note': 'We know no sample.',
      requestBody: { content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } },
      responses: { 200: { description: 'Received.' } },
    },
  });
  return {
    openapi: '3.1.1',
    info: { title: 'Birds', version: '1.0' },
    servers: [],
    tags: [],
    paths: {},
    webhooks: Object.fromEntries(Object.keys(schemas).map((name) => [`bird${name}`, webhook(name)])),
    components: { schemas: { ...schemas, Bird: { type: 'object' }, Id: { type: 'integer' } } },
  } as unknown as Document;
}

const landed: Schema = {
  required: ['event', 'bird', 'at', 'either'],
  properties: {
    event: named('Bird_Landed'),
    bird: { $ref: '#/components/schemas/Bird' },
    at: { $ref: '#/components/schemas/Id' },
    either: { type: ['string', 'null'] },
    note: { type: 'string' },
  },
};
const seen: Schema = { required: ['event'], properties: { event: named('seen', 'heard') } };

test('a document without webhooks has no file of them', () => expect(webhooksOf(documentWith({}))).toBeUndefined());

test('the table has the names in lower case, and the kinds of the required fields that have one kind', () => {
  const text = webhooksOf(documentWith({ Landed: landed, Seen: seen })) ?? '';
  const [, table = ''] = /export const webhooks = (.*?) as const;/s.exec(text) ?? [];
  expect(JSON.parse(table)).toEqual({
    namedBy: 'event',
    shapes: {
      birdLanded: { names: ['bird_landed'], fields: { event: 'text', bird: 'object', at: 'number' } },
      birdSeen: { names: ['seen', 'heard'], fields: { event: 'text' } },
    },
  });
});

test('the payloads have what the description says of them', () => {
  const text = webhooksOf(documentWith({ Landed: landed, Seen: seen })) ?? '';
  expect(text).toContain("import type { Landed, Seen } from './schema.gen.ts';");
  const says = ['Landed has happened', '', 'Sent to a hide.', '', 'Concluded, not documented. We know no sample.'];
  expect(text).toContain(
    `  /**\n${says.map((line) => `   * ${line}`.trimEnd()).join('\n')}\n   */\n  birdLanded: Landed;`,
  );
});

test.each([
  {
    name: 'two have one name',
    schemas: { Landed: landed, Seen: { ...seen, properties: { event: named('bird_landed') } } },
    want: "Two webhooks have the event 'bird_landed'.",
  },
  {
    name: 'one has no known names',
    schemas: { Landed: landed, Seen: { ...seen, properties: { event: { type: 'string' } } } },
    want: 'need one required field that names the event; they have 0',
  },
  {
    name: 'one does not require it',
    schemas: { Landed: landed, Seen: { ...seen, required: [] } },
    want: 'they have 0',
  },
])('it is an error where $name', ({ schemas, want }) => {
  expect(() => webhooksOf(documentWith(schemas))).toThrow(want);
});
