import type { ServerResponse } from 'node:http';
import { type ConnectionFault, slowly } from '@comm100-openapi/mock-core';

/**
 * Sends a response whose connection fails. Its head is written, and goes out with the first part of the body.
 *
 * @param body Empty where there is none; the connection is then reset, since nothing can be missing from it.
 */
export async function sendFaulty(
  response: ServerResponse,
  body: Uint8Array<ArrayBuffer> = new Uint8Array(),
  { kind, amount }: ConnectionFault,
): Promise<void> {
  const { socket } = response;
  if (kind === 'slow') {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    for await (const part of slowly(body, amount, gone.signal)) response.write(part);
    response.end();
  } else if (kind === 'truncate' && body.byteLength > 0) {
    response.write(body.subarray(0, body.byteLength / 2), () => socket?.destroy());
  } else if (socket?.writableEnded) {
    // What is being closed cannot be reset: Node would keep the connection for ever, and not end.
    socket.destroy();
  } else {
    socket?.resetAndDestroy();
  }
}
