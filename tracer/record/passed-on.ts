/*
 * What of one direction's stream has gone on from an observer that relays datagrams. It reads a segment when it first
 * meets it, even in a datagram that is lost behind it; the other end has it only with a datagram that arrives, and after
 * all segments before it.
 */
import type { Piece } from '../redact/index.js';

/** So many segments may be on their way. No receiver grants more credit than that. */
const MAX_UNDER_WAY = 4096;

/** The pieces of a stream, a segment each. */
export class PassedOn {
  /** Read, and not gone on yet; the first is that of the segment `next`. */
  #read: Piece[] = [];
  readonly #early = new Set<number>();
  #next = 0;

  /** The next segment was read. */
  read(piece: Piece): void {
    if (this.#read.length < MAX_UNDER_WAY) this.#read.push(piece);
    else this.#break();
  }

  /** A segment goes on, perhaps once more; returns what the other end can read now. */
  pass(segment: number): readonly Piece[] {
    if (segment >= this.#next && this.#early.size < MAX_UNDER_WAY) this.#early.add(segment);
    let count = 0;
    while (count < this.#read.length && this.#early.delete(this.#next)) {
      this.#next += 1;
      count += 1;
    }
    return this.#read.splice(0, count);
  }

  /** Too much never went on: nothing can be told of what follows it. */
  #break(): void {
    this.#read = [];
    this.#next = Number.POSITIVE_INFINITY;
  }
}
