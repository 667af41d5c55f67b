/*
 * Lists as the command line gives them, and the sentence for each that is wrong.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { UsageError } from '../../../cli/failure.js';
import { countsIn, distancesIn, lossesIn, policiesIn, wholeNumberIn, windowsIn } from '../../../cli/lab/lists.js';

test('lists, each value once, in their order', () => {
  assert.equal(lossesIn('0.1, 0,0.1'), [0.1, 0]);
  assert.equal(distancesIn('0.5,1e2'), [0.5, 100]);
  assert.equal(windowsIn('127,1'), [127, 1]);
  assert.equal(policiesIn('go-back-n, stop-and-wait'), ['go-back-n', 'stop-and-wait']);
  assert.equal(countsIn('span'), ['span']);
  assert.is(wholeNumberIn('--seed', '7', { least: 0, most: 9 }), 7);
});

const wrong: readonly [() => unknown, RegExp][] = [
  [() => lossesIn('2'), /^--loss "2" is not understood: write shares from 0 to 0\.9 with commas/],
  [() => lossesIn('1'), /^--loss "1"/],
  [() => lossesIn('0,'), /^--loss "0,"/],
  [() => lossesIn(''), /^--loss ""/],
  [() => lossesIn('Infinity'), /^--loss "Infinity"/],
  [() => policiesIn('sack'), /^--arq "sack" is not there; there is stop-and-wait, go-back-n, selective-repeat\.$/],
  [() => windowsIn('0'), /^--window "0" is not understood: write whole numbers from 1 to 10000/],
  [() => windowsIn('1.5'), /^--window "1\.5"/],
  [() => distancesIn('-1'), /^--a "-1" is not understood: write propagation delay over transmission time/],
  [() => distancesIn(Array.from({ length: 101 }, (_, index) => index).join()), /^--a "0,1,2/],
  [() => countsIn('both'), /^--counts "both" is not there; there is outstanding, span\.$/],
  [() => wholeNumberIn('--seed', 'x', { least: 0, most: 9 }), /^--seed "x" is not understood: write a whole number from 0 to 9\.$/],
  [() => wholeNumberIn('--packets', '3', { least: 100, most: 200 }), /^--packets "3" is not understood/],
];
for (const [parse, says] of wrong) {
  test(`${says.source}`, () => {
    assert.throws(parse, (error: unknown) => error instanceof UsageError && says.test(error.message));
  });
}

test.run();
