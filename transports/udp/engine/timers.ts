/*
 * The timers of a connection as data in a table: nothing here waits. The machine sets a time, tells its driver the
 * earliest, and asks which are over when it is called. After quinn-proto's timer.rs.
 */

/** What a connection waits for. */
export type TimerName =
  | 'handshake' // the SYN is repeated
  | 'dial' // dialling is given up
  | 'loss' // something is lost, or a probe is due
  | 'ack' // an ACK was held back long enough
  | 'pacing' // the next datagram may go
  | 'credit' // the peer is asked whether there is room again
  | 'keepAlive' // the peer is asked for a sign of life
  | 'idle' // the peer is given up
  | 'close'; // CLOSE is repeated, or the connection forgotten

const NEVER = Number.POSITIVE_INFINITY;

/** The timers of one connection. */
export class Timers {
  readonly #at: Record<TimerName, number> = {
    handshake: NEVER,
    dial: NEVER,
    loss: NEVER,
    ack: NEVER,
    pacing: NEVER,
    credit: NEVER,
    keepAlive: NEVER,
    idle: NEVER,
    close: NEVER,
  };

  set(name: TimerName, at: number): void {
    this.#at[name] = at;
  }

  stop(name: TimerName): void {
    this.#at[name] = NEVER;
  }

  stopAll(): void {
    for (const name of Object.keys(this.#at) as TimerName[]) this.#at[name] = NEVER;
  }

  isSet(name: TimerName): boolean {
    return this.#at[name] !== NEVER;
  }

  /** Whether a timer is over; it is stopped if so. */
  expire(name: TimerName, now: number): boolean {
    if (this.#at[name] > now) return false;
    this.#at[name] = NEVER;
    return true;
  }

  /** The timers that run, if some were set to `other` times. */
  running(other: Partial<Record<TimerName, number>>): Partial<Record<TimerName, number>> {
    return Object.fromEntries(Object.entries({ ...this.#at, ...other }).filter(([, at]) => at !== NEVER));
  }

  /** When the next timer is over. */
  get next(): number {
    const at = this.#at;
    return Math.min(at.handshake, at.dial, at.loss, at.ack, at.pacing, at.credit, at.keepAlive, at.idle, at.close);
  }
}
