/*
 * Where things stand on a row of the terminal: the margin with number and time, the life lines, and where words and
 * reasons go. It is computed once for a width and a set of columns. What has room stands beside the arrows; what has
 * none goes below them.
 */
import type { Columns } from '../layout/index.js';
import { type Fit, widthOf } from './fit-text.js';

/** A region of a row: its first column, and how many it has. */
export interface Region {
  readonly left: number;
  readonly width: number;
}

/** Where everything stands. */
export interface Geometry {
  /** The row's columns. */
  readonly columns: number;
  readonly number: Region;
  readonly time: Region;
  /** Between the margin and what stands beside the ladder. */
  readonly ladder: Region;
  /** The columns of the life lines. */
  readonly lines: readonly number[];
  /** The most columns that a head takes. */
  readonly headWidth: number;
  /** Heads are numbers, explained above. */
  readonly numbered: boolean;
  /** Where words stand beside the ladder, if they do. */
  readonly beside: Region | undefined;
  /** Where reasons stand beside the ladder, if they do. */
  readonly why: Region | undefined;
}

/** What the margin must hold, and what is wanted beside. */
export interface Wanted {
  readonly columns: number;
  readonly numberWidth: number;
  readonly timeWidth: number;
  readonly why: boolean;
  readonly fit: Fit;
}

/** Below so many columns there is no ladder. */
export const NARROWEST = 60;

/** The bar of a phase, and a blank. */
const PHASE_BAR = 2;
const SMALLEST_NAME = 8;
const LONGEST_NAME = 20;
const BOX = 4;
const SMALLEST_TEXT = 30;
const COMFORTABLE_GAP = 18;
const NUMBERED_GAP = 4;
const SMALLEST_BESIDE = 20;
const WIDE = 110;

/** The most columns that can stand on a row of this width. */
export function mostColumns({ columns, numberWidth, timeWidth }: Wanted): number {
  return Math.floor((columns - marginWidth(numberWidth, timeWidth) - 2 - SMALLEST_BESIDE) / NUMBERED_GAP);
}

function marginWidth(numberWidth: number, timeWidth: number): number {
  return PHASE_BAR + numberWidth + 1 + timeWidth + 2;
}

/** Finds the places for these heads. */
export function geometryOf({ heads }: Columns, wanted: Wanted): Geometry {
  const { columns, numberWidth, timeWidth, fit } = wanted;
  const margin = marginWidth(numberWidth, timeWidth);
  const room = columns - margin;
  const count = Math.max(1, heads.length);
  const names = heads.map(({ name }) => Math.min(LONGEST_NAME, widthOf(fit(name))));
  const longest = Math.max(SMALLEST_NAME - BOX, ...names) + BOX;
  const shortest = Math.min(longest, SMALLEST_NAME + BOX);

  const base = {
    columns,
    number: { left: PHASE_BAR, width: numberWidth },
    time: { left: PHASE_BAR + numberWidth + 1, width: timeWidth },
  };
  const place = (width: number, headWidth: number, numbered: boolean, text: 'beside' | 'why' | undefined): Geometry => {
    const ladder = { left: margin, width };
    const rest = { left: margin + width + 2, width: room - width - 2 };
    return {
      ...base,
      ladder,
      lines: lifeLines(ladder, count, headWidth),
      headWidth,
      numbered,
      beside: text === 'beside' ? rest : undefined,
      why: text === 'why' ? rest : undefined,
    };
  };

  if (count <= 2) {
    const whyWidth = Math.min(52, Math.floor(room * 0.38));
    return wanted.why && columns >= WIDE
      ? place(room - whyWidth, longest, false, 'why')
      : place(room, Math.min(longest, Math.floor(room / count) - 1), false, undefined);
  }
  const comfortable = Math.max(longest + 1, COMFORTABLE_GAP) * (count - 1) + longest;
  if (room - comfortable >= SMALLEST_TEXT) return place(Math.max(comfortable, Math.floor(room * 0.55)), longest, false, 'beside');
  if (room - ((longest + 1) * count - 1) >= SMALLEST_TEXT + 12) return place(room - SMALLEST_TEXT - 8, longest, false, 'beside');
  const spread = Math.floor((room + 1) / count) - 1;
  if (spread >= Math.max(shortest, COMFORTABLE_GAP - 2)) return place(room, Math.min(longest, spread), false, undefined);
  if (spread >= shortest && count <= 4) return place(room, Math.min(longest, spread), false, undefined);
  const width = Math.max(NUMBERED_GAP * count, Math.min(room - SMALLEST_TEXT - 2, 12 * count));
  return place(width, 4, true, 'beside');
}

/** Spreads the lines over a region, so that each head has its place around its line. */
function lifeLines({ left, width }: Region, count: number, headWidth: number): number[] {
  const first = left + Math.floor(headWidth / 2);
  const last = left + width - Math.ceil(headWidth / 2);
  if (count === 1) return [first];
  return Array.from({ length: count }, (_, i) => Math.round(first + ((last - first) * i) / (count - 1)));
}
