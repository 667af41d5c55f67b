/*
 * Text made fit for a row of the terminal: nothing in it can move the cursor, colour or reorder what stands beside it;
 * in ASCII if that is wanted; measured, cut and wrapped by the columns it takes. Whatever a view prints has passed here.
 */
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { cleanLine } from '../../lib/wire/clean.js';
import { rightToLeftRuns } from './right-to-left.js';
import { spelledOut } from './spelled-out.js';

/** Makes a text fit for one row. */
export type Fit = (text: string) => string;

/** Invisible characters that take no column and may turn the reading direction; joiners stay, since emoji need them. */
const INVISIBLE = /(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])\p{Cf}/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
const COMBINING = /\p{M}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII is what this is for
const NOT_ASCII = /[^\x00-\x7f]/gu;

/** What the views write themselves, and what is common in texts, in ASCII. */
const ASCII_FOR: Readonly<Record<string, string>> = {
  '•': '*',
  '…': '...',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '--',
  '→': '->',
  '←': '<-',
  '×': 'x',
  '≠': '!=',
  '↻': '(R)',
  '·': '.',
  ' ': ' ',
};

/** Makes texts fit: cleaned, and in ASCII if wanted. */
export function fitting(ascii: boolean): Fit {
  const clean: Fit = (text) => cleanLine(text).replace(INVISIBLE, '').replace(LONE_SURROGATE, '\ufffd');
  return ascii ? (text) => clean(text).replace(NOT_ASCII, inAscii) : clean;
}

/** A picture of a control character as its caret form, a letter without its accent, anything else by its code point. */
function inAscii(character: string): string {
  const known = ASCII_FOR[character];
  if (known !== undefined) return known;
  const spelled = spelledOut(character);
  if (spelled !== character) return spelled;
  const base = character.normalize('NFKD').replace(COMBINING, '');
  return /^[\x20-\x7e]+$/.test(base) ? base : `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A character as a reader sees it, and the columns it takes. */
export interface Grapheme {
  readonly text: string;
  readonly width: number;
}

/** Texts of which each character takes one column: ASCII, and the lines and heads that ladders are drawn with. */
const PLAIN = /^[\x20-\x7e\u2500-\u257f\u25c4\u25ba]*$/;

/** Texts that were taken apart: a drawing puts the same few characters, names and labels again and again. */
const known = new Map<string, readonly Grapheme[]>();
const MOST_KNOWN = 4096;
const LONGEST_KNOWN = 64;

/** Takes a fit text apart. What takes no column is joined to what stands before it. */
export function graphemesOf(text: string): readonly Grapheme[] {
  const before = known.get(text);
  if (before) return before;
  const found = takenApart(text);
  if (text.length <= LONGEST_KNOWN) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, found);
  }
  return found;
}

function takenApart(text: string): readonly Grapheme[] {
  if (PLAIN.test(text)) return Array.from(text, (character) => ({ text: character, width: 1 }));
  const found: Grapheme[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const width = graphemeWidth(segment);
    const last = found.at(-1);
    if (width > 0) found.push({ text: segment, width });
    else if (last) found[found.length - 1] = { text: last.text + segment, width: last.width };
  }
  return found;
}

/** Widths that were measured; texts repeat their characters, and measuring one costs more than all else. */
const measured = new Map<string, number>();
const MOST_MEASURED = 4096;

function graphemeWidth(grapheme: string): number {
  let width = measured.get(grapheme);
  if (width === undefined) {
    if (measured.size >= MOST_MEASURED) measured.clear();
    width = stringWidth(grapheme);
    measured.set(grapheme, width);
  }
  return width;
}

/** The columns that a fit text takes. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : graphemesOf(text).reduce((sum, { width }) => sum + width, 0);
}

/** A fit text cut to a width; what is missing is told by an ellipsis. */
export function cutTo(text: string, columns: number, ellipsis: string): string {
  if (widthOf(text) <= columns) return text;
  if (columns < ellipsis.length) return '';
  let kept = '';
  let left = columns - ellipsis.length;
  for (const { text: grapheme, width } of graphemesOf(text)) {
    left -= width;
    if (left < 0) break;
    kept += grapheme;
  }
  return kept.trimEnd() + ellipsis;
}

/** A fit text in rows of at most so many columns. */
export function wrapTo(text: string, columns: number): readonly string[] {
  if (text === '') return [];
  if (widthOf(text) <= columns) return [text];
  return wrapAnsi(text, Math.max(2, columns), { hard: true })
    .split('\n')
    .flatMap((row) => (widthOf(row) <= Math.max(2, columns) ? [row] : brokenTo(row, columns)));
}

/** For the rare row that the library lets grow too wide. */
function brokenTo(row: string, columns: number): string[] {
  const rows = [''];
  let used = 0;
  for (const { text, width } of graphemesOf(row)) {
    if (used + width > Math.max(2, columns)) {
      rows.push('');
      used = 0;
    }
    rows[rows.length - 1] += text;
    used += width;
  }
  return rows;
}

/** An invisible letter of left-to-right writing: what stands on its other side stays where it is (Unicode Annex 9). */
const LEFT_TO_RIGHT_MARK = '\u200e';

/** Fences in each run of right-to-left writing, so that a terminal that turns it round leaves the rest of the row in place. */
export function fenced(text: readonly Grapheme[]): readonly Grapheme[] {
  const runs = rightToLeftRuns(text.map((grapheme) => grapheme.text));
  if (runs.length === 0) return text;
  const result = [...text];
  for (const [first, last] of runs) {
    const [begin, end] = [result[first] as Grapheme, result[last] as Grapheme];
    result[last] = { ...end, text: end.text + LEFT_TO_RIGHT_MARK };
    result[first] =
      first === last
        ? { ...end, text: LEFT_TO_RIGHT_MARK + end.text + LEFT_TO_RIGHT_MARK }
        : { ...begin, text: LEFT_TO_RIGHT_MARK + begin.text };
  }
  return result;
}

/** The same for a text as a whole. */
export function fencedText(text: string): string {
  return fenced(graphemesOf(text))
    .map((grapheme) => grapheme.text)
    .join('');
}
