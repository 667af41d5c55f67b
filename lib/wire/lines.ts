/*
 * Bytes to lines, for the plain-text door: CRLF or LF, telnet negotiation (RFC 854) left out, a limit on
 * the length. A line over the limit is skipped to its end and reported, so that memory stays bounded.
 */

/** A line, or why there is none. */
export type Line = { readonly text: string } | { readonly unreadable: 'line-too-long' | 'bad-utf8' };

/** The longest line, unless told otherwise: 16 KiB. */
export const MAX_LINE_BYTES = 16 * 1024;

const LF = 10;
const CR = 13;
const NUL = 0;

// RFC 854: IAC (255) introduces a command of two bytes, or of three for WILL, WONT, DO and DONT
// (251-254); SB (250) opens a subnegotiation that IAC SE (240) closes. 255 is never part of UTF-8.
const IAC = 255;
const SB = 250;
const SE = 240;
const WILL = 251;

/** A line's buffer to begin with, and how large a one is kept for the next line. */
const FIRST_BYTES = 128;
const KEPT_BYTES = 2048;

/** So many bytes of telnet's commands count as something said: to leave them out is work, too. */
const LEFT_OUT_BYTES = 1024;

type Telnet = 'text' | 'command' | 'option' | 'subnegotiation' | 'subnegotiation-command';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Takes chunks in and gives lines out, one at a time. */
export class LineDecoder {
  #chunks: Uint8Array[] = [];
  #offset = 0;
  #line = new Uint8Array(FIRST_BYTES);
  #length = 0;
  #tooLong = false;
  #telnet: Telnet = 'text';
  #leftOut = 0;
  #ended = false;
  readonly #maxBytes: number;

  /** @param maxBytes a longer line is skipped and reported */
  constructor(maxBytes = MAX_LINE_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes that wait to be decoded. */
  get bufferedBytes(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.length, -this.#offset);
  }

  push(chunk: Uint8Array): void {
    if (chunk.length > 0) this.#chunks.push(chunk);
  }

  /** No more comes: a last line without an end counts as one. */
  end(): void {
    this.#ended = true;
  }

  /** The next line, or nothing until more bytes come. */
  next(): Line | undefined {
    for (let chunk = this.#chunks[0]; chunk; chunk = this.#chunks[0]) {
      let feed = -1; // where the next line feed is; looked for anew once that is passed, so that no byte is looked at twice
      while (this.#offset < chunk.length) {
        if (feed < this.#offset) feed = placeOf(LF, chunk, this.#offset, chunk.length);
        if (this.#telnet === 'text' && chunk[this.#offset] !== IAC) this.#addRun(chunk, placeOf(IAC, chunk, this.#offset, feed));
        if (this.#offset === chunk.length) break;
        const byte = chunk[this.#offset++] as number;
        if (this.#isTelnet(byte)) this.#leftOut++;
        else if (byte === LF) return this.#take();
      }
      this.#chunks.shift();
      this.#offset = 0;
    }
    return this.#ended && (this.#length > 0 || this.#tooLong) ? this.#take() : undefined;
  }

  /** Whether telnet's commands have come to another kibibyte: true once for each. */
  takeLeftOut(): boolean {
    if (this.#leftOut < LEFT_OUT_BYTES) return false;
    this.#leftOut -= LEFT_OUT_BYTES;
    return true;
  }

  /** Adds what stands before `end`, which is text, to the line. */
  #addRun(chunk: Uint8Array, end: number): void {
    const needed = this.#length + end - this.#offset;
    if (needed > this.#maxBytes) this.#tooLong = true;
    if (!this.#tooLong) {
      if (needed > this.#line.length) {
        const larger = new Uint8Array(Math.min(Math.max(needed, this.#line.length * 4), this.#maxBytes));
        larger.set(this.#line);
        this.#line = larger;
      }
      this.#line.set(chunk.subarray(this.#offset, end), this.#length);
      this.#length = needed;
    }
    this.#offset = end;
  }

  #take(): Line {
    const tooLong = this.#tooLong;
    let end = this.#length;
    this.#length = 0;
    this.#tooLong = false;
    if (tooLong) return { unreadable: 'line-too-long' };
    // CR LF is a line's end; telnet sends a bare CR as CR NUL
    while (end > 0 && (this.#line[end - 1] === CR || this.#line[end - 1] === NUL)) end--;
    const line = this.#line.subarray(0, end);
    if (this.#line.length > KEPT_BYTES) this.#line = new Uint8Array(FIRST_BYTES);
    try {
      return { text: decoder.decode(line) };
    } catch {
      return { unreadable: 'bad-utf8' };
    }
  }

  /** Steps through telnet's commands; true if the byte belongs to one. */
  #isTelnet(byte: number): boolean {
    switch (this.#telnet) {
      case 'text':
        if (byte !== IAC) return false;
        this.#telnet = 'command';
        return true;
      case 'command':
        this.#telnet = byte === SB ? 'subnegotiation' : byte >= WILL && byte < IAC ? 'option' : 'text';
        return true;
      case 'option':
        this.#telnet = 'text';
        return true;
      case 'subnegotiation':
        if (byte === IAC) this.#telnet = 'subnegotiation-command';
        return true;
      case 'subnegotiation-command':
        this.#telnet = byte === SE ? 'text' : 'subnegotiation';
        return true;
    }
  }
}

/** Where a byte is found first, from a place on; `end`, if it is not before that. */
function placeOf(byte: number, chunk: Uint8Array, from: number, end: number): number {
  const at = chunk.subarray(from, end).indexOf(byte);
  return at < 0 ? end : from + at;
}
