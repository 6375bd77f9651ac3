import { readable } from '../model/request.ts';
import type { Collection, CollectionBody, CollectionExample, CollectionRequest } from './requests.ts';

/**
 * A collection in the format of Postman.
 *
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
export function postmanCollection({ name, description, variables, folders }: Collection): object {
  return {
    info: {
      name,
      description,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'basic',
      basic: [
        { key: 'username', value: '{{email}}', type: 'string' },
        { key: 'password', value: '{{apiKey}}', type: 'string' },
      ],
    },
    variable: variables.map((variable) => ({
      key: variable.name,
      value: variable.value,
      description: variable.description,
    })),
    item: folders.map((folder) => ({
      name: folder.name,
      description: folder.description,
      item: folder.requests.map(item),
    })),
  };
}

function item(request: CollectionRequest): object {
  const { keeps } = request;
  return {
    name: request.name,
    ...(keeps && {
      event: [
        {
          listen: 'test',
          script: {
            type: 'text/javascript',
            exec: [`pm.collectionVariables.set('${keeps.variable}', pm.response.json().${keeps.field});`],
          },
        },
      ],
    }),
    request: requestObject(request, request, request.description),
    response: request.examples.map(({ name, status, response, ...values }) => ({
      name,
      originalRequest: requestObject(request, values),
      code: status,
      _postman_previewlanguage: response?.type ?? 'text',
      header: response ? [{ key: 'Content-Type', value: mediaType(response.type) }] : [],
      body: response?.text ?? '',
    })),
  };
}

type Values = Pick<CollectionExample, 'pathValues' | 'query' | 'body'>;

function requestObject(
  { method, path, headers, auth }: CollectionRequest,
  { pathValues, query, body }: Values,
  description?: string,
): object {
  // Postman encodes little: a `+` would arrive as a space.
  const encoded = query.map((entry) => ({ ...entry, name: readable(entry.name), value: readable(entry.value) }));
  const sent = encoded.filter(({ isOff }) => !isOff).map(({ name, value }) => `${name}=${value}`);
  const fields = headers.map(({ name, value, description: words }) => ({ key: name, value, description: words }));
  if (body && body.type !== 'form') fields.push({ key: 'Content-Type', value: mediaType(body.type), description: '' });
  return {
    method,
    ...(description !== undefined && { description }),
    ...(auth !== 'agent' && { auth: authObject(auth) }),
    header: fields,
    url: {
      raw: `{{host}}${path}${sent.length > 0 ? `?${sent.join('&')}` : ''}`,
      host: ['{{host}}'],
      path: path.slice(1).split('/'),
      ...(query.length > 0 && {
        query: encoded.map(({ name, value, description: words, isOff }) => ({
          key: name,
          value,
          description: words,
          ...(isOff && { disabled: true }),
        })),
      }),
      ...(pathValues.length > 0 && {
        variable: pathValues.map(({ name, value, description: words }) => ({ key: name, value, description: words })),
      }),
    },
    ...(body && { body: bodyObject(body) }),
  };
}

function authObject(auth: Exclude<CollectionRequest['auth'], 'agent'>): object {
  if (auth === 'none') return { type: 'noauth' };
  return { type: 'bearer', bearer: [{ key: 'token', value: `{{${auth.token}}}`, type: 'string' }] };
}

function bodyObject(body: CollectionBody): object {
  if (body.type === 'form') {
    return {
      mode: 'urlencoded',
      urlencoded: body.entries.map(({ name, value }) => ({ key: name, value, type: 'text' })),
    };
  }
  return { mode: 'raw', raw: body.text, options: { raw: { language: body.type } } };
}

const mediaType = (type: 'json' | 'text') => (type === 'json' ? 'application/json' : 'text/plain');
