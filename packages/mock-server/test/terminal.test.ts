import { stripVTControlCharacters } from 'node:util';
import { createMock, type Mock, type MockOptions } from '@comm100-openapi/mock-core';
import { expect, test } from 'vitest';
import { loadDemo } from '../src/own.ts';
import { describeMock } from '../src/terminal.ts';

const demo = loadDemo();

/** What the terminal of a mock shows, without colours and empty lines. */
function shown(
  { company, sandbox }: Pick<Mock, 'company' | 'sandbox'>,
  { url = 'http://127.0.0.1:4010', columns = Number.POSITIVE_INFINITY } = {},
): string[] {
  const text = describeMock({ url, company, sandbox }, demo.bundles, columns);
  return stripVTControlCharacters(text).split('\n').filter(Boolean);
}

const site = { name: 'Solo', id: 7 };
const key = (id: number) => String(id).padStart(32, '0');
const curl = (user: string) => `  Try            curl -u ${user} http://127.0.0.1:4010/api/v2/livechat/chats`;
const look = '  Look           http://127.0.0.1:4010/   in a browser: the company, the last requests, and controls';
const start = '  Comm100 mock   http://127.0.0.1:4010   versions 1.0 and 2.0';

test.each<{ name: string; given: [Partial<MockOptions>, Parameters<typeof shown>[1]?]; want: string[] }>([
  {
    name: 'the demo company, in a terminal of 60 columns',
    given: [{}, { columns: 60 }],
    want: [
      '  Comm100 mock   http://127.0.0.1:4010',
      '                 versions 1.0 and 2.0',
      '  Company        Larkspur Outdoor   site 10001',
      '  Agent          maya.brooks@larkspur.example',
      `  API key        ${key(1)}`,
      '  Password       demo-password-1   for a token',
      '  No permission  priya.nair@larkspur.example',
      `                 API key ${key(5)}, to see errors`,
      curl(`maya.brooks@larkspur.example:${key(1)}`),
      '  Look           http://127.0.0.1:4010/',
      '                 in a browser: the company, the last requests, and controls',
    ],
  },
  {
    name: 'a company of one’s own: the agent who may do most, with the credentials of the file',
    given: [
      {
        companyFile: {
          site,
          agents: [
            { email: 'a@solo.example' },
            { email: "o'b@solo.example", isAdmin: true, apiKey: 'f'.repeat(32), password: 'ride-on' },
            { email: 'c@solo.example', isAdmin: true, isActive: false },
          ],
        },
      },
    ],
    want: [
      start,
      '  Company        Solo   site 7',
      "  Agent          o'b@solo.example",
      `  API key        ${'f'.repeat(32)}`,
      '  Password       ride-on   for a token',
      `  No permission  a@solo.example   API key ${key(1)}, to see errors`,
      curl(`'o'\\''b@solo.example:${'f'.repeat(32)}'`),
      look,
    ],
  },
  {
    name: 'a company of one agent, who may do nothing, at an IPv6 address',
    given: [{ companyFile: { site, agents: [{ email: 'a@solo.example' }] } }, { url: 'http://[::1]:4010' }],
    want: [
      start.replace('127.0.0.1', '[::1]'),
      '  Company        Solo   site 7',
      '  Agent          a@solo.example   without a permission: most responses are 403',
      `  API key        ${key(1)}`,
      '  Password       demo-password-1   for a token',
      `  Try            curl -u a@solo.example:${key(1)} 'http://[::1]:4010/api/v2/livechat/chats'`,
      look.replace('127.0.0.1', '[::1]'),
    ],
  },
])('$name', ({ given: [options, at], want }) => expect(shown(createMock({ ...demo, ...options }), at)).toEqual(want));

test('a company that an earlier run has changed: the agents as they are now', async () => {
  const mock = createMock(demo);
  const request = (method: string, path: string, body?: object) =>
    new Request(`http://mock/api/v2/account/agents/${path}`, {
      method,
      headers: {
        authorization: `Basic ${btoa(`maya.brooks@larkspur.example:${key(1)}`)}`,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  await mock.fetch(request('DELETE', '5'));
  await mock.fetch(request('PUT', '1', { email: 'maya@larkspur.example' }));
  expect(shown(mock).slice(2)).toEqual([
    '  Agent          maya@larkspur.example',
    `  API key        ${key(1)}`,
    '  Password       demo-password-1   for a token',
    curl(`maya@larkspur.example:${key(1)}`),
    look,
  ]);

  const agents = Object.fromEntries(demo.company.agents.map(({ id }) => [id, null]));
  mock.sandbox.restore({ ...mock.sandbox.snapshot(), changed: { agents } });
  expect(shown(mock).slice(2)).toEqual([
    '  Agent          none   nobody of the company can log in: POST /__mock/reset begins again',
    '  Try            curl http://127.0.0.1:4010/api/v2/livechat/chats',
    look,
  ]);
});
