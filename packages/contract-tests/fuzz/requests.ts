import { type Operation, operationsOf, versions } from '../src/description.ts';
import { authorizationFor, type Sample, samplesOf } from '../src/requests.ts';
import { type Random, randomOf } from './random.ts';

/** A request of the fuzz: bytes, and what may come back. */
export interface Shot {
  /** How it was made, to find it again. */
  kind: string;
  bytes: Buffer;
  /** The operation, where the request is certain to be for it. */
  operation: Operation | undefined;
  method: string;
  /** Whether a status of 500 or more was asked for. */
  asksForError: boolean;
  /** Whether it is complete as HTTP. The server may wait for the rest of one that is not, or close the connection. */
  isComplete: boolean;
}

/** Makes the shots of a server: the same for the same seed and index. */
export async function shotsFor(url: string, seed: number): Promise<(index: number) => Shot> {
  const targets = await Promise.all(
    versions.flatMap(operationsOf).map(async (operation) => ({
      operation,
      samples: samplesOf(operation, await authorizationFor(operation, url)),
    })),
  );
  return (index) => {
    const random = randomOf(seed, index);
    const { operation, samples } = random.pick(targets);
    // Half are valid, or would be without what is changed below.
    const sample = random.once(2) ? (samples[0] as Sample) : random.pick(samples);
    const way = random.below(10);
    if (way < 5) return shotOf(`sample: ${sample.kind}`, operation, sample);
    if (way < 9) return mutated(random, operation, sample);
    return raw(random, operation, sample);
  };
}

function shotOf(kind: string, operation: Operation | undefined, sample: Sample): Shot {
  return {
    kind,
    bytes: bytesOf(sample),
    operation:
      /^(GET|PUT|POST|DELETE)$/.test(sample.method) && !sample.kind.startsWith('path unknown') ? operation : undefined,
    method: sample.method,
    asksForError: Object.entries(sample.headers).some(
      ([name, value]) => name === 'comm100-mock-fault' || (name === 'prefer' && /code="?5/.test(value)),
    ),
    isComplete: true,
  };
}

function bytesOf({ method, path, headers, body = '' }: Sample): Buffer {
  const content = Buffer.from(body);
  const fields = {
    host: 'mock.test',
    ...headers,
    ...(body || method !== 'GET' ? { 'content-length': content.length } : {}),
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([
    Buffer.from(`${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`, 'latin1'),
    content,
  ]);
}

const oddTexts = [
  '',
  ' ',
  '%00',
  '%',
  '%zz',
  '%ff%fe',
  '%F0%9F%92%A9',
  '..',
  '%2e%2e%2f',
  '__proto__',
  'constructor',
  'toString',
  'null',
  '-1',
  '1e999',
  '99999999999999999999',
  '0x10',
  '1.5',
  '-0',
  'NaN',
  'true',
  '[]',
  '{}',
  '[0]',
  "'",
  '"',
  '<script>',
  ';',
  '~',
  'a'.repeat(3000),
  '%0d%0aset-cookie:%20a=b',
  'x,y,z',
  '2025-13-45T99:99:99',
  '+08:00',
  '2025-01-01T00:00:00',
  'c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001',
];

/** The headers that the mock reads, and what is repeated in them and in paths: some text takes long only when it is long. */
const readHeaders = ['accept', 'authorization', 'content-type', 'origin', 'host', 'prefer', 'comm100-mock-fault'];
const repeated = 'a|/|a/|/a|,|;|=|.|:|"|-|%41|%|a=|a,|a |;q=0|[|[a]'.split('|');

/** As long as a head can be, at most. */
function longText(random: Random): string {
  const part = random.pick(repeated);
  return `${part.repeat(1 + random.below(15_000 / part.length))}x`;
}

const oddHeaders: readonly (readonly [string, string])[] = [
  ['accept', 'json'],
  ['accept', '*/*;q=0'],
  ['accept', 'text/html, application/json;q=0.1'],
  ['accept', ','],
  ['accept', 'application/json'.repeat(300)],
  ['content-type', ''],
  ['content-type', 'application/json; charset=utf-16'],
  ['content-type', 'multipart/form-data; boundary=x'],
  ['content-type', ';'],
  ['content-type', 'APPLICATION/JSON'],
  ['content-type', 'text/plain'],
  ['prefer', 'code=500'],
  ['prefer', 'code=200, example=__proto__'],
  ['prefer', 'dynamic=true'],
  ['prefer', 'dynamic=maybe; seed=7'],
  ['prefer', '='.repeat(2000)],
  ['prefer', 'code=200,'.repeat(500)],
  ['prefer', 'code=99999'],
  ['prefer', 'respond-async, wait=10'],
  ['authorization', 'Basic'],
  ['authorization', 'Basic !!!!'],
  ['authorization', `Basic ${'QUFB'.repeat(1000)}`],
  ['authorization', 'Bearer a.b.c'],
  ['authorization', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ['authorization', 'Negotiate x'],
  ['origin', 'null'],
  ['origin', 'https://page.example'],
  ['host', ''],
  ['host', 'a b'],
  ['host', '[::1]:80'],
  ['host', 'x'.repeat(3000)],
  ['expect', '100-continue'],
  ['expect', 'a miracle'],
  ['upgrade', 'websocket'],
  ['connection', 'Upgrade'],
  ['connection', 'close'],
  ['te', 'trailers'],
  ['content-encoding', 'gzip'],
  ['range', 'bytes=0-1'],
  ['if-none-match', '*'],
  ['transfer-encoding', 'gzip'],
  ['x-http-method-override', 'DELETE'],
  ['cookie', 'a=b; '.repeat(200)],
  ['x-long', 'x'.repeat(6000)],
  ['forwarded', 'for=1.2.3.4;host=evil.example'],
  ['x-forwarded-host', 'evil.example'],
];
/** Faults that the mock is asked for: whatever comes of them, it must live. */
const faults = [
  'status=503',
  'status=99',
  'reset',
  'truncate',
  'slow=20',
  'delay=20',
  'quota',
  'token-expired',
  'odd=@',
  ','.repeat(500),
];
const methods = ['HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'M-SEARCH', 'QUERY', 'GET', 'POST', 'PUT', 'DELETE'];

/** A sample with a few things at odds. */
function mutated(random: Random, operation: Operation, original: Sample): Shot {
  let sample: Sample = { ...original, headers: { ...original.headers } };
  let isForOperation = true;
  let isComplete = true;
  const kinds: string[] = [];
  for (let count = 1 + random.below(3); count > 0; count--) {
    const change = random.pick(['header', 'query', 'path', 'method', 'body', 'case', 'origin', 'fault'] as const);
    kinds.push(change);
    switch (change) {
      case 'header': {
        const [name, value] = random.once(4) ? [random.pick(readHeaders), longText(random)] : random.pick(oddHeaders);
        sample.headers[name] = value;
        if (name === 'transfer-encoding' || name === 'expect' || name === 'upgrade' || name === 'connection')
          isComplete = false;
        break;
      }
      case 'query':
        sample.path += `${sample.path.includes('?') ? '&' : '?'}${queryOf(random, operation)}`;
        break;
      case 'path': {
        const [path = '', query] = sample.path.split('?', 2);
        const segments = path.split('/');
        segments.splice(
          1 + random.below(segments.length),
          random.below(2),
          (random.once(10) ? longText(random) : random.pick(oddTexts)).replaceAll(' ', '%20').replaceAll('#', ''),
        );
        sample.path = [segments.join('/') || '/', ...(query === undefined ? [] : [query])].join('?');
        isForOperation = false;
        break;
      }
      case 'method':
        sample.method = random.pick(methods);
        isForOperation = false;
        break;
      case 'body':
        sample = { ...sample, body: bodyOf(random, sample.body ?? '') };
        break;
      case 'case': {
        const [path = '', ...rest] = sample.path.split('?');
        sample.path = [
          `${random.pick(['', '/livechatapi', '/AccountWebApi'])}${path.toUpperCase()}${random.pick(['', '/', '//'])}`,
          ...rest,
        ].join('?');
        isForOperation = false;
        break;
      }
      case 'fault':
        sample.headers['comm100-mock-fault'] = random.pick(faults);
        isComplete = false;
        break;
      default:
        Object.assign(sample.headers, { origin: 'https://page.example', 'access-control-request-method': 'PUT' });
        if (random.once(2)) sample.method = 'OPTIONS';
        isForOperation &&= sample.method !== 'OPTIONS';
    }
  }
  const shot = shotOf(
    `changed: ${kinds.join(', ')} of ${original.kind}`,
    isForOperation ? operation : undefined,
    sample,
  );
  return { ...shot, isComplete };
}

function queryOf(random: Random, operation: Operation): string {
  const known = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const name = random.once(3) || known.length === 0 ? random.pick(oddTexts).slice(0, 200) : random.pick(known);
  const value = random.pick(oddTexts);
  const clean = (text: string) => text.replaceAll(' ', '+').replaceAll('#', '');
  switch (random.below(5)) {
    case 0:
      return `${clean(name)}=${clean(value)}&`.repeat(1 + random.below(300)).slice(0, 12_000);
    case 1:
      return `${clean(name)}${random.pick(['[0][type]', '[]', '[__proto__][x]', '[a][b][c][d]', '[999999999]'])}=${clean(value)}`;
    case 2:
      return clean(name).toUpperCase();
    default:
      return `${clean(name)}=${clean(value)}`;
  }
}

function bodyOf(random: Random, body: string): string {
  const at = random.below(body.length + 1);
  switch (random.below(14)) {
    case 0:
      return body.slice(0, at);
    case 1:
      return (
        body.slice(0, at) +
        random.pick(['"', '{', '}', '\u0000', '\ud800', '\\u0000', '💩', ',', '&', '%', '=', '\n']) +
        body.slice(at)
      );
    case 2:
      return '['.repeat(1 + random.below(5000));
    case 3:
      return `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`;
    case 4:
      return JSON.stringify(Array.from({ length: random.below(20_000) }, () => random.pick([1, 'x', null, {}])));
    case 5:
      return `${random.pick(['ids', '[0]', 'members', 'odd'])}=1&`.repeat(random.below(40_000));
    case 6:
      return '{"__proto__":{"a":1},"constructor":{"prototype":1},"name":"x","name":"y"}';
    case 7:
      return `\ufeff${body}`;
    case 8:
      return body.replaceAll(/\d+/g, random.pick(['1e999', '-1', '1.5', '99999999999999999999']));
    case 9:
      return JSON.stringify(
        Object.fromEntries(Array.from({ length: random.below(5000) }, (_, index) => [`f${index}`, index])),
      );
    case 10:
      return `{"name":"${'x'.repeat(random.below(200_000))}"}`;
    case 11:
      return random.pick(['null', '""', '0', 'true', '[]', '{}', '[null]', '{"":""}', '   ', '\u0000']);
    case 12:
      return `${body}${body}`;
    default:
      return body.replaceAll('"', "'");
  }
}

/** What is odd about the bytes themselves. */
function raw(random: Random, operation: Operation, sample: Sample): Shot {
  const whole = bytesOf(sample);
  const text = whole.toString('latin1');
  const head = text.slice(0, text.indexOf('\r\n\r\n'));
  const simple = 'GET /api/v2/livechat/departments HTTP/1.1\r\nhost: mock\r\n';
  const body = '{"name":"x"}';
  const post = `POST /api/v2/livechat/departments HTTP/1.1\r\nhost: mock\r\ncontent-type: application/json\r\nauthorization: ${sample.headers.authorization ?? 'x'}\r\n`;
  const noise = () =>
    Buffer.from(Array.from({ length: 1 + random.below(300) }, () => random.below(256))).toString('latin1');
  const shots: Record<string, () => string> = {
    noise,
    'a broken byte': () => {
      const at = random.below(text.length);
      return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1);
    },
    'an end too early': () => text.slice(0, random.below(text.length)),
    'bare line feeds': () => text.replaceAll('\r\n', '\n'),
    'no Host': () => text.replace(/\r\nhost: .*/i, ''),
    'two Hosts': () => text.replace('\r\n', '\r\nhost: other\r\n'),
    'HTTP/1.0': () => text.replace('HTTP/1.1', 'HTTP/1.0'),
    'HTTP/2': () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'HTTP/9.9': () => text.replace('HTTP/1.1', 'HTTP/9.9'),
    TLS: () => `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03${noise()}`,
    CONNECT: () => 'CONNECT mock:443 HTTP/1.1\r\nhost: mock\r\n\r\n',
    'the asterisk': () => 'OPTIONS * HTTP/1.1\r\nhost: mock\r\n\r\n',
    'an address in full': () => text.replace(' /', ' http://mock.test/'),
    'an address without a slash': () => text.replace(' /', ' '),
    'too large a head': () => `${head}\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`,
    'too many headers': () => `${head}${'\r\na: b'.repeat(2500)}\r\n\r\n`,
    'too long an address': () => text.replace(' /', ` /${'x'.repeat(15_000)}/`),
    'a length and chunks': () => `${post}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    'two lengths': () => `${post}content-length: 5\r\ncontent-length: 6\r\n\r\n${body}`,
    'a negative length': () => `${post}content-length: -5\r\n\r\n${body}`,
    'a length that is too large': () => `${post}content-length: 99999999999\r\n\r\n${body}`,
    'a length that is too small': () => `${post}content-length: 5\r\n\r\n${body}`,
    chunks: () => `${post}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    'chunks with trailers': () =>
      `${post}transfer-encoding: chunked\r\n\r\n5;a=b\r\n{"a":\r\n2\r\n1}\r\n0\r\nx: y\r\n\r\n`,
    'chunks that are none': () => `${post}transfer-encoding: chunked\r\n\r\nzz\r\n${body}`,
    'a chunk extension that is too large': () => `${post}transfer-encoding: chunked\r\n\r\n5;${'x'.repeat(20_000)}\r\n`,
    'two requests at once': () => text + text,
    'many requests at once': () => `${simple}\r\n`.repeat(50),
    'an upgrade': () => `${simple}connection: Upgrade\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n`,
    'headers that fold': () => `${simple}x: a\r\n b\r\n\r\n`,
    'a header without a name': () => `${simple}: x\r\n\r\n`,
    'a space before the colon': () => `${simple}x : y\r\n\r\n`,
    'characters that are not ASCII': () => `GET /api/v2/\xe4\xf6?\xff=\xfe HTTP/1.1\r\nhost: mock\r\nx: \xff\r\n\r\n`,
  };
  const kind = random.pick(Object.keys(shots));
  const bytes = Buffer.from((shots[kind] as () => string)(), 'latin1');
  return {
    kind: `raw: ${kind} of ${operation.id}`,
    bytes,
    operation: undefined,
    method: /^[A-Z-]+(?= )/.exec(bytes.toString('latin1'))?.[0] ?? '',
    asksForError: /code=5/.test(bytes.toString('latin1')),
    isComplete: false,
  };
}
