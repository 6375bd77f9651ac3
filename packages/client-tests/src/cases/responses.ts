import type { Reply } from '../script.ts';
import type { Case } from '../suite.ts';

const errors: readonly { name: string; reply: Reply; want: unknown }[] = [
  {
    name: '{code, message}',
    reply: { json: { code: 404000, message: 'No.' } },
    want: { serviceCode: 404000, serviceMessage: 'No.' },
  },
  { name: '{Message}', reply: { json: { Message: 'No.' } }, want: { serviceMessage: 'No.' } },
  { name: '{ErrorMessage}', reply: { json: { ErrorMessage: 'No.' } }, want: { serviceMessage: 'No.' } },
  {
    name: '{error, error_description}',
    reply: { json: { error: 'invalid', error_description: 'No.' } },
    want: { serviceMessage: 'No.' },
  },
  {
    name: '{error_code, error_message}',
    reply: { json: { error_code: 17, error_message: 'No.' } },
    want: { serviceCode: 17, serviceMessage: 'No.' },
  },
  { name: 'JSON text', reply: { json: 'No.' }, want: { serviceMessage: 'No.' } },
  { name: 'text', reply: { body: 'No.' }, want: { serviceMessage: 'No.', body: 'No.' } },
  { name: 'a page', reply: { body: '<html><title>No.</title></html>' }, want: { serviceMessage: 'No.' } },
  {
    name: 'nothing',
    reply: {},
    want: {
      serviceMessage: undefined,
      body: undefined,
      message: /failed with status 404: the response gives no reason$/,
    },
  },
  { name: 'compressed text', reply: { body: 'No.', gzip: 'whole' }, want: { serviceMessage: 'No.' } },
];

const date = 'Fri, 07 Mar 2025 23:59:58 GMT';
const forbidden: readonly { message: string; reason: string }[] = [
  { message: 'You do not have the permission to access this resource.', reason: 'permission' },
  { message: 'This resource is not available in your edition.', reason: 'edition' },
  { message: 'The daily limit of API requests has been exceeded. It is reset at 0:00 UTC.', reason: 'quota' },
  { message: 'No.', reason: 'unknown' },
];

const names = {
  400: 'BadRequestError',
  401: 'UnauthorizedError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  418: 'UnexpectedStatusError',
  500: 'ServerError',
};

const key = 'key-to-hide-0001';
/** All that a log could have of an error, by the functions of the runtime too where it has them. */
function outputOf(error: unknown): string {
  const { inspect } = ((globalThis as { Deno?: object; Bun?: object }).Deno ??
    (globalThis as { Bun?: object }).Bun ??
    {}) as { inspect?: (value: unknown, options?: object) => string };
  const { message, stack, cause, body, headers } = error as Error & { body?: string; headers?: Headers };
  const texts = [
    message,
    stack,
    body,
    JSON.stringify(error),
    cause,
    (cause as Error)?.stack,
    inspect?.(error, { depth: 9 }),
  ];
  return [...texts, ...(headers ? [...headers].flat() : [])].map(String).join('\n');
}
/** It must not be shown plain, as the header has it, or as a URL has it. */
const hides = (error: unknown) => !/to-hide|a2V5LXRvLWhpZGU|dG8taGlkZ/.test(outputOf(error));

export const responses: readonly Case[] = [
  ...errors.map(
    ({ name, reply, want }): Case => ({
      name: `an error as ${name} says what the service says`,
      script: { replies: [{ status: 404, ...reply }] },
      want: { error: { code: 'not_found', status: 404, ...(want as object) }, sent: 1 },
    }),
  ),
  ...forbidden.map(
    ({ message, reason }): Case => ({
      name: `a 403 that says '${message}' has the reason ${reason}`,
      script: { replies: [{ status: 403, json: { message }, headers: { date } }] },
      run: ({ client }) =>
        client.departments.get(1).catch((error) => [error.code, error.reason, error.resetsAt?.toISOString()]),
      // By the clock of the service, not of this machine.
      want: { value: ['forbidden', reason, reason === 'quota' ? '2025-03-08T00:00:00.000Z' : undefined], sent: 1 },
    }),
  ),
  ...Object.entries(names).map(
    ([status, name]): Case => ({
      name: `a ${status} is a ${name} in a minified program too`,
      script: { replies: [{ status: Number(status) }] },
      settings: { retries: 0 },
      want: { error: { name, stack: new RegExp(`^${name}\\b|^(?!\\w+Error)`) }, sent: 1 },
    }),
  ),
  ...[
    { name: 'empty', reply: {}, want: /and an empty body, where the operation documents data/ },
    { name: 'a 204', reply: { status: 204 }, want: /status 204 and an empty body/ },
    { name: 'a page', reply: { body: '<html>' }, want: /a body that is not JSON. Is this the address of the service/ },
    { name: 'JSON that is cut off', reply: { body: '{"id":' }, want: /a body that is not JSON/, sent: 3 },
  ].map(
    ({ name, reply, want, sent = 1 }): Case => ({
      name: `a success that is ${name}, where data is documented, is an error`,
      script: { replies: [reply] },
      want: { error: { code: 'invalid_response', message: want }, sent },
    }),
  ),
  ...[
    { name: 'text', body: '<div id="chat">', want: '<div id="chat">' },
    { name: 'text as JSON', body: '"<div>"', want: '<div>' },
    { name: 'digits', body: '12345', want: '12345' },
    { name: 'empty', body: '', want: '' },
  ].map(
    ({ name, body, want }): Case => ({
      name: `a success that is ${name}, where text is documented, is that text`,
      script: { replies: [{ body }] },
      run: ({ client }) => client.campaignAppearance.getInstallationCode(1),
      want: { value: want, sent: 1 },
    }),
  ),
  ...['', '"Deleted."', 'Deleted.'].map(
    (body): Case => ({
      name: `a success that is '${body}', where nothing is documented, is nothing`,
      script: { replies: [{ body }] },
      run: ({ client }) => client.agents.delete(1),
      want: { value: undefined, sent: 1 },
    }),
  ),
  ...(
    [
      { name: 'text and a header', reply: { status: 401, body: `bad ${key}`, headers: { echo: key } } },
      { name: 'an address', reply: { status: 400, body: `/x?apiKey=${key}&a=b` } },
      { name: 'a page with the request', reply: { status: 500, body: `<pre>authorization: Bearer ${key}</pre>` } },
      { name: 'a success that is not JSON', reply: { body: `welcome ${key}` } },
      { name: 'a connection that breaks', reply: { json: { key }, breaks: 'in body' } },
    ] satisfies { name: string; reply: Reply }[]
  ).map(
    ({ name, reply }): Case => ({
      name: `the credentials, repeated in ${name}, are in no output`,
      script: { replies: [reply] },
      settings: { retries: 0, auth: { type: 'token', token: key } },
      want: { error: hides, sent: 1 },
    }),
  ),
  {
    name: 'a password in a body, sent back by the service, is in no output',
    script: { replies: [{ status: 400, body: "'pass-to-hide%22' and pass-to-hide\" are too short" }] },
    run: ({ client }) => client.agents.create({ email: 'a@b.example', password: 'pass-to-hide"' } as never),
    want: { error: hides, sent: 1 },
  },
  {
    name: 'a success has its status and headers, for programs that ask for them',
    script: { replies: [{ json: { id: 1 }, headers: { 'request-id': '7' } }] },
    run: async ({ client }) => {
      const { data, response } = await client.departments.get(1).withResponse();
      return [data, response.status, response.headers.get('request-id')];
    },
    want: { value: [{ id: 1 }, 200, '7'], sent: 1 },
  },
];
