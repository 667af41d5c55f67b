/*
 * The brackets of phases: unbroken from the first row of a phase to its last, and as far as it can be known where rows
 * come one by one.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Bracket, brackets, bracketTeller, layout, type Row } from '../../../tracer/layout/index.js';
import { actor, arrow, mark, note, told } from '../told.js';

const test = suite('brackets');
const actors = [actor('a'), actor('b'), actor('c')];
const shake = (part: number) => ({ lane: 'segments', phase: `handshake ${part}/3` }) as const;
const closing = { lane: 'segments', phase: 'closing' } as const;
const rowsOf = (steps: Parameters<typeof told>[1]): readonly Row[] => layout(told(actors, steps)).rows;
const drawn = (bracket: Bracket | undefined): string =>
  bracket === undefined ? ' ' : bracket.begins ? (bracket.ends ? '[' : '/') : bracket.ends ? '\\' : '|';

function whole(rows: readonly Row[]): string {
  const held = brackets();
  rows.forEach(held.add);
  return rows.map((_, i) => drawn(held.at(i))).join('');
}

const asTheyCome = (rows: readonly Row[]): string => rows.map(bracketTeller()).map(drawn).join('');

const elsewhere = { ...mark('c', 2.5, 'chatting'), connection: 'c2' };
const HANDSHAKE = [
  mark('a', 0, 'dialling'),
  arrow('a->b', 1, 'SYN', '', shake(1)),
  mark('b', 2, 'accepted'),
  note(2.2, 'A sentence.'),
  elsewhere,
  arrow('b->a', 3, 'SYN-ACK', '', shake(2)),
  arrow('a->b', 4, 'ACK', '', shake(3)),
  mark('a', 5, 'open'),
];
const CLOSING = [
  arrow('a->b', 1, 'FIN', '', closing),
  mark('b', 2, 'peer-ended'),
  elsewhere,
  arrow('b->a', 3, 'FIN', '', { ...closing, took: 9 }),
  mark('b', 4, 'closed'),
  { ...elsewhere, at: 20e6 },
];

test('a phase is held together over what happens meanwhile, up to the last row of it', () => {
  assert.is(whole(rowsOf(HANDSHAKE)), ' /||||\\ ');
  assert.is(whole(rowsOf(CLOSING)), '/||||\\ ', 'up to the row on which its last arrow arrives');
  assert.is(whole(rowsOf([mark('a', 0, 'open'), arrow('a->b', 1, 'RST', '', closing)])), ' [');
});

test('another phase interrupts it; what arrives meanwhile belongs to that bracket, too', () => {
  const other = arrow('c->b', 2, 'FIN', '', { ...closing, connection: 'c2' });
  const rows = rowsOf([
    arrow('a->b', 1, 'FIN', '', { ...closing, took: 6 }),
    other,
    { ...other, at: 8e6, sentAt: 8e6, receivedAt: 8.1e6 },
    arrow('b->a', 9, 'FIN', '', closing),
  ]);
  assert.equal(
    rows.map(({ kind }) => kind),
    ['arrow', 'arrow', 'arrival', 'arrow', 'arrow'],
  );
  assert.is(whole(rows), '[/|\\[');
  assert.is(asTheyCome(rows), '// |/');
});

test('row by row: over what else the connection does, and up to the last part where parts are numbered', () => {
  assert.is(asTheyCome(rowsOf(HANDSHAKE)), ' /|  |\\ ');
  assert.is(asTheyCome(rowsOf(CLOSING)), '/| ||| ');
});

test.run();
