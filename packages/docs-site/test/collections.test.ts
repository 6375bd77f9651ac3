/** The collections, read as Postman and Bruno read them, and sent to the mock. */
import { createMock, loadDemo } from '@comm100-openapi/mock-server';
import { PostmanValidator } from '@har-sdk/validator';
import { describe, expect, test } from 'vitest';
import { listDownloads } from '../src/downloads.ts';
import { documented, examplesOf, type Node, type Version, versions } from './expected.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Postman calls a name `key`. */
type Pair = { key?: string; name?: string; value: string; disabled?: boolean; type?: string };
const nameOf = ({ key, name }: Pair) => key ?? name ?? '';
const valuesOf = (pairs: Pair[] = []) => Object.fromEntries(pairs.map((pair) => [nameOf(pair), pair.value]));

/** A request as a collection has it, with variables in double braces. */
interface Template {
  method: string;
  /** `{{host}}/api/v2/livechat/departments/:id` */
  address: string;
  path: Pair[];
  query: Pair[];
  headers: Record<string, string>;
  body: string | Pair[] | undefined;
  /** `Basic {{email}}:{{apiKey}}`; empty for none. */
  auth: string;
}
interface Item {
  folder: string;
  title: string;
  template: Template;
  /** Keeps what later requests need, after the response to this one. */
  after: (body: Node, variables: Map<string, string>) => void;
  examples: { name: string; template: Template; body: string }[];
}
interface Collection {
  items: Item[];
  variables: Map<string, string>;
}

function textOf(version: Version, name: string) {
  const file = listDownloads().find(({ link }) => link === `/openapi/comm100-${version}.${name}.json`);
  return JSON.parse(file?.text ?? '{}');
}

const authOf = (type: string, { username, password, token }: Record<string, string>): string =>
  ({ basic: `Basic ${username}:${password}`, bearer: `Bearer ${token}`, noauth: '' })[type] ?? `unknown ${type}`;

/** @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html */
function readPostman(version: Version): Collection {
  interface Request {
    method: string;
    url: { raw: string; host: string[]; path: string[]; query?: Pair[]; variable?: Pair[] };
    header: Pair[];
    auth?: { [type: string]: Pair[] } & { type: string };
    body?: { mode: string; raw: string; urlencoded: Pair[] };
  }
  interface PostmanItem {
    name: string;
    request: Request;
    response: { name: string; originalRequest: Request; body: string }[];
    event?: { script: { exec: string[] } }[];
  }
  const file = textOf(version, 'postman') as {
    variable: Pair[];
    auth: Request['auth'] & object;
    item: { name: string; item: PostmanItem[] }[];
  };
  const templateOf = ({ method, url, header, auth = file.auth, body }: Request): Template => ({
    method,
    address: [...url.host, ...url.path].join('/'),
    path: url.variable ?? [],
    query: url.query ?? [],
    headers: valuesOf(header),
    body: body?.mode === 'urlencoded' ? body.urlencoded : body?.raw,
    auth: authOf(auth.type, valuesOf(auth[auth.type])),
  });
  const items = file.item.flatMap((folder) =>
    folder.item.map(
      ({ name, request, response, event = [] }): Item => ({
        folder: folder.name,
        title: name,
        template: templateOf(request),
        after: (body, variables) => {
          const collectionVariables = { set: (key: string, value: string) => variables.set(key, value) };
          const pm = { collectionVariables, response: { json: () => body } };
          for (const { script } of event) new Function('pm', script.exec.join('\n'))(pm);
        },
        examples: response.map(({ originalRequest, ...example }) => ({
          ...example,
          template: templateOf({ ...(request.auth && { auth: request.auth }), ...originalRequest }),
        })),
      }),
    ),
  );
  return { items, variables: new Map(Object.entries(valuesOf(file.variable))) };
}

/** @see https://docs.usebruno.com/opencollection-yaml/overview */
function readOpenCollection(version: Version): Collection {
  interface Http {
    method: string;
    url: string;
    headers?: Pair[];
    params?: Pair[];
    body?: { type: string; data: string | Pair[] };
    auth?: 'inherit' | Record<string, string>;
  }
  interface OpenItem {
    info: { name: string };
    http: Http;
    examples: { name: string; request: Http; response: { body?: { data: string } } }[];
    runtime?: { scripts: { code: string }[] };
  }
  const file = textOf(version, 'bruno') as {
    request: { auth: Record<string, string>; variables: Pair[] };
    items: { info: { name: string }; items: OpenItem[] }[];
  };
  const templateOf = ({ method, url, headers, params = [], body, auth }: Http): Template => {
    const used = auth === 'inherit' ? file.request.auth : (auth ?? { type: 'noauth' });
    return {
      method,
      address: url.split('?')[0] ?? '',
      path: params.filter(({ type }) => type === 'path'),
      // Bruno encodes the values where `encodeUrl` is on; it is after every import.
      query: params
        .filter(({ type }) => type === 'query')
        .map((pair) => ({ ...pair, value: encodeURIComponent(pair.value) })),
      headers: { ...valuesOf(headers), ...(body?.type === 'json' && { 'Content-Type': 'application/json' }) },
      body: body?.data,
      auth: authOf(used.type ?? '', used),
    };
  };
  const items = file.items.flatMap((folder) =>
    folder.items.map(
      ({ info, http, examples, runtime }): Item => ({
        folder: folder.info.name,
        title: info.name,
        template: templateOf(http),
        after: (body, variables) => {
          const bru = { setVar: (key: string, value: string) => variables.set(key, value) };
          for (const { code } of runtime?.scripts ?? []) new Function('bru', 'res', code)(bru, { body });
        },
        examples: examples.map(({ name, request, response }) => ({
          name,
          template: templateOf({ ...(http.auth && { auth: http.auth }), ...request }),
          body: response.body?.data ?? '',
        })),
      }),
    ),
  );
  return { items, variables: new Map(Object.entries(valuesOf(file.request.variables))) };
}

const mock = createMock({ ...loadDemo(), mode: 'example', strict: true });

/** Sends a request to the mock, with the values of its variables. */
async function send(template: Template, variables: Map<string, string>): Promise<{ status: number; text: string }> {
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name) => {
      const value = variables.get(name);
      if (!value) throw new Error(`The variable "${name}" has no value.`);
      return value;
    });
  const { method, address, path, query, headers, body } = template;
  const values = valuesOf(path);
  const search = query.filter(({ disabled }) => !disabled).map((pair) => `${nameOf(pair)}=${pair.value}`);
  const url = fill(address.replace(/(?<=\/):(\w+)/g, (_, name) => values[name] ?? `{{${name}}}`));
  const [kind, ...rest] = fill(template.auth).split(' ');
  const credentials = rest.join(' ');
  const form = Array.isArray(body) && new URLSearchParams(body.map((pair) => [nameOf(pair), fill(pair.value)]));
  const response = await mock.fetch(
    new Request(`${url}?${search.join('&')}`, {
      method,
      headers: {
        ...headers,
        ...(form && { 'Content-Type': FORM }),
        ...(kind && { Authorization: `${kind} ${kind === 'Basic' ? btoa(credentials) : credentials}` }),
      },
      ...(body !== undefined && { body: String(form || body) }),
    }),
  );
  return { status: response.status, text: await response.text() };
}

/** The links of a response lead to where the request went, with all its parameters. */
const withoutLinks = (value: unknown) => JSON.stringify(value).replaceAll(/"https?:[^"]+"/g, '"link"');

const readers = { Postman: readPostman, Bruno: readOpenCollection };
const all = Object.entries(readers).flatMap(([program, read]) =>
  versions.map((version) => ({ program, version, ...read(version) })),
);

describe.each(all)('The collection of $version for $program', ({ version, items, variables }) => {
  test('has every documented operation, in a folder of its resource', () => {
    const have = items.map(({ folder, title, template: { method, address } }) => [folder, title, method, address]);
    const want = documented(version).map(({ tag, summary, method, path }) => {
      return [tag, summary, method, `{{host}}${path.replace(/\{(\w+)\}/g, ':$1')}`];
    });
    expect(have.toSorted()).toEqual(want.toSorted());
  });

  test('has requests that succeed, in its order', async () => {
    const failed: string[] = [];
    for (const { title, template, after } of items) {
      const { status, text } = await send(template, variables);
      if (status !== 200) failed.push(`${title}: ${status} ${text}`);
      else if (text.startsWith('{')) after(JSON.parse(text), variables);
    }
    expect(failed).toEqual([]);
  });

  test('has every example, each with a request that succeeds and selects it', async () => {
    const wrong: string[] = [];
    for (const { tag, summary, responses } of documented(version)) {
      const { examples = [] } = items.find(({ folder, title }) => folder === tag && title === summary) ?? {};
      for (const { template, name } of examples) {
        const { status, text } = await send(template, variables);
        if (status !== 200) wrong.push(`${summary}: ${name}: ${status} ${text}`);
      }
      const [, success = {}] = responses.find(([status]) => status === '200') ?? [];
      for (const example of examplesOf(version, success) as (Node & { summary: string; value: unknown })[]) {
        const found = examples.find(({ name }) => name === example.summary);
        expect(JSON.parse(found?.body ?? 'null')).toEqual(example.value);
        if (!found || !example['x-when']) continue;
        const { text } = await send(found.template, variables);
        if (withoutLinks(JSON.parse(text)) !== withoutLinks(example.value)) wrong.push(`${summary}: not ${found.name}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

test.each(versions)('The collection of %s for Postman has its format, version 2.1', async (version) => {
  const file = textOf(version, 'postman');
  expect(await new PostmanValidator().verify(file)).toEqual([]);
  expect(await new PostmanValidator().verify({ ...file, item: [{ name: 'Tokens', item: 'none' }] })).not.toEqual([]);
});
