/*
 * Draws one row of a layout as rows of the terminal: the margin with number, time and phase, and what the row says.
 */
import {
  type ArrivalRow,
  type ArrowRow,
  type Bracket,
  deltaText,
  type MarkRow,
  type NoteRow,
  type Row,
  timeText,
} from '../layout/index.js';
import { arrivalRows, arrowRows } from './arrow-row.js';
import { blankRow, type CanvasRow, put } from './canvas.js';
import { type Drawing, type Lasting, lifeRow } from './drawing.js';
import { wrapTo } from './fit-text.js';
import { markRows } from './mark-row.js';

/** Draws a row of the layout, with its part of a bracket. */
export function drawRow(row: Row, bracket: Bracket | undefined, drawing: Drawing, lasting: Lasting): readonly CanvasRow[] {
  const rows = row.kind === 'note' ? noteRows(row, drawing, lasting) : bodyRows(row, drawing, lasting);
  if (bracket) drawBracket(rows, bracket, drawing);
  const drawn = [...phaseHead(row, drawing, lasting), ...rows];
  lasting.afterNote = row.kind === 'note';
  return drawn;
}

function bodyRows(row: ArrowRow | ArrivalRow | MarkRow, drawing: Drawing, lasting: Lasting): readonly CanvasRow[] {
  const rows =
    row.kind === 'mark'
      ? markRows(row, drawing, lasting)
      : row.kind === 'arrow'
        ? arrowRows(row, drawing, lasting)
        : arrivalRows(row, drawing, lasting);
  margin(rows, row, drawing, lasting);
  return rows;
}

function phaseHead({ phase }: Row, drawing: Drawing, lasting: Lasting): readonly CanvasRow[] {
  if (!phase?.begins) return [];
  const row = lifeRow(drawing, lasting);
  const tag = drawing.tagOf(phase.connection);
  put(row, 0, drawing.glyphs.phaseTop, 'segments');
  put(row, 2, drawing.fit(tag === undefined ? phase.name : `${phase.name} ${tag}`), 'segments');
  return [row];
}

function margin(rows: readonly CanvasRow[], row: ArrowRow | ArrivalRow | MarkRow, drawing: Drawing, lasting: Lasting): void {
  const { geometry } = drawing;
  const first = rows[0] as CanvasRow;
  const number = row.kind === 'arrival' ? `(${row.step.number})` : String(row.step.number);
  put(
    first,
    Math.max(geometry.number.left, geometry.number.left + geometry.number.width - number.length),
    number,
    row.kind === 'arrival' ? 'faint' : 'plain',
  );
  if (drawing.time !== 'none') {
    const text =
      drawing.time === 'relative' ? timeText(row.at) : lasting.lastAt === undefined ? timeText(0) : deltaText(row.at - lasting.lastAt);
    put(first, geometry.time.left + geometry.time.width - text.length, text, 'faint');
  }
  lasting.lastAt = row.at;
}

function drawBracket(rows: readonly CanvasRow[], { ends }: Bracket, { glyphs }: Drawing): void {
  for (const each of rows) put(each, 0, glyphs.phase, 'segments');
  if (ends) put(rows.at(-1) as CanvasRow, 0, glyphs.phaseEnd, 'segments');
}

function noteRows({ step }: NoteRow, drawing: Drawing, lasting: Lasting): readonly CanvasRow[] {
  const { geometry, glyphs, fit } = drawing;
  const gap = lifeRow(drawing, lasting);
  const rows = wrapTo(fit(step.words), geometry.columns - 4).map((line) => {
    const row = blankRow(geometry.columns);
    put(row, 1, glyphs.note, 'notes');
    put(row, 3, line);
    return row;
  });
  return [...(lasting.afterNote ? [] : [gap]), ...rows, lifeRow(drawing, lasting)];
}
