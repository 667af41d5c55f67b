/*
 * Which packets arrived, and when that is to be told. Every second packet is acknowledged at once; as long as all
 * comes in order this stretches to every eighth, since each ACK costs both ends a system call; a gap is told at once.
 */
import { MAX_ACK_DELAY_MS } from './rtt.js';

/** Packets in a row that arrived. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** After how many packets an ACK is sent at once. */
export interface AckRhythm {
  /** To begin with, and after a gap. */
  readonly every: number;
  /** At most, as long as all comes in order. */
  readonly stretch: number;
}

/** How many ranges are kept; older gaps are long repaired, or will be by retransmission in new packets. */
const RANGES_KEPT = 32;
/** After so many packets in order one more may go without an ACK. */
const IN_ORDER_PER_STEP = 16;

/** The packets that arrived on one connection. */
export class ReceivedPackets {
  readonly #rhythm: AckRhythm;
  /** Ascending. */
  #ranges: { first: number; last: number }[] = [];
  #inOrder = 0;
  #unacknowledged = 0;
  #newestAt = 0;
  #now = false;
  /** When an ACK is due at the latest. */
  ackDueAt = Number.POSITIVE_INFINITY;

  constructor(rhythm: AckRhythm) {
    this.#rhythm = rhythm;
  }

  /** The newest packet that arrived, or 0. */
  get largest(): number {
    return this.#ranges.at(-1)?.last ?? 0;
  }

  /** Whether an ACK is to be sent now. */
  get ackDue(): boolean {
    return this.#now;
  }

  /** Whether there is something that an ACK would tell. */
  get hasNews(): boolean {
    return this.#unacknowledged > 0 || this.#now;
  }

  /** A packet arrived. `eliciting`: it asks for an ACK; `urgent`: at once. */
  add(number: number, { eliciting, urgent }: { eliciting: boolean; urgent: boolean }, now: number): void {
    const inOrder = number === this.largest + 1;
    if (number > this.largest) this.#newestAt = now;
    this.#insert(number);
    if (!eliciting) return;
    this.#unacknowledged += 1;
    this.#inOrder = inOrder ? this.#inOrder + 1 : 0;
    const { every, stretch } = this.#rhythm;
    const limit = Math.min(stretch, every + Math.floor(this.#inOrder / IN_ORDER_PER_STEP));
    // RFC 9000 section 13.2.1: at once if it is out of order or leaves a gap; section 13.2.2: else every second or later
    if (!inOrder || urgent || this.#unacknowledged >= limit) this.#now = true;
    this.ackDueAt = Math.min(this.ackDueAt, now + MAX_ACK_DELAY_MS); // section 13.2.1: within max_ack_delay
  }

  /** Has an ACK sent now. */
  ackNow(): void {
    this.#now = true;
  }

  /** The newest ranges, newest first. */
  ranges(count: number): Range[] {
    return this.#ranges.slice(-count).reverse();
  }

  /** Microseconds since the newest packet arrived. */
  delayUs(now: number): number {
    return Math.min(0xffff_ffff, Math.max(0, Math.round((now - this.#newestAt) * 1000)));
  }

  /** An ACK was sent. */
  acknowledged(): void {
    this.#unacknowledged = 0;
    this.#now = false;
    this.ackDueAt = Number.POSITIVE_INFINITY;
  }

  /** The peer has an ACK that told of everything up to `number`; it need not be told again. RFC 9000 section 13.2.4. */
  toldUpTo(number: number): void {
    while (this.#ranges.length > 1 && (this.#ranges[0] as Range).last <= number) this.#ranges.shift();
  }

  #insert(number: number): void {
    const ranges = this.#ranges;
    let place = ranges.length - 1;
    while (place >= 0 && (ranges[place] as Range).first > number) place -= 1;
    const below = ranges[place];
    if (below && number <= below.last) return;
    const above = ranges[place + 1];
    const joinsBelow = below !== undefined && below.last + 1 === number;
    const joinsAbove = above !== undefined && above.first - 1 === number;
    if (joinsBelow && joinsAbove) {
      below.last = above.last;
      ranges.splice(place + 1, 1);
    } else if (joinsBelow) below.last = number;
    else if (joinsAbove) above.first = number;
    else ranges.splice(place + 1, 0, { first: number, last: number });
    if (ranges.length > RANGES_KEPT) ranges.shift();
  }
}
