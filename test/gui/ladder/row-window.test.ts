/* Which rows are drawn, and how far one scrolls. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isAtEnd, scrolledTo, stepAt, windowOf } from '../../../gui/ladder/row-window.js';

const sight = fc.record({
  top: fc.double({ min: 0, max: 5e6, noNaN: true }),
  height: fc.integer({ min: 0, max: 4000 }),
  rowHeight: fc.integer({ min: 20, max: 100 }),
  count: fc.integer({ min: 0, max: 100_000 }),
});

test('whatever is in sight is drawn, and never much more', () => {
  fc.assert(
    fc.property(sight, (seen) => {
      const { first, end } = windowOf(seen);
      assert.ok(first >= 0 && end <= seen.count && end - first <= 400);
      const from = Math.floor(seen.top / seen.rowHeight);
      const to = Math.min(seen.count, Math.ceil((seen.top + seen.height) / seen.rowHeight));
      for (let row = from; row < to; row += 1) assert.ok(row >= first && row < end, `${row} in ${first}..${end}`);
    }),
  );
});

test('the window follows from its step alone, so that only a new step draws anything anew', () => {
  fc.assert(
    fc.property(sight, (seen) => {
      const { top, rowHeight } = seen;
      assert.equal(windowOf({ ...seen, top: stepAt(top, rowHeight) * rowHeight }), windowOf(seen));
    }),
  );
});

test('a little scrolling moves no row', () => {
  const at = (top: number) => windowOf({ top, height: 800, rowHeight: 40, count: 10_000 });
  assert.equal(at(4800), at(4839));
  assert.equal(at(4800), at(4999));
  assert.not.equal(at(4800), at(5100));
});

test('a row that is in sight stays where it is; another comes to the nearer edge', () => {
  const seen = { top: 400, height: 200, rowHeight: 40, count: 100 };
  assert.is(scrolledTo(10, seen), 400);
  assert.is(scrolledTo(14, seen), 400);
  assert.is(scrolledTo(15, seen), 440);
  assert.is(scrolledTo(9, seen), 360);
  assert.is(scrolledTo(0, seen), 0);
});

test('the end is where the last row is', () => {
  assert.ok(isAtEnd({ top: 3800, height: 200, rowHeight: 40, count: 100 }));
  assert.ok(!isAtEnd({ top: 3700, height: 200, rowHeight: 40, count: 100 }));
  assert.ok(isAtEnd({ top: 0, height: 200, rowHeight: 40, count: 2 }));
});

test.run();
