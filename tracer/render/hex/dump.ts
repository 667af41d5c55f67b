/*
 * Bytes as a hex dump. Where a field ends, a bar stands between the bytes; masked bytes are dots. Rows that repeat the row
 * before are told by a star, as hexdump does.
 */
import type { Range } from '../../trace/trace.js';
import { blankRow, type CanvasRow, put } from '../canvas.js';
import type { Style } from '../paint.js';

/** What is dumped, and how. */
export interface Dump {
  readonly bytes: Uint8Array;
  readonly masks: readonly Range[];
  /** The offsets at which a field begins. */
  readonly borders: ReadonlySet<number>;
  readonly styleAt: (offset: number) => Style;
  readonly perRow: number;
  readonly ascii: boolean;
}

const OFFSET_WIDTH = 4;
const GAP = 2;

/** The columns that a dump takes. */
export function dumpWidth(perRow: number): number {
  return OFFSET_WIDTH + GAP + 3 * perRow + GAP + perRow;
}

/** The rows of a dump. */
export function dumpRows(dump: Dump): readonly CanvasRow[] {
  const rows: CanvasRow[] = [];
  let isSkipping = false;
  for (let start = 0; start < dump.bytes.length; start += dump.perRow) {
    const isLast = start + dump.perRow >= dump.bytes.length;
    if (!isLast && repeats(dump, start)) {
      if (!isSkipping) rows.push(starRow(dump));
      isSkipping = true;
      continue;
    }
    isSkipping = false;
    rows.push(dumpRow(dump, start));
  }
  return rows;
}

function repeats({ bytes, perRow, borders, masks }: Dump, start: number): boolean {
  if (start === 0) return false;
  for (let i = start; i < start + perRow; i++) {
    if (bytes[i] !== bytes[i - perRow] || borders.has(i) || isMasked(masks, i)) return false;
  }
  return true;
}

function starRow({ perRow }: Dump): CanvasRow {
  const row = blankRow(dumpWidth(perRow));
  put(row, 0, '*', 'faint');
  return row;
}

function dumpRow({ bytes, masks, borders, styleAt, perRow, ascii }: Dump, start: number): CanvasRow {
  const row = blankRow(dumpWidth(perRow));
  put(row, 0, start.toString(16).padStart(OFFSET_WIDTH, '0'), 'faint');
  const hexLeft = OFFSET_WIDTH + GAP;
  const textLeft = hexLeft + 3 * perRow + GAP;
  const dot = ascii ? '*' : '•';
  bytes.subarray(start, start + perRow).forEach((byte, i) => {
    const masked = isMasked(masks, start + i);
    const style = styleAt(start + i);
    put(row, hexLeft + 3 * i, masked ? dot + dot : byte.toString(16).padStart(2, '0'), style);
    if (borders.has(start + i + 1)) put(row, hexLeft + 3 * i + 2, ascii ? '|' : '│', 'faint');
    put(row, textLeft + i, masked ? dot : byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.', masked ? style : 'faint');
  });
  return row;
}

function isMasked(masks: readonly Range[], offset: number): boolean {
  return masks.some(({ from, to }) => offset >= from && offset < to);
}
