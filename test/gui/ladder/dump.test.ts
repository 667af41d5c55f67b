/*
 * The rows of a hex dump: eight bytes each, what the last one lacks, and which field a byte is of.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dumpOf } from '../../../gui/ladder/dump.js';

const test = suite('the dump');

test('each row says how many cells it lacks', () => {
  const missing = (length: number) => dumpOf(new Uint8Array(length), [], []).map((row) => row.missing);
  assert.equal(missing(16), [0, 0]);
  assert.equal(missing(11), [0, 5]);
  assert.equal(missing(1), [7]);
});

test('bytes have letters, masks, fields and bars where those begin', () => {
  const leaves = [
    { offset: 0, length: 1 },
    { offset: 1, length: 2 },
  ];
  const [row] = dumpOf(Uint8Array.of(0x41, 0x00, 0x42), [{ from: 2, to: 3 }], leaves);
  assert.equal(
    row?.cells.map(({ hex, sign, leaf, begins }) => [hex, sign, leaf, begins]),
    [
      ['41', 'A', 0, false],
      ['00', '.', 1, true],
      ['••', '•', 1, false],
    ],
  );
});

test.run();
