/*
 * The heads of the columns: a box with the actor's name on each life line. Where names do not fit, numbers and a legend.
 */
import type { Columns } from '../layout/index.js';
import { blankRow, type CanvasRow, put } from './canvas.js';
import { cutTo, type Fit, widthOf, wrapTo } from './fit-text.js';
import type { Geometry } from './geometry.js';
import type { Glyphs } from './glyphs.js';

const LEGEND_GAP = 3;

/** The rows above the ladder. */
export function headRows({ heads }: Columns, geometry: Geometry, glyphs: Glyphs, fit: Fit): readonly CanvasRow[] {
  const names = heads.map(({ name }) => fit(name));
  if (geometry.numbered) return [...legend(names, geometry), numberRow(names, geometry)];
  const rows = [0, 1, 2].map(() => blankRow(geometry.columns));
  names.forEach((name, i) => {
    box(rows, geometry.lines[i] as number, cutTo(name, Math.max(1, geometry.headWidth - 4), glyphs.ellipsis), glyphs);
  });
  marginHead(rows[1] as CanvasRow, geometry);
  const isCut = names.some((name) => widthOf(name) > geometry.headWidth - 4);
  return isCut ? [...legend(names, geometry), ...rows] : rows;
}

function box(rows: readonly CanvasRow[], line: number, name: string, glyphs: Glyphs): void {
  const [top, middle, bottom] = rows as [CanvasRow, CanvasRow, CanvasRow];
  const width = widthOf(name) + 4;
  const left = line - Math.floor(width / 2);
  const edge = glyphs.line.repeat(width - 2);
  put(top, left, glyphs.boxTopLeft + edge + glyphs.boxTopRight, 'life');
  put(middle, left, glyphs.boxSide, 'life');
  put(middle, left + 2, name, 'strong');
  put(middle, left + width - 1, glyphs.boxSide, 'life');
  put(bottom, left, glyphs.boxBottomLeft + edge + glyphs.boxBottomRight, 'life');
  put(bottom, line, glyphs.boxDown, 'life');
}

function marginHead(row: CanvasRow, { number, time }: Geometry): void {
  put(row, number.left + number.width - 1, '#', 'faint');
  if (time.width > 0) put(row, time.left + time.width - 2, 'ms', 'faint');
}

/** The names with their numbers, each put on its own, so that two names in right-to-left scripts do not change places. */
function legend(names: readonly string[], { columns }: Geometry): readonly CanvasRow[] {
  const rows: CanvasRow[] = [];
  let x = columns;
  names.forEach((name, i) => {
    const entry = `${i + 1} ${name}`;
    for (const line of widthOf(entry) > columns - 2 ? wrapTo(entry, columns - 2) : [entry]) {
      if (x + widthOf(line) > columns) {
        rows.push(blankRow(columns));
        x = 1;
      }
      x = put(rows.at(-1) as CanvasRow, x, line, 'strong') + LEGEND_GAP;
    }
  });
  return rows;
}

function numberRow(names: readonly string[], geometry: Geometry): CanvasRow {
  const row = blankRow(geometry.columns);
  marginHead(row, geometry);
  names.forEach((_, i) => {
    const text = String(i + 1);
    put(row, (geometry.lines[i] as number) - Math.floor((text.length - 1) / 2), text, 'strong');
  });
  return row;
}
