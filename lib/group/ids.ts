/*
 * Group IDs: numbers that nobody can predict, short enough to be said aloud. Four digits, and a digit more
 * as soon as a quarter of that length is taken, so that guessing an ID never becomes easy.
 */

/** The largest u32 plus one. */
const TWO_32 = 2 ** 32;

/**
 * An ID that is not taken.
 * @param taken tells whether an ID is in use
 * @param count how many are in use
 * @param randomBytes bytes that nobody can guess
 */
export function newGroupId(taken: (id: string) => boolean, count: number, randomBytes: (count: number) => Uint8Array): string {
  let first = 1000;
  while (count * 4 >= first * 9) first *= 10; // 9,000 IDs of four digits, 90,000 of five, ...
  for (;;) {
    const id = String(first + randomBelow(first * 9, randomBytes));
    if (!taken(id)) return id;
  }
}

/** A whole number below `limit` (at most 2^32), each as likely as the others: what would favour some is drawn again. */
export function randomBelow(limit: number, randomBytes: (count: number) => Uint8Array): number {
  const fair = TWO_32 - (TWO_32 % limit);
  for (;;) {
    const [a, b, c, d] = randomBytes(4) as unknown as [number, number, number, number];
    const drawn = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (drawn < fair) return drawn % limit;
  }
}
