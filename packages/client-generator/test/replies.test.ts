import { type Document, operationsOf } from '@comm100-openapi/description';
import { expect, test } from 'vitest';
import { repliesOf } from '../src/replies.ts';

const named = (...names: string[]) => ({
  description: '',
  content: {
    'application/json': { examples: Object.fromEntries(names.map((name) => [name, { summary: '', value: {} }])) },
  },
});

function operationsWith(responses: object) {
  const operation = { operationId: 'listTents', summary: '', tags: ['Tents'], responses };
  return operationsOf({
    openapi: '3.1.1',
    info: { title: 'Tents', version: '2.0' },
    paths: { '/tents': { get: operation } },
  } as unknown as Document);
}

test('a name with two statuses is an error that says where', () => {
  const operations = operationsWith({ 200: named('one'), 404: named('one') });
  expect(() => repliesOf({ suffix: 'V2', operations })).toThrow("listTents has an example 'one' for 200 and for 404");
});

test('the names of all responses, by the name of the method', () => {
  const operations = operationsWith({ 200: named('both', 'none'), 403: named('dailyQuota') });
  const text = repliesOf({ suffix: 'V2', operations });
  expect(text).toContain("  'tents.list': { id: 'listTents'; reply: 'both' | 'none' | 'dailyQuota' };");
  expect(text).toContain("  'tents.list': 'listTents',");
});
