import { type Document, operationsOf, type PathItem, whenInWords } from '@comm100-openapi/description';
import { describe, expect, test } from 'vitest';
import { viewOperation } from '../src/model/operation.ts';
import { buildSite } from '../src/model/site.ts';
import { demo, documentWith, operationWith } from './fixture.ts';

function viewOnly(item: PathItem) {
  const [operation] = operationsOf(documentWith({}, { '/api/v2/tents/{id}': item }));
  if (!operation) throw new Error('There is no operation.');
  return viewOperation(operation);
}

describe('The view of an operation', () => {
  test('groups the parameters by place, those of the path first', () => {
    const { parameters } = viewOnly({
      get: operationWith({
        parameters: [
          { name: 'size', in: 'query', schema: { type: 'string' } },
          { name: 'id', in: 'path', required: true, description: 'Of this tent.', schema: { description: 'An id.' } },
        ],
      }),
    });
    expect(parameters.map(({ place }) => place)).toEqual(['path', 'query']);
    expect(parameters[0]?.parameters).toMatchObject([{ name: 'id', schema: { description: 'Of this tent.' } }]);
  });

  test('separates the responses of success from the errors', () => {
    const responses = { '200': { description: 'Here.' }, '404': { description: 'Not here.' } };
    const view = viewOnly({ get: operationWith({ responses }) });
    expect(view.responses.map(({ status }) => status)).toEqual(['200']);
    expect(view.errors.map(({ status }) => status)).toEqual(['404']);
  });

  test('describes in words when an example applies', () => {
    expect(whenInWords({ group: ['day', 'week', 'month'], all: [true] })).toBe(
      '`group` is `day`, `week` or `month` and `all` is `true`',
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

  test('rejects an operation whose tag is not listed, naming both', () => {
    const listYurts = operationWith({ operationId: 'listYurts', tags: ['Yurts'] });
    expect(() => build(documentWith({}, { '/api/v2/yurts': { get: listYurts } }))).toThrow(
      'The operation listYurts has the tag "Yurts", which the document does not list.',
    );
  });
});
