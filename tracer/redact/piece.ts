/*
 * What became of some bytes of a stream: the frames or lines that they completed. It may take a while until a line is
 * decided; until then the piece is not settled, and nothing may be shown of it or of what came after it.
 */
import type { Unit } from './unit.js';

/** A frame or line that is, or is to be, decided. */
export interface Entry {
  /** What may be shown of it; nothing as long as that is not decided. */
  readonly unit: Unit | undefined;
}

/** Some bytes of a stream. */
export class Piece {
  readonly #entries: Entry[] = [];
  /** Whether all frames and lines that these bytes complete are known. */
  complete = false;

  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  /** Whether everything in it is decided. */
  get settled(): boolean {
    return this.complete && this.#entries.every(({ unit }) => unit !== undefined);
  }

  /** What may be shown, in order; only once it is settled. */
  get units(): readonly Unit[] {
    return this.#entries.flatMap(({ unit }) => unit ?? []);
  }
}
