import type { RoutedExchange } from '../exchange.ts';

/** One request and its response. Contains no credential: no query, header or body. */
export interface LogEntry {
  /** When the response was ready, in milliseconds since 1970 UTC, in real time. */
  readonly time: number;
  /** The world that it was for; empty for the main one. */
  readonly world: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The message of an error. */
  readonly message: string | undefined;
  readonly remarks: readonly string[];
  /** The faults that it got, as in the header `comm100-mock-fault`; empty where it got none. */
  readonly fault: string;
  /** The operation; `undefined` where the path and method are of none. */
  readonly operationId: string | undefined;
  /** The passage that documents the operation, where something was wrong with the request; `undefined` otherwise. */
  readonly documentation: { readonly title: string; readonly url: string } | undefined;
}

/** An entry with its number in the log; the first is 1. */
export interface LoggedRequest extends LogEntry {
  readonly number: number;
}

/** How many requests are kept, and how many characters of the remarks of one. */
const most = 200;
const longest = 1000;

/** The last requests of one world, at most 200. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #count = 0;

  add(entry: LogEntry): void {
    const { message, remarks } = entry;
    this.#entries.push({
      ...entry,
      number: ++this.#count,
      message: message?.slice(0, longest),
      remarks: short(remarks),
    });
    if (this.#entries.length > most) this.#entries.shift();
  }

  /** The requests that are kept, the oldest first. */
  list(): LoggedRequest[] {
    return [...this.#entries];
  }

  /** Forgets all requests; the numbers go on. */
  clear(): void {
    this.#entries = [];
  }

  /** How many requests there were, with those that are no longer kept. */
  get count(): number {
    return this.#count;
  }
}

/** As many remarks as there is room for. */
function short(remarks: readonly string[]): readonly string[] {
  let room = longest;
  return remarks.filter((remark) => {
    room -= remark.length;
    return room >= 0;
  });
}

/** The operation of a request, and where it is documented. @param isWrong Whether something is wrong with the request. */
export function passageOf(
  exchange: Partial<RoutedExchange> | undefined,
  isWrong: boolean,
): Pick<LogEntry, 'operationId' | 'documentation'> {
  const { id, described } = exchange?.operation ?? {};
  const passage = isWrong ? described?.node.externalDocs : undefined;
  return { operationId: id, documentation: passage && { title: passage.description ?? '', url: passage.url } };
}
