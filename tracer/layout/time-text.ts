/*
 * Times as the views write them: always milliseconds, as the head of their column says. With three decimals, and fewer from
 * 100 s on, so that a server that has run for a day needs no wider column.
 */

const NS_PER_MS = 1e6;
const MOST_DECIMALS = 3;
/** As wide as 99999.999. */
const WIDTH = 9;

/** A time since the start, or between two rows, in milliseconds; at most nine signs wide for eleven days, beside its sign. */
export function timeText(ns: number): string {
  const ms = ns / NS_PER_MS;
  const sign = ms < 0 ? 1 : 0;
  let decimals = MOST_DECIMALS;
  while (decimals > 0 && ms.toFixed(decimals).length > WIDTH + sign) decimals -= 1;
  return ms.toFixed(decimals);
}

/** The time since the row before, with its sign. */
export function deltaText(ns: number): string {
  return ns < 0 ? timeText(ns) : `+${timeText(ns)}`;
}
