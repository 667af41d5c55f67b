/*
 * Counts of a minute, by key: told apart, forgotten in time, never grown; where the table overflows, it forgives.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MinuteCounts } from '../../../lib/server/minute-counts.js';

const MINUTE = 60_000;

/** It happens so often. */
function add(counts: MinuteCounts, times: number, name: string, now = 0): void {
  for (let i = 0; i < times; i++) counts.add(name, now);
}

test('counts each key for itself, and a minute after the first time anew', () => {
  const counts = new MinuteCounts(12345);
  assert.is(counts.of('a', 5000), 0);
  add(counts, 3, 'a', 5000);
  add(counts, 1, 'b', 6000);
  assert.equal([counts.of('a', 5000 + MINUTE - 1), counts.of('b', 6000)], [3, 1]);
  assert.equal([counts.of('a', 5000 + MINUTE), counts.of('b', 5000 + MINUTE)], [0, 1]);
  add(counts, 1, 'a', 5000 + MINUTE);
  assert.is(counts.of('a', 5000 + 2 * MINUTE - 1), 1);
});

for (const seed of [0, 1, 0xffffffff, 0x9e3779b9]) {
  test(`with seed ${seed}: a thousand keys, each with a count of its own`, () => {
    const counts = new MinuteCounts(seed);
    const names = Array.from({ length: 1000 }, (_, i) => `a\n${1000 + i}`);
    for (const [i, name] of names.entries()) add(counts, 1 + (i % 9), name);
    const wrong = names.filter((name, i) => counts.of(name, 0) !== 1 + (i % 9));
    // a thousand keys in 1,024 sets of four: few sets overflow
    assert.ok(wrong.length < 30, `${wrong.length} counts were wrong`);
    for (const [i, name] of names.entries()) assert.ok(counts.of(name, 0) <= 1 + (i % 9), 'blamed for another');
  });
}

test('a flood of other keys does not push out one that is counted often', () => {
  const counts = new MinuteCounts(12345);
  add(counts, 10, 'a');
  for (let i = 0; i < 100_000; i++) counts.add(`another ${i}`, 0);
  assert.is(counts.of('a', 0), 10);
});

test('the table has a fixed size', () => {
  const counts = new MinuteCounts(12345);
  const fill = (round: number) => {
    for (let i = 0; i < 200_000; i++) counts.add(`key ${round} ${i}`, round * MINUTE);
  };
  fill(1);
  const before = heapUsed();
  fill(2);
  fill(3);
  const grown = heapUsed() - before;
  assert.ok(grown < 8_000_000, `${grown} bytes more`);
});

/** What is used at least: the smallest of a few measurements, between which garbage may be collected. */
function heapUsed(): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 50; i++) {
    new Array(100_000).fill(i);
    least = Math.min(least, process.memoryUsage().heapUsed);
  }
  return least;
}

test.run();
