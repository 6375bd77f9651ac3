import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Document } from '@comm100-openapi/description';
import { createJudge, errorResponse, type Judgement, type Observed, ServiceError } from '@comm100-openapi/mock-core';
import { listen } from '../listen.ts';
import { strictBundles } from '../own.ts';
import type { Listening } from '../server.ts';
import { harmless } from '../terminal.ts';
import type { RecordedExchange } from './har.ts';
import { Redactor } from './redact.ts';
import { lineOf, Report } from './report.ts';

export interface ProxyOptions {
  /** The origin of the service: https, or http on this machine. */
  readonly target: string;
  /** The descriptions that the service is compared with. @default the project's own, in the strict form */
  readonly bundles?: readonly Document[];
  /** Called with each exchange, without credentials, and with the lines of the report that are new. */
  readonly onExchange?: (exchange: RecordedExchange, news: readonly string[]) => void;
  /** @default 4010; 0 takes a free one */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** How long the service can stay silent, in milliseconds. @default 60000 */
  readonly timeout?: number;
}

/** A proxy that listens. */
export interface RunningProxy extends Listening {
  readonly report: Report;
}

/** How long a line of the report can be, in characters. */
const longest = 1000;

/** Larger bodies pass, and are not compared, in bytes. */
const largest = 8 * 1024 * 1024;

/** The headers of one connection, which are not passed on (RFC 9110, section 7.6.1), and those that are written anew. */
const ofConnection =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|host|accept-encoding|comm100-mock-.*)$/i;

/**
 * Passes requests on to a service and compares what comes back with its description. Nothing of a request or a response
 * is changed but the headers of the connection.
 *
 * @throws {RangeError} where the target is not an origin that credentials can be sent to.
 * @throws {Error} where the port is in use (`code` is `EADDRINUSE`).
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { bundles = strictBundles(), onExchange, port = 4010, host = '127.0.0.1', timeout = 60_000 } = options;
  const target = readTarget(options.target);
  const judge = createJudge(bundles);
  const redactor = new Redactor();
  const report = new Report(target.origin);

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const startedAt = new Date();
    const { method = 'GET', headers, rawHeaders } = incoming;
    // The path alone counts: whatever host a request names, it goes to the target.
    const path = (incoming.url ?? '/').replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/^(?!\/)/, '/');
    const sent = pairsOf(rawHeaders).filter(([name]) => !ofConnection.test(name));
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'];
    const requestBody = new Kept(hasBody ? incoming : undefined);
    const framing = headers['transfer-encoding'] ? [['transfer-encoding', 'chunked']] : [];

    const upstream = (target.protocol === 'https:' ? httpsRequest : httpRequest)({
      hostname: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port || undefined,
      method,
      path,
      headers: [...sent, ...framing, ['host', target.host], ['accept-encoding', 'identity']].flat(),
      timeout,
    });
    const fail = (error: NodeJS.ErrnoException) => {
      if (outgoing.headersSent || outgoing.destroyed) return void outgoing.destroy();
      const unreachable = () =>
        new ServiceError(502, `${target.host} cannot be reached: ${error.code ?? error.message}.`);
      sendError(outgoing, error instanceof ServiceError ? error : unreachable());
    };
    upstream.on('error', fail);
    upstream.on('timeout', () => upstream.destroy(new ServiceError(504, `${target.host} did not respond in time.`)));
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);

    upstream.on('response', (answer) => {
      const { statusCode: status = 0, statusMessage: statusText = '' } = answer;
      const received = pairsOf(answer.rawHeaders);
      const passed = received.filter(([name]) => !/^(connection|keep-alive|transfer-encoding)$/i.test(name));
      try {
        outgoing.writeHead(status, statusText, passed.flat());
      } catch (error) {
        // What cannot be passed on, such as a status of 099, must not end the proxy.
        upstream.destroy();
        return fail(error as Error);
      }
      const responseBody = new Kept(answer);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
      answer.on('end', () => {
        const request = requestBody.text(headers['content-encoding']);
        const response = responseBody.text(answer.headers['content-encoding']);
        const observed: Observed = {
          method,
          url: path,
          request: request ? { type: headers['content-type'] ?? '', text: request } : undefined,
          status,
          response: response === undefined ? 'unread' : { type: answer.headers['content-type'] ?? '', text: response },
        };
        const { judgement, lines } = compare(observed);
        const clean = () => ({
          url: target.origin + redactor.url(path),
          requestHeaders: redactor.headers(sent),
          requestBody: request && redactor.body(headers['content-type'] ?? '', request),
          statusText: redactor.text(statusText),
          responseHeaders: redactor.headers(received),
          responseBody: response && redactor.body(answer.headers['content-type'] ?? '', response),
        });
        // All credentials of the exchange are found first, since one part can repeat that of another.
        clean();
        const differences = lines.map((line) => harmless(redactor.text(line).slice(0, longest)));
        const news = report.add(judgement, status, differences);
        const time = Date.now() - startedAt.getTime();
        onExchange?.(
          { startedAt, time, method, status, responseSize: responseBody.size, differences, ...clean() },
          news,
        );
      });
    });
  }

  /** What the comparison fails at is itself a line of the report, so that requests go on to pass. */
  function compare(observed: Observed): { judgement: Judgement; lines: string[] } {
    try {
      const judgement = judge(observed);
      return { judgement, lines: judgement.differences.map((found) => lineOf(judgement, found, observed.status)) };
    } catch (error) {
      const lines = [`request: not compared: ${observed.method}: ${(error as Error).message}`];
      return { judgement: { operation: undefined, differences: [] }, lines };
    }
  }

  const server = createServer({ requestTimeout: 0 }, (incoming, outgoing) => {
    try {
      pass(incoming, outgoing);
    } catch (error) {
      sendError(outgoing, new ServiceError(400, `The request cannot be passed on: ${(error as Error).message}`));
    }
  });
  return { ...(await listen(server, port, host)), report };
}

function sendError(outgoing: ServerResponse, error: ServiceError): void {
  const { status, headers, body } = errorResponse(error);
  outgoing.writeHead(status, headers).end(body);
}

const decoders = new Map([
  ['gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
]);

/** Keeps what passes of a body, as far as it is small enough. */
class Kept {
  size = 0;
  #parts: Buffer[] = [];

  constructor(body: IncomingMessage | undefined) {
    body?.on('data', (part: Buffer) => {
      this.size += part.byteLength;
      if (this.size <= largest) this.#parts.push(part);
      else this.#parts = [];
    });
  }

  /** The text, in UTF-8; `undefined` where it is too large or not text. @param encoding As in Content-Encoding. */
  text(encoding = 'identity'): string | undefined {
    if (this.size > largest) return undefined;
    const bytes = Buffer.concat(this.#parts);
    const decode = decoders.get(encoding.toLowerCase());
    try {
      const plain = decode ? decode(bytes, { maxOutputLength: largest }) : bytes;
      return new TextDecoder('utf-8', { fatal: true }).decode(plain);
    } catch {
      return undefined;
    }
  }
}

/** The origin that requests go to. @throws {RangeError} naming what is wrong with it. */
function readTarget(text: string): URL {
  const quoted = text.replace(/\/\/[^/]*@/, '//…@').slice(0, 200);
  if (!URL.canParse(text))
    throw new RangeError(`The target '${quoted}' is not an address. Use https://hosted.comm100.com.`);
  const url = new URL(text);
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) {
    throw new RangeError(
      `The target '${quoted}' is not https. Credentials are sent by https only, but on this machine.`,
    );
  }
  if (url.username || url.password || url.pathname !== '/' || url.search || url.hash) {
    throw new RangeError(`The target '${quoted}' is more than an origin. Use ${url.protocol}//${url.host}.`);
  }
  return url;
}

function pairsOf(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));
}
