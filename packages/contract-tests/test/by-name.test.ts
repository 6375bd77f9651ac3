import { createClient as createV1 } from '@comm100-openapi/client-v1';
import { createClient as createV2, ForbiddenError } from '@comm100-openapi/client-v2';
import { describe, expect, test } from 'vitest';
import { type Operation, operationsOf, type Version, versions } from '../src/description.ts';

// The clients by name, against what the bundles say. A service in this process records what it gets.

type Group = Record<string, (...values: unknown[]) => Promise<unknown> & AsyncIterable<unknown>>;

const create: Record<Version, (fetch: (request: Request) => Promise<Response>) => Record<string, Group>> = {
  v1: (fetch) => createV1({ auth: { type: 'basic', email: 'a', apiKey: 'b' }, fetch, retries: 0 }) as never,
  v2: (fetch) => createV2({ auth: { type: 'token', token: 'x' }, fetch, retries: 0 }) as never,
};

/** The methods by name, with the names: `departments.get`. */
function methodsOf(client: Record<string, Group>) {
  return Object.entries(client).flatMap(([group, members]) =>
    typeof members === 'object'
      ? Object.entries(members).map(([name, method]) => ({ name: `${group}.${name}`, method }))
      : [],
  );
}

const hasInput = ({ parameters, mediaType }: Operation) =>
  mediaType !== null || parameters.some(({ in: place }) => place === 'query');
const isPaged = ({ method, parameters }: Operation) =>
  method === 'get' && parameters.some(({ name }) => name === 'pageIndex' || name === 'page');

describe.each(versions)('the client of %s', (version) => {
  const operations = operationsOf(version);

  test('has each operation once, and sends the values of the path, then the input, then the settings', async () => {
    const seen: { request: string; input: string; setting: string | null }[] = [];
    const client = create[version](async (request) => {
      const { pathname, search } = new URL(request.url);
      const input = `${decodeURIComponent(search)}${decodeURIComponent(await request.text())}`;
      seen.push({ request: `${request.method} ${pathname}`, input, setting: request.headers.get('x-setting') });
      return new Response('{}', { status: 400 });
    });
    const settings = { headers: { 'x-setting': 'here' } };
    // The name of a method does not say how many values it takes: each is called with all that an operation may take.
    const calls = methodsOf(client).flatMap(({ name, method }) =>
      [0, 1, 2].flatMap((count) => {
        const ids = ['id-1', 'id-2'].slice(0, count);
        return [
          { name, call: () => method(...ids, settings) },
          { name, call: () => method(...ids, { probe: ['given'] }, settings) },
        ];
      }),
    );
    const right = new Map<string, string[]>();
    for (const { name, call } of calls) {
      seen.length = 0;
      // An argument that has no place is thrown at once.
      await (async () => call())().catch(() => {});
      const [{ request, input, setting } = { request: '', input: '', setting: null }] = seen;
      if (setting !== 'here') continue;
      const key = `${request}${/(probe|\[0\]).*given/.test(input) ? ' with input' : ''}`;
      right.set(key, [...(right.get(key) ?? []), name]);
    }
    const wanted = operations.map((operation) => {
      const ids = ['id-1', 'id-2'];
      const path = operation.path.replaceAll(/\{\w+\}/g, () => ids.shift() ?? '');
      return `${operation.method.toUpperCase()} ${path}${hasInput(operation) ? ' with input' : ''}`;
    });
    for (const request of wanted)
      expect({ request, names: new Set(right.get(request)).size }).toEqual({ request, names: 1 });
    expect(methodsOf(client)).toHaveLength(operations.length);
  });

  test('reads every list in pages to its end, no item twice and none lost', async () => {
    const lists = operations.filter(isPaged);
    expect(lists.map(({ id }) => id)).toEqual(
      {
        v1: ['listChats', 'listOfflineMessages'],
        v2: [
          'listAgents',
          'listAuditLogs',
          'listPartnerSites',
          'listChats',
          'listOfflineMessages',
          'listMissedAndRefusedChats',
        ],
      }[version],
    );
    for (const { path, responses, id } of lists) {
      const example = responses[0]?.value as Record<string, unknown>;
      const field = Object.keys(example).find((name) => Array.isArray(example[name])) ?? '';
      const pages = [['a', 'b'], ['c', 'd'], ['e']];
      const requested: string[] = [];
      const client = create[version](async ({ url }) => {
        const { pathname, searchParams } = new URL(url);
        requested.push(pathname);
        // Version 1.0 counts from 1 and says how many pages there are, version 2.0 from 0 and says which is next.
        const index = version === 'v1' ? Number(searchParams.get('page')) - 1 : Number(searchParams.get('pageIndex'));
        const next = pages[index + 1] ? `https://x.example/?pageIndex=${index + 1}` : '';
        return Response.json({
          [field]: pages[index],
          total: 5,
          pages: pages.length,
          nextPage: next,
          previousPage: '',
        });
      });
      const found = methodsOf(client).filter(({ name }) => name.endsWith('.list'));
      let items: unknown[] = [];
      for (const { method } of found) {
        requested.length = 0;
        const call = method();
        await call;
        if (requested[0] !== path) continue;
        items = [];
        for await (const item of call) items.push(item);
        expect(requested).toHaveLength(pages.length);
        break;
      }
      expect({ id, items }).toEqual({ id, items: ['a', 'b', 'c', 'd', 'e'] });
    }
  });
});

test('the reason of each documented 403 is recognised', async () => {
  const reasons: Record<string, string> = {
    permission: 'permission',
    dailyQuota: 'quota',
    edition: 'edition',
    notPartner: 'permission',
  };
  const examples = new Map(
    versions
      .flatMap((version) => operationsOf(version).flatMap(({ errors }) => errors))
      .filter(({ status }) => status === 403)
      .map(({ name, value }) => [name, value]),
  );
  expect([...examples.keys()].sort()).toEqual(Object.keys(reasons).sort());
  for (const [name, value] of examples) {
    const client = create.v2(async () => Response.json(value, { status: 403 }));
    const error = await client.departments?.list?.().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ForbiddenError);
    expect([name, (error as ForbiddenError).reason]).toEqual([name, reasons[name]]);
  }
});
