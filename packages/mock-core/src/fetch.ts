import { type Incoming, type Outgoing, ServiceError } from './exchange.ts';

/** A request of the web platform, for the pipeline. */
export function incomingOf(request: Request): Incoming {
  const { origin, pathname, search } = new URL(request.url);
  return {
    method: request.method,
    url: pathname + search,
    origin,
    header: (name) => request.headers.get(name) ?? undefined,
    body: (limit) => textOf(request, limit),
  };
}

/** The response as the web platform has it. */
export function responseOf({ status, headers, body }: Outgoing, method: string): Response {
  return new Response(method === 'HEAD' || body === undefined ? null : body, { status, headers });
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
