import { connect } from 'node:net';

// A client in a process of its own. It writes ready bytes to a few connections and reads no more of a response than its
// length, so that the server is what is measured.

/** What to send, and how long. */
export interface Load {
  port: number;
  /** A request in full, as it is on the wire. */
  request: string;
  connections: number;
  /** In milliseconds. */
  duration: number;
}

/** What this process replies to a load. */
export interface Measured {
  responses: number;
  /** In milliseconds. */
  time: number;
}

/** Requests that got a response with status 200 in the time. @throws {Error} where a response has another status. */
function send({ port, request, connections, duration }: Load): Promise<number> {
  return new Promise((resolve, reject) => {
    let responses = 0;
    const bytes = Buffer.from(request);
    const end = performance.now() + duration;
    let open = connections;
    // To wake a process that sleeps is work of whoever sends to it. On a virtual machine it takes the server longer
    // than the rest of a response, and only a server that is slower than this client would have it.
    const stayAwake = () => {
      if (open > 0) setImmediate(stayAwake);
    };
    stayAwake();
    for (let index = 0; index < connections; index++) {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let pending = Buffer.alloc(0);
      socket.on('connect', () => socket.write(bytes));
      socket.on('error', reject);
      socket.on('data', (part) => {
        pending = pending.length > 0 ? Buffer.concat([pending, part]) : part;
        const head = pending.indexOf('\r\n\r\n');
        if (head < 0) return;
        const text = pending.toString('latin1', 0, head);
        const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
        if (!text.startsWith('HTTP/1.1 200 ') || length === undefined) {
          reject(new Error(`${request.split('\r\n', 1)[0]} got ${text}`));
          return;
        }
        if (pending.length < head + 4 + Number(length)) return;
        pending = Buffer.alloc(0);
        responses++;
        if (performance.now() < end) socket.write(bytes);
        else {
          socket.destroy();
          if (--open === 0) resolve(responses);
        }
      });
    }
  });
}

process.on('message', async (load: Load) => {
  const start = performance.now();
  const responses = await send(load);
  process.send?.({ responses, time: performance.now() - start } satisfies Measured);
});
