/*
 * One direction of a connection at its sender. Whatever was sent is kept until the peer has acknowledged it, so that
 * the stream can go on from there over another request; what the peer has no room for yet waits.
 */

/** What is to be sent next. */
export type Piece =
  | { readonly type: 'DATA'; readonly offset: number; readonly data: Uint8Array }
  | { readonly type: 'END'; readonly offset: number };

/** Bytes on their way out, by offset. */
export class Outgoing {
  /** Everything before this offset has arrived. */
  acknowledged = 0;
  /** Everything before this one was handed to the request that carries the stream now. */
  sent = 0;
  /** The furthest that was ever sent: the peer cannot acknowledge more. */
  furthest = 0;
  /** Bytes before this offset may be sent. */
  limit: number;
  /** Where the stream ends, or will go on. */
  length = 0;
  ended = false;
  readonly #chunks: { readonly offset: number; readonly bytes: Uint8Array }[] = [];

  /** @param limit how much may be sent before the peer has said anything */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes that wait or are not acknowledged. */
  get kept(): number {
    return this.length - Math.min(this.acknowledged, this.length);
  }

  /** True once the peer has everything, the end included. */
  get done(): boolean {
    return this.ended && this.acknowledged === this.length + 1;
  }

  /** Whether next() has something. */
  get ready(): boolean {
    return this.sent < Math.min(this.length, this.limit) || (this.ended && this.sent === this.length);
  }

  /** Whether everything that may be sent by now was. */
  get isBlocked(): boolean {
    return this.kept > 0 && !this.ready;
  }

  put(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push({ offset: this.length, bytes });
    this.length += bytes.length;
  }

  end(): void {
    this.ended = true;
  }

  /** The next piece, of at most so many bytes, or nothing. */
  next(maxBytes: number): Piece | undefined {
    if (!this.ready) return undefined;
    const offset = this.sent;
    if (offset === this.length) {
      this.#advance(1);
      return { type: 'END', offset };
    }
    const data = this.#cut(offset, Math.min(maxBytes, this.length - offset, this.limit - offset));
    this.#advance(data.length);
    return { type: 'DATA', offset, data };
  }

  /**
   * The peer has everything before `received`, and room for what lies before `limit`.
   * @returns false if it cannot have that
   */
  acknowledge(received: number, limit: number): boolean {
    if (received > this.furthest) return false;
    this.limit = Math.max(this.limit, limit);
    if (received <= this.acknowledged) return true;
    this.acknowledged = received;
    this.sent = Math.max(this.sent, received);
    let gone = 0;
    for (const { offset, bytes } of this.#chunks) {
      if (offset + bytes.length > received) break;
      gone += 1;
    }
    if (gone > 0) this.#chunks.splice(0, gone);
    return true;
  }

  /** Another request carries the stream from now on: what was not acknowledged goes again. */
  rewind(): void {
    this.sent = this.acknowledged;
  }

  /** Forgets everything. */
  drop(): void {
    this.#chunks.length = 0;
    this.length = Math.min(this.length, this.acknowledged);
    this.sent = this.length;
    this.ended = false;
  }

  #advance(count: number): void {
    this.sent += count;
    this.furthest = Math.max(this.furthest, this.sent);
  }

  #cut(from: number, count: number): Uint8Array {
    let at = this.#chunkAt(from);
    const { offset, bytes } = this.#chunks[at] as { offset: number; bytes: Uint8Array };
    const first = bytes.subarray(from - offset, from - offset + count);
    if (first.length === count) return first;
    const whole = new Uint8Array(count);
    whole.set(first);
    for (let filled = first.length; filled < count; ) {
      at += 1;
      const next = (this.#chunks[at] as { bytes: Uint8Array }).bytes.subarray(0, count - filled);
      whole.set(next, filled);
      filled += next.length;
    }
    return whole;
  }

  /** The chunk in which an offset lies, by halving. */
  #chunkAt(offset: number): number {
    let low = 0;
    for (let high = this.#chunks.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chunks[middle] as { offset: number }).offset <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
