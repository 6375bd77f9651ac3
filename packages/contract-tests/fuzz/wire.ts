import { connect, type Socket } from 'node:net';

/** A response as it was on the wire. */
export interface Reply {
  status: number;
  /** By name in lower case. */
  headers: Record<string, string>;
  body: Buffer;
}

/** Connections to one server, one request at a time on each. They are kept while the server keeps them. */
export class Lane {
  readonly #port: number;
  #socket: Socket | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /**
   * What comes back for bytes: one response, or nothing where the server closes the connection or says nothing in time.
   *
   * @param timeout In milliseconds.
   * @throws {Error} where what comes back is not HTTP as it has to be.
   */
  send(bytes: Buffer, method: string, timeout: number): Promise<Reply | undefined> {
    const socket = this.#socket ?? connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    return new Promise((resolve, reject) => {
      let all = Buffer.alloc(0);
      const timer = setTimeout(() => done(undefined), timeout);
      const done = (reply: Reply | undefined) => {
        clearTimeout(timer);
        socket.removeAllListeners();
        socket.on('error', () => {});
        const isKept = reply && reply.headers.connection !== 'close' && all.length === 0;
        if (!isKept) this.close();
        resolve(reply);
      };
      socket.on('error', () => done(undefined));
      socket.on('close', () => done(undefined));
      socket.on('data', (part) => {
        all = Buffer.concat([all, part]);
        try {
          const found = readReply(all, method);
          if (!found) return;
          all = all.subarray(found.length);
          done(found.reply);
        } catch (error) {
          clearTimeout(timer);
          this.close();
          reject(error);
        }
      });
      socket.write(bytes);
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }
}

/** The first final response of some bytes; `undefined` where it is not complete. @throws {Error} where it is not HTTP. */
function readReply(bytes: Buffer, method: string): { reply: Reply; length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]);
  if (!status) throw new Error(`the response begins with '${first.slice(0, 100)}'`);
  if (status === 100) {
    const next = readReply(bytes.subarray(end + 4), method);
    return next && { ...next, length: next.length + end + 4 };
  }
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) throw new Error(`the response has the header '${line.slice(0, 100)}'`);
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const given = headers['content-length'];
  if (given === undefined && status !== 204) throw new Error('the response has no content-length');
  const size = method === 'HEAD' || status === 204 ? 0 : Number(given);
  if (bytes.length < end + 4 + size) return undefined;
  return { reply: { status, headers, body: bytes.subarray(end + 4, end + 4 + size) }, length: end + 4 + size };
}
