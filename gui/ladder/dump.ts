/*
 * Bytes as the cells of a hex dump: what each shows, masked or not, and to which field it belongs.
 */
import type { Range } from '../../tracer/trace/trace.js';

/** A byte. */
export interface Cell {
  readonly at: number;
  readonly hex: string;
  /** As a letter, if it is one. */
  readonly sign: string;
  /** Which of the fields it belongs to. */
  readonly leaf: number | undefined;
  /** A field begins here, and another has ended. */
  readonly begins: boolean;
}

/** A row of the dump. */
export interface DumpRow {
  readonly offset: number;
  readonly cells: readonly Cell[];
  /** So many cells the last row has less than the others. */
  readonly missing: number;
}

const PER_ROW = 8;

/** The rows. Fields are given from the first to the last. */
export function dumpOf(
  bytes: Uint8Array,
  masks: readonly Range[],
  leaves: readonly { readonly offset: number; readonly length: number }[],
): readonly DumpRow[] {
  const leafAt: (number | undefined)[] = new Array<number | undefined>(bytes.length).fill(undefined);
  for (const [leaf, { offset, length }] of leaves.entries()) leafAt.fill(leaf, offset, offset + length);
  const cell = (at: number): Cell => {
    const byte = bytes[at] as number;
    const isMasked = masks.some(({ from, to }) => at >= from && at < to);
    const leaf = leafAt[at];
    return {
      at,
      hex: isMasked ? '••' : byte.toString(16).padStart(2, '0'),
      sign: isMasked ? '•' : byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
      leaf,
      begins: at > 0 && leaf !== leafAt[at - 1],
    };
  };
  return Array.from({ length: Math.ceil(bytes.length / PER_ROW) }, (_, row) => {
    const offset = row * PER_ROW;
    const length = Math.min(PER_ROW, bytes.length - offset);
    return { offset, cells: Array.from({ length }, (_, i) => cell(offset + i)), missing: PER_ROW - length };
  });
}
