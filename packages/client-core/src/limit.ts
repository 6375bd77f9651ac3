/** A time limit that is a signal too: it aborts when the time is over, and when the signal around it aborts. */
export interface Limit {
  readonly signal: AbortSignal;
  /** Clears the timer. */
  end(): void;
}

/**
 * Starts a time limit. `AbortSignal.any` does the same, but Node has it since 20.3 only.
 *
 * @param milliseconds A whole number, from 1 to 2^31 - 1.
 * @param expired Makes the reason of the signal when the time is over. An error takes time to make.
 */
export function limit(around: AbortSignal | undefined, milliseconds: number, expired: () => unknown): Limit {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(expired()), milliseconds);
  const abort = () => controller.abort(around?.reason);
  if (around?.aborted) abort();
  around?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      around?.removeEventListener('abort', abort);
    },
  };
}

/** Resolves as the promise of `start` does, or rejects with the reason of the signal as soon as it aborts. */
export function untilAborted<T>(signal: AbortSignal, start: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    start()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Waits, unless the signal aborts before. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  return untilAborted(
    signal,
    () => new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds))),
  ).finally(() => clearTimeout(timer));
}
