/*
 * How far a process's own clock is ahead of the wall clock, by which packets and system calls are timed.
 */

/** In milliseconds. The wall clock ticks in whole ones, so it is read at a tick, for up to 5 ms. */
export function clockSkewMs(now: () => number): number {
  const tries = Array.from({ length: 5 }, () => {
    const before = Date.now();
    let tick = before;
    while (tick === before) tick = Date.now();
    return now() - tick;
  });
  return Math.min(...tries); // whatever came in between only makes it more
}
