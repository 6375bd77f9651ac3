import { expect, test } from 'vitest';
import { operationsOf, successOf } from '../src/index.ts';
import { document } from './fixture.ts';

const operations = operationsOf(document);
const [get, put, webhook] = operations;

test('operations come in the order of the document, webhooks last', () => {
  expect(operations.map(({ id, method, path, isWebhook }) => [id, method, path, isWebhook])).toEqual([
    ['getBird', 'get', '/birds/{id}', false],
    ['updateBird', 'put', '/birds/{id}', false],
    ['birdSeen', 'post', 'birdSeen', true],
  ]);
});

test("an operation's own parameter replaces the path item's of the same name and place", () => {
  const names = (operation = get) => operation?.parameters.map(({ name, description }) => [name, description]);
  expect(names(get)).toEqual([
    ['id', undefined],
    ['colour', 'Of the item.'],
  ]);
  expect(names(put)).toEqual([
    ['id', undefined],
    ['colour', 'Of the operation.'],
  ]);
});

test('security is the document’s where the operation has none; an empty list opens it', () => {
  expect([get?.schemes, put?.schemes, webhook?.schemes]).toEqual([[], ['basic', 'token'], ['basic', 'token']]);
});

test('aliases take the method of the operation unless they name one', () => {
  expect(put?.aliases).toEqual([
    { method: 'put', path: '/bird/{id}' },
    { method: 'post', path: '/birds/{id}/update' },
  ]);
});

test('bodies, responses and examples are resolved', () => {
  expect(put?.body?.required).toBe(true);
  expect(put?.body?.media[0]?.examples).toEqual([
    { name: 'robin', summary: 'A robin', value: { name: 'Robin' }, when: { colour: ['red'] } },
    { name: 'wren', summary: 'wren', value: { name: 'Wren' }, when: undefined },
  ]);
  expect(put?.responses.map(({ status, component, description }) => [status, component, description])).toEqual([
    ['200', undefined, 'The bird.'],
    ['404', 'NotFound', 'No such bird.'],
  ]);
  expect(put && successOf(put)?.status).toBe('200');
  expect(put?.permission).toBe('Manage Birds');
  expect(get?.permission).toBeUndefined();
});
