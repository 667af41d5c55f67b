/*
 * Which clients had a connection of late: for as long as a cookie is good, its CONNECT could be replayed, and must not
 * make a second connection. Bounded; only who brought a valid cookie gets in.
 */

/** How many are remembered; when so many have come within a cookie's life, nobody else is let in. */
const MOST = 65_536;

/** Names and until when they are remembered. */
export class Memory {
  readonly #lifetimeMs: number;
  /** In the order of their expiry, since all live equally long. */
  readonly #until = new Map<string, number>();

  constructor(lifetimeMs: number) {
    this.#lifetimeMs = lifetimeMs;
  }

  get size(): number {
    return this.#until.size;
  }

  get full(): boolean {
    return this.#until.size >= MOST;
  }

  has(name: string, now: number): boolean {
    return (this.#until.get(name) ?? Number.NEGATIVE_INFINITY) >= now;
  }

  /** A cookie may come a moment after the one it was made in, so one lifetime from now is enough. */
  remember(name: string, now: number): void {
    this.forget(now);
    this.#until.set(name, now + this.#lifetimeMs);
  }

  /** Drops those whose time is over. */
  forget(now: number): void {
    for (const [name, until] of this.#until) {
      if (until >= now) return;
      this.#until.delete(name);
    }
  }
}
