const millisecondsOfDay = 86_400_000;

/** Counts the requests of the account, from 0:00 UTC to 0:00 UTC. */
export class Quota {
  readonly #limit: number;
  readonly #now: () => number;
  #day = Number.NaN;
  #used = 0;

  /** @param now The current time, in milliseconds since 1970. @default Date.now */
  constructor(limit: number, now: () => number = Date.now) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Takes one request; `false` where none is left today. */
  take(): boolean {
    if (this.#limit === Number.POSITIVE_INFINITY) return true;
    const day = Math.floor(this.#now() / millisecondsOfDay);
    if (day !== this.#day) {
      this.#day = day;
      this.#used = 0;
    }
    if (this.#used >= this.#limit) return false;
    this.#used++;
    return true;
  }
}
