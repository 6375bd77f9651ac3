import type { Reply } from '../script.ts';
import type { Case } from '../suite.ts';
import { atLeast, department, good, impatient } from './fixtures.ts';

/** Some runtimes end such a body without an error, so that its JSON is cut off. */
const cutOff = /^(connection_failed|invalid_response)$/;

/** What goes wrong on the way, and the code of the error of a call that is not sent again. */
const faults: readonly { name: string; reply: Reply; code: string | RegExp }[] = [
  { name: 'a reset before the response', reply: { breaks: 'before' }, code: 'connection_failed' },
  { name: 'an end before the response', reply: { breaks: 'before', orderly: true }, code: 'connection_failed' },
  { name: 'a reset after the headers', reply: { ...good, breaks: 'after headers' }, code: 'connection_failed' },
  { name: 'a reset in the body', reply: { ...good, breaks: 'in body' }, code: 'connection_failed' },
  { name: 'an end in the body', reply: { ...good, breaks: 'in body', orderly: true }, code: 'connection_failed' },
  {
    name: 'an end without the last chunk',
    reply: { ...good, chunked: true, breaks: 'in body', orderly: true },
    code: cutOff,
  },
  { name: 'gzip that is cut off', reply: { ...good, gzip: 'cut' }, code: cutOff },
  { name: 'gzip that is none', reply: { ...good, gzip: 'none' }, code: 'connection_failed' },
  { name: 'bytes that are not HTTP', reply: { raw: 'SSH-2.0-OpenSSH_9.2\r\n\r\n' }, code: 'connection_failed' },
  { name: 'no response', reply: { silent: 'before' }, code: 'timed_out' },
  { name: 'headers and no body', reply: { ...good, silent: 'after headers' }, code: 'timed_out' },
  { name: 'half a body', reply: { ...good, silent: 'in body' }, code: 'timed_out' },
  { name: 'a body that takes too long', reply: { body: ' '.repeat(200), drip: 30 }, code: 'timed_out' },
];

const ways: readonly { name: string; reply: Reply }[] = [
  { name: 'in chunks', reply: { ...good, chunked: true } },
  { name: 'compressed', reply: { ...good, gzip: 'whole' } },
  { name: 'byte by byte', reply: { ...good, drip: 2 } },
  { name: 'after a while', reply: { ...good, delay: 300 } },
  { name: 'after a byte order mark', reply: { body: `\uFEFF${JSON.stringify(department)}` } },
  {
    name: 'after an interim response',
    reply: {
      raw: `HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${JSON.stringify({ id: 1 })}`,
    },
  },
];

export const connections: readonly Case[] = [
  ...faults.flatMap(({ name, reply, code }): Case[] => {
    const takesTime = code === 'timed_out';
    const settings = takesTime ? impatient : {};
    return [
      {
        name: `${name}, twice: a read is sent again and gets past it`,
        script: { replies: [reply, reply, good] },
        settings,
        want: { value: department, sent: takesTime ? atLeast(3) : 3 },
      },
      {
        name: `${name}: a write is an error and is not sent again`,
        script: { replies: [reply, good] },
        settings,
        run: ({ client }) => client.departments.create({ name: 'Returns' }),
        want: { error: { code, call: { method: 'post', path: '/api/v2/livechat/departments' } }, sent: 1 },
      },
    ];
  }),
  ...ways.map(
    ({ name, reply }): Case => ({
      name: `a response ${name} is a response like any other`,
      script: { replies: [reply] },
      want: { value: { id: 1 }, sent: 1 },
    }),
  ),
  {
    name: 'a response that takes too long: the client closes the connection',
    script: { replies: [{ silent: 'before' }] },
    settings: { ...impatient, retries: 0 },
    want: { error: { code: 'timed_out', message: /within 1500 ms. Raise `timeout`/ }, sent: 1, closed: true },
  },
  {
    name: 'a server that is not there is a connection that failed',
    script: {},
    settings: { baseUrl: 'http://127.0.0.1:1', retries: 1 },
    want: { error: { code: 'connection_failed', call: { origin: 'http://127.0.0.1:1' } }, sent: 0 },
  },
];
