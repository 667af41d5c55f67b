/*
 * The curves: as high as the values, as far as the time, a gap where there is no number.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { curvesOf, roundUp } from '../../../gui/lab/curves.js';
import { PRESETS, Run } from '../../../lab/run/index.js';

const test = suite('the lab’s curves');
const FRAME = { width: 300, height: 100 };
const run = new Run(PRESETS['slow-start'].settings);
run.advance(2000);

const points = (path = '') => [...path.matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

test('the window’s curve ends where time is, at its height', () => {
  const { untilMs, most, paths } = curvesOf(run, [{ name: 'cwnd', read: ({ sender }) => sender.cwnd }], 1234, 500, FRAME);
  assert.is(untilMs, 1500);
  const [x, y] = points(paths[0]).at(-1) ?? [0, 0];
  assert.ok(Math.abs(x - (1234 / 1500) * 300) < 0.1);
  const cwnd = run.events[run.countAt(1234) - 1]?.sender.cwnd ?? 0;
  assert.ok(Math.abs(y - (100 - (cwnd / most) * 100)) < 0.1, `${y}`);
});

test('before the first loss there is no threshold to draw', () => {
  const ssthresh = { name: 'ssthresh', read: ({ sender }: { sender: { ssthresh: number } }) => sender.ssthresh };
  assert.is(curvesOf(run, [ssthresh], 500, 500, FRAME).paths[0], '');
  const first = points(curvesOf(run, [ssthresh], 2000, 500, FRAME).paths[0])[0]?.[0] ?? 0;
  const known = run.events.find(({ sender }) => sender.ssthresh < Number.POSITIVE_INFINITY)?.at ?? 0;
  assert.ok(Math.abs((first / 300) * 2000 - known) < 2000 / 300 + 1);
});

test('tops of axes are round', () => {
  assert.equal([0.9, 1, 1.2, 12, 76, 101].map(roundUp), [1, 1, 1.5, 15, 100, 150]);
});

test.run();
