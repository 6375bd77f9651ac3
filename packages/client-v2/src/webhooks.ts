import { readWebhook, type WebhookInput, type WebhookOptions } from '@comm100-openapi/client-core/webhooks';
import { type WebhookPayloads, webhooks } from './webhooks.gen.ts';

export { WebhookError, type WebhookInput, type WebhookOptions } from '@comm100-openapi/client-core/webhooks';
export type { WebhookPayloads } from './webhooks.gen.ts';

/** What a webhook sent. `event` is that of the webhook, such as `chatEnded`, and tells the type of the payload. */
export type WebhookDelivery = {
  [Event in keyof WebhookPayloads]: { readonly event: Event; readonly payload: WebhookPayloads[Event] };
}[keyof WebhookPayloads];

/**
 * Reads what a webhook sent, and tells the events apart. That the fields of the event are there is checked; what is inside
 * them is not, since it is known from samples only: expect that a field can be missing.
 *
 * The service does not sign what it sends. Give a webhook an address that nobody can guess, and look up by the client
 * what must be right.
 *
 * @param input The `Request`, a request of Node whose body has not been read, the body as text or bytes, or what it was
 *   parsed to.
 * @param options `event`, where the address is for one event: what it gets may then have any name, such as one that we
 *   have never seen. `maxBytes` of a body that is not parsed yet. @default any event, 1000000 bytes
 * @throws {WebhookError} for what is not a webhook of the service, and for a body that is too large or too deep; it says
 *   what is wrong.
 * @example
 * const { event, payload } = await parseWebhook(request);
 * if (event === 'chatEnded') console.log(payload.chat.id, payload.chat.rating);
 */
export function parseWebhook<Event extends WebhookDelivery['event'] = WebhookDelivery['event']>(
  input: WebhookInput,
  options?: WebhookOptions<Event>,
): Promise<Extract<WebhookDelivery, { event: Event }>> {
  // The table has checked what can be checked; the rest of the types is what the samples have.
  return readWebhook(webhooks, input, options) as Promise<Extract<WebhookDelivery, { event: Event }>>;
}
