/*
 * Where the line that is being typed stands on the screen: its rows, and the cursor in them. Pure. Wide
 * characters count two columns; the last column stays free, because terminals differ on what follows there.
 */
import stringWidth from 'string-width';
import { cleanLine } from '../../lib/index.js';

/** A line, laid out. */
export interface InputLayout {
  readonly rows: readonly string[];
  /** The cursor's row and column, from 0. */
  readonly row: number;
  readonly column: number;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A longer line, in UTF-16 units, is not looked at as a whole; no message is longer than 4,000 characters. */
const LONGEST_WHOLE = 4096;

/**
 * Lays a line out below a prompt. Of a line that is longer than any message, only what is near the cursor is looked at:
 * somebody may have pasted a whole file, and each key is a layout.
 * @param cursor an index into the line, in UTF-16 units
 * @param maxRows the most rows to show; of a longer line those around the cursor
 */
export function layoutInput(prompt: string, line: string, cursor: number, columns: number, maxRows: number): InputLayout {
  const width = Math.max(2, columns - 1);
  const rows = [''];
  let column = 0;
  /** Puts a grapheme and tells the column where it begins. */
  const put = (text: string): number => {
    const wide = stringWidth(text);
    if (column + wide > width) {
      rows.push('');
      column = 0;
    }
    rows[rows.length - 1] += text;
    column += wide;
    return column - wide;
  };
  const room = columns * maxRows;
  const isWhole = line.length <= LONGEST_WHOLE;
  const from = isWhole ? 0 : Math.max(0, Math.floor(cursor / room) - 1) * room; // in steps, so that the rows stand still while one types
  if (from === 0) for (const { segment } of graphemes.segment(prompt)) put(segment);
  let at: { row: number; column: number } | undefined;
  for (const { segment, index } of graphemes.segment(isWhole ? line : line.slice(from, from + 3 * room))) {
    const begins = put(cleanLine(segment));
    if (!at && cursor < from + index + segment.length) at = { row: rows.length - 1, column: begins };
  }
  return around(rows, at ?? { row: rows.length - 1, column }, maxRows);
}

function around(rows: readonly string[], { row, column }: { row: number; column: number }, maxRows: number): InputLayout {
  if (rows.length <= maxRows) return { rows, row, column };
  const first = Math.min(Math.max(0, row - maxRows + 1), rows.length - maxRows);
  return { rows: rows.slice(first, first + maxRows), row: row - first, column };
}
