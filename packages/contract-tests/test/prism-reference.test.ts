import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Operation, operationsOf, versions, violations } from '../src/description.ts';
import { mock, sentBy } from '../src/harness.ts';
import { startPrism } from '../src/prism.ts';
import { authorizationFor, type Sample, samplesOf } from '../src/requests.ts';

// Prism is the reference, with a router and a validation of its own: the mock, as it is and with `strict`, must respond
// as Prism does to the same request. Where one of them must not, the table says why.

/** What a request got: the status, or nothing at all. */
type Status = number | 'nothing';

interface Difference {
  kind: Sample['kind'];
  /** The operations that it is about. @default all */
  of?: (operation: Operation) => boolean;
  prism: Status;
  mock: Status;
  strict: Status;
  reason: string;
}

const isJson = ({ mediaType }: Operation) => mediaType === 'application/json';
const isForm = ({ mediaType }: Operation) => mediaType === 'application/x-www-form-urlencoded';
const noUnprocessable = 'The service has no status 422; what it cannot read is 400.';
const noAccounts = 'Prism has no accounts, and looks only at the scheme of the credentials.';
const noParser = 'Prism never responds where it cannot parse a body.';
const lenient = 'The service ignores what it does not know. With strict, the mock reports it.';
const declared = 'The description has no 415, so Prism sends the 400 that it has.';

const differences: Difference[] = [
  { kind: 'a preference that is no status', prism: 422, mock: 400, strict: 400, reason: noUnprocessable },
  {
    kind: 'an example that is not described',
    of: ({ responses }) => responses.length === 0,
    prism: 200,
    mock: 404,
    strict: 404,
    reason: 'Prism does not look for an example where the response has no body.',
  },
  {
    kind: 'accept of another type',
    of: ({ responses }) => responses.length > 0,
    prism: 406,
    mock: 400,
    strict: 400,
    reason: 'The service has no status 406.',
  },
  { kind: 'parameter unknown', prism: 200, mock: 200, strict: 400, reason: lenient },
  {
    kind: 'field unknown',
    prism: 200,
    mock: 200,
    strict: 400,
    reason: `Prism skips unevaluatedProperties. ${lenient}`,
  },
  { kind: 'field unknown', prism: 400, mock: 200, strict: 400, reason: lenient },
  { kind: 'body that is not JSON', prism: 'nothing', mock: 400, strict: 400, reason: noParser },
  { kind: 'content type missing', prism: 400, mock: 200, strict: 400, reason: 'What a body is can be seen.' },
  { kind: 'content type unknown', prism: 400, mock: 415, strict: 415, reason: declared },
  { kind: 'content type of the other kind', of: isForm, prism: 'nothing', mock: 400, strict: 400, reason: noParser },
  {
    kind: 'content type of the other kind',
    of: isJson,
    prism: 400,
    mock: 200,
    strict: 400,
    reason: 'curl calls JSON a form where nobody says otherwise, and documented requests are sent so.',
  },
  {
    kind: 'field not password',
    of: ({ tokenField }) => tokenField !== undefined,
    prism: 200,
    mock: 401,
    strict: 401,
    reason: noAccounts,
  },
  {
    kind: 'credentials that are wrong',
    of: ({ schemes }) => schemes.includes('basicAuth'),
    prism: 200,
    mock: 401,
    strict: 401,
    reason: noAccounts,
  },
];

interface Reply {
  status: Status;
  text: string;
}

const silence: Reply = { status: 'nothing', text: '' };

/** How long Prism has until it counts as not responding, in milliseconds. */
const patience = 2000;

/** @param timeout In milliseconds. */
async function send(url: string, { method, path, headers, body }: Sample, timeout?: number): Promise<Reply> {
  const init: RequestInit = { method, headers };
  // A body of bytes gets no content type from fetch.
  if (body) init.body = new TextEncoder().encode(body);
  if (timeout) init.signal = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url + path, init);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return silence;
    throw error;
  }
}

/** A body as JSON, or as text where it is no JSON. */
function read(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** What is wrong with what the mock sends, in the light of what Prism sends with the same status. */
function complaint(operation: Operation, { kind, place }: Sample, ours: Reply, url: string, prism: Reply): string {
  const body = read(ours.text);
  if (ours.status === 200) {
    const broken = violations(operation, 200, body);
    if (broken || prism.status !== 200 || kind === 'made-up data') return broken;
    const hidden = (value: unknown) =>
      operation.tokenField ? { ...(value as object), [operation.tokenField]: 'signed afresh' } : value;
    const wanted = hidden(sentBy(url, read(prism.text)));
    return JSON.stringify(hidden(body)) === JSON.stringify(wanted) ? '' : `${ours.text} is not ${prism.text}`;
  }
  const { code, message, ...rest } = body as Record<string, unknown>;
  if (code !== Number(ours.status) * 1000 || typeof message !== 'string' || Object.keys(rest).length > 0)
    return `${ours.text} does not have the form of the service`;
  if (kind.startsWith('an error by')) return ours.text === prism.text ? '' : `${ours.text} is not ${prism.text}`;
  const isNamed = /^(parameter|path|field) (?!unknown)/.test(kind) && ours.status === 400;
  return isNamed && !message.includes(place ? `'${place}'` : 'The request body')
    ? `'${message}' does not name '${place}'`
    : '';
}

const used = new Set<Difference>();
/** Kinds of request to which Prism never responds: waiting for one of each is enough. */
const awaited = new Set<string>();

describe.each(versions)('the mock responds as Prism does in %s', (version) => {
  let servers: Record<'prism' | 'mock' | 'strict', { url: string; close(): Promise<void> }>;
  beforeAll(async () => {
    const [prism, plain, strict] = await Promise.all([startPrism(version), mock(), mock({ strict: true })]);
    servers = { prism, mock: plain, strict };
  });
  afterAll(() => Promise.all(Object.values(servers).map((server) => server.close())));

  test.each(operationsOf(version))('$id', async (operation) => {
    const { prism, mock: plain, strict } = servers;
    const samples = samplesOf(operation, await authorizationFor(operation, plain.url));
    const forStrict = samplesOf(operation, await authorizationFor(operation, strict.url));
    for (const [index, sample] of samples.entries()) {
      const candidates = differences.filter(({ kind, of }) => kind === sample.kind && (of?.(operation) ?? true));
      const isSilent = candidates.some((difference) => difference.prism === 'nothing');
      const isAwaited = isSilent && awaited.has(sample.kind);
      if (isSilent) awaited.add(sample.kind);
      const [fromPrism, fromMock, fromStrict] = await Promise.all([
        isAwaited ? silence : send(prism.url, sample, isSilent ? patience : undefined),
        send(plain.url, sample),
        send(strict.url, forStrict[index] ?? sample),
      ]);

      const got = { prism: fromPrism.status, mock: fromMock.status, strict: fromStrict.status };
      const allowed = candidates.find(
        (row) => row.prism === got.prism && row.mock === got.mock && row.strict === got.strict,
      );
      if (allowed) used.add(allowed);
      const about = `${sample.kind} ${sample.place}: ${sample.method} ${sample.path} ${sample.body ?? ''}`;
      expect.soft(got, about).toEqual(allowed ? got : { prism: got.prism, mock: got.prism, strict: got.prism });
      expect.soft(complaint(operation, sample, fromMock, plain.url, fromPrism), about).toBe('');
    }
  });
});

test('each difference that is allowed is there', () => {
  expect(differences.filter((difference) => !used.has(difference))).toEqual([]);
});
