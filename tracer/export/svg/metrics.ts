/*
 * Measures of a figure, in pixels of its own. No font is known here: a text takes what it would in a monospaced one, and
 * is told to (`textLength`), so that nothing overlaps whatever font a reader has.
 */
import { type Fit, fencedText, fitting, widthOf, wrapTo } from '../../render/fit-text.js';
import { spelledOut } from '../../render/spelled-out.js';

/** One column of text, at the size of words and at the smaller one of times and reasons. */
export const CELL = 7.8;
export const SMALL_CELL = 6.9;
export const FONT_SIZE = 13;
export const SMALL_FONT_SIZE = 11.5;
export const LINE_HEIGHT = 17;
export const SMALL_LINE_HEIGHT = 15;

/** The page: its border, where numbers and times stand, and the room around the ladder. */
export const MARGIN = 24;
export const NUMBER_RIGHT = 56;
export const TIME_RIGHT = 132;
const LADDER_LEFT = 156;

export const HEAD_HEIGHT = 34;
const HEAD_PADDING = 16;
const LONGEST_HEAD = 24;
const WIDEST_GAP = 560;
const GAPS: Readonly<Record<number, number>> = { 2: WIDEST_GAP, 3: 330, 4: 250 };
const SMALLEST_GAP = 200;

const XML_UNFIT = /[\ufffe\uffff]/g;
const clean = fitting(false);

/** Makes a text fit for a figure: control characters spelled out, nothing that XML forbids, right-to-left writing fenced in. */
export const fit: Fit = (text) => fencedText(spelledOut(clean(text)).replace(XML_UNFIT, '\ufffd'));

/** Where the columns of a figure are. */
export interface Places {
  readonly width: number;
  readonly lines: readonly number[];
  readonly headWidths: readonly number[];
}

/** Places the columns. The page grows with their number, or they come nearer on one of a given width. */
export function placesOf(names: readonly string[], most = Number.POSITIVE_INFINITY): Places {
  const headWidths = names.map((name) => Math.min(LONGEST_HEAD, widthOf(name)) * CELL + 2 * HEAD_PADDING);
  const first = LADDER_LEFT + Math.max(30, (headWidths[0] ?? 0) / 2);
  const behind = Math.max(40, (headWidths.at(-1) ?? 0) / 2) + MARGIN;
  const room = (most - first - behind) / Math.max(1, names.length - 1);
  const gap = Math.max(Math.min(room, GAPS[names.length] ?? SMALLEST_GAP), Math.max(0, ...headWidths) + 12);
  const lines = names.map((_, i) => Math.round(first + i * gap));
  const right = (lines.at(-1) ?? first) + behind;
  return { width: Math.round(names.length === 1 ? Math.max(right, 760) : right), lines, headWidths };
}

/** The longest name that a head shows. */
export const MOST_HEAD_COLUMNS = LONGEST_HEAD;

/** A text in lines that fit into a width. */
export function linesFor(text: string, width: number, cell = CELL): readonly string[] {
  return wrapTo(text, Math.max(8, Math.floor(width / cell)));
}
