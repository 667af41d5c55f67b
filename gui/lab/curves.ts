/*
 * Values over time as paths of an SVG: looked up at as many places as there are columns, so that a long run costs no more
 * than a short one.
 */
import type { Run, RunEvent } from '../../lab/run/index.js';

/** One curve. */
export interface Series {
  readonly name: string;
  readonly read: (event: RunEvent) => number;
}

/** Curves in one frame. */
export interface Curves {
  readonly fromMs: number;
  readonly untilMs: number;
  /** The top of the frame. */
  readonly most: number;
  /** A path for each series; empty where nothing can be drawn. */
  readonly paths: readonly string[];
}

const COLUMNS = 300;

/** The curves from the beginning to a time, in a frame of the given size. */
export function curvesOf(
  run: Run,
  series: readonly Series[],
  now: number,
  leastMs: number,
  { width, height }: { width: number; height: number },
): Curves {
  const untilMs = roundUp(Math.max(now, leastMs));
  const columns = Math.max(1, Math.ceil((now / untilMs) * COLUMNS));
  const events = Array.from({ length: columns + 1 }, (_, index) => run.events[run.countAt(Math.min(now, (index / COLUMNS) * untilMs)) - 1]);
  const values = series.map(({ read }) => events.map((event) => (event ? read(event) : Number.NaN)));
  const most = roundUp(Math.max(1, ...values.flat().filter(Number.isFinite)));
  const x = (index: number) => (Math.min(now / untilMs, index / COLUMNS) * width).toFixed(1);
  const y = (value: number) => (height - (value / most) * height).toFixed(1);
  const paths = values.map((column) => {
    let path = '';
    for (const [index, value] of column.entries()) {
      if (Number.isFinite(value)) path += `${Number.isFinite(column[index - 1]) ? 'L' : 'M'}${x(index)} ${y(value)}`;
    }
    return path;
  });
  return { fromMs: 0, untilMs, most, paths };
}

/** The next of 1, 1.5, 2, 3, 5, 7.5 and 10 times a power of ten. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [1, 1.5, 2, 3, 5, 7.5, 10].find((one) => one * power >= value) ?? 10;
  return digit * power;
}
