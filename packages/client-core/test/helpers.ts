import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { basic, type Calls, type Credentials, createCalls } from '../src/index.ts';

/** The paths of a made-up API, in the form of openapi-typescript. */
export interface Paths {
  '/things': {
    get: {
      parameters: { query?: { page?: number; since?: string; conditions?: { field: string; value: string }[] } };
      responses: { 200: { content: { 'application/json': { things: number[] } } } };
    };
    post: {
      parameters: object;
      requestBody: { content: { 'application/json': { name: string } } };
      responses: { 200: { content: { 'application/json': { id: number } } } };
    };
  };
  '/things/{id}': {
    get: {
      parameters: { path: { id: string } };
      responses: { 200: { content: { 'application/json': { id: number } } } };
    };
    put: {
      parameters: { path: { id: string } };
      requestBody: { content: { 'application/x-www-form-urlencoded': { name?: string; tags?: number[] } } };
      responses: { 200: { content: { 'application/json': { id: number } } } };
    };
    delete: { parameters: { path: { id: string } }; responses: { 200: { content?: never } } };
  };
}

/** What the service does in a test: a response, or a failure. */
export type Reply = { status?: number; body?: unknown; text?: string; headers?: Record<string, string> } | Error;

/** A request as it was sent. */
interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Options extends Partial<Omit<Parameters<typeof createCalls<Paths>>[0], 'credentials'>> {
  credentials?: Credentials;
  /** Gives the calls that fetch tokens, in place of those of the user. */
  forTokens?: boolean;
}

function callsWith(
  settings: Omit<Parameters<typeof createCalls<Paths>>[0], 'credentials'>,
  { credentials, forTokens }: Options,
): Calls<Paths> {
  let open: Calls<Paths> | undefined;
  const calls = createCalls<Paths>({
    ...settings,
    ...((credentials || forTokens) && {
      credentials: (given) => {
        open = given;
        return credentials ?? basic('a', 'b');
      },
    }),
  });
  return (forTokens && open) || calls;
}

/** Calls with a fetch that returns the replies in order and records the requests. The last reply repeats. */
export function service(replies: Reply[], { credentials, forTokens, ...options }: Options = {}) {
  const sent: Sent[] = [];
  const settings = {
    baseUrl: 'https://service.example',
    formBodies: { 'PUT /things/{id}': 'comma' },
    results: { 'DELETE /things/{id}': 'nothing' },
    fetch: async (request: Request) => {
      sent.push({
        method: request.method,
        url: request.url,
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      });
      const reply = replies[Math.min(sent.length, replies.length) - 1] ?? new Error('no reply was prepared');
      if (reply instanceof Error) throw reply;
      const { status = 200, body, text = body === undefined ? '' : JSON.stringify(body), headers = {} } = reply;
      return new Response(text, { status, headers });
    },
    ...options,
  } as const;
  return { calls: callsWith(settings, { ...(credentials && { credentials }), forTokens: forTokens ?? false }), sent };
}

/** A server on this machine that does as the test says. Ends with the test. */
export async function localServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Calls over the real network. */
export function callsTo(baseUrl: string, { credentials, forTokens: _, ...options }: Options = {}) {
  return callsWith({ baseUrl, formBodies: {}, results: {}, ...options }, credentials ? { credentials } : {});
}

/** What a promise rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => Promise.reject(new Error(`it resolved to ${JSON.stringify(value)}`)),
    (error: unknown) => error,
  );
}
