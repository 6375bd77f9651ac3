import { request } from 'node:http';
import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { readWebhook, WebhookError, type WebhookInput, type WebhookTable } from '../src/index.ts';
import { localServer, rejection } from './helpers.ts';

const table: WebhookTable = {
  namedBy: 'event',
  shapes: {
    birdLanded: { names: ['bird_landed'], fields: { event: 'text', bird: 'object' } },
    birdSeen: { names: ['seen', 'heard'], fields: { event: 'text', watcher: 'number', at: 'list' } },
  },
};
const landed = { event: 'bird_landed', bird: { name: 'Wren', wing: null } };
const text = JSON.stringify(landed);
const bytes = new TextEncoder().encode(text);
const post = (body: BodyInit | null) =>
  new Request('https://hooks.example/', { method: 'POST', body, duplex: 'half' } as RequestInit);

describe('what is no webhook is an error that says why', () => {
  test.each<{ name: string; given: WebhookInput; reason: string; want: string }>([
    {
      name: 'an unknown event',
      given: '{"event":"exploded"}',
      reason: 'unknown_event',
      want: 'the event "exploded" is unknown. Known are bird_landed, seen, heard.',
    },
    {
      name: 'the name of the webhook',
      given: '{"event":"birdLanded"}',
      reason: 'unknown_event',
      want: '"birdLanded" is unknown',
    },
    {
      name: 'the name of a property of all objects',
      given: '{"event":"constructor"}',
      reason: 'unknown_event',
      want: '"constructor" is unknown',
    },
    {
      name: 'a long name with a line break',
      given: JSON.stringify({ event: `x\n${'y'.repeat(99)}` }),
      reason: 'unknown_event',
      want: `the event "x\\n${'y'.repeat(48)}" is unknown`,
    },
    { name: 'no event', given: '{}', reason: 'wrong_field', want: '`event` is missing, not the name of an event.' },
    { name: 'an event that is a number', given: '{"event":7}', reason: 'wrong_field', want: '`event` is a number' },
    {
      name: 'an event of the prototype',
      given: Object.create({ event: 'bird_landed', bird: {} }),
      reason: 'wrong_field',
      want: '`event` is missing',
    },
    {
      name: 'a field that is missing',
      given: '{"event":"bird_landed"}',
      reason: 'wrong_field',
      want: '`bird` of birdLanded is missing, not an object.',
    },
    {
      name: 'a field that is null',
      given: '{"event":"bird_landed","bird":null}',
      reason: 'wrong_field',
      want: '`bird` of birdLanded is null, not an object.',
    },
    {
      name: 'a list for an object',
      given: '{"event":"bird_landed","bird":[]}',
      reason: 'wrong_field',
      want: '`bird` of birdLanded is a list, not an object.',
    },
    {
      name: 'text for a number',
      given: '{"event":"seen","watcher":"7","at":[]}',
      reason: 'wrong_field',
      want: '`watcher` of birdSeen is text, not a number.',
    },
    {
      name: 'an object for a list',
      given: '{"event":"seen","watcher":7,"at":{}}',
      reason: 'wrong_field',
      want: '`at` of birdSeen is an object, not a list.',
    },
    { name: 'a list', given: '[]', reason: 'unreadable', want: 'the body is a list, not an object.' },
    { name: 'text', given: '"bird_landed"', reason: 'unreadable', want: 'the body is text, not an object.' },
    { name: 'null', given: 'null', reason: 'unreadable', want: 'the body is null, not an object.' },
    { name: 'a form', given: 'event=bird_landed', reason: 'unreadable', want: 'the body is not JSON.' },
    { name: 'JSON that is cut off', given: text.slice(0, -1), reason: 'unreadable', want: 'the body is not JSON.' },
    { name: 'nothing', given: '', reason: 'unreadable', want: 'the body is empty. If something else has read it' },
    { name: 'a request without a body', given: post(null), reason: 'unreadable', want: 'the body is empty' },
    {
      name: 'what is not UTF-8',
      given: Uint8Array.of(0x22, 0xff, 0x22),
      reason: 'unreadable',
      want: 'not text in UTF-8',
    },
    {
      name: 'undefined, from JavaScript',
      given: undefined as never,
      reason: 'unreadable',
      want: 'the body is missing',
    },
    { name: 'a function, from JavaScript', given: () => {}, reason: 'unreadable', want: 'the body is a function' },
  ])('$name', async ({ given, reason, want }) => {
    const error = await rejection(readWebhook(table, given));
    expect(error).toBeInstanceOf(WebhookError);
    expect(error).toMatchObject({ code: 'invalid_webhook', name: 'WebhookError', reason });
    expect((error as Error).message).toContain(`This is not a webhook of the service: `);
    expect((error as Error).message).toContain(want);
  });

  test('which shows nothing of the visitor', async () => {
    for (const given of [
      '{"event":"bird_landed","bird":"grace@example.com"}',
      '{"bird":"grace@example.com"',
      'grace@example.com',
    ]) {
      const error = (await rejection(readWebhook(table, given))) as Error;
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${error.cause}`).not.toContain('grace');
    }
  });

  test('a request whose body has been read', async () => {
    const request = post(text);
    await request.text();
    await expect(readWebhook(table, request)).rejects.toThrow('the body of the request has been read');
  });
});

describe('a body is bounded', () => {
  const padded = (length: number) => text.replace('Wren', 'é'.repeat((length - bytes.length + 4) / 2));
  const forms: { name: string; of: (body: string) => WebhookInput }[] = [
    { name: 'text', of: (body) => body },
    { name: 'bytes', of: (body) => new TextEncoder().encode(body) },
    { name: 'a request', of: (body) => post(body) },
    { name: 'a stream of Node', of: (body) => Readable.from([Buffer.from(body)]) },
  ];

  test.each(forms)('of $name, in bytes', async ({ of }) => {
    const body = padded(1000);
    expect(new TextEncoder().encode(body)).toHaveLength(1000);
    await readWebhook(table, of(body), { maxBytes: 1000 });
    const error = await rejection(readWebhook(table, of(body), { maxBytes: 999 }));
    expect(error).toMatchObject({ reason: 'too_large', message: expect.stringContaining('longer than 999 bytes') });
  });

  test('to a million bytes where nothing is said', async () => {
    await readWebhook(table, padded(1_000_000));
    expect(await rejection(readWebhook(table, padded(1_000_002)))).toMatchObject({ reason: 'too_large' });
  });

  test('and no more is read of a request that does not end', async () => {
    let sent = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent++;
        controller.enqueue(new Uint8Array(1000).fill(32));
      },
      cancel() {
        cancelled = true;
      },
    });
    expect(await rejection(readWebhook(table, post(endless), { maxBytes: 5000 }))).toMatchObject({
      reason: 'too_large',
    });
    expect(sent).toBeLessThan(12);
    await expect.poll(() => cancelled).toBe(true);
  });

  test('and a receiver in Node can still respond', async () => {
    const url = await localServer(async (incoming, response) => {
      const error = await rejection(readWebhook(table, incoming, { maxBytes: 5000 }));
      response.writeHead((error as WebhookError).reason === 'too_large' ? 413 : 400, { connection: 'close' }).end();
    });
    const status = await new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST' }, ({ statusCode }) => {
        resolve(statusCode);
        sent.destroy();
      });
      // There is no end.
      sent.on('error', reject).write('x'.repeat(100_000));
    });
    expect(status).toBe(413);
  });

  const nested = (levels: number): unknown => (levels === 0 ? {} : { in: [nested(levels - 1)] });
  test('in its depth', async () => {
    await readWebhook(table, { ...landed, more: nested(7) });
    expect(await rejection(readWebhook(table, { ...landed, more: nested(8) }))).toMatchObject({
      reason: 'too_large',
      message: expect.stringContaining('more than 16 levels'),
    });
    const bomb = `{"event":"bird_landed","bird":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(await rejection(readWebhook(table, bomb))).toBeInstanceOf(WebhookError);
  });

  test('a parsed body that contains itself ends', async () => {
    const cycle: Record<string, unknown> = { ...landed };
    cycle.self = [cycle, cycle];
    expect((await readWebhook(table, cycle)).event).toBe('birdLanded');
  });
});

describe('what a webhook sent', () => {
  const foreign = runInNewContext('({ buffer: new Uint8Array([...bytes]).buffer, parsed: JSON.parse(text) })', {
    bytes,
    text,
  });
  test.each<{ name: string; given: WebhookInput }>([
    { name: 'text', given: text },
    { name: 'text with a mark of its order', given: `\uFEFF${text}` },
    { name: 'bytes', given: bytes },
    { name: 'a part of a buffer', given: Buffer.from(`xx${text}x`).subarray(2, -1) },
    { name: 'a buffer of another realm', given: foreign.buffer },
    { name: 'the parsed body', given: JSON.parse(text) },
    { name: 'the parsed body of another realm', given: foreign.parsed },
    { name: 'a request', given: post(text) },
    { name: 'a stream of Node', given: Readable.from([Buffer.from(text.slice(0, 9)), Buffer.from(text.slice(9))]) },
    { name: 'an event in another case', given: { ...landed, event: 'Bird_Landed' } },
    { name: 'unknown fields', given: { ...landed, more: 7 } },
  ])('is read from $name', async ({ given }) => {
    const { event, payload } = await readWebhook(table, given);
    expect(event).toBe('birdLanded');
    expect(payload).toMatchObject({ bird: { name: 'Wren', wing: null } });
  });

  test('is read from a request of Node', async () => {
    const url = await localServer(async (incoming, response) => {
      response.end(JSON.stringify(await readWebhook(table, incoming)));
    });
    const response = await fetch(url, { method: 'POST', body: text });
    expect(await response.json()).toEqual({ event: 'birdLanded', payload: landed });
  });

  test('has the event of the address, whatever its own name', async () => {
    const given = { event: 'arrival', bird: {} };
    expect((await readWebhook(table, given, { event: 'birdLanded' })).event).toBe('birdLanded');
    await expect(readWebhook(table, given, { event: 'birdSeen' })).rejects.toThrow('`watcher` of birdSeen is missing');
    await expect(readWebhook(table, given, { event: 'birdFlown' })).rejects.toThrow('the event "birdFlown" is unknown');
  });
});
