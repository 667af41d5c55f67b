/*
 * A token bucket (Tanenbaum & Wetherall, Computer Networks, 5.4.2): so many in a second on the average, so
 * many at once. Pure: the time is handed in.
 */

/** A token that is there within this time counts as there: rounding the time of day may cost a quarter of that. */
const ALL_BUT_SECONDS = 1e-6;

/** One client's allowance. */
export class TokenBucket {
  readonly #burst: number;
  readonly #one: number;
  #tokens: number;
  #filledAt: number;

  /**
   * @param perSecond tokens that flow in; Infinity: no limit
   * @param burst tokens that it holds at most
   */
  constructor(
    private readonly perSecond: number,
    burst: number,
    now: number,
  ) {
    this.#burst = perSecond === Number.POSITIVE_INFINITY ? perSecond : burst;
    this.#one = 1 - Math.min(0.5, perSecond * ALL_BUT_SECONDS);
    this.#tokens = this.#burst;
    this.#filledAt = now;
  }

  /** Whether a token is there now. */
  has(now: number): boolean {
    this.#fill(now);
    return this.#tokens >= this.#one;
  }

  /** Takes a token. Only if there is one. */
  take(now: number): void {
    this.#fill(now);
    this.#tokens--;
  }

  /** When the next token will be there. */
  get nextAt(): number {
    return this.#filledAt + ((1 - this.#tokens) / this.perSecond) * 1000;
  }

  #fill(now: number): void {
    if (now <= this.#filledAt) return; // most often: what comes in one chunk comes at one time
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#filledAt) / 1000) * this.perSecond);
    this.#filledAt = now;
  }
}
