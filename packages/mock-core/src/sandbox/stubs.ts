import type { Content, RoutedExchange } from '../exchange.ts';
import { type ConnectionFault, wait } from '../faults.ts';
import type { ServedOperation } from '../operation-table.ts';
import { sentenceOf } from '../schema/words.ts';

/** What a stub sends in place of the mock's own response. */
interface Sent {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Record<string, string>;
  readonly body: Content | undefined;
  readonly message?: string;
  readonly fault?: ConnectionFault;
}

/**
 * What an operation responds with, in place of what the mock has for it. It takes effect once it has a response, a
 * failure or a delay, and lasts until the sandbox is reset. It replaces the response alone: a request that the service
 * would reject, for its credentials, its permission or its parameters, gets the mock's own error.
 */
export class Stub {
  readonly #operation: ServedOperation;
  readonly #stubs: () => Stubs;
  #send: ((exchange: RoutedExchange) => Sent | Promise<Sent>) | undefined;
  #delay = 0;
  /** How many requests get it. */
  left = Number.POSITIVE_INFINITY;
  /** Whether a request that it is for has not come: none at all, or fewer than it is for. */
  isAwaited = true;

  /** @param stubs The stubs of the world as they are at the time. */
  constructor(operation: ServedOperation, stubs: () => Stubs) {
    this.#operation = operation;
    this.#stubs = stubs;
  }

  /**
   * Responds with a named example of the description, with a documented status, or with a response of one's own.
   *
   * @param given The name of an example, a status that the operation documents, or a `Response`.
   * @param body With a status: the JSON. @default for an error, the first that is documented with this status
   * @throws {RangeError} naming what there is, or what of the body breaks the description.
   */
  reply(given: string | number | Response, body?: unknown): this {
    if (typeof given === 'object') {
      // A response can be of another realm, as in Jest, so its methods decide.
      if (typeof given?.clone !== 'function')
        throw new RangeError('reply takes the name of an example, a status or a Response, not another object.');
      const { status, headers } = given;
      const bytes = async () => new Uint8Array(await given.clone().arrayBuffer());
      this.#send = async () => ({ status, headers: Object.fromEntries(headers), body: await bytes() });
    } else this.#send = typeof given === 'string' ? this.#example(given, body) : this.#status(given, body);
    return this.#begin();
  }

  /** Fails without a response, as a broken connection does. */
  networkError(): this {
    this.#send = () => ({ status: 0, headers: {}, body: undefined, fault: { kind: 'reset', amount: 0 } });
    return this.#begin();
  }

  /** Waits before the response, or before the mock's own. @param time In milliseconds. @throws {RangeError} */
  delay(time: number): this {
    if (!(typeof time === 'number' && time >= 0))
      throw new RangeError(`The delay ${time} is not a number of milliseconds.`);
    this.#delay = time;
    return this.#begin();
  }

  /** For the next request alone. Such stubs go first, in the order in which they were made. */
  once(): this {
    return this.times(1);
  }

  /** For so many requests. @throws {RangeError} */
  times(count: number): this {
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`A stub is for 1 request or more, not for ${count}.`);
    this.left = count;
    return this;
  }

  /** Ends all stubs of this operation. */
  reset(): void {
    this.#stubs().clear(this.#operation);
  }

  /** @returns What to send; `undefined` for the mock's own response. */
  async send(exchange: RoutedExchange): Promise<Sent | undefined> {
    this.left--;
    this.isAwaited = Number.isFinite(this.left) && this.left > 0;
    if (this.#delay > 0) await wait(this.#delay, exchange.incoming.signal?.());
    return this.#send?.(exchange);
  }

  #begin(): this {
    this.#stubs().add(this.#operation, this);
    return this;
  }

  #example(name: string, body: unknown): (exchange: RoutedExchange) => Sent {
    const { id, responses } = this.#operation;
    const all = [...responses.values()].flatMap((response) =>
      response.examples.map((example) => ({ response, example })),
    );
    const found = all.find(({ example }) => example.name === name);
    if (!found) {
      const names = all.map(({ example }) => example.name).join(', ');
      throw new RangeError(`${id} has no example '${name}'. There are: ${names}.`);
    }
    if (body !== undefined)
      throw new RangeError(
        `The example '${name}' has a body already. For another one, give its status: reply(${found.response.status}, body).`,
      );
    const { response, example } = found;
    return ({ incoming: { origin }, query }) =>
      sentOf(response, example.value, example.payload.text({ origin, query }));
  }

  #status(status: number, body: unknown): () => Sent {
    const { id, responses } = this.#operation;
    const response = responses.get(status);
    if (!response) {
      const documented = [...responses.keys()].join(', ');
      throw new RangeError(
        `${id} has no response with the status ${status}. It has ${documented}. For another one, give a Response: reply(new Response('', { status: 502 })).`,
      );
    }
    if (body === undefined) {
      if (status < 400 && response.type) {
        throw new RangeError(`${id} has a body where the status is ${status}. Give it: reply(${status}, body).`);
      }
      const message = `A stub responds with ${status}.`;
      if (status >= 400) body = response.examples[0]?.value ?? { code: status * 1000, message };
    }
    const [finding] = response.type ? response.validate(body) : [];
    if (finding) {
      throw new RangeError(
        `The body of the stub for ${id} is not as described for ${status}. ${sentenceOf(finding, 'It')} For a response that the service does not document, give a Response.`,
      );
    }
    const sent = sentOf(response, body, body === undefined ? undefined : JSON.stringify(body));
    return () => sent;
  }
}

function sentOf(
  { status, type }: { readonly status: number; readonly type: string | undefined },
  value: unknown,
  body: Sent['body'],
): Sent {
  const { message } = (value ?? {}) as { message?: unknown };
  return {
    status,
    headers: type && body ? { 'content-type': type } : {},
    body,
    ...(status >= 400 && typeof message === 'string' && { message }),
  };
}

/** The stubs of one world. */
export class Stubs {
  readonly #all = new Map<ServedOperation, Set<Stub>>();

  /** Adds a stub, or moves it to the end. */
  add(operation: ServedOperation, stub: Stub): void {
    const stubs = this.#all.get(operation) ?? new Set();
    stubs.delete(stub);
    this.#all.set(operation, stubs.add(stub));
  }

  /** The stub for a request: the first that is for a number of requests, otherwise the last. */
  for(operation: ServedOperation): Stub | undefined {
    const all = this.#all.get(operation);
    if (!all) return undefined;
    const stubs = [...all].filter(({ left }) => left > 0);
    return stubs.find(({ left }) => Number.isFinite(left)) ?? stubs.at(-1);
  }

  /** The operations of stubs that a request has not come for, each once. */
  awaited(): ServedOperation[] {
    return [...this.#all].filter(([, stubs]) => [...stubs].some(({ isAwaited }) => isAwaited)).map(([one]) => one);
  }

  /** Ends the stubs of an operation. */
  clear(operation: ServedOperation): void {
    this.#all.delete(operation);
  }
}
