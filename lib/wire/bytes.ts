/*
 * Writing and reading numbers, strings and byte strings in network byte order (big-endian).
 * Knows nothing of frames. A reader never looks past its end: what is missing is a ProtocolError.
 */
import { ProtocolError } from './protocol-error.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const TWO_32 = 2 ** 32;

/** A growing piece of bytes. What written() gives is a view of it and no copy: good until the writer is used for something else. */
export class ByteWriter {
  bytes: Uint8Array;
  length = 0;

  /** @param expectedBytes how much room to begin with; it grows by doubling. */
  constructor(expectedBytes = 256) {
    this.bytes = new Uint8Array(expectedBytes);
  }

  u8(value: number): void {
    this.#reserve(1);
    this.bytes[this.length++] = value;
  }

  u16(value: number): void {
    this.#reserve(2);
    this.setU16(this.length, value);
    this.length += 2;
  }

  u32(value: number): void {
    this.#reserve(4);
    const { bytes, length } = this;
    bytes[length] = value >>> 24;
    bytes[length + 1] = value >>> 16;
    bytes[length + 2] = value >>> 8;
    bytes[length + 3] = value;
    this.length += 4;
  }

  /** Whole numbers up to 2^53 - 1: what a JavaScript number holds exactly. */
  u64(value: number): void {
    this.u32(Math.floor(value / TWO_32));
    this.u32((value % TWO_32) >>> 0);
  }

  /** UTF-8 without a length; returns how many bytes it took. A lone surrogate becomes U+FFFD. */
  utf8(text: string): number {
    const start = this.length;
    this.#reserve(text.length * 3); // no UTF-16 unit takes more than three bytes
    const { bytes } = this;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) {
        const written = encoder.encodeInto(text.slice(i), bytes.subarray(start + i)).written;
        this.length = start + i + written;
        return i + written;
      }
      bytes[start + i] = unit;
    }
    this.length = start + text.length;
    return text.length;
  }

  raw(chunk: Uint8Array): void {
    this.#reserve(chunk.length);
    this.bytes.set(chunk, this.length);
    this.length += chunk.length;
  }

  /** Writes a u16 at a place that was written before: a length that is known afterwards. */
  setU16(at: number, value: number): void {
    this.bytes[at] = value >>> 8;
    this.bytes[at + 1] = value;
  }

  /** A view of what was written. */
  written(from = 0, to = this.length): Uint8Array {
    return this.bytes.subarray(from, to);
  }

  #reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.written());
    this.bytes = larger;
  }
}

/** Reads from `offset` up to `end`. */
export class ByteReader {
  constructor(
    readonly bytes: Uint8Array,
    public offset = 0,
    readonly end = bytes.length,
  ) {}

  u8(): number {
    return this.bytes[this.#advance(1)] as number;
  }

  u16(): number {
    const at = this.#advance(2);
    const { bytes } = this;
    return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
  }

  u32(): number {
    const at = this.#advance(4);
    const { bytes } = this;
    const low = ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    return (bytes[at] as number) * 0x1000000 + low;
  }

  u64(): number {
    const value = this.u32() * TWO_32 + this.u32();
    if (value > Number.MAX_SAFE_INTEGER) throw new ProtocolError('bad-value', 'a 64-bit number is past 2^53 - 1');
    return value;
  }

  /** UTF-8 of a known length. */
  utf8(length: number): string {
    const at = this.#advance(length);
    try {
      return decoder.decode(this.bytes.subarray(at, at + length));
    } catch {
      throw new ProtocolError('bad-utf8', 'a text is not valid UTF-8');
    }
  }

  /** A copy of the next bytes, so that a small value does not keep a large chunk alive. */
  raw(length: number): Uint8Array {
    const at = this.#advance(length);
    return new Uint8Array(this.bytes.subarray(at, at + length)); // slice() of a Buffer of Node's would be no copy
  }

  #advance(count: number): number {
    const at = this.offset;
    if (at + count > this.end) throw new ProtocolError('bad-length', 'a field reaches past the end of its frame');
    this.offset = at + count;
    return at;
  }
}
