/*
 * Puts the words that do not stand on an arrow where the geometry has a place for them: beside the ladder or below the
 * arrow, wrapped; and the reason of the step after them.
 */
import type { ReasonOf } from '../layout/index.js';
import { type CanvasRow, put, setApart } from './canvas.js';
import { type Drawing, type Lasting, lifeRow } from './drawing.js';
import { widthOf, wrapTo } from './fit-text.js';
import type { Geometry, Region } from './geometry.js';
import type { Glyphs } from './glyphs.js';
import type { Piece } from './step-text.js';

const SMALLEST_CAPTION = 30;
/** So near to the left end of its arrow, a caption makes room for what goes down there. */
const NEAR = 10;

/** Writes pieces one after the other, one blank between any two, and apart from what goes down beside them. */
export function writePieces(row: CanvasRow, left: number, pieces: readonly Piece[], glyphs: Glyphs): void {
  let x = left;
  pieces.forEach(({ text, style }, i) => {
    if (i > 0) x = put(row, x, ' ');
    x = put(row, x, text, style);
  });
  setApart(row, left, x, glyphs);
}

/** A step that has a reason. */
export type Reasoned = Parameters<ReasonOf>[0];

/** Adds what did not fit on the row itself: beside the ladder, or below, and the reason. */
export function withTexts(
  first: CanvasRow,
  pieces: readonly Piece[],
  step: Reasoned,
  ends: readonly [number, number],
  drawing: Drawing,
  lasting: Lasting,
): readonly CanvasRow[] {
  const { geometry, fit } = drawing;
  const why = drawing.why ? fit(lasting.reasonOf(step)) : '';
  const reason: Piece[] = why === '' ? [] : [{ text: why, style: 'faint' }];
  const rows = [first];
  if (geometry.beside) {
    const next = writeBlock(rows, 0, geometry.beside, pieces, drawing, lasting);
    writeBlock(rows, next, geometry.beside, reason, drawing, lasting);
    return rows;
  }
  const next = writeBlock(rows, 1, captionRegion(pieces, ends, geometry, lasting), pieces, drawing, lasting);
  if (geometry.why) writeBlock(rows, 0, geometry.why, reason, drawing, lasting);
  else writeBlock(rows, next, captionRegion(reason, ends, geometry, lasting), reason, drawing, lasting);
  return rows;
}

/** Writes lines of text into a region, from a row on; returns the row behind them. */
function writeBlock(
  rows: CanvasRow[],
  from: number,
  { left, width }: Region,
  pieces: readonly Piece[],
  drawing: Drawing,
  lasting: Lasting,
): number {
  let y = from;
  for (const line of linesOf(pieces, width)) {
    for (; rows.length <= y; ) rows.push(lifeRow(drawing, lasting));
    writePieces(rows[y] as CanvasRow, left, line, drawing.glyphs);
    y += 1;
  }
  return y;
}

/** Pieces as running text in lines. */
function linesOf(pieces: readonly Piece[], width: number): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [];
  let left = 0;
  for (const { text, style } of pieces) {
    for (const word of text.split(' ').flatMap((one) => wrapTo(one, width))) {
      const needs = widthOf(word);
      const line = lines.at(-1);
      const last = line?.at(-1);
      if (!line || !last || needs + 1 > left) {
        lines.push([{ text: word, style }]);
        left = width - needs;
      } else {
        if (last.style === style) line[line.length - 1] = { text: `${last.text} ${word}`, style };
        else line.push({ text: word, style });
        left -= needs + 1;
      }
    }
  }
  return lines;
}

/**
 * Below an arrow: between its ends if that is wide enough, else from its left end on, else over the whole ladder. Below a
 * mark: in the gap beside its life line that has room.
 */
function captionRegion(pieces: readonly Piece[], ends: readonly [number, number], { lines, ladder }: Geometry, { ways }: Lasting): Region {
  const longest = Math.max(0, ...pieces.map(({ text }) => widthOf(text)));
  const needed = Math.min(longest, SMALLEST_CAPTION);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const first = (lines[0] ?? ladder.left) + 2;
  const right = ladder.left + ladder.width;
  const nextLine = Math.min(right, ...lines.filter((x) => x > low).map((x) => x - 1));
  const lineBefore = Math.max(ladder.left, ...lines.filter((x) => x < low).map((x) => x + 2));
  const near = [...ways.values()].flatMap(({ x }) =>
    x !== undefined && x > low && x < low + NEAR && x < high - SMALLEST_CAPTION ? [x + 2] : [],
  );
  const start = Math.max(low + 2, ...near);
  const candidates: Region[] =
    low === high
      ? [
          { left: low + 2, width: nextLine - low - 2 },
          { left: Math.max(lineBefore, low - 1 - longest), width: low - 1 - Math.max(lineBefore, low - 1 - longest) },
        ]
      : [{ left: start, width: high - 1 - start }];
  candidates.push(
    { left: low + 2, width: right - low - 2 },
    { left: Math.max(first, right - longest), width: right - Math.max(first, right - longest) },
  );
  return candidates.find(({ width }) => width >= needed) ?? { left: first, width: Math.max(10, right - first) };
}
