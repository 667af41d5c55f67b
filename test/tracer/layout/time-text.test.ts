/* Times as texts: one unit, however long a run is, and a width that a column can count on. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { deltaText, timeText } from '../../../tracer/layout/index.js';

const MS = 1e6;

test('milliseconds, whatever their number', () => {
  const times = [0, 0.0004, 12.3456, 99_999.999, 99_999.9996, 100_000, 808_740.1234, 1_323_919.26, 86_400_000, 999_999_999];
  assert.equal(
    times.map((ms) => timeText(ms * MS)),
    ['0.000', '0.000', '12.346', '99999.999', '100000.00', '100000.00', '808740.12', '1323919.3', '86400000', '999999999'],
  );
  assert.equal([deltaText(150_000 * MS), deltaText(-150_000 * MS)], ['+150000.00', '-150000.00']);
});

test('a time is the same number of milliseconds again, in nine signs', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9 - 1, noNaN: true }), (ms) => {
      const text = timeText(ms * MS);
      assert.match(text, /^\d+(\.\d{1,3})?$/);
      assert.ok(text.length <= 9, text);
      assert.ok(Math.abs(Number(text) - ms) <= Math.max(0.000_51, ms * 1e-7), text);
    }),
  );
});

test.run();
