import type { Case, Settings, World } from '../suite.ts';
import { atLeast, department, good, impatient } from './fixtures.ts';

const email = 'maya@larkspur.example';
const password = 'password-to-hide';
const oauth: Settings = { auth: { type: 'oauth', email, password } };
const jwt: Settings = { auth: { type: 'jwt', email, password, siteId: 10001 } };
const token = (name: string, lifetime = 3600) => ({ json: { access_token: name, expires_in: lifetime } });

/** A JSON Web Token whose times are by a clock that is this many seconds ahead. */
function webToken(ahead: number) {
  const now = Math.floor(Date.now() / 1000) + ahead;
  return { json: { token: `e30.${btoa(JSON.stringify({ iat: now, exp: now + 3600 }))}.s` } };
}

/** Reads at once, or one after the other; the codes of the errors among the results. */
const atOnce = (count: number) => (world: World) => Promise.all(Array.from({ length: count }, () => codeOf(world)));
const inTurn = (count: number) => async (world: World) => {
  const codes: string[] = [];
  for (let call = 0; call < count; call++) codes.push(await codeOf(world));
  return codes;
};
const codeOf = ({ client }: World) =>
  client.departments.get(1).then(
    ({ name }) => name,
    ({ code }: { code: string }) => code,
  );
const times = <T>(count: number, value: T) => Array.from({ length: count }, () => value);

/** What must not be in any output. */
const silent = (code: RegExp) => (error: Error & { code: string; body?: string }) => {
  const texts = [
    error.message,
    error.stack,
    error.body,
    JSON.stringify(error),
    String((error.cause as Error)?.message),
  ];
  return code.test(error.code) && !/to-hide/.test(texts.join());
};

export const credentials: readonly Case[] = [
  {
    name: 'twenty calls at once fetch one token',
    script: { tokens: [{ ...token('t1'), delay: 100 }, token('t2')], accepts: 'Bearer t1', replies: [good] },
    settings: oauth,
    run: atOnce(20),
    want: { value: times(20, department.name), sent: 21 },
  },
  {
    name: 'a storm of 401: twenty calls with a token that has expired fetch one more',
    script: {
      tokens: [token('t1'), { ...token('t2'), delay: 100 }, token('t3')],
      accepts: 'Bearer t2',
      replies: [good],
    },
    settings: oauth,
    run: atOnce(20),
    want: { value: times(20, department.name), sent: 42 },
  },
  {
    name: 'a 401 for every token: ten calls fetch two',
    script: { tokens: [token('t1'), token('t2'), token('t3')], accepts: 'none' },
    settings: oauth,
    run: inTurn(10),
    want: { value: times(10, 'unauthorized'), sent: 13 },
  },
  {
    name: 'a 401 for a token that cannot be renewed is not sent again',
    script: { replies: [{ status: 401, headers: { 'www-authenticate': 'Bearer' } }] },
    want: { error: { code: 'unauthorized', status: 401 }, sent: 1 },
  },
  ...[400, 401, 403].map(
    (status): Case => ({
      name: `a ${status} for a password: twenty calls send it once`,
      script: { tokens: [{ status, json: { error: 'invalid_grant', error_description: 'Wrong password.' } }] },
      settings: oauth,
      run: async (world) => [...(await atOnce(10)(world)), ...(await inTurn(10)(world))],
      want: { value: times(20, { 400: 'bad_request', 401: 'unauthorized', 403: 'forbidden' }[status]), sent: 1 },
    }),
  ),
  {
    name: 'a quota that is used up says nothing of the password, which is sent again later',
    script: {
      tokens: [{ status: 403, json: { message: 'The daily limit of API requests has been exceeded.' } }, token('t1')],
      replies: [good],
    },
    settings: oauth,
    run: inTurn(2),
    want: { value: ['forbidden', department.name], sent: 3 },
  },
  ...[
    { name: 'a 503', reply: { status: 503 } },
    { name: 'a reset', reply: { breaks: 'before' as const } },
    { name: 'no response', reply: { silent: 'before' as const } },
  ].map(
    ({ name, reply }): Case => ({
      name: `${name} for a token: it is asked for again`,
      script: { tokens: [reply, token('t1')], replies: [good] },
      settings: { ...oauth, ...impatient },
      want: { value: department, sent: atLeast(3) },
    }),
  ),
  ...[
    { name: 'text', reply: { body: 'your token is t-to-hide' } },
    { name: 'a page', reply: { body: '<html>t-to-hide</html>' } },
    { name: 'cut off', reply: { body: '{"access_token":"t-to-hide' }, sent: 3 },
    { name: 'an object without it', reply: { json: {} } },
    { name: 'null', reply: { json: null } },
    { name: 'empty', reply: {} },
    { name: 'of two lines', reply: token('t-to-hide\nx') },
  ].map(
    ({ name, reply, sent = 1 }): Case => ({
      name: `a response with a token that is ${name} is an error that does not show it`,
      script: { tokens: [reply] },
      settings: oauth,
      want: { error: silent(/^(invalid_response|invalid_value)$/), sent },
    }),
  ),
  {
    name: 'an error for a token does not show the password that it repeats',
    script: { tokens: [{ status: 400, json: { message: `bad password ${password}`, hint: 't-to-hide' } }] },
    settings: oauth,
    want: { error: silent(/^bad_request$/), sent: 1 },
  },
  ...[
    { name: 'an hour ahead', ahead: 3600 },
    { name: 'two hours behind', ahead: -7200 },
    // By the clock of this machine, the token expires in 15 seconds.
    { name: 'nearly an hour behind', ahead: -3585 },
  ].map(
    ({ name, ahead }): Case => ({
      name: `a token by a clock that is ${name} is fetched once`,
      script: () => ({ tokens: [webToken(ahead)], replies: [good] }),
      settings: jwt,
      run: inTurn(5),
      want: { value: times(5, department.name), sent: 6 },
    }),
  ),
  {
    name: 'a token that expires at once is fetched before each call',
    script: { tokens: [token('t1', 1), token('t2', 1)], replies: [good] },
    settings: oauth,
    run: inTurn(2),
    want: { value: [department.name, department.name], sent: 4 },
  },
  {
    name: 'a call that is aborted while it waits for a token: the others get it',
    script: { tokens: [{ ...token('t1'), delay: 400 }], replies: [good] },
    settings: oauth,
    run: async ({ client }) => {
      const controller = new AbortController();
      const aborted = client.departments.get(1, { signal: controller.signal }).catch((error: unknown) => error);
      const other = client.departments.get(1);
      setTimeout(() => controller.abort('enough'), 50);
      return [await aborted, await other];
    },
    want: { value: ['enough', department], sent: 2 },
  },
];
