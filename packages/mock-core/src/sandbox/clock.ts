const latest = Date.UTC(10_000, 0);

/** The time of a sandbox, in milliseconds since 1970 UTC. */
export class Clock {
  #time: number;
  /** When it was set, in real time; `undefined` while it stands. */
  #since: number | undefined;
  /** The time that was last written as text. */
  #written: { readonly time: number; readonly text: string } | undefined;

  /** A clock that stands. */
  constructor(time: number) {
    this.#time = time;
  }

  now(): number {
    return this.#since === undefined ? this.#time : this.#time + (Date.now() - this.#since);
  }

  /** The time as `yyyy-MM-ddTHH:mm:ss.fff` in UTC. */
  text(): string {
    const time = this.now();
    // A clock that stands is asked by many requests in a row.
    if (this.#written?.time !== time) this.#written = { time, text: new Date(time).toISOString().slice(0, -1) };
    return this.#written.text;
  }

  get isRunning(): boolean {
    return this.#since !== undefined;
  }

  /**
   * Sets the time; a clock that runs goes on from there.
   *
   * @throws {RangeError} where it is not a time of the years 1970 to 9999.
   */
  set(time: number): void {
    if (!(time >= 0 && time < latest)) throw new RangeError('The time of the clock must be in the years 1970 to 9999.');
    this.#time = time;
    if (this.#since !== undefined) this.#since = Date.now();
  }

  /** Makes the clock run at the speed of real time, or stand. */
  run(isRunning: boolean): void {
    if (isRunning === this.isRunning) return;
    this.#time = this.now();
    this.#since = isRunning ? Date.now() : undefined;
  }
}
