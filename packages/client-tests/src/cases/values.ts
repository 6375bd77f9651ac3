import type { Case, World } from '../suite.ts';
import { good } from './fixtures.ts';

/** What a program could send by mistake, where its types do not stop it, and what the error says. */
const mistakes: readonly { name: string; run: (world: World) => unknown; code: string; message: RegExp }[] = [
  {
    name: 'a Date in a query',
    run: ({ client }) => client.chats.list({ timeFrom: new Date() } as never),
    code: 'invalid_value',
    message: /query\.timeFrom is Date.*formatDate/,
  },
  {
    name: 'a deletion of no chats',
    run: ({ client }) => client.chats.deleteMany([] as never),
    code: 'invalid_value',
    message: /the list in the body has no entries/,
  },
  ...['', '.', '..', undefined].map((id) => ({
    name: `the id '${id}'`,
    run: ({ client }: World) => client.departments.get(id as never),
    code: 'invalid_value',
    message: /path\.id is (missing|'\.{0,2}', which is not a value for a path)\.$/,
  })),
  {
    name: 'a header of two lines',
    run: ({ client }) => client.departments.get(1, { headers: { 'trace-key': 'a\nkey-to-hide' } }),
    code: 'invalid_value',
    message: /^(?!.*to-hide).*the header trace-key/,
  },
  ...[undefined, ''].map((baseUrl) => ({
    name: `a baseUrl that is ${baseUrl === '' ? 'empty' : 'not set'}`,
    run: ({ create }: World) => create({ baseUrl }),
    code: 'invalid_configuration',
    message: /baseUrl is empty. Is an environment variable not set/,
  })),
  {
    name: 'a baseUrl of plain http to another machine',
    run: ({ create }) => create({ baseUrl: 'http://service.test' }),
    code: 'invalid_configuration',
    message: /is not https/,
  },
  {
    name: 'an API key that is not set',
    run: ({ create }) => create({ auth: { type: 'basic', email: 'maya@larkspur.example', apiKey: undefined } }),
    code: 'invalid_configuration',
    message: /empty/,
  },
  {
    name: 'a token of two lines',
    run: ({ create }) => create({ auth: { type: 'token', token: 'a\nb' } }),
    code: 'invalid_configuration',
    message: /^(?!.*\n).*token/,
  },
  {
    name: 'a timeout of no time',
    run: ({ client }) => client.departments.get(1, { timeout: 0 }),
    code: 'invalid_configuration',
    message: /timeout 0 is not/,
  },
];

export const values: readonly Case[] = mistakes.map(({ name, run, code, message }) => ({
  name: `${name} is an error that says so, and nothing is sent`,
  script: { replies: [good] },
  run,
  want: { error: { code, message }, sent: 0 },
}));
