// Receives the events of webhooks, and prints chats that have ended and agents whose status has changed.
//
//     node receive-webhooks.ts 8080
//
// Settings: WEBHOOK_SECRET, a text that nobody can guess. The service does not sign its calls, as far as is documented,
// so that the address itself has to be secret: create the webhooks with the targetUrl https://HOST/webhooks/SECRET.

import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import type { ChatEndedEvent, OperatorEvent } from '@comm100-openapi/client-v2';

/** An event that this program handles. There are others, and the service may add more. */
type Event = ({ kind: 'chatEnded' } & ChatEndedEvent) | ({ kind: 'agentStatus' } & OperatorEvent);

interface ReceiverOptions {
  secret: string;
  /** Called once for each event, after the service has got its response. */
  onEvent: (event: Event) => void | Promise<void>;
  /** Called with what was received and not handled, and with the errors of `onEvent`. */
  onProblem?: (problem: string) => void;
}

const mostBytes = 1_048_576;
const mostRemembered = 1000;

export function createReceiver({ secret, onEvent, onProblem = console.error }: ReceiverOptions): Server {
  if (secret.length < 16) throw new Error('The secret needs 16 characters or more.');
  /** Whether an event is repeated is not documented. Those that are remembered are handled once. */
  const seen = new Set<string>();
  const isNew = (text: string) => {
    const key = createHash('sha256').update(text).digest('base64');
    if (seen.has(key)) return false;
    seen.add(key);
    const [oldest] = seen;
    if (seen.size > mostRemembered && oldest) seen.delete(oldest);
    return true;
  };

  return createServer(async (request, response) => {
    const end = (status: number) => response.writeHead(status, status === 413 ? { connection: 'close' } : {}).end();
    if (!isEqual(request.url ?? '', `/webhooks/${secret}`)) return end(404);
    if (request.method !== 'POST') return end(405);
    const text = await textOf(request).catch(() => undefined);
    if (text === undefined) return end(413);
    let event: Event | undefined;
    try {
      event = parseEvent(text);
    } catch (error) {
      onProblem(`This is not an event: ${(error as Error).message}`);
      return end(400);
    }
    // First the response: the service waits for it, and does not have to wait for what follows.
    end(200);
    if (!event) return onProblem(`This event is not handled: ${text.slice(0, 100)}`);
    if (!isNew(text)) return;
    try {
      await onEvent(event);
    } catch (error) {
      onProblem(`An event could not be handled: ${(error as Error).message}`);
    }
  });
}

/** @returns undefined for an event that this program does not handle. @throws {Error} where it is not an event. */
function parseEvent(text: string): Event | undefined {
  const body: unknown = JSON.parse(text);
  if (typeof body !== 'object' || body === null || !('event' in body) || typeof body.event !== 'string')
    throw new Error('it has no name of an event.');
  if (body.event === 'chat_ended') return { ...(body as ChatEndedEvent), kind: 'chatEnded' };
  if ('operator_id' in body) return { ...(body as OperatorEvent), kind: 'agentStatus' };
  return undefined;
}

/** @throws {Error} where it is too large. */
async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > mostBytes) throw new Error('The body is too large.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Takes as long for a wrong text as for the right one. */
function isEqual(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(one, other);
}

function print(event: Event): void {
  if (event.kind === 'agentStatus') console.log(`Agent ${event.operator_id}: ${event.event}`);
  else console.log(`The chat with ${event.chat.name} has ended. Rating: ${event.chat.rating || 'none'}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const server = createReceiver({ secret: process.env.WEBHOOK_SECRET ?? '', onEvent: print });
    server.listen(Number(process.argv[2] ?? 8080), () => console.log('Waiting for events.'));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
