import { describe, expect, test } from 'vitest';
import type { Document, PathItem } from '../src/model/openapi.ts';
import { listOperations, viewOperation } from '../src/model/operation.ts';
import { resolve } from '../src/model/resolve.ts';
import { buildSite } from '../src/model/site.ts';
import { demo, documentWith, operationWith } from './fixture.ts';

function viewOnly(item: PathItem) {
  const document = documentWith({}, { '/api/v2/tents/{id}': item });
  const [located] = listOperations(document);
  if (!located) throw new Error('There is no operation.');
  return viewOperation(document, located);
}

describe('The view of an operation', () => {
  test('has the parameters of its path item, with its own in their place', () => {
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } } as const;
    const { parameters } = viewOnly({
      parameters: [{ ...id, description: 'Of any tent.' }],
      get: operationWith({
        parameters: [
          { name: 'size', in: 'query', schema: { type: 'string', enum: ['s'] } },
          { ...id, description: 'Of this tent.' },
        ],
      }),
    });
    expect(parameters.map(({ place }) => place)).toEqual(['path', 'query']);
    expect(parameters[0]?.parameters.map(({ schema }) => schema.description)).toEqual(['Of this tent.']);
  });

  test.each([
    { name: 'its own credentials', given: { security: [{ partnerToken: [] }] }, want: ['partnerToken'] },
    { name: 'no credentials where it is open', given: { security: [] }, want: [] },
    { name: "the document's credentials where it says nothing", given: {}, want: ['basicAuth'] },
  ])('takes $name', ({ given, want }) => {
    expect(viewOnly({ get: operationWith(given) }).credentials).toEqual(want);
  });

  test('tells answers from errors', () => {
    const responses = { '200': { description: 'Here.' }, '404': { description: 'Gone.' } };
    const view = viewOnly({ get: operationWith({ responses }) });
    expect(view.answers.map(({ status }) => status)).toEqual(['200']);
    expect(view.errors.map(({ status }) => status)).toEqual(['404']);
  });

  test('says in words when an example applies', () => {
    const when = { group: ['day', 'week', 'month'], all: true };
    const examples = { byDay: { summary: 'By day', value: 1, 'x-when': when } };
    const responses = { '200': { description: 'Rows.', content: { 'application/json': { examples } } } };
    const { answers } = viewOnly({ get: operationWith({ responses }) });
    expect(answers[0]?.media[0]?.examples[0]?.when).toBe('`group` is `day`, `week` or `month` and `all` is `true`');
  });

  test('fails on an example that is not there, naming it', () => {
    const examples = { lost: { $ref: '#/components/examples/lost' } };
    const responses = { '200': { description: 'Rows.', content: { 'application/json': { examples } } } };
    expect(() => viewOnly({ get: operationWith({ responses }) })).toThrow('"#/components/examples/lost"');
  });

  test('shows a webhook by the name of its event', () => {
    const webhooks = { tentPitched: { post: operationWith({ operationId: 'tentPitched' }) } };
    const document = { ...documentWith({}), webhooks };
    expect(listOperations(document)).toMatchObject([{ path: 'tentPitched', isWebhook: true, method: 'post' }]);
  });
});

describe('A reference', () => {
  test('takes the words of the outermost of several', () => {
    const document = documentWith({});
    document.components = {
      ...document.components,
      responses: {
        Gone: { description: 'Gone.' },
        Lost: { $ref: '#/components/responses/Gone', description: 'Lost.' },
      },
    };
    expect(resolve(document, { $ref: '#/components/responses/Lost' })).toEqual({ description: 'Lost.' });
  });

  test('in a circle is refused by name', () => {
    const document = documentWith({});
    document.components = { responses: { Round: { $ref: '#/components/responses/Round' } } };
    expect(() => resolve(document, { $ref: '#/components/responses/Round' })).toThrow(
      'Cannot resolve $ref "#/components/responses/Round": it refers to itself.',
    );
  });
});

describe('A site', () => {
  const build = (document: Document) => buildSite({ version: 'v2', document, demo });

  test('has a page for each tag that has operations, under the beginning of its paths', () => {
    const document = documentWith({}, { '/api/v2/camping/tents': { get: operationWith() } });
    document.tags.push({ name: 'Caves', description: 'Dark.' });
    const pages = build(document).resources.map(({ tag, area }) => ({ tag, area }));
    expect(pages).toEqual([{ tag: 'Tents', area: '/api/v2/camping' }]);
  });

  test('refuses an operation whose tag is not listed, naming both', () => {
    const listYurts = operationWith({ operationId: 'listYurts', tags: ['Yurts'] });
    expect(() => build(documentWith({}, { '/api/v2/yurts': { get: listYurts } }))).toThrow(
      'The operation listYurts has the tag "Yurts", which the document does not list.',
    );
  });
});
