/* The rows of a ladder, and which lines come into a window. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { longChat } from '../../../bench/trace/long-chat.js';
import { RowBook } from '../../../gui/ladder/row-book.js';
import { tell } from '../../../tracer/join/index.js';
import { layout, type Row } from '../../../tracer/layout/index.js';

function bookOf(rows: readonly Row[]): RowBook {
  const book = new RowBook();
  for (const row of rows) book.push(row);
  return book;
}

test('for any window: all rows in it, and every arrow that comes into it from above', async () => {
  const { rows } = layout(tell(await longChat('udp', 3000)), { noticeableMs: 0.1 });
  const book = bookOf(rows);
  const arrivals = new Map(rows.flatMap((row, at) => (row.kind === 'arrival' ? [[row.step.number, at] as const] : [])));
  assert.ok(arrivals.size > 50, `${arrivals.size} arrows slant`);
  let crossing = 0;
  for (let first = 0; first < rows.length; first += 7) {
    const wanted = rows.flatMap((row, at) => {
      if (at >= first && at < first + 20) return [at];
      const comes = at < first && row.kind === 'arrow' && row.arrives === 'later' && (arrivals.get(row.step.number) as number) >= first;
      if (comes) crossing += 1;
      return comes ? [at] : [];
    });
    assert.equal(
      [...book.linesIn(first, first + 20)].sort((a, b) => a - b),
      wanted,
    );
  }
  assert.ok(crossing > 20, `${crossing} come into a window`);
});

test('an arrow that has not arrived yet goes on beyond the last row', async () => {
  const { rows } = layout(tell(await longChat('udp', 1500)), { noticeableMs: 0.1 });
  const at = rows.findIndex((row, i) => row.kind === 'arrow' && row.arrives === 'later' && i > 100);
  const book = bookOf(rows.slice(0, at + 1));
  const number = rows[at]?.step.number as number;
  assert.is(book.rowOf(number), at);
  assert.is(book.arrivalOf(number), at + 1);
});

test.run();
