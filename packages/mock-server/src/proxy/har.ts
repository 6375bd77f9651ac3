import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** A request and its response, with no credential in it. */
export interface RecordedExchange {
  readonly startedAt: Date;
  /** In milliseconds. */
  readonly time: number;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly [string, string][];
  readonly requestBody: string | undefined;
  readonly status: number;
  readonly statusText: string;
  readonly responseHeaders: readonly [string, string][];
  readonly responseBody: string | undefined;
  /** The size of the body as it was sent, in bytes. */
  readonly responseSize: number;
  /** What differs from the description, a line each. */
  readonly differences: readonly string[];
}

const tail = '\n]}}\n';

/** A HAR stops to grow at this size, in bytes. */
const largest = 256 * 1024 * 1024;

/**
 * A file of exchanges in HAR 1.2. It is complete after each one, however the program ends, and only its owner can read it.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export class HarFile {
  readonly #file: number;
  #end: number;
  #count = 0;

  /** @throws {Error} where the file cannot be written. An existing file is overwritten. */
  constructor(path: string, version: string) {
    this.#file = openSync(path, 'w', 0o600);
    const head = `{"log":{"version":"1.2","creator":{"name":"comm100-mock","version":"${version}"},"entries":[`;
    this.#end = writeSync(this.#file, head);
    writeSync(this.#file, tail, this.#end);
  }

  /** Adds an exchange. @throws {Error} where there is no room for it. */
  add(exchange: RecordedExchange): void {
    const text = Buffer.from(`${this.#count === 0 ? '' : ','}\n${JSON.stringify(entryOf(exchange))}`);
    if (this.#end + text.byteLength > largest) throw new Error('it is full');
    writeSync(this.#file, Buffer.concat([text, Buffer.from(tail)]), 0, undefined, this.#end);
    this.#end += text.byteLength;
    this.#count++;
  }

  close(): void {
    ftruncateSync(this.#file, this.#end + tail.length);
    closeSync(this.#file);
  }
}

function entryOf(exchange: RecordedExchange): object {
  const { startedAt, time, method, url, status, statusText, responseSize, differences } = exchange;
  const { requestHeaders, responseHeaders, requestBody, responseBody } = exchange;
  return {
    startedDateTime: startedAt.toISOString(),
    time,
    request: {
      method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(requestHeaders),
      queryString: pairs([...new URL(url).searchParams]),
      ...(requestBody !== undefined && {
        postData: { mimeType: headerOf('content-type', requestHeaders), text: requestBody },
      }),
      headersSize: -1,
      bodySize: requestBody === undefined ? 0 : Buffer.byteLength(requestBody),
    },
    response: {
      status,
      statusText,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(responseHeaders),
      content: {
        size: responseSize,
        mimeType: headerOf('content-type', responseHeaders),
        ...(responseBody !== undefined && { text: responseBody }),
      },
      redirectURL: headerOf('location', responseHeaders),
      headersSize: -1,
      bodySize: responseSize,
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    ...(differences.length > 0 && { comment: differences.join('\n') }),
  };
}

function pairs(entries: readonly (readonly [string, string])[]): { name: string; value: string }[] {
  return entries.map(([name, value]) => ({ name, value }));
}

function headerOf(name: string, headers: readonly [string, string][]): string {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? '';
}
