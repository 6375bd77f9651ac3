import type { ServerResponse } from 'node:http';
import { bytesOf, type ConnectionFault, type Content, slowly } from '@comm100-openapi/mock-core';

/**
 * Sends a response whose connection fails. Its head is written, and goes out with the first part of the body.
 *
 * @param body Empty where there is none; the connection is then reset, since nothing can be missing from it.
 */
export async function sendFaulty(
  response: ServerResponse,
  body: Content = '',
  { kind, amount }: ConnectionFault,
): Promise<void> {
  const { socket } = response;
  if (kind === 'slow') {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    for await (const part of slowly(body, amount, gone.signal)) response.write(part);
    response.end();
  } else if (kind === 'truncate' && body.length > 0) {
    const bytes = bytesOf(body);
    response.write(bytes.subarray(0, bytes.byteLength / 2), () => socket?.destroy());
  } else if (socket?.writableEnded) {
    // What is being closed cannot be reset: Node would keep the connection for ever, and not end.
    socket.destroy();
  } else {
    socket?.resetAndDestroy();
  }
}
