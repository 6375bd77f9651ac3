import { type Content, type Incoming, type Outgoing, ServiceError } from './exchange.ts';
import { bytesOf, type ConnectionFault, slowly } from './faults.ts';

/** A request of the web platform, for the pipeline. */
export function incomingOf(request: Request): Incoming {
  const { origin, pathname, search } = new URL(request.url);
  return {
    method: request.method,
    url: pathname + search,
    origin,
    header: (name) => request.headers.get(name) ?? undefined,
    body: (limit) => textOf(request, limit),
    signal: () => request.signal,
  };
}

/**
 * The response as the web platform has it. A broken connection is an error, as `fetch` has it.
 *
 * @throws {TypeError} where a fault resets the connection.
 * @throws The reason of the request's signal, where the client no longer waits.
 */
export function responseOf({ status, headers, body, fault }: Outgoing, { method, signal }: Request): Response {
  signal.throwIfAborted();
  if (fault?.kind === 'reset') throw new TypeError('The connection was reset, because a fault was requested.');
  if (method === 'HEAD' || body === undefined) return new Response(null, { status, headers });
  return new Response(fault ? faultyBody(body, fault, signal) : body, { status, headers });
}

function faultyBody(body: Content, { kind, amount }: ConnectionFault, signal: AbortSignal) {
  const parts = kind === 'slow' ? slowly(body, amount, signal) : halfOf(body);
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (signal.aborted) controller.error(signal.reason);
      else if (value) controller.enqueue(value);
      else if (done && kind === 'slow') controller.close();
      else controller.error(new TypeError('The connection was closed, because a fault was requested.'));
    },
  });
}

async function* halfOf(body: Content) {
  const bytes = bytesOf(body);
  yield bytes.subarray(0, bytes.byteLength / 2);
}

/** The error for a body that is larger than the mock reads. @param limit In bytes. */
export function tooLarge(limit: number): ServiceError {
  return new ServiceError(413, `The request body is larger than ${limit} bytes.`);
}

/** The body as text, in UTF-8. @throws {ServiceError} 413 where it is larger than the limit, in bytes. */
async function textOf({ body }: Request, limit: number): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge(limit);
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}
