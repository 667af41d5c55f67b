/*
 * What the sender's application has to say: full segments without end or so many of them, or a small message every so
 * often, as a chat has them. What it says is of no interest here, so it is always the same bytes.
 */
import type { ConnectionMachine } from '../../transports/udp/engine/connection.js';
import { SEGMENT_BYTES } from '../../transports/udp/wire/packets.js';
import type { RunSettings } from './settings.js';

/** A line of a chat. */
const MESSAGE_BYTES = 40;

/** Writes to one connection. */
export class Supply {
  readonly #everyMs: number;
  readonly #piece: Uint8Array;
  #left: number;
  #isFinished = false;
  /** When it has something to say again; Infinity while that depends on the connection. */
  next = Number.POSITIVE_INFINITY;

  constructor({ segments, everyMs }: RunSettings) {
    this.#left = segments === 0 ? Number.POSITIVE_INFINITY : segments;
    this.#everyMs = everyMs;
    this.#piece = new Uint8Array(everyMs > 0 ? MESSAGE_BYTES : SEGMENT_BYTES);
  }

  /** Writes the next piece if there is one now, and ends the stream after the last. Says whether it did anything. */
  feed(machine: ConnectionMachine, now: number): boolean {
    if (this.#isFinished || (this.#everyMs === 0 && machine.unsentBytes >= SEGMENT_BYTES)) return false;
    if (this.#everyMs > 0) {
      if (this.next !== Number.POSITIVE_INFINITY && now < this.next) return false;
      this.next = now + this.#everyMs;
    }
    if (this.#left > 0) {
      machine.write(this.#piece);
      this.#left -= 1;
    }
    if (this.#left > 0) return true;
    machine.finish();
    this.#isFinished = true;
    this.next = Number.POSITIVE_INFINITY;
    return true;
  }
}
