/*
 * One direction of a network, without a clock and without a socket: a datagram goes in at one time and comes out at
 * others, or never. The real UDP driver has one between its engine and its socket, tests have two in virtual time.
 */
import { Deadlines, type Scheduled } from '../../lib/deadlines.js';
import { type Faults, HEADERS_BYTES, type LinkSide } from './faults.js';
import { seeded } from './random.js';

/** How far a datagram is held back that others are to overtake: at least so long, and at most so much of the delay more. */
const HELD_BACK_MS = 2;

interface Delivery<Tag> extends Scheduled {
  readonly datagram: Uint8Array;
  readonly tag: Tag;
}

/** What a link did to a datagram that was put in. One that was spoiled and doubled counts as spoiled. */
export type LinkFate = 'lost' | 'duplicated' | 'corrupted';

/** What became of what was put into a link; several links may count in one. */
export interface LinkCounts {
  /** Datagrams that were put in. */
  sent: number;
  /** Those of them that never came out. */
  lost: number;
}

/** What a link is made of. */
export interface LinkParts {
  readonly faults: Faults;
  /** Whose datagrams it carries. */
  readonly side: LinkSide;
  /** What is in a datagram, by name, for exact drop lists. */
  readonly namesIn?: (datagram: Uint8Array) => readonly string[];
  /** Counts what it does. */
  readonly counts?: LinkCounts | undefined;
  readonly now: number;
}

/** Carries datagrams one way; each may have a tag that comes out with it, such as its destination. */
export class Link<Tag = undefined> {
  readonly #faults: Faults;
  readonly #side: LinkSide;
  readonly #namesIn: ((datagram: Uint8Array) => readonly string[]) | undefined;
  readonly #random: () => number;
  readonly #deliveries = new Deadlines<Delivery<Tag>>();
  readonly #seen = new Map<string, number>();
  readonly #startedAt: number;
  readonly #counts: LinkCounts;
  #busyUntil = Number.NEGATIVE_INFINITY;
  #lastAt = Number.NEGATIVE_INFINITY;
  /** What the last datagram has become, if it was corrupted. */
  spoiled: Uint8Array | undefined;
  /** When the last datagram comes out first; Infinity if it was lost. */
  arrivesAt = Number.POSITIVE_INFINITY;
  /** Whether the last datagram was lost because the queue before the line was full. */
  overflowed = false;

  constructor({ faults, side, namesIn, now, counts = { sent: 0, lost: 0 } }: LinkParts) {
    this.#faults = faults;
    this.#side = side;
    this.#namesIn = namesIn;
    this.#random = seeded(faults.seed * 2 + (side === 'server' ? 1 : 0));
    this.#startedAt = now;
    this.#counts = counts;
  }

  /** When the next datagram comes out. */
  get next(): number {
    return this.#deliveries.next;
  }

  /** Puts a datagram in; says what it does to it, or nothing if it only delays it. */
  push(datagram: Uint8Array, tag: Tag, now: number): LinkFate | undefined {
    const { loss, duplicate, corrupt } = this.#faults;
    // Every datagram draws the same numbers, so that one fault more or less does not move all others.
    const [lost, twice, flipped] = [this.#random() < loss, this.#random() < duplicate, this.#random() < corrupt];
    const delay = this.#delay();
    this.#counts.sent += 1;
    const gone = this.#isDropped(datagram) || this.#isCut(now) || this.#isTooLarge(datagram.length, now) || lost;
    const sentAt = gone ? undefined : this.#transmit(datagram.length, now);
    this.overflowed = !gone && sentAt === undefined;
    this.arrivesAt = Number.POSITIVE_INFINITY;
    if (sentAt === undefined) {
      this.#counts.lost += 1;
      return 'lost';
    }
    const arrived = flipped ? this.#flip(datagram) : datagram;
    this.spoiled = flipped ? arrived : undefined;
    this.#deliver(arrived, tag, sentAt, delay);
    if (twice) this.#deliver(arrived, tag, sentAt, delay);
    if (flipped) return 'corrupted';
    return twice ? 'duplicated' : undefined;
  }

  /** Takes out a datagram whose time has come. */
  pull(now: number): { readonly datagram: Uint8Array; readonly tag: Tag } | undefined {
    return this.#deliveries.takeDue(now);
  }

  #deliver(datagram: Uint8Array, tag: Tag, sentAt: number, { ms, overtaken }: { ms: number; overtaken: boolean }): void {
    const at = overtaken ? sentAt + ms : Math.max(this.#lastAt, sentAt + ms);
    if (!overtaken) this.#lastAt = at;
    this.arrivesAt = Math.min(this.arrivesAt, at);
    this.#deliveries.schedule({ datagram, tag, scheduledAt: Number.POSITIVE_INFINITY }, at);
  }

  #delay(): { ms: number; overtaken: boolean } {
    const { delayMs, jitterMs, reorder } = this.#faults;
    const ms = Math.max(0, delayMs + jitterMs * (2 * this.#random() - 1));
    const overtaken = this.#random() < reorder;
    const heldBack = HELD_BACK_MS + this.#random() * Math.max(delayMs, HELD_BACK_MS);
    return { ms: overtaken ? ms + heldBack : ms, overtaken };
  }

  /** When the last bit is on the line; nothing if the queue before it is full. */
  #transmit(bytes: number, now: number): number | undefined {
    const { bitsPerSecond, queueBytes } = this.#faults;
    if (bitsPerSecond === Number.POSITIVE_INFINITY) return now;
    const begin = Math.max(now, this.#busyUntil);
    if (((begin - now) * bitsPerSecond) / 8000 > queueBytes) return undefined;
    this.#busyUntil = begin + (bytes * 8000) / bitsPerSecond;
    return this.#busyUntil;
  }

  /** Whether a drop list names this datagram. Counts every name in it, once a datagram. */
  #isDropped(datagram: Uint8Array): boolean {
    const { drop } = this.#faults;
    if (drop.length === 0 || !this.#namesIn) return false;
    let dropped = false;
    for (const name of new Set(this.#namesIn(datagram))) {
      const nth = (this.#seen.get(name) ?? 0) + 1;
      this.#seen.set(name, nth);
      dropped ||= drop.some((rule) => rule.side === this.#side && rule.name === name && rule.nth === nth);
    }
    return dropped;
  }

  #isCut(now: number): boolean {
    const elapsed = now - this.#startedAt;
    return this.#faults.partitions.some(({ fromMs, untilMs }) => elapsed >= fromMs && elapsed < untilMs);
  }

  #isTooLarge(bytes: number, now: number): boolean {
    const { mtu } = this.#faults;
    if (mtu.length === 0) return false;
    const step = mtu.findLast(({ fromMs }) => now - this.#startedAt >= fromMs);
    return step !== undefined && bytes + HEADERS_BYTES > step.bytes;
  }

  #flip(datagram: Uint8Array): Uint8Array {
    const copy = new Uint8Array(datagram); // not slice(): a Buffer's is no copy
    const bit = Math.floor(this.#random() * copy.length * 8);
    if (copy.length > 0) copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
    return copy;
  }
}
