/*
 * One direction of a connection, written down: what was written at one end is what must be read at the other, byte for
 * byte, and an end is read only after all of it and only if it was written.
 */
import { must } from './journal.js';

/** What was written and not yet read. */
export class Stream {
  readonly #chunks: Uint8Array[] = [];
  #offset = 0;
  #bytes = 0;
  #ended = false;

  constructor(readonly name: string) {}

  wrote(chunk: Uint8Array): void {
    if (chunk.length > 0) this.#chunks.push(chunk);
  }

  finished(): void {
    this.#ended = true;
  }

  read(chunk: Uint8Array): void {
    for (const byte of chunk) {
      const first = this.#chunks[0];
      must(first !== undefined, () => `stream: ${this.name}: byte ${this.#bytes} was read and never written`);
      must(first[this.#offset] === byte, () => `stream: ${this.name}: byte ${this.#bytes} is not the one that was written`);
      this.#bytes++;
      if (++this.#offset < first.length) continue;
      this.#chunks.shift();
      this.#offset = 0;
    }
  }

  readEnd(): void {
    must(this.#ended, () => `stream: ${this.name}: an end was read that nobody wrote`);
    must(this.#chunks.length === 0, () => `stream: ${this.name}: the end was read before what was written ahead of it`);
  }
}
