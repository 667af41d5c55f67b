/*
 * Spreads datagrams over the round trip, so that a window of them does not arrive at a router as one burst. A bucket
 * of bytes that fills a little faster than the window would need. RFC 9002 section 7.7.
 */

/** How much faster than window over round trip. RFC 9002 section 7.7, N = 1.25; 2 in slow start, as Linux's sch_fq has it. */
const GAIN = 1.25;
const SLOW_START_GAIN = 2;
/** A burst of so many datagrams is always allowed. RFC 9002 section 7.7: the initial window. */
const BURST_DATAGRAMS = 10;
/** Timers are no finer than this; what they would be late by may go at once. */
const TIMER_MS = 2;

/** Says when a datagram may go. */
export class Pacer {
  #burstBytes: number;
  #tokens: number;
  #filledAt = Number.NEGATIVE_INFINITY;

  constructor(datagramBytes: number) {
    this.#burstBytes = BURST_DATAGRAMS * datagramBytes;
    this.#tokens = this.#burstBytes;
  }

  /** How long so many bytes must wait; 0 if they may go. `windowBytes` is sent in each `rttMs`. */
  delay(bytes: number, { windowBytes, rttMs, slowStart }: { windowBytes: number; rttMs: number; slowStart: boolean }, now: number): number {
    const rate = ((slowStart ? SLOW_START_GAIN : GAIN) * windowBytes) / Math.max(rttMs, 0.01); // bytes a millisecond
    const capacity = Math.max(this.#burstBytes, rate * TIMER_MS);
    const filled = this.#filledAt === Number.NEGATIVE_INFINITY ? capacity : this.#tokens + (now - this.#filledAt) * rate;
    this.#tokens = Math.min(capacity, filled);
    this.#filledAt = now;
    const missing = Math.min(bytes, capacity) - this.#tokens;
    const wait = missing / rate;
    return now + wait > now ? wait : 0; // a wait that is lost in the time's own rounding would never be over
  }

  /** Datagrams have another size from now on. */
  onDatagramSize(bytes: number): void {
    this.#burstBytes = BURST_DATAGRAMS * bytes;
  }

  /** So many bytes went. */
  spend(bytes: number): void {
    this.#tokens -= bytes;
  }
}
