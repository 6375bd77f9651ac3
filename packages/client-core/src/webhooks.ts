import { Comm100Error } from './errors.ts';

/** What a webhook sends: derived from the bundle. */
export interface WebhookShape {
  /** The values of the naming field, in any case. */
  readonly names: readonly string[];
  /** The fields that there must be, with their types. */
  readonly fields: Readonly<Record<string, JsonKind>>;
}

/** The webhooks of an API. */
export interface WebhookTable {
  /** The field that names the event. */
  readonly namedBy: string;
  readonly shapes: Readonly<Record<string, WebhookShape>>;
}

type JsonKind = 'text' | 'number' | 'boolean' | 'object' | 'list' | 'null';

/** What a receiver has of a webhook: the request, a request of Node with its body unread, the body, or the parsed body. */
export type WebhookInput = Request | AsyncIterable<Uint8Array> | string | Uint8Array | ArrayBuffer | object;

export interface WebhookOptions<Event extends string> {
  /** The event of the webhook that calls this address. What it sends may then have any name. @default told by the name */
  event?: Event | undefined;
  /** The longest body, in bytes. @default 1000000 */
  maxBytes?: number | undefined;
}

/** Why something is not a webhook of the service. */
export type WebhookProblem = 'too_large' | 'unreadable' | 'unknown_event' | 'wrong_field';

/**
 * Something is not a webhook of the service. Respond with 400 (with 413 where `reason` is `too_large`); an event that is
 * unknown may be a new one of the service. The message shows nothing of the body but the name of the event.
 */
export class WebhookError extends Comm100Error {
  static {
    WebhookError.prototype.name = 'WebhookError';
  }
  readonly code = 'invalid_webhook';
  readonly reason: WebhookProblem;

  constructor(reason: WebhookProblem, problem: string) {
    super(`This is not a webhook of the service: ${problem}`);
    this.reason = reason;
  }
}

/** Objects and lists in each other. What the service sends has less than half. */
const deepest = 16;

/**
 * Reads what a webhook sent, and tells its event by the table. The fields of the table are checked; what is inside them
 * is not, since it is known from samples only.
 *
 * @throws {WebhookError} for anything else; it says what is wrong.
 */
export async function readWebhook<Event extends string>(
  { namedBy, shapes }: WebhookTable,
  input: WebhookInput,
  { event, maxBytes = 1_000_000 }: WebhookOptions<Event> = {},
): Promise<{ event: string; payload: object }> {
  const payload = parse(await contentOf(input, maxBytes));
  if (kindOf(payload) !== 'object')
    throw new WebhookError('unreadable', `the body is ${inWords(payload)}, not an object.`);
  if (isTooDeep(payload)) throw new WebhookError('too_large', `the body has more than ${deepest} levels.`);

  const fields = payload as Record<string, unknown>;
  const name = Object.hasOwn(fields, namedBy) ? fields[namedBy] : undefined;
  if (typeof name !== 'string')
    throw new WebhookError('wrong_field', `\`${namedBy}\` is ${inWords(name)}, not the name of an event.`);
  const isNamed = ([key, { names }]: [string, WebhookShape]) =>
    event === undefined ? names.includes(name.toLowerCase()) : key === event;
  const found = Object.entries(shapes).find(isNamed);
  if (!found)
    throw new WebhookError(
      'unknown_event',
      `the event ${JSON.stringify((event ?? name).slice(0, 50))} is unknown. Known are ${Object.values(shapes)
        .flatMap(({ names }) => names)
        .join(', ')}.`,
    );
  const [key, shape] = found;
  for (const [field, kind] of Object.entries(shape.fields)) {
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (kindOf(value) !== kind)
      throw new WebhookError('wrong_field', `\`${field}\` of ${key} is ${inWords(value)}, not ${article(kind)}.`);
  }
  return { event: key, payload: fields };
}

/** The text of a body, or what it was parsed to already. */
async function contentOf(input: unknown, maxBytes: number): Promise<unknown> {
  const tooLarge = () => new WebhookError('too_large', `the body is longer than ${maxBytes} bytes.`);
  if (typeof input === 'string') {
    // No character has less than a byte.
    if (input.length > maxBytes || new TextEncoder().encode(input).length > maxBytes) throw tooLarge();
    return input;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const add = (chunk: Uint8Array) => {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  };
  if (typeof input !== 'object' || input === null) return input;
  if (ArrayBuffer.isView(input)) add(new Uint8Array(input.buffer, input.byteOffset, input.byteLength));
  else if (Object.prototype.toString.call(input) === '[object ArrayBuffer]') add(new Uint8Array(input as ArrayBuffer));
  else if (isRequest(input)) {
    if (input.bodyUsed)
      throw new WebhookError('unreadable', 'the body of the request has been read. Give what was read instead.');
    // Not every browser can iterate over a stream.
    const reader = input.body?.getReader();
    try {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) add(part.value);
    } finally {
      reader?.cancel().catch(() => {});
    }
  } else if (Symbol.asyncIterator in input) {
    // A loop that is left early ends the stream, and with it the connection on which the receiver is to respond.
    const parts = (input as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    for (let part = await parts.next(); !part.done; part = await parts.next()) add(part.value);
  } else return input;

  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new WebhookError('unreadable', 'the body is not text in UTF-8.');
  }
}

/** By what it can do: a request of another realm or package has another class. JSON has no functions. */
function isRequest(input: object): input is Request {
  return 'headers' in input && 'bodyUsed' in input && typeof (input as Request).text === 'function';
}

function parse(content: unknown): unknown {
  if (typeof content !== 'string') return content;
  const text = content.replace(/^\uFEFF/, '');
  if (text.trim() === '')
    throw new WebhookError(
      'unreadable',
      'the body is empty. If something else has read it, give what was read instead.',
    );
  try {
    return JSON.parse(text);
  } catch {
    // The error of the parser quotes the text, which is about a visitor.
    throw new WebhookError('unreadable', 'the body is not JSON.');
  }
}

/** Level by level, and each object once: neither a cycle nor a great depth is a problem. */
function isTooDeep(value: unknown): boolean {
  const seen = new Set<unknown>();
  let level = [value];
  for (let depth = 0; depth <= deepest && level.length; depth++) {
    const objects = level.filter((each) => typeof each === 'object' && each !== null && !seen.has(each));
    for (const each of objects) seen.add(each);
    level = objects.flatMap((each) => Object.values(each as object));
    if (depth === deepest && objects.length) return true;
  }
  return false;
}

function kindOf(value: unknown): JsonKind | undefined {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  const kind = typeof value;
  return kind === 'number' || kind === 'boolean' || kind === 'object' ? kind : undefined;
}

function inWords(value: unknown): string {
  if (value === undefined) return 'missing';
  const kind = kindOf(value);
  return kind ? article(kind) : `a ${typeof value}`;
}

const article = (kind: JsonKind) =>
  kind === 'text' || kind === 'null' ? kind : `${kind === 'object' ? 'an' : 'a'} ${kind}`;
