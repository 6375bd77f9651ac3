import { type Random, randomFrom } from './answers/random.ts';
import { type Content, ServiceError } from './exchange.ts';

/** The header with which a request asks for faults. A response has it too, with those that it got. */
export const faultHeader = 'comm100-mock-fault';

/** A fault, and its number where it has one: a status, or a time in milliseconds. */
interface Fault {
  readonly kind: (typeof kinds)[number];
  readonly amount: number;
}

/** A fault of the connection, which whatever sends the response carries out. */
export interface ConnectionFault extends Fault {
  readonly kind: 'reset' | 'truncate' | 'slow';
}

const kinds = ['status', 'delay', 'slow', 'reset', 'truncate', 'quota', 'token-expired'] as const;

/** The numbers that a fault can have, and the one it has where none is written. */
const amounts: { readonly [Kind in Fault['kind']]?: { from: number; to: number; usual?: number; example: string } } = {
  status: { from: 400, to: 599, example: 'status=503' },
  delay: { from: 0, to: 60_000, example: 'delay=2000' },
  slow: { from: 1, to: 60_000, usual: 5000, example: 'slow=5000' },
};

/**
 * Reads one fault: `status=503`, `delay=2000`, `slow` or `slow=5000` (both in milliseconds), `reset`, `truncate`,
 * `quota` or `token-expired`.
 *
 * @throws {RangeError} naming what is wrong.
 */
function readFault(text: string): Fault {
  const [, name = '', , written] = /^([a-z-]*)(=(.*))?$/s.exec(text.trim()) ?? [];
  const kind = kinds.find((known) => known === name);
  const quoted = text.trim().slice(0, 100);
  if (!kind) throw new RangeError(`The fault '${quoted}' is unknown. Use ${kinds.join(', ')}.`);
  const range = amounts[kind];
  if (!range) {
    if (written !== undefined) throw new RangeError(`The fault '${quoted}' has no number. Use ${kind}.`);
    return { kind, amount: 0 };
  }
  const { from, to, usual, example } = range;
  const amount = written === undefined ? usual : /^\d+$/.test(written) ? Number(written) : undefined;
  if (amount === undefined || amount < from || amount > to) {
    throw new RangeError(`The fault '${quoted}' needs a whole number from ${from} to ${to}, such as ${example}.`);
  }
  return { kind, amount };
}

/** The faults of one request. */
export type Faults = ReadonlyMap<Fault['kind'], Fault>;

export const noFaults: Faults = new Map();

function faultsOf(all: readonly Fault[]): Faults {
  return new Map(all.map((fault) => [fault.kind, fault]));
}

/** The fault of the connection among those of a request. */
export function connectionFault(faults: Faults): ConnectionFault | undefined {
  return [...faults.values()].find((fault): fault is ConnectionFault => /^(reset|truncate|slow)$/.test(fault.kind));
}

/** Faults as a header has them: `delay=2000, status=503`; empty where there are none. */
export function headerOf(faults: Faults): string {
  return [...faults.values()].map(textOf).join(', ');
}

/** How many faults there can be for all requests. */
const mostFaults = 50;

/** A fault as a header has it. */
function textOf({ kind, amount }: Fault): string {
  return amounts[kind] ? `${kind}=${amount}` : kind;
}

/** What there is to choose from: each fault with the numbers that it can have. */
export const faultKinds = kinds.map((name) => ({ name, ...amounts[name] }));
export type FaultKind = (typeof faultKinds)[number];

/** Draws the faults of each request. */
export class FaultSource {
  #all: readonly RatedFault[] = [];
  readonly #random: Random;

  /**
   * @param all Faults for all requests, each with the part of the requests that gets it: `status=503@0.1` for a tenth.
   * @param seed Another seed draws other requests.
   * @throws {RangeError} naming what is wrong.
   */
  constructor(all: readonly string[], seed: number) {
    this.set(all);
    this.#random = randomFrom(`${seed} faults`);
  }

  /** The faults for all requests, as they are written: `status=503@0.1`. */
  get list(): string[] {
    return this.#all.map(({ fault, part }) => (part === undefined ? textOf(fault) : `${textOf(fault)}@${part}`));
  }

  /** Puts other faults in the place of those for all requests. @throws {RangeError} naming what is wrong; the faults are then as before. */
  set(all: readonly string[]): void {
    if (all.length > mostFaults) throw new RangeError(`There can be at most ${mostFaults} faults for all requests.`);
    this.#all = all.map(readRate);
  }

  /**
   * The faults of the next request: those of its header, or drawn from those for all. `none` in the header spares it.
   *
   * @throws {ServiceError} 400 where the header is wrong.
   */
  next(header: string | undefined): Faults {
    if (header !== undefined) return readHeader(header);
    if (this.#all.length === 0) return noFaults;
    return faultsOf(
      this.#all.filter(({ rate }) => this.#random.below(1_000_000) < rate * 1_000_000).map(({ fault }) => fault),
    );
  }
}

interface RatedFault {
  readonly fault: Fault;
  readonly rate: number;
  /** The rate as it is written. */
  readonly part: string | undefined;
}

function readRate(text: string): RatedFault {
  const [written = '', part] = text.split('@', 2).map((side) => side.trim());
  const rate = part === undefined ? 1 : /^\d{0,9}\.?\d{1,9}$/.test(part) ? Number(part) : Number.NaN;
  if (!(rate >= 0 && rate <= 1)) {
    throw new RangeError(`The fault '${text.slice(0, 100)}' needs a rate from 0 to 1, such as status=503@0.1.`);
  }
  return { fault: readFault(written), rate, part };
}

function readHeader(header: string): Faults {
  if (header.trim() === 'none') return noFaults;
  try {
    return faultsOf(header.split(',').map(readFault));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ServiceError(400, `${error.message} It is in the header ${faultHeader}.`);
  }
}

/** Waits. @returns At once where the client is gone. @param time In milliseconds. */
export function wait(time: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, time);
    signal?.addEventListener('abort', end);
  });
}

/** A body as it is sent. */
export function bytesOf(body: Content): Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}

/** How many parts a slow body is sent in, at most. */
const parts = 50;

/** The parts of a body, spread over a time in milliseconds. */
export async function* slowly(
  body: Content,
  time: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const bytes = bytesOf(body);
  const size = Math.max(1, Math.ceil(bytes.byteLength / parts));
  const count = Math.max(1, Math.ceil(bytes.byteLength / size));
  for (let at = 0; at < count && !signal?.aborted; at++) {
    await wait(time / count, signal);
    yield bytes.subarray(at * size, (at + 1) * size);
  }
}
