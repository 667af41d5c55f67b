/* When a lost client dials again: twice as late each time, up to a limit, never all at once, and not before the server asked for. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_RECONNECT, reconnectDelay } from '../../../lib/client/reconnect.js';

const test = suite('reconnect');
const delays = (random: number, atLeastMs = 0) =>
  Array.from({ length: 8 }, (_, i) => reconnectDelay(DEFAULT_RECONNECT, i + 1, atLeastMs, random));

test('the delay doubles, up to 10 s', () => {
  assert.equal(delays(1), [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test('each client takes half of it at least, and the rest by chance', () => {
  assert.equal(delays(0), [125, 250, 500, 1000, 2000, 4000, 5000, 5000]);
  assert.is(new Set(Array.from({ length: 100 }, (_, i) => reconnectDelay(DEFAULT_RECONNECT, 4, 0, i / 100))).size, 100);
});

test('what the server has asked for comes first, the jitter on top', () => {
  assert.equal([delays(0, 2000)[0], delays(1, 2000)[0]], [2125, 2250]);
});

test.run();
