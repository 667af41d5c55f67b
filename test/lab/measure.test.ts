/*
 * The real engine against the formulas: measured and computed utilisation, for near and far, three windows and three
 * losses, within the tolerance of each policy. And where a formula does not hold, by how much.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Cell, cellsOf, type LabArq, measure, sweep, utilisation } from '../../lab/index.js';

const test = suite('lab: measured and theory');

const LOSSES = [0, 0.01, 0.1];

const expected: readonly { arq: LabArq; a: number; windows: readonly number[]; packets: number; within: number }[] = [
  { arq: 'stop-and-wait', a: 1, windows: [1, 7, 127], packets: 12_000, within: 0.01 },
  { arq: 'stop-and-wait', a: 10, windows: [1, 7, 127], packets: 12_000, within: 0.01 },
  { arq: 'go-back-n', a: 1, windows: [3, 7, 127], packets: 8000, within: 0.05 },
  { arq: 'go-back-n', a: 10, windows: [21, 31, 127], packets: 8000, within: 0.05 },
  { arq: 'selective-repeat', a: 1, windows: [1, 7, 127], packets: 5000, within: 0.03 },
  { arq: 'selective-repeat', a: 10, windows: [1, 7, 127], packets: 5000, within: 0.03 },
];
for (const { arq, a, windows, packets, within } of expected) {
  test(`${arq}, a = ${a}, windows ${windows.join(', ')}, losses ${LOSSES.join(', ')}: within ${within * 100}%`, () => {
    for (const window of windows) {
      for (const loss of LOSSES) {
        const { measured, theory } = measure({ arq, a, window, loss, counts: 'outstanding' }, { packets: loss === 0 ? 1000 : packets });
        assert.ok(Math.abs(measured - theory) <= within * theory, `W = ${window}, P = ${loss}: ${measured} measured, ${theory} expected`);
        if (loss === 0) assert.ok(Math.abs(measured - theory) < 1e-3 * theory, `W = ${window} without loss: ${measured}, ${theory}`);
      }
    }
  });
}

test('a window that spans waits for its oldest packet: far less than the formula, which counts outstanding ones', () => {
  const packets = 5000;
  const cell: Cell = { arq: 'selective-repeat', a: 10, window: 21, loss: 0.1, counts: 'outstanding' };
  const [outstanding, span] = [measure(cell, { packets }), measure({ ...cell, counts: 'span' }, { packets })];
  assert.is(outstanding.theory, span.theory);
  assert.ok(Math.abs(outstanding.measured - 0.9) < 0.03);
  assert.ok(span.measured < 0.6, `${span.measured}`);
  const wide = measure({ ...cell, window: 127, counts: 'span' }, { packets });
  assert.ok(Math.abs(wide.measured - 0.9) < 0.03, 'a window much larger than 1 + 2a closes the gap');
});

test('go-back-n below 1 + 2a is a little better than its formula: a loss late in the window repeats less', () => {
  const { measured, theory } = measure({ arq: 'go-back-n', a: 10, window: 7, loss: 0.1, counts: 'outstanding' }, { packets: 5000 });
  assert.ok(measured > 1.05 * theory && measured < 1.15 * theory, `${measured} and ${theory}`);
});

test('fractional distances are as exact', () => {
  for (const a of [0, 0.1, 0.3, 2.7]) {
    const { measured, theory } = measure({ arq: 'stop-and-wait', a, window: 1, loss: 0, counts: 'outstanding' }, { packets: 500 });
    assert.ok(Math.abs(measured - theory) < 1e-5, `a = ${a}: ${measured} and ${theory}`);
  }
});

test('the same seed is the same experiment, another one another', () => {
  const cell: Cell = { arq: 'go-back-n', a: 2, window: 9, loss: 0.1, counts: 'outstanding' };
  const run = (seed: number) => measure(cell, { packets: 2000, seed }).measured;
  assert.is(run(5), run(5));
  assert.is.not(run(5), run(6));
});

test('a sweep has a row for each cell; only selective repeat tells outstanding from span', () => {
  const grid = {
    arq: ['stop-and-wait', 'selective-repeat'],
    loss: [0, 0.1],
    a: [1],
    window: [1, 3],
    counts: ['outstanding', 'span'],
  } as const;
  assert.is(cellsOf(grid).length, 2 * 2 + 2 * 2 * 2);
  const rows = [...sweep(grid, { packets: 100 })];
  assert.equal(
    rows.map(({ arq, loss, a, window, counts }) => ({ arq, loss, a, window, counts })),
    cellsOf(grid),
  );
});

test('the formulas, by hand', () => {
  const near = (cell: Parameters<typeof utilisation>[0], value: number) => assert.ok(Math.abs(utilisation(cell) - value) < 1e-9);
  near({ arq: 'stop-and-wait', loss: 0.1, a: 1, window: 7 }, 0.3); // 0.9 / 3
  near({ arq: 'go-back-n', loss: 0.1, a: 10, window: 21 }, 0.3); // 0.9 / (1 + 2)
  near({ arq: 'go-back-n', loss: 0.1, a: 10, window: 7 }, 0.1875); // 6.3 / (21 * 1.6)
  near({ arq: 'selective-repeat', loss: 0.1, a: 10, window: 7 }, 0.3); // 6.3 / 21
  near({ arq: 'selective-repeat', loss: 0.1, a: 1, window: 3 }, 0.9);
});

test.run();
