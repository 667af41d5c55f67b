/*
 * CUBIC's window, worked by hand after RFC 9438 section 4, and both tables of average windows of section 5.1: the real
 * controllers under the RFC's own loss model, in which one of every 1/p packets is lost.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Controller } from '../../../../transports/udp/engine/congestion/controller.js';
import { Cubic } from '../../../../transports/udp/engine/congestion/cubic.js';
import { NewReno } from '../../../../transports/udp/engine/congestion/newreno.js';

const test = suite('cubic');

const DATAGRAM = 1200;
const near = (value: number, expected: number, share: number): boolean => Math.abs(value - expected) <= share * expected;

/** A controller with a window of so many datagrams that has just lost one, at a time of 0. */
function after(loss: { readonly datagrams: number }): Cubic {
  const cubic = new Cubic(DATAGRAM);
  cubic.onAcked({ sentAt: -2, bytes: (loss.datagrams - 10) * DATAGRAM, limited: true, now: -1, rttMs: 100 });
  cubic.onLost({ sentAt: -1, now: 0, persistent: false });
  return cubic;
}
const datagrams = ({ window }: Controller): number => window / DATAGRAM;

test('slow start, a loss, and the curve back: 0.7 of the window at first, all of it after K', () => {
  const cubic = after({ datagrams: 1000 });
  assert.is(datagrams(cubic), 700);
  assert.not.ok(cubic.slowStart);
  const kMs = 1000 * Math.cbrt((1000 * 0.3) / 0.4); // section 4.2: 9.09 s
  let now = 0;
  const until = (ms: number) => {
    for (; now <= ms; now += 100)
      for (let n = 0; n < 100; n += 1) cubic.onAcked({ sentAt: now, bytes: (cubic.window / 100) | 0, limited: true, now, rttMs: 100 });
    return datagrams(cubic);
  };
  const half = until(kMs / 2);
  assert.ok(near(half, 1000 - 300 / 8, 0.01), `${half}: concave, 7/8 of the way at half the time`);
  assert.ok(near(until(kMs), 1000, 0.01), 'flat where the loss was');
  assert.ok(near(until(2 * kMs), 1300, 0.02), 'convex beyond');
});

test('one loss a round trip, fast convergence, persistent congestion', () => {
  const cubic = after({ datagrams: 100 });
  cubic.onLost({ sentAt: -1, now: 10, persistent: false });
  assert.is(datagrams(cubic), 70, 'sent before the recovery began: the same loss');
  cubic.onLost({ sentAt: 20, now: 120, persistent: false });
  assert.ok(near(datagrams(cubic), 49, 1e-9));
  cubic.onLost({ sentAt: 130, now: 240, persistent: true });
  assert.is(datagrams(cubic), 2);
});

test('time in which the window was not used moves nothing', () => {
  const [busy, idle] = [after({ datagrams: 1000 }), after({ datagrams: 1000 })];
  const ack = (cubic: Cubic, now: number, limited = true) => cubic.onAcked({ sentAt: now, bytes: DATAGRAM, limited, now, rttMs: 100 });
  ack(idle, 1000, false);
  ack(idle, 61_000);
  ack(busy, 1000);
  assert.is(idle.window, busy.window);
});

test('after persistent congestion the curve begins where it is flat', () => {
  const cubic = after({ datagrams: 1000 });
  cubic.onLost({ sentAt: 10, now: 20, persistent: true });
  let now = 30;
  for (; cubic.slowStart; now += 1) cubic.onAcked({ sentAt: now, bytes: DATAGRAM, limited: true, now, rttMs: 100 });
  const start = datagrams(cubic);
  for (const end = now + 1000; now < end; now += 10) cubic.onAcked({ sentAt: now, bytes: DATAGRAM, limited: true, now, rttMs: 100 });
  assert.ok(datagrams(cubic) - start < 1.5, 'a second on, the curve is 0.4 above its flat');
});

/** Losses until a controller is at rest; CUBIC's curve is flat where the loss is, so it comes near to its average only slowly. */
const LOSSES = { untilRest: 60, counted: 20 };
/** So many times in a round trip ACKs come, each for a part of the window. */
const STEPS = 8;

/**
 * The average window of a controller, in datagrams, under the model of section 5: the datagrams of a window are spread
 * over the round trip, one of every 1/p is lost, and that is known at once. Slow start ends at `from` datagrams.
 */
function average(controller: Controller, { p, rttMs, from }: { p: number; rttMs: number; from: number }): number {
  let [now, area, since] = [0, 0, 0];
  const lose = (): void => controller.onLost({ sentAt: now, now, persistent: false });
  const ack = (count: number): void => {
    const elapsed = (count * rttMs) / datagrams(controller);
    now += elapsed;
    area += elapsed * datagrams(controller);
    controller.onAcked({ sentAt: now, bytes: count * DATAGRAM, limited: true, now, rttMs });
  };
  while (datagrams(controller) < from) ack(1);
  for (let losses = 0; losses < LOSSES.untilRest + LOSSES.counted; losses += 1) {
    if (losses === LOSSES.untilRest) [area, since] = [0, now];
    for (let left = 1 / p; left > 0; ) {
      const count = Math.min(left, datagrams(controller) / STEPS);
      ack(count);
      left -= count;
    }
    lose();
  }
  return area / (now - since);
}

/** RFC 9438 section 5.1, tables 1 and 2: round trip in ms, loss, the average windows of Reno and of CUBIC with C = 0.4. */
const TABLE: readonly (readonly [number, number, number, number])[] = [
  [100, 1e-2, 12, 12],
  [100, 1e-3, 38, 38],
  [100, 1e-4, 120, 187],
  [100, 1e-5, 379, 1054],
  [100, 1e-6, 1200, 5926],
  [100, 1e-7, 3795, 33_325],
  [100, 1e-8, 12_000, 187_400],
  [10, 1e-2, 12, 12],
  [10, 1e-3, 38, 38],
  [10, 1e-4, 120, 120],
  [10, 1e-5, 379, 379],
  [10, 1e-6, 1200, 1200],
  [10, 1e-7, 3795, 5926],
  [10, 1e-8, 12_000, 33_325],
];
for (const [rttMs, p, reno, cubic] of TABLE) {
  test(`RFC 9438 section 5.1, ${rttMs} ms, p = ${p}: Reno ${reno}, CUBIC ${cubic}`, () => {
    for (const start of [0.5, 2]) {
      const renoIs = average(new NewReno(DATAGRAM), { p, rttMs, from: start * reno });
      const cubicIs = average(new Cubic(DATAGRAM), { p, rttMs, from: start * cubic });
      assert.ok(near(renoIs, reno, 0.05), `Reno: ${renoIs}`);
      assert.ok(near(cubicIs, cubic, 0.1), `CUBIC: ${cubicIs}`);
    }
  });
}

test.run();
