/*
 * Group IDs: drawn fairly from the bytes that are handed in, never one that is taken, longer when many are.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { newGroupId, randomBelow } from '../../../lib/group/ids.js';

/** Random bytes that are these u32, one after the other; it fails when more are asked for. */
function drawing(...numbers: number[]): (count: number) => Uint8Array {
  return (count) => {
    assert.is(count, 4);
    const next = numbers.shift();
    if (next === undefined) throw new Error('no more numbers were to be drawn');
    return Uint8Array.of(next >>> 24, next >>> 16, next >>> 8, next);
  };
}

const free = () => false;

test('an ID has four digits, from 1000 to 9999', () => {
  assert.is(newGroupId(free, 0, drawing(0)), '1000');
  assert.is(newGroupId(free, 0, drawing(8999)), '9999');
  assert.is(newGroupId(free, 0, drawing(9000)), '1000');
  assert.is(newGroupId(free, 0, drawing(7888)), '8888');
});

test('one that is taken is drawn again', () => {
  const taken = (id: string) => id === '1000' || id === '1001';
  assert.is(newGroupId(taken, 2, drawing(0, 1, 0, 2)), '1002');
});

for (const [count, digits] of [
  [0, 4],
  [2249, 4],
  [2250, 5],
  [22_499, 5],
  [22_500, 6],
  [225_000, 7],
] as const) {
  test(`with ${count} groups an ID has ${digits} digits`, () => {
    assert.is(newGroupId(free, count, drawing(0)), `1${'0'.repeat(digits - 1)}`);
    assert.is(newGroupId(free, count, drawing(9 * 10 ** (digits - 1) - 1)), '9'.repeat(digits));
  });
}

test('what would favour small numbers is drawn again', () => {
  // 2^32 is 477,218 times 9,000 and 5,296: the last 5,296 numbers would count twice
  assert.is(randomBelow(9000, drawing(2 ** 32 - 5296 - 1)), 8999);
  assert.is(randomBelow(9000, drawing(2 ** 32 - 5296, 2 ** 32 - 1, 42)), 42);
  assert.is(randomBelow(2 ** 32, drawing(2 ** 32 - 1)), 2 ** 32 - 1);
});

test('every number below the limit is as likely as the others', () => {
  // a generator of 3 bits, all of them once: each number below 3 comes up as often
  const counts = [0, 0, 0];
  const fair = 2 ** 32 - (2 ** 32 % 3);
  for (let i = 0; i < 3000; i++) {
    const drawn = randomBelow(3, drawing(Math.floor((fair / 3000) * i)));
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  assert.ok(
    counts.every((count) => count > 900 && count < 1100),
    `${counts}`,
  );
});

test('it is below the limit, whatever is drawn', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), fc.nat(0xffffffff), (limit, drawn) => {
      const number = randomBelow(limit, drawing(drawn, 0));
      assert.ok(Number.isInteger(number) && number >= 0 && number < limit);
    }),
  );
});

test.run();
