/*
 * What the rows of a ladder are drawn with, and what lasts from one row to the next.
 */
import { type Columns, type ReasonOf, reasonTeller } from '../layout/index.js';
import { blankRow, type CanvasRow, put } from './canvas.js';
import type { Fit } from './fit-text.js';
import type { Geometry } from './geometry.js';
import type { Glyphs } from './glyphs.js';
import type { Style } from './paint.js';
import type { TagOf } from './step-text.js';

/** Which times stand in the margin. */
export type TimeColumn = 'relative' | 'delta' | 'none';

/** What rows are drawn with. */
export interface Drawing {
  readonly columns: Columns;
  readonly geometry: Geometry;
  readonly glyphs: Glyphs;
  readonly fit: Fit;
  readonly tagOf: TagOf;
  readonly time: TimeColumn;
  readonly why: boolean;
}

/** How an arrow goes down to the row on which it arrives. */
export interface Way {
  /** The column; undefined: none was free. */
  readonly x: number | undefined;
  readonly to: string;
  readonly style: Style;
}

/** What lasts from row to row: it outlives a change of the columns. */
export interface Lasting {
  /** The arrows on their way, by the numbers of their steps. */
  readonly ways: Map<number, Way>;
  readonly reasonOf: ReasonOf;
  lastAt: number | undefined;
  /** A note was drawn last. */
  afterNote: boolean;
}

/** Nothing yet. */
export function freshLasting(): Lasting {
  return { ways: new Map(), reasonOf: reasonTeller(), lastAt: undefined, afterNote: true };
}

/** Life lines and what is on its way. */
export function lifeRow({ geometry, glyphs }: Drawing, { ways }: Lasting): CanvasRow {
  const row = blankRow(geometry.columns);
  for (const { x, style } of ways.values()) if (x !== undefined) put(row, x, glyphs.way, style);
  for (const x of geometry.lines) put(row, x, glyphs.life, 'life');
  return row;
}
