/*
 * One row of the terminal as cells, on which lines and texts are put one over the other. It never becomes wider than it
 * was made, and a text in a right-to-left script is fenced in, so that a terminal leaves the rest of the row in place.
 */
import { fenced, graphemesOf } from './fit-text.js';
import type { Glyphs } from './glyphs.js';
import type { Paint, Style } from './paint.js';

interface Cell {
  /** Empty: the right half of a wide character. */
  readonly text: string;
  readonly style: Style;
}

/** A row that is being drawn. */
export type CanvasRow = Cell[];

const BLANK: Cell = { text: ' ', style: 'plain' };

/** An empty row. */
export function blankRow(columns: number): CanvasRow {
  return new Array<Cell>(columns).fill(BLANK);
}

/** The character at a column. */
export function at(row: CanvasRow, column: number): string {
  return row[column]?.text ?? '';
}

/** Puts a fit text on a row; what does not fit on it is left out. Returns the column behind it. */
export function put(row: CanvasRow, column: number, text: string, style: Style = 'plain'): number {
  let x = column;
  for (const { text: grapheme, width } of fenced(graphemesOf(text))) {
    if (x < 0 || x + width > row.length) return x;
    clearHalves(row, x, width);
    row[x] = { text: grapheme, style };
    for (let half = 1; half < width; half++) row[x + half] = { text: '', style };
    x += width;
  }
  return x;
}

/** Blanks what goes down right before a text, or right behind it, so that nobody reads it as a part of the text. */
export function setApart(row: CanvasRow, left: number, behind: number, { way }: Pick<Glyphs, 'way'>): void {
  for (const x of [left - 1, behind]) if (at(row, x) === way) put(row, x, ' ');
}

/** A wide character that is covered by half leaves a blank. */
function clearHalves(row: CanvasRow, column: number, width: number): void {
  for (let left = column; row[left]?.text === '' && left > 0; left--)
    row[left - 1] = row[left - 1]?.text === '' ? { text: '', style: 'plain' } : BLANK;
  for (let right = column + width; row[right]?.text === ''; right++) row[right] = BLANK;
}

/** The row as text, coloured, without blanks at its end. */
export function rowText(row: CanvasRow, paint: Paint): string {
  let last = row.length;
  while (last > 0 && row[last - 1]?.text === ' ') last -= 1;
  let text = '';
  for (let i = 0; i < last; ) {
    const { style } = row[i] as Cell;
    let run = '';
    for (; i < last && row[i]?.style === style; i++) run += row[i]?.text;
    text += paint(run, style);
  }
  return text;
}
