/* Lines that are kept up to a bound, read by number. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { KeptLines } from '../../../tracer/live/kept-lines.js';

/** Everything that is kept from a number on. */
function all(kept: KeptLines, from = kept.first): string {
  let text = '';
  for (let next = from; next < kept.next; ) {
    const piece = kept.read(next, 3);
    text += piece.text;
    next = piece.next;
  }
  return text;
}

test('numbers stay, while the oldest lines go', () => {
  const kept = new KeptLines({ maxLines: 3, maxCharacters: 1000 });
  for (const line of ['a\n', 'b\n', 'c\n', 'd\n', 'e\n']) kept.push(line);
  assert.is(kept.first, 2);
  assert.is(kept.next, 5);
  assert.is(all(kept), 'c\nd\ne\n');
  assert.is(all(kept, 4), 'e\n');
});

test('characters are bounded, too, and the youngest line is kept in any case', () => {
  const kept = new KeptLines({ maxLines: 100, maxCharacters: 10 });
  kept.push('123456\n');
  kept.push('abcdef\n');
  assert.is(all(kept), 'abcdef\n');
  kept.push(`${'x'.repeat(100)}\n`);
  assert.is(all(kept), `${'x'.repeat(100)}\n`);
  assert.is(kept.first, 2);
});

test('a hundred thousand lines pass through a small window', () => {
  const kept = new KeptLines({ maxLines: 1000, maxCharacters: 1e6 });
  for (let i = 0; i < 100_000; i += 1) kept.push(`${i}\n`);
  assert.is(kept.first, 99_000);
  assert.is(all(kept).split('\n').length, 1001);
  assert.ok(all(kept).startsWith('99000\n'));
});

test.run();
