/*
 * The lines of an arrow on a row's cells: whole, its first part down to the way, the part that arrives, or broken. Where
 * a line crosses another, the crossing is drawn.
 */
import { at, type CanvasRow, put } from './canvas.js';
import type { Glyphs } from './glyphs.js';
import type { Style } from './paint.js';

/** What a line looks like. */
export interface Stroke {
  readonly style: Style;
  readonly line: string;
}

/** Draws a line over the columns from one to another, both included, in either direction. */
export function drawLine(row: CanvasRow, one: number, other: number, { line, style }: Stroke, glyphs: Glyphs): void {
  const crossed = new Set([glyphs.life, glyphs.way, glyphs.leaveLeft, glyphs.leaveRight]);
  for (let x = Math.min(one, other); x <= Math.max(one, other); x++) put(row, x, crossed.has(at(row, x)) ? glyphs.crossing : line, style);
}

/** The sender's end, at its life line. */
export function drawStart(row: CanvasRow, from: number, to: number, style: Style, glyphs: Glyphs): void {
  put(row, from, to > from ? glyphs.leaveRight : glyphs.leaveLeft, style);
}

/** From a column to the receiver's life line, with the head just before it. */
export function drawToHead(row: CanvasRow, from: number, to: number, stroke: Stroke, glyphs: Glyphs): void {
  const toRight = to > from;
  const head = toRight ? to - 1 : to + 1;
  if (from !== head) drawLine(row, from, toRight ? head - 1 : head + 1, stroke, glyphs);
  put(row, head, toRight ? glyphs.headRight : glyphs.headLeft, stroke.style);
}

/** The corner at which an arrow goes down, and that at which it goes on. */
export function drawCorner(row: CanvasRow, x: number, kind: 'down' | 'on', toRight: boolean, style: Style, glyphs: Glyphs): void {
  const corner = kind === 'down' ? (toRight ? glyphs.downRight : glyphs.downLeft) : toRight ? glyphs.onRight : glyphs.onLeft;
  put(row, x, corner, style);
}

/** Columns that an arrow cannot go down in. */
export interface Taken {
  /** The life lines, and all that is on its way. */
  readonly all: readonly number[];
  /** Of that, what is on its way to the same receiver. */
  readonly before: readonly number[];
}

/**
 * A column in which an arrow goes down while others are on their way: near the receiver, and nearer to the sender than
 * those before it, so that arrows that keep their order do not cross. None, if all are taken.
 */
export function freeWay(from: number, to: number, { all, before }: Taken): number | undefined {
  const sign = to > from ? 1 : -1;
  const length = Math.abs(to - from);
  const distances = Array.from({ length: Math.max(0, Math.ceil((length - 3) / 2)) }, (_, i) => (length > 8 ? 4 : 2) + 2 * i);
  const columns = distances.filter((distance) => distance < length - 1).map((distance) => to - distance * sign);
  const free = columns.filter((x) => all.every((other) => Math.abs(x - other) > 1));
  const nested = free.find((x) => before.every((other) => (other - x) * sign > 0));
  return nested ?? free[0];
}

/** Where on an arrow's last part something can be shown: nearest to the head, where nothing crosses. */
export function plainPlace(row: CanvasRow, to: number, sign: number, line: string): number | undefined {
  return [3, 2, 4, 5, 6, 7, 8].map((distance) => to - distance * sign).find((x) => at(row, x) === line);
}
