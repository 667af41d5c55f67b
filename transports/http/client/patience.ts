/*
 * How often and for how long something is tried again that fails: at once, then after a wait that doubles.
 */

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2_000;

/** Counts failures in a row. */
export class Patience {
  readonly #giveUpMs: number;
  #failures = 0;
  #failingSince = 0;

  /** @param giveUpMs how long failures in a row are borne */
  constructor(giveUpMs: number) {
    this.#giveUpMs = giveUpMs;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** It failed. How many milliseconds to wait before the next attempt, or undefined: it is to be given up. */
  failed(now: number): number | undefined {
    if (this.#failures === 0) this.#failingSince = now;
    this.#failures += 1;
    if (now - this.#failingSince > this.#giveUpMs) return undefined;
    return this.#failures === 1 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#failures - 2));
  }
}
