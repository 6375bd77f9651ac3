/** Counts the requests of the account, from 0:00 UTC to 0:00 UTC. */
export class Quota {
  readonly #limit: number;
  readonly #now: () => Date;
  #day = '';
  #used = 0;

  constructor(limit: number, now: () => Date = () => new Date()) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Takes one request; `false` where none is left today. */
  take(): boolean {
    const day = this.#now().toISOString().slice(0, 10);
    if (day !== this.#day) {
      this.#day = day;
      this.#used = 0;
    }
    if (this.#used >= this.#limit) return false;
    this.#used++;
    return true;
  }
}
