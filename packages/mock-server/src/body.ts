import type { IncomingMessage } from 'node:http';
import { ServiceError, tooLarge } from '@comm100-openapi/mock-core';

/**
 * The body of a request as text, in UTF-8.
 *
 * @param limit In bytes.
 * @throws {ServiceError} 413 where it is larger than the limit, 400 where the connection ends before the body, or the
 *   error that the server emits on the request, such as 408.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<string> {
  if (Number(request.headers['content-length']) > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const add = (part: Buffer) => {
      size += part.byteLength;
      if (size > limit) fail(tooLarge(limit));
      else parts.push(part);
    };
    const end = () =>
      resolve((parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)).toString().replace(/^\ufeff/, ''));
    const fail = (error: Error) => {
      // What still comes is not kept.
      request.off('data', add).resume();
      reject(error instanceof ServiceError ? error : new ServiceError(400, 'The request body is not complete.'));
    };
    request.on('data', add).on('end', end).on('error', fail);
  });
}
