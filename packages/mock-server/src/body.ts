import type { IncomingMessage } from 'node:http';
import { ServiceError, tooLarge } from '@comm100-openapi/mock-core';

const decoder = new TextDecoder();

/**
 * The body of a request as text, in UTF-8.
 *
 * @param limit In bytes.
 * @param timeout In milliseconds.
 * @throws {ServiceError} 413 where it is larger than the limit, 408 where it takes too long.
 */
export function readBody(request: IncomingMessage, limit: number, timeout: number): Promise<string> {
  if (Number(request.headers['content-length']) > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const finish = () => {
      clearTimeout(timer);
      request.off('data', add).off('end', end).off('close', abort);
    };
    const stop = (error: Error) => {
      finish();
      // What still comes is not kept.
      request.resume();
      reject(error);
    };
    const add = (part: Buffer) => {
      size += part.byteLength;
      parts.push(part);
      if (size > limit) stop(tooLarge(limit));
    };
    const end = () => {
      finish();
      resolve(decoder.decode(parts.length === 1 ? parts[0] : Buffer.concat(parts)));
    };
    const abort = () => stop(new ServiceError(400, 'The request body ended before its end.'));
    const timer = setTimeout(() => stop(new ServiceError(408, 'The request body took too long.')), timeout);
    request.on('data', add).on('end', end).on('close', abort);
  });
}
