/* The line that one types at: its rows, its cursor, wide characters. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { layoutInput } from '../../../cli/screen/input-line.js';

test('a short line stands behind its prompt, with the cursor where it is', () => {
  assert.equal(layoutInput('#1 › ', 'hello', 5, 20, 9), { rows: ['#1 › hello'], row: 0, column: 10 });
  assert.equal(layoutInput('#1 › ', 'hello', 0, 20, 9), { rows: ['#1 › hello'], row: 0, column: 5 });
});

test('a long line goes on in further rows, and the last column stays free', () => {
  assert.equal(layoutInput('> ', 'abcdefghij', 10, 8, 9), { rows: ['> abcde', 'fghij'], row: 1, column: 5 });
  assert.equal(layoutInput('> ', 'abcdefghij', 5, 8, 9), { rows: ['> abcde', 'fghij'], row: 1, column: 0 });
  assert.equal(layoutInput('> ', 'abcde', 5, 8, 9), { rows: ['> abcde'], row: 0, column: 7 });
});

test('a wide character is never cut in two', () => {
  assert.equal(layoutInput('', '漢字漢字', 4, 8, 9), { rows: ['漢字漢', '字'], row: 1, column: 2 });
  assert.equal(layoutInput('', '漢字漢字', 2, 8, 9), { rows: ['漢字漢', '字'], row: 0, column: 4 });
});

test('a family of emoji is one character', () => {
  assert.equal(layoutInput('', '👩‍👩‍👧!', 8, 20, 9), { rows: ['👩‍👩‍👧!'], row: 0, column: 2 });
});

test('of a line that is longer than its room, the rows around the cursor are shown', () => {
  const line = 'abcdefghijklmno';
  assert.equal(layoutInput('', line, 15, 4, 2), { rows: ['jkl', 'mno'], row: 1, column: 3 });
  assert.equal(layoutInput('', line, 0, 4, 2), { rows: ['abc', 'def'], row: 0, column: 0 });
  assert.equal(layoutInput('', line, 7, 4, 2), { rows: ['def', 'ghi'], row: 1, column: 1 });
});

test('what would move the cursor is shown as a picture', () => {
  assert.equal(layoutInput('', 'a\x1b[2Jb\tc', 0, 20, 9).rows, ['a␛[2Jb c']);
});

test('whatever is typed, no row is too wide and the cursor is on one', () => {
  const typed = fc.string({
    unit: fc.oneof(fc.constantFrom('a', ' ', '漢', 'א', '👩‍👩‍👧', '\x1b', 'é'), fc.string({ unit: 'grapheme', maxLength: 1 })),
  });
  fc.assert(
    fc.property(typed, fc.nat(), fc.integer({ min: 4, max: 30 }), fc.integer({ min: 1, max: 5 }), (line, at, columns, maxRows) => {
      const { rows, row, column } = layoutInput('> ', line, at % (line.length + 1), columns, maxRows);
      assert.ok(rows.length >= 1 && rows.length <= maxRows);
      for (const each of rows) assert.ok(stringWidth(each) < columns, JSON.stringify(each));
      assert.ok(row >= 0 && row < rows.length);
      assert.ok(column >= 0 && column < columns);
    }),
  );
});

test.run();
