import type { Collection, CollectionBody, CollectionExample, CollectionRequest } from './requests.ts';

/**
 * A collection in the format OpenCollection, which Bruno imports from version 3. Bruno encodes the values of queries.
 *
 * @see https://docs.usebruno.com/opencollection-yaml/overview
 */
export function openCollection({ name, description, variables, folders }: Collection): OpenCollection {
  return {
    opencollection: '1.0.0',
    info: { name },
    bundled: true,
    docs: description,
    request: {
      auth: { type: 'basic', username: '{{email}}', password: '{{apiKey}}' },
      variables: variables.map((variable) => ({
        name: variable.name,
        value: variable.value,
        description: variable.description,
      })),
    },
    items: folders.map((folder, index) => ({
      info: { name: folder.name, type: 'folder', seq: index + 1 },
      docs: folder.description,
      request: { auth: 'inherit' },
      items: folder.requests.map((request, place) => item(request, place + 1)),
    })),
  };
}

/** The parts of the format that are written in files of their own where a collection is a folder. */
export interface OpenCollection {
  readonly [key: string]: unknown;
  items: { readonly [key: string]: unknown; info: { name: string; type: 'folder'; seq: number }; items: object[] }[];
}

function item(request: CollectionRequest, seq: number): object {
  const { name, description, auth, keeps, examples } = request;
  return {
    info: { name, type: 'http', seq },
    http: {
      ...requestObject(request, request),
      auth: auth === 'agent' ? 'inherit' : auth === 'none' ? undefined : { type: 'bearer', token: `{{${auth.token}}}` },
    },
    ...(keeps && {
      runtime: {
        scripts: [{ type: 'after-response', code: `bru.setVar('${keeps.variable}', res.body.${keeps.field});` }],
      },
    }),
    docs: description,
    examples: examples.map(({ name: title, status, response, ...values }) => ({
      name: title,
      request: requestObject(request, values),
      response: {
        status,
        statusText: 'OK',
        ...(response && {
          headers: [{ name: 'Content-Type', value: response.type === 'json' ? 'application/json' : 'text/plain' }],
          body: { type: response.type, data: response.text },
        }),
      },
    })),
  };
}

type Values = Pick<CollectionExample, 'pathValues' | 'query' | 'body'>;

function requestObject({ method, path, headers }: CollectionRequest, { pathValues, query, body }: Values): object {
  const sent = query.filter(({ isOff }) => !isOff).map(({ name, value }) => `${name}=${value}`);
  const params = [
    ...pathValues.map(({ name, value, description }) => ({ name, value, type: 'path', description })),
    ...query.map(({ name, value, description, isOff }) => ({
      name,
      value,
      type: 'query',
      description,
      ...(isOff && { disabled: true }),
    })),
  ];
  return {
    method,
    url: `{{host}}${path}${sent.length > 0 ? `?${sent.join('&')}` : ''}`,
    ...(headers.length > 0 && { headers: headers.map(({ name, value }) => ({ name, value })) }),
    ...(params.length > 0 && { params }),
    ...(body && { body: bodyObject(body) }),
  };
}

function bodyObject(body: CollectionBody): object {
  if (body.type !== 'form') return { type: body.type, data: body.text };
  return { type: 'form-urlencoded', data: body.entries.map(({ name, value }) => ({ name, value })) };
}
