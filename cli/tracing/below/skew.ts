/*
 * How a process's own clock stands to the wall clock, by which packets and calls are timed.
 */
import { node } from '../../../transports/node.js';

/** How far this process's monotonic clock is ahead of the wall clock, which ticks in whole milliseconds: read at a tick. */
export function skewMs(): number {
  const tries = Array.from({ length: 5 }, () => {
    const before = Date.now();
    let now = before;
    while (now === before) now = Date.now();
    return node.clock.now() - now;
  });
  return Math.min(...tries); // whatever came in between only makes it more
}
