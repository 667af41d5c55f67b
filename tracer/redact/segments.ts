/*
 * One direction of a UDP connection, at one observer: segments in any order and as often as they come, each with what may
 * be shown of it, always the same. A frame with a secret belongs whole to the segment that completes it. A segment that is
 * ahead of others waits for them; memory is bounded.
 */
import type { ShownData } from './packet.js';
import type { Piece } from './piece.js';
import { join } from './unit.js';

/** So many segments may wait for one that is missing. No receiver grants more credit than that. */
const MAX_EARLY = 4096;
/** So many segments are remembered, for when they come once more. */
const MAX_REMEMBERED = 4096;

/** Data is behind a length of two bytes. */
const MOST_BYTES = 0xffff;

/** What is known of one segment. */
export interface SegmentPlace {
  /** What it completed in the stream; nothing yet if one before it is missing. */
  piece: Piece | undefined;
  /** That was not waited for: nothing of it is shown. */
  withheld: boolean;
}

/** What may be shown of a segment that is decided; nothing if masks have made it too long for a packet. */
export function shownData({ piece, withheld }: SegmentPlace): ShownData {
  const data = piece && !withheld ? join(piece.units) : NOTHING;
  return data.bytes.length > MOST_BYTES ? NOTHING : data;
}

/** Whether a segment is decided. */
export function isSettled({ piece, withheld }: SegmentPlace): boolean {
  return withheld || piece?.settled === true;
}

const NOTHING: ShownData = { bytes: new Uint8Array(0), masks: [] };

/** The segments of one side. */
export class Segments {
  readonly #take: (data: Uint8Array | 'end') => Piece;
  readonly #places = new Map<number, SegmentPlace>();
  readonly #early = new Map<number, Uint8Array | 'end'>();
  #next = 0;
  #broken = false;

  /** @param take takes the next bytes of the stream, in order, or its end. */
  constructor(take: (data: Uint8Array | 'end') => Piece) {
    this.#take = take;
  }

  /** Takes a segment, or the end; `fresh` is told each piece of the stream that it completes, in order. */
  take(number: number, data: Uint8Array | 'end', fresh: (piece: Piece) => void): SegmentPlace {
    const known = this.#places.get(number);
    if (known) return known;
    if (this.#broken || number < this.#next) return { piece: undefined, withheld: true };
    const place: SegmentPlace = { piece: undefined, withheld: false };
    this.#places.set(number, place);
    this.#early.set(number, data);
    for (let next = this.#early.get(this.#next); next !== undefined; next = this.#early.get(this.#next)) this.#goOn(next, fresh);
    if (this.#early.size > MAX_EARLY) this.#break();
    return place;
  }

  /** Whatever still waits is not waited for. */
  giveUp(): void {
    for (const number of this.#early.keys()) (this.#places.get(number) as SegmentPlace).withheld = true;
  }

  #goOn(data: Uint8Array | 'end', fresh: (piece: Piece) => void): void {
    const piece = this.#take(data);
    (this.#places.get(this.#next) as SegmentPlace).piece = piece;
    this.#early.delete(this.#next);
    this.#places.delete(this.#next - MAX_REMEMBERED);
    this.#next += 1;
    fresh(piece);
  }

  /** What is missing never came: nothing can be told of what follows it. */
  #break(): void {
    this.giveUp();
    this.#early.clear();
    this.#broken = true;
  }
}
