/*
 * Draws an arrow on the row on which it leaves, and on the one on which it arrives: as much text on it as fits, the rest
 * where there is room.
 */
import type { ArrowStep } from '../join/story.js';
import type { ArrivalRow, ArrowRow } from '../layout/index.js';
import { drawCorner, drawLine, drawStart, drawToHead, freeWay, plainPlace, type Stroke, type Taken } from './arrow.js';
import { withTexts, writePieces } from './beside.js';
import { type CanvasRow, put, setApart } from './canvas.js';
import { type Drawing, type Lasting, lifeRow, type Way } from './drawing.js';
import type { Glyphs } from './glyphs.js';
import { dotRows } from './mark-row.js';
import type { Style } from './paint.js';
import { labelPieces, type Piece, piecesWidth, tailPieces } from './step-text.js';

/** So near to its sender, a text makes room for what goes down there. */
const NEAR = 16;
/** The columns after the break of a lost arrow in which that is said, and the length from which there is room for it. */
const LOST_TEXT = 'lost';
const LOST_ROOM = 14;

/** The rows of an arrow that leaves. */
export function arrowRows(row: ArrowRow, drawing: Drawing, lasting: Lasting): readonly CanvasRow[] {
  const { columns, geometry, fit, tagOf } = drawing;
  const { step } = row;
  const from = geometry.lines[columns.of.get(step.from) ?? -1];
  const to = geometry.lines[columns.of.get(step.to) ?? -1];
  const label = labelPieces(step, row.phase, tagOf(step.connection), fit);
  const all = tailPieces(step, columns, fit);
  const saysLost = row.arrives === 'never' && from !== undefined && to !== undefined && Math.abs(to - from) > LOST_ROOM;
  const tail = saysLost ? all.slice(0, -1) : all;
  if (from === undefined || to === undefined || from === to) return dotRows(from ?? to, label, tail, step, drawing, lasting);

  const way = row.arrives === 'later' ? freeWay(from, to, takenFor(step, geometry.lines, lasting)) : undefined;
  const first = lifeRow(drawing, lasting);
  const onArrow = textOn(row, { from, to, way }, label, tail, drawing, lasting);
  drawWholeOrPart(first, row, { from, to, way }, onArrow, drawing);
  if (row.arrives === 'later') lasting.ways.set(step.number, { x: way, to: step.to, style: strokeOf(step, drawing.glyphs).style });
  writeOn(first, onArrow, drawing.glyphs);
  const rest = onArrow.pieces.length > label.length ? [] : onArrow.pieces.length > 0 ? tail : [...label, ...tail];
  return withTexts(first, rest, step, [from, to], drawing, lasting);
}

function takenFor({ to }: ArrowStep, lines: readonly number[], { ways }: Lasting): Taken {
  const onTheWay = [...ways.values()].filter((way): way is Way & { readonly x: number } => way.x !== undefined);
  return { all: [...lines, ...onTheWay.map(({ x }) => x)], before: onTheWay.filter((way) => way.to === to).map(({ x }) => x) };
}

interface Ends {
  readonly from: number;
  readonly to: number;
  readonly way: number | undefined;
}

interface TextOnArrow {
  readonly pieces: readonly Piece[];
  readonly left: number;
  readonly width: number;
}

/** As much of the text as fits on the arrow: all, or the label, or nothing. It stands at the sender's end. */
function textOn(
  row: ArrowRow,
  { from, to, way }: Ends,
  label: readonly Piece[],
  tail: readonly Piece[],
  drawing: Drawing,
  lasting: Lasting,
): TextOnArrow {
  const sign = to > from ? 1 : -1;
  const blocked = [...lasting.ways.values()].flatMap(({ x }) => (x === undefined ? [] : [(x - from) * sign]));
  const start = Math.max(
    3,
    ...blocked.filter((distance) => distance > 0 && distance < Math.min(NEAR, Math.abs(to - from) / 2)).map((distance) => distance + 3),
  );
  const end = (way === undefined ? (to - from) * sign - (row.arrives === 'here' ? 4 : 6 + LOST_TEXT.length) : (way - from) * sign - 3) + 1;
  const room = end - start;
  const whole = drawing.geometry.beside ? label : [...label, ...tail];
  const pieces = piecesWidth(whole) <= room ? whole : piecesWidth(label) <= room ? label : [];
  const width = Math.max(0, piecesWidth(pieces));
  return { pieces, width, left: sign > 0 ? from + start : from - start - width + 1 };
}

function writeOn(row: CanvasRow, { pieces, left, width }: TextOnArrow, glyphs: Glyphs): void {
  if (width === 0) return;
  put(row, left - 1, ' '.repeat(width + 2));
  writePieces(row, left, pieces, glyphs);
}

function drawWholeOrPart(canvas: CanvasRow, row: ArrowRow, { from, to, way }: Ends, text: TextOnArrow, { glyphs }: Drawing): void {
  const stroke = strokeOf(row.step, glyphs);
  const sign = to > from ? 1 : -1;
  drawStart(canvas, from, to, stroke.style, glyphs);
  if (row.arrives === 'here') {
    drawToHead(canvas, from + sign, to, stroke, glyphs);
    if (row.step.outcome === 'corrupted') drawSpoilt(canvas, to, sign, stroke, glyphs);
  } else if (row.arrives === 'never') {
    const behindText = sign > 0 ? text.left + text.width + 3 - from : from - text.left + 4;
    const total = Math.abs(to - from);
    const saysLost = total > LOST_ROOM;
    const length = Math.min(
      total - (saysLost ? 3 + LOST_TEXT.length : 2),
      Math.max(text.width === 0 ? 1 : behindText, Math.floor(total * 0.62)),
    );
    drawLine(canvas, from + sign, from + (length - 1) * sign, stroke, glyphs);
    put(canvas, from + length * sign, glyphs.lost, 'trouble');
    if (!saysLost) return;
    const left = from + length * sign + (sign > 0 ? 2 : -1 - LOST_TEXT.length);
    setApart(canvas, left, put(canvas, left, LOST_TEXT, 'trouble'), glyphs);
  } else {
    const end = way ?? Math.round((from + to) / 2);
    drawLine(canvas, from + sign, end - sign, stroke, glyphs);
    if (way !== undefined) drawCorner(canvas, way, 'down', sign > 0, stroke.style, glyphs);
  }
}

/** The row on which it arrives, if that is a later one. */
export function arrivalRows({ step }: ArrivalRow, drawing: Drawing, lasting: Lasting): readonly CanvasRow[] {
  const { columns, geometry, glyphs } = drawing;
  const to = geometry.lines[columns.of.get(step.to) ?? -1];
  const from = geometry.lines[columns.of.get(step.from) ?? -1];
  const way = lasting.ways.get(step.number)?.x;
  lasting.ways.delete(step.number);
  const row = lifeRow(drawing, lasting);
  if (to === undefined || from === undefined || to === from) return [row];
  const stroke = strokeOf(step, glyphs);
  const sign = to > from ? 1 : -1;
  const start = way ?? Math.round((from + to) / 2);
  drawToHead(row, start + sign, to, stroke, glyphs);
  if (way !== undefined) drawCorner(row, way, 'on', sign > 0, stroke.style, glyphs);
  if (step.outcome === 'corrupted') drawSpoilt(row, to, sign, stroke, glyphs);
  return [row];
}

function drawSpoilt(row: CanvasRow, to: number, sign: number, { line }: Stroke, glyphs: Glyphs): void {
  const place = plainPlace(row, to, sign, line);
  if (place !== undefined) put(row, place, glyphs.corrupted, 'trouble');
}

function strokeOf({ lane, outcome, basis }: ArrowStep, glyphs: Glyphs): Stroke {
  const style: Style = outcome === 'lost' || outcome === 'corrupted' ? 'trouble' : lane;
  const hasArrived = outcome !== 'unseen' && outcome !== 'under-way';
  const line = outcome === 'duplicate' ? glyphs.double : !hasArrived || basis !== 'observed' ? glyphs.dashed : glyphs.line;
  return { style, line };
}
