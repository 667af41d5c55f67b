/*
 * Randomness from the system's generator: for group IDs, tokens and salts, which nobody may guess. A call to
 * the system costs as much for 16 bytes as for 4,096, so bytes are drawn in advance and each is given out once.
 */
import { randomFillSync } from 'node:crypto';

const pool = new Uint8Array(4096);
let used = pool.length;

/** Bytes that nobody can guess. */
export function randomBytes(count: number): Uint8Array {
  if (count > pool.length) return randomFillSync(new Uint8Array(count));
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.slice(used, used + count);
  pool.fill(0, used, used + count); // what was given out is not kept here
  used += count;
  return bytes;
}
