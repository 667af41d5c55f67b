/*
 * The outgoing half of the stream: bytes queue up, are cut into segments when they may go, and stay here until they
 * are acknowledged. Knows segment numbers and credit; knows nothing of packets, time or congestion.
 */

import type { ResendCause } from '../../../lib/trace.js';
import { Numbered } from './numbered.js';

/** A numbered piece of the stream, or its end. */
export interface Segment {
  readonly number: number;
  readonly data: Uint8Array;
  readonly fin: boolean;
  /** In how many packets it is on its way now. */
  copies: number;
  acked: boolean;
  /** Whether it was sent more than once. */
  repeated: boolean;
  /** Whether it waits to be sent again. */
  queued: boolean;
  /** Why it was last found to be lost. */
  cause: ResendCause;
}

/** How far the sender may go ahead of what is acknowledged. */
export interface ArqWindow {
  readonly segments: number;
  /** From the oldest unacknowledged segment to the newest, or only those that are unacknowledged. */
  readonly counts: 'span' | 'outstanding';
}

const NOTHING = new Uint8Array(0);

/** What is to be sent and what is not yet acknowledged. */
export class SendStream {
  readonly #chunks: Uint8Array[] = [];
  #head = 0;
  /** Where the first chunk begins that was not cut yet. */
  #offset = 0;
  readonly #unacked = new Numbered<Segment>();
  #again: Segment[] = [];
  #next = 0;
  #credit: number;
  #finAsked = false;
  #finCut = false;
  /** Bytes that were never sent. */
  unsentBytes = 0;

  /** @param credit segments before this one may be sent. */
  constructor(credit = 0) {
    this.#credit = credit;
  }

  /** The number of the next new segment. */
  get next(): number {
    return this.#next;
  }

  /** The oldest segment that is not acknowledged. */
  get base(): number {
    return this.#unacked.size > 0 ? this.#unacked.first : this.#next;
  }

  /** Segments before this one may be sent. */
  get credit(): number {
    return this.#credit;
  }

  /** Whether everything, the end included, has arrived. */
  get done(): boolean {
    return this.#finCut && this.#unacked.size === 0;
  }

  /** Whether there is something new to send, credit or not. */
  get hasNew(): boolean {
    return this.unsentBytes > 0 || (this.#finAsked && !this.#finCut);
  }

  /** Whether new segments wait for credit. */
  get blocked(): boolean {
    return this.hasNew && this.#next >= this.#credit;
  }

  /** Queues a chunk. */
  write(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.unsentBytes += chunk.length;
  }

  /** No more will be written. */
  finish(): void {
    this.#finAsked = true;
  }

  /** Raises the credit. One that is lower comes from an ACK that was overtaken by a later one, and says nothing. */
  grant(credit: number): void {
    this.#credit = Math.max(this.#credit, credit);
  }

  /** How many bytes the next new segment would have; -1 if there is none that may be sent. */
  nextBytes(maxBytes: number, { segments, counts }: ArqWindow): number {
    const used = counts === 'span' ? this.#next - this.base : this.#unacked.size;
    if (!this.hasNew || this.#next >= this.#credit || used >= segments) return -1;
    return Math.min(maxBytes, this.unsentBytes);
  }

  /** Cuts the next new segment, of at most so many bytes; {@link nextBytes} must have allowed it. */
  cut(maxBytes: number): Segment {
    const data = this.#take(Math.min(maxBytes, this.unsentBytes));
    const fin = data.length === 0;
    const segment: Segment = { number: this.#next++, data, fin, copies: 0, acked: false, repeated: false, queued: false, cause: 'fast' };
    if (fin) this.#finCut = true;
    this.#unacked.add(segment.number, segment);
    return segment;
  }

  /** The next segment to send again. */
  get again(): Segment | undefined {
    if (this.#again.length === 0) return undefined; // as it is for nearly every packet
    while (this.#again[0]?.acked) this.#again.shift();
    return this.#again[0];
  }

  /** Takes out what {@link again} gave. */
  takeAgain(): void {
    const segment = this.#again.shift();
    if (!segment) return;
    segment.queued = false;
    segment.repeated = true;
  }

  /** Has a segment sent again, unless another copy of it is on its way. Lower numbers go first. */
  resend(segment: Segment): void {
    if (segment.acked || segment.queued || segment.copies > 0) return;
    segment.queued = true;
    let place = this.#again.length;
    while (place > 0 && (this.#again[place - 1] as Segment).number > segment.number) place -= 1;
    this.#again.splice(place, 0, segment);
  }

  /** Segments that are on their way, from the oldest. */
  get unacked(): Iterable<Segment> {
    return this.#unacked.values();
  }

  /** How many segments are on their way. */
  get unackedCount(): number {
    return this.#unacked.size;
  }

  /** The unacknowledged segment of a number. */
  segment(number: number): Segment | undefined {
    return this.#unacked.get(number);
  }

  /** One segment arrived. */
  acked(segment: Segment): void {
    if (segment.acked) return;
    segment.acked = true;
    this.#unacked.take(segment.number);
  }

  /** Every segment before `next` arrived. */
  ackedBefore(next: number): void {
    for (let { oldest } = this.#unacked; oldest && oldest.number < next; { oldest } = this.#unacked) this.acked(oldest);
  }

  /** Forgets everything. */
  clear(): void {
    this.#chunks.length = 0;
    this.#unacked.clear();
    this.#again = [];
    this.#head = 0;
    this.#offset = 0;
    this.unsentBytes = 0;
    this.#finAsked = true;
    this.#finCut = true;
  }

  /** The next bytes of the queue: a view where they are in one chunk, else a copy. */
  #take(bytes: number): Uint8Array {
    if (bytes === 0) return NOTHING;
    this.unsentBytes -= bytes;
    const first = this.#chunks[this.#head] as Uint8Array;
    if (first.length - this.#offset >= bytes) {
      const part = first.subarray(this.#offset, this.#offset + bytes);
      this.#pass(first, bytes);
      return part;
    }
    const data = new Uint8Array(bytes);
    for (let filled = 0; filled < bytes; ) {
      const chunk = this.#chunks[this.#head] as Uint8Array;
      // A view of a whole chunk would be made for nothing, and small messages are many.
      const whole = this.#offset === 0 && chunk.length <= bytes - filled;
      const part = whole ? chunk : chunk.subarray(this.#offset, this.#offset + bytes - filled);
      data.set(part, filled);
      filled += part.length;
      this.#pass(chunk, part.length);
    }
    return data;
  }

  /** So many bytes of the first chunk were cut. */
  #pass(chunk: Uint8Array, bytes: number): void {
    this.#offset += bytes;
    if (this.#offset < chunk.length) return;
    this.#chunks[this.#head] = NOTHING;
    this.#head += 1;
    this.#offset = 0;
    if (this.#head === this.#chunks.length || this.#head > 1024) {
      this.#chunks.splice(0, this.#head);
      this.#head = 0;
    }
  }
}
