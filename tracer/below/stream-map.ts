/*
 * From the bytes of a stream as they were seen below the program to the masked stream that a trace shows: what each piece
 * comes to, and at which masked offset. A length can give a short password away, so that below the program, too, every
 * number counts masked bytes. Pieces are understood like the recorder's own (tracer/redact), so offsets agree with those
 * of chunks and frames.
 */
import { join, type Piece, type Side, StreamWatch } from '../redact/index.js';
import type { Range } from '../trace/trace.js';

/** A piece of a stream, masked. */
export interface MaskedPiece {
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly masks: readonly Range[];
  /** The frames that end in it. */
  readonly names: readonly string[];
}

/** Both directions of one connection. */
export interface StreamMap {
  /** The next bytes that a side said; gives the number of the piece. */
  take(from: Side, bytes: Uint8Array): number;
  /** A side said no more. */
  end(from: Side): void;
  /** Whatever is undecided is masked. Only then can anything be asked. */
  finish(): void;
  /** A piece, by its number. */
  piece(from: Side, number: number): MaskedPiece;
  /** A real offset as one in the masked stream: that of the piece in which, or behind which, it is. */
  offset(from: Side, real: number): number;
}

interface Place {
  readonly real: number;
  readonly bytes: Uint8Array;
  readonly piece: Piece;
}

/** An empty stream. */
export function streamMap({ showSecrets }: { readonly showSecrets: boolean }): StreamMap {
  const watch = new StreamWatch({ showSecrets });
  const places: Readonly<Record<Side, Place[]>> = { client: [], server: [] };
  const told: Record<Side, MaskedPiece[]> = { client: [], server: [] };
  const length: Record<Side, number> = { client: 0, server: 0 };

  function masked(from: Side): MaskedPiece[] {
    let offset = 0;
    return places[from].map(({ bytes, piece }) => {
      const { units } = piece;
      const shown = showSecrets ? { bytes, masks: [] } : join(units);
      const one = { offset, ...shown, names: units.map(({ type }) => type) };
      offset += shown.bytes.length;
      return one;
    });
  }

  return {
    take(from, bytes) {
      const kept = bytes.slice();
      places[from].push({ real: length[from], bytes: kept, piece: watch.take(from, kept) });
      length[from] += kept.length;
      return places[from].length - 1;
    },
    end: (from) => void watch.end(from),
    finish() {
      watch.giveUp();
      told.client = masked('client');
      told.server = masked('server');
    },
    piece: (from, number) => told[from][number] as MaskedPiece,
    offset(from, real) {
      const all = places[from];
      let [low, high] = [0, all.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        const { real: begin, bytes } = all[middle] as Place;
        if (begin + bytes.length <= real) low = middle + 1;
        else high = middle;
      }
      const inside = told[from][low];
      const last = told[from].at(-1);
      return inside?.offset ?? (last ? last.offset + last.bytes.length : 0);
    },
  };
}
