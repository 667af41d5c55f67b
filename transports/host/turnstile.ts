/*
 * A turnstile: so many pieces of work at a time, so many waiting, and whoever comes then is told at once.
 */

/** Rejected because too many were waiting already; try again later. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
  readonly code = 'busy';
}

/** Lets work through, a few pieces at a time, in the order in which it came. */
export class Turnstile {
  readonly #concurrency: number;
  readonly #maxWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor({ concurrency, maxWaiting }: { concurrency: number; maxWaiting: number }) {
    this.#concurrency = concurrency;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * Does the work when its turn comes, and answers as it does.
   * @throws {BusyError} if `maxWaiting` wait already.
   */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#concurrency) await this.#turn();
    else this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#maxWaiting) {
      throw new BusyError(`${this.#waiting.length} are waiting for a password check already: try again in a moment.`);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The place that becomes free goes to the next who waits, or stays free. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#inside -= 1;
  }
}
