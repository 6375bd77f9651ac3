// Receives the events of webhooks, and prints chats that have ended and agents whose status has changed.
//
//     node receive-webhooks.ts 8080
//
// Settings: WEBHOOK_SECRET, a text that nobody can guess. The service does not sign its calls, as far as is documented,
// so that the address itself has to be secret: create the webhooks with the targetUrl https://HOST/webhooks/SECRET.

import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import { parseWebhook, type WebhookDelivery, WebhookError } from '@comm100-openapi/client-v2';

interface ReceiverOptions {
  secret: string;
  /** Called once for each event, after the service has got its response. */
  onEvent: (delivery: WebhookDelivery) => void | Promise<void>;
  /** Called with what is wrong with what was received, and with the errors of `onEvent`. */
  onProblem?: (problem: string) => void;
}

const mostRemembered = 1000;

export function createReceiver({ secret, onEvent, onProblem = console.error }: ReceiverOptions): Server {
  if (secret.length < 16) throw new Error('The secret needs 16 characters or more.');
  /** Whether an event is repeated is not documented. Those that are remembered are handled once. */
  const seen = new Set<string>();
  const isNew = (delivery: WebhookDelivery) => {
    const key = hash(JSON.stringify(delivery)).toString('base64');
    if (seen.has(key)) return false;
    seen.add(key);
    const [oldest] = seen;
    if (seen.size > mostRemembered && oldest) seen.delete(oldest);
    return true;
  };

  return createServer(async (request, response) => {
    const end = (status: number) => response.writeHead(status, status === 413 ? { connection: 'close' } : {}).end();
    // Hashes have one length, and comparing them takes as long for a wrong address as for the right one.
    if (!timingSafeEqual(hash(request.url ?? ''), hash(`/webhooks/${secret}`))) return end(404);
    if (request.method !== 'POST') return end(405);
    let delivery: WebhookDelivery;
    try {
      delivery = await parseWebhook(request);
    } catch (error) {
      onProblem((error as Error).message);
      if (!(error instanceof WebhookError)) return end(400);
      // An event that is not known may be a new one of the service, which needs no second try.
      return end(error.reason === 'unknown_event' ? 200 : error.reason === 'too_large' ? 413 : 400);
    }
    // First the response: the service waits for it, and does not have to wait for what follows.
    end(200);
    if (!isNew(delivery)) return;
    try {
      await onEvent(delivery);
    } catch (error) {
      onProblem(`An event could not be handled: ${(error as Error).message}`);
    }
  });
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function print({ event, payload }: WebhookDelivery): void {
  if (event === 'chatEnded')
    console.log(`A chat has ended: ${payload.chat.name}, rating ${payload.chat.rating || 'none'}`);
  if (event === 'operatorEventNotification') console.log(`Agent ${payload.operator_id}: ${payload.event}`);
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
