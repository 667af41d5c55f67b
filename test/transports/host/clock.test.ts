/* Node's time: reads as a date, never goes back, and tells when a turn is over. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clock } from '../../../transports/host/clock.js';

const test = suite('clock');

test('now is a date in milliseconds, with a fraction, and does not go back', () => {
  const times = Array.from({ length: 1000 }, () => clock.now());
  assert.ok(Math.abs((times[0] ?? 0) - Date.now()) < 60_000);
  assert.ok(times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0)));
  assert.ok(times.some((time) => !Number.isInteger(time)));
});

test('a timer fires once, not within the call and not early', async () => {
  const start = clock.now();
  let within = true;
  await new Promise<void>((resolve) => {
    clock.setTimer(10.2, () => {
      assert.not(within);
      resolve();
    });
    within = false;
  });
  // Node counts in whole milliseconds of its loop, which may have begun just before.
  assert.ok(clock.now() - start >= 9);
});

test('a cancelled timer does not fire, and may be cancelled again', async () => {
  let fired = false;
  const timer = clock.setTimer(0, () => {
    fired = true;
  });
  timer.cancel();
  timer.cancel();
  await new Promise<void>((resolve) => void clock.setTimer(5, resolve));
  assert.not(fired);
});

test('a timer longer than Node can hold does not fire at once', async () => {
  let fired = false;
  const timer = clock.setTimer(2 ** 40, () => {
    fired = true;
  });
  await new Promise<void>((resolve) => void clock.setTimer(5, resolve));
  timer.cancel();
  assert.not(fired);
});

test('afterTurn comes after the promises of this turn', async () => {
  const order: string[] = [];
  const over = new Promise<void>((resolve) =>
    clock.afterTurn(() => {
      order.push('turn');
      resolve();
    }),
  );
  void Promise.resolve()
    .then(() => undefined)
    .then(() => order.push('promise'));
  await over;
  assert.equal(order, ['promise', 'turn']);
});

test.run();
