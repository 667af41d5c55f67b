/*
 * Random numbers from a seed, always the same: for faults that can be played again, and never for anything that
 * somebody must not guess. Mulberry32 by Tommy Ettinger, public domain.
 */

/** Makes a generator of numbers from 0 up to but not including 1. */
export function seeded(seed: number): () => number {
  let state = (seed ^ Math.floor(seed / 2 ** 32)) >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
