/*
 * Times as the views write them: milliseconds with three decimals, seconds where that would be too long to read.
 */

const NS_PER_MS = 1e6;
const LONGEST_MS = 100_000;

/** A time since the start, or between two rows. */
export function timeText(ns: number): string {
  const ms = ns / NS_PER_MS;
  return Math.abs(ms) < LONGEST_MS ? ms.toFixed(3) : `${(ms / 1000).toFixed(2)}s`;
}

/** The time since the row before, with its sign. */
export function deltaText(ns: number): string {
  return ns < 0 ? timeText(ns) : `+${timeText(ns)}`;
}
