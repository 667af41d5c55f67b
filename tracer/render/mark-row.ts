/*
 * Draws what happens at one actor: a mark on its life line, with its text on the side that has room.
 */
import type { MarkRow } from '../layout/index.js';
import { type Reasoned, withTexts, writePieces } from './beside.js';
import { type CanvasRow, put } from './canvas.js';
import { type Drawing, type Lasting, lifeRow } from './drawing.js';
import { labelPieces, type Piece, piecesWidth, tailPieces } from './step-text.js';

/** The rows of a mark. */
export function markRows({ step }: MarkRow, drawing: Drawing, lasting: Lasting): readonly CanvasRow[] {
  const { columns, geometry, fit, tagOf } = drawing;
  const x = geometry.lines[columns.of.get(step.actor) ?? -1];
  const label = labelPieces(step, undefined, tagOf(step.connection), fit);
  return dotRows(x, label, tailPieces(step, columns, fit), step, drawing, lasting);
}

/** Something at one life line (or at none): a mark, and the text on the side that has more room. */
export function dotRows(
  x: number | undefined,
  label: readonly Piece[],
  tail: readonly Piece[],
  step: Reasoned,
  drawing: Drawing,
  lasting: Lasting,
): readonly CanvasRow[] {
  const { geometry, glyphs } = drawing;
  const { ladder } = geometry;
  const first = lifeRow(drawing, lasting);
  if (x === undefined) return withTexts(first, [...label, ...tail], step, [ladder.left, ladder.left + ladder.width], drawing, lasting);
  put(first, x, glyphs.mark, label[0]?.style);
  const right = ladder.left + ladder.width - (x + 2);
  const left = x - 2 - ladder.left;
  const whole = geometry.beside ? label : [...label, ...tail];
  const lifeBeside = (sign: 1 | -1) =>
    Math.min(...geometry.lines.filter((other) => (other - x) * sign > 0).map((other) => Math.abs(other - x) - 3));
  for (const pieces of [whole, label]) {
    const width = piecesWidth(pieces);
    const fitsRight = width <= Math.min(right, lifeBeside(1));
    const fitsLeft = width <= Math.min(left, lifeBeside(-1));
    if (!fitsRight && !fitsLeft) continue;
    writePieces(first, fitsRight ? x + 2 : x - 1 - width, pieces, glyphs);
    return withTexts(first, pieces.length === label.length ? tail : [], step, [x, x], drawing, lasting);
  }
  return withTexts(first, [...label, ...tail], step, [x, x], drawing, lasting);
}
