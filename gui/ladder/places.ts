/*
 * Where columns, arrows and texts are, in pixels, for a pane of some width. One table for the heads, the rows and the
 * lines, so that they cannot disagree.
 */
import type { Actor, Step } from '../../tracer/join/index.js';
import { type Columns, columnsOf } from '../../tracer/layout/index.js';

/** The places in a pane. */
export interface Places {
  readonly width: number;
  /** One rem: type and rows grow with it. */
  readonly rem: number;
  readonly rowHeight: number;
  /** Where the margin with numbers and times ends. */
  readonly left: number;
  readonly columns: Columns;
  /** The life line of each column. */
  readonly lines: readonly number[];
  /** The room that a head has. */
  readonly headWidth: number;
}

/** Where a text stands. */
export interface TextBox {
  readonly left: number;
  readonly width: number;
  readonly align: 'left' | 'right' | 'center';
}

/** The part of its way after which a lost arrow breaks off. */
export const LOST_AT = 0.72;
/** In a row, the height of its arrow; texts stand above. */
export const ARROW_AT = 0.78;
export const ARRIVAL_AT = 0.5;

const ROW_REM = 2.75;
const MARGIN_REM = { wide: 9, narrow: 6.5 } as const;
/** A pane that is narrower has the narrow margin. */
const NARROW_REM = 40;
const SMALLEST_GAP_REM = { wide: 9, narrow: 4.5 } as const;
const EDGE_REM = 0.75;
/** A text has at least so much room, even beside a short arrow, and more up to the edge. */
const SMALLEST_TEXT_REM = 26;

/** The places of some actors. Those who do not fit share the last column. */
export function placesOf(actors: readonly Actor[], width: number, rem: number): Places {
  const size = width < NARROW_REM * rem ? 'narrow' : 'wide';
  const left = MARGIN_REM[size] * rem;
  const edge = EDGE_REM * rem;
  const room = Math.max(rem, width - left - 2 * edge);
  const most = Math.max(2, Math.floor(room / (SMALLEST_GAP_REM[size] * rem)));
  const columns = columnsOf(actors, most);
  const count = Math.max(1, columns.heads.length);
  const headWidth = room / count;
  const lines = columns.heads.map((_, i) => Math.round(left + edge + headWidth * (i + 0.5)));
  return { width, rem, rowHeight: Math.round(ROW_REM * rem), left, columns, lines, headWidth };
}

/** The life lines at both ends of a step; of a mark the same twice. */
export function endsOf(step: Exclude<Step, { kind: 'note' }>, { columns, lines }: Places): readonly [number, number] {
  const at = (id: string): number => lines[columns.of.get(id) ?? 0] ?? 0;
  return step.kind === 'mark' ? [at(step.actor), at(step.actor)] : [at(step.from), at(step.to)];
}

/** Where the text of a step stands: above its arrow; beside its mark; a sentence across all columns. */
export function textBoxOf(step: Step, places: Places): TextBox {
  const { width, rem, left } = places;
  const edge = EDGE_REM * rem;
  if (step.kind === 'note') return { left: left + edge, width: width - left - 2 * edge, align: 'left' };
  const [from, to] = endsOf(step, places);
  const [start, end] = [left + edge / 2, width - edge / 2];
  if (from === to) {
    const right = end - from - edge;
    return right >= Math.min((SMALLEST_TEXT_REM * rem) / 2, from - start)
      ? { left: from + edge, width: right, align: 'left' }
      : { left: start, width: Math.max(0, from - edge - start), align: 'right' };
  }
  const [low, high] = [Math.min(from, to) + edge, Math.max(from, to) - edge];
  const wanted = Math.min(SMALLEST_TEXT_REM * rem, end - start);
  if (high - low >= wanted) return { left: low, width: high - low, align: 'center' };
  const boxStart = Math.max(start, Math.min(low, end - wanted));
  return { left: boxStart, width: end - boxStart, align: 'left' };
}
