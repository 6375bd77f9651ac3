import type { Json } from '@comm100-openapi/description';

/** What a webhook is called with. */
export interface WebhookRequest {
  readonly url: string;
  /** JSON. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Ends an attempt that takes too long. */
  readonly signal: AbortSignal;
}

/**
 * Sends a POST and gives the status of the response. Does not follow redirects.
 *
 * @throws {NotAllowed} where the address may not be called; it is then not tried again.
 * @throws {Error} where there is no response.
 */
export type SendWebhook = (request: WebhookRequest) => Promise<number>;

/** The address of a webhook may not be called. */
export class NotAllowed extends Error {}

/** One call of a webhook, with all its attempts. */
export interface Delivery {
  readonly id: number;
  /** The id of the webhook. */
  readonly webhook: string;
  /** The event of the webhook, such as `chatEnded`. */
  readonly event: string;
  readonly url: string;
  readonly body: Json;
  /** When the event happened, by the clock of the sandbox, in milliseconds since 1970 UTC. */
  readonly time: number;
  /** The delivery that this one repeats. */
  readonly replayOf?: number;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  /** In real time, in milliseconds since 1970 UTC. */
  readonly time: number;
  /** The status of the response; `undefined` where there was none. */
  readonly status: number | undefined;
  /** Why it failed; empty where it did not. */
  readonly problem: string;
}

/** Pauses between the attempts, in milliseconds. */
const usualPauses = [1_000, 5_000, 30_000, 120_000, 600_000];

export interface DeliveryOptions {
  /** @default nothing is sent; each delivery fails and can be listed */
  readonly send?: SendWebhook | undefined;
  /** In milliseconds: one attempt more than there are pauses. @default 1 s, 5 s, 30 s, 2 min, 10 min */
  readonly pauses?: readonly number[];
  /** How long an attempt can take, in milliseconds. @default 10000 */
  readonly timeout?: number;
  /** How many deliveries are kept; of more, those that are done go first, the oldest first. @default 200 */
  readonly limit?: number;
  /** How many attempts can run at once; the others wait. @default 4 */
  readonly parallel?: number;
}

type Kept = { -readonly [Name in keyof Delivery]: Delivery[Name] } & { attempts: Attempt[] };

const unsendable: SendWebhook = () => Promise.reject(new NotAllowed('Webhooks are not called here.'));

/** The calls of the webhooks of one world: sent, tried again after growing pauses, listed and repeated. */
export class Deliveries {
  readonly #send: SendWebhook;
  readonly #pauses: readonly number[];
  readonly #timeout: number;
  readonly #limit: number;
  readonly #parallel: number;
  readonly #kept = new Map<number, Kept>();
  /** Due for an attempt, the one that waits for longest first. */
  readonly #due: Kept[] = [];
  readonly #timers = new Map<Kept, ReturnType<typeof setTimeout>>();
  readonly #running = new Set<AbortController>();
  #last = 0;
  #isClosed = false;

  constructor({
    send = unsendable,
    pauses = usualPauses,
    timeout = 10_000,
    limit = 200,
    parallel = 4,
  }: DeliveryOptions) {
    this.#send = send;
    this.#pauses = pauses;
    this.#timeout = timeout;
    this.#limit = limit;
    this.#parallel = parallel;
  }

  /** Calls a webhook, as soon as what runs now has ended. */
  add(call: Pick<Delivery, 'webhook' | 'event' | 'url' | 'body' | 'time'>): Delivery {
    return this.#add(call);
  }

  /** All that are kept, the oldest first. */
  list(): Delivery[] {
    return [...this.#kept.values()].map((kept) => ({ ...kept, attempts: [...kept.attempts] }));
  }

  /** Calls the webhook of a delivery again, with the same body. @returns the new delivery; `undefined` where there is none with this id. */
  replay(id: number): Delivery | undefined {
    const kept = this.#kept.get(id);
    if (!kept) return undefined;
    const { webhook, event, url, body, time } = kept;
    return this.#add({ webhook, event, url, body, time, replayOf: id });
  }

  /** Ends all attempts, and forgets all deliveries. */
  close(): void {
    this.#isClosed = true;
    this.clear();
  }

  /** Forgets all deliveries; those that wait are not sent. */
  clear(): void {
    for (const kept of [...this.#kept.values()]) this.#forget(kept);
    for (const controller of this.#running) controller.abort();
  }

  #add(call: Pick<Delivery, 'webhook' | 'event' | 'url' | 'body' | 'time' | 'replayOf'>): Delivery {
    const kept: Kept = { id: ++this.#last, ...call, state: 'waiting', attempts: [] };
    this.#kept.set(kept.id, kept);
    if (this.#kept.size > this.#limit) {
      const all = [...this.#kept.values()];
      this.#forget(all.find(({ state }) => state !== 'waiting') ?? (all[0] as Kept));
    }
    if (!this.#isClosed) this.#wait(kept, 0);
    return { ...kept, attempts: [] };
  }

  #wait(kept: Kept, pause: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(kept);
      this.#due.push(kept);
      this.#next();
    }, pause);
    // In Node, what waits to be sent does not keep the program alive.
    (timer as { unref?: () => void }).unref?.();
    this.#timers.set(kept, timer);
  }

  #next(): void {
    while (this.#running.size < this.#parallel) {
      const kept = this.#due.shift();
      if (!kept) return;
      void this.#attempt(kept);
    }
  }

  async #attempt(kept: Kept): Promise<void> {
    const controller = new AbortController();
    this.#running.add(controller);
    const time = Date.now();
    const timer = setTimeout(
      () => controller.abort(new Error(`There was no response in ${this.#timeout} ms.`)),
      this.#timeout,
    );
    let status: number | undefined;
    let problem = '';
    let isFinal = false;
    try {
      const { url, id, event } = kept;
      const headers = {
        'content-type': 'application/json',
        'comm100-mock-event': event,
        'comm100-mock-delivery': String(id),
      };
      status = await this.#send({ url, body: JSON.stringify(kept.body), headers, signal: controller.signal });
      if (status >= 300 && status < 400) problem = 'A redirect is not followed.';
      else if (status < 200 || status >= 400) problem = `The status ${status} is not a success.`;
    } catch (error) {
      problem = messageOf(controller.signal.aborted ? controller.signal.reason : error);
      isFinal = error instanceof NotAllowed;
    }
    clearTimeout(timer);
    this.#running.delete(controller);
    kept.attempts.push({ time, status, problem });
    const pause = this.#pauses[kept.attempts.length - 1];
    if (problem === '') kept.state = 'delivered';
    else if (isFinal || pause === undefined) kept.state = 'failed';
    else if (this.#kept.has(kept.id)) this.#wait(kept, pause);
    this.#next();
  }

  #forget(kept: Kept): void {
    this.#kept.delete(kept.id);
    clearTimeout(this.#timers.get(kept));
    this.#timers.delete(kept);
    const index = this.#due.indexOf(kept);
    if (index >= 0) this.#due.splice(index, 1);
  }
}

/** The reason of an error; that of the platform's `fetch` is in its cause. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
