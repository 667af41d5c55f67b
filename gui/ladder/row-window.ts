/*
 * Which rows are drawn. All have one height, so the window follows from how far it is scrolled; what is outside of it is
 * not on the page, however long the ladder is.
 */

/** What there is to see, in pixels and rows. */
export interface Sight {
  /** How far it is scrolled. */
  readonly top: number;
  /** The height in which rows can be seen. */
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}

/** Rows from the first up to, but not including, the end. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** So many rows more at both ends, so that scrolling does not show paper. */
const MARGIN_ROWS = 12;
/** The window moves by so many rows, so that a little scrolling draws nothing anew. */
const STEP_ROWS = MARGIN_ROWS / 2;
/** No window has more rows, whatever a browser says of its height. */
const MOST_ROWS = 400;

/** The row by which the window stands; as long as it is the same, the same rows are drawn. */
export function stepAt(top: number, rowHeight: number): number {
  return Math.floor(Math.max(0, top) / rowHeight / STEP_ROWS) * STEP_ROWS;
}

/** The rows to draw. */
export function windowOf({ top, height, rowHeight, count }: Sight): RowWindow {
  const first = Math.max(0, Math.min(stepAt(top, rowHeight) - MARGIN_ROWS, count - 1));
  const rows = Math.ceil(Math.max(0, height) / rowHeight) + 2 * MARGIN_ROWS + STEP_ROWS;
  return { first, end: Math.min(count, first + Math.min(MOST_ROWS, rows)) };
}

/** How far to scroll so that a row is in sight; as it is, if it is in sight already. */
export function scrolledTo(row: number, { top, height, rowHeight }: Sight): number {
  const start = row * rowHeight;
  if (start < top) return start;
  return start + rowHeight > top + height ? start + rowHeight - height : top;
}

/** Whether the last row is in sight, or nearly so. */
export function isAtEnd({ top, height, rowHeight, count }: Sight): boolean {
  return top + height >= count * rowHeight - rowHeight / 2;
}
