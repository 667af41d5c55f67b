/*
 * One direction of a connection at its receiver: every byte once and in order, whatever comes again, and never more
 * than a window of them waiting to be read.
 */
import { ByteWriter } from '../../../lib/wire/fields.js';

/** The peer broke the rules of the stream. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
}

/** Pieces below this are gathered, so that a peer who sends bytes one by one costs memory for bytes only. */
const SMALL_BYTES = 1024;
const GATHERED_BYTES = 16 * 1024;

/** Bytes on their way in, by offset. */
export class Incoming {
  /** Everything before this offset has come. */
  received = 0;
  ended = false;
  readonly #windowBytes: number;
  readonly #chunks: Uint8Array[] = [];
  /** Small pieces that stand behind the chunks. */
  #gathered: ByteWriter | undefined;
  #handedOver = 0;

  /** @param windowBytes how many may wait to be read */
  constructor(windowBytes: number) {
    this.#windowBytes = windowBytes;
  }

  /** The peer may send the bytes before this offset. */
  get limit(): number {
    return this.#handedOver + this.#windowBytes;
  }

  /** Whether next() has something. */
  get ready(): boolean {
    return this.#chunks.length > 0 || this.#gathered !== undefined;
  }

  /**
   * Takes what begins at an offset; what came before is dropped.
   * @returns whether anything was new
   * @throws {StreamError} at a gap, past the limit, and behind the end
   */
  take(offset: number, data: Uint8Array): boolean {
    if (offset > this.received) throw new StreamError(`bytes ${this.received} to ${offset - 1} are missing`);
    const fresh = data.subarray(this.received - offset);
    if (fresh.length === 0) return false;
    if (this.ended) throw new StreamError('data behind the end');
    if (this.received + fresh.length > this.limit) throw new StreamError('more was sent than there is room for');
    this.received += fresh.length;
    this.#keep(fresh);
    return true;
  }

  /**
   * No more comes.
   * @returns whether that is new
   * @throws {StreamError} if the end is elsewhere
   */
  end(offset: number): boolean {
    if (offset !== (this.ended ? this.received - 1 : this.received)) throw new StreamError('the end is not where the data ends');
    if (this.ended) return false;
    this.ended = true;
    this.received += 1;
    return true;
  }

  /** The next piece for the reader, if there is one. */
  next(): Uint8Array | undefined {
    const chunk = this.#chunks.shift() ?? this.#takeGathered();
    this.#handedOver += chunk?.length ?? 0;
    return chunk;
  }

  /** Forgets what was not read. */
  drop(): void {
    this.#chunks.length = 0;
    this.#gathered = undefined;
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length >= SMALL_BYTES) {
      const before = this.#takeGathered();
      if (before) this.#chunks.push(before);
      this.#chunks.push(bytes);
      return;
    }
    this.#gathered ??= new ByteWriter(bytes.length);
    this.#gathered.raw(bytes);
    if (this.#gathered.length >= GATHERED_BYTES) this.#chunks.push(this.#takeGathered() as Uint8Array);
  }

  #takeGathered(): Uint8Array | undefined {
    const bytes = this.#gathered?.written();
    this.#gathered = undefined;
    return bytes;
  }
}
