/*
 * Rows: an arrow is straight wherever every life line still tells its own events in the order of time.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Step } from '../../../tracer/join/story.js';
import { plotter, type Row } from '../../../tracer/layout/index.js';
import { story as anyStory } from '../arbitrary-story.js';
import { actor, arrow, mark, told } from '../told.js';

const test = suite('plot');
const actors = [actor('a'), actor('b'), actor('c')];
const rowsOf = (steps: readonly Step[]): readonly Row[] => {
  const plot = plotter();
  return [...steps.flatMap((step) => plot.add(step)), ...plot.rest()];
};
const rows = (steps: Parameters<typeof told>[1]): readonly string[] =>
  rowsOf(told(actors, steps).steps).map((row) => `${row.step.number} ${row.kind === 'arrow' ? row.arrives : row.kind}`);

test('what arrives at once is straight', () => {
  assert.equal(rows([arrow('a->b', 0, 'X'), arrow('b->a', 1, 'Y')]), ['1 here', '2 here']);
});

test('a broadcast is straight: each receiver sees one arrow', () => {
  assert.equal(rows([arrow('a->b', 0, 'X'), arrow('a->c', 0.01, 'X')]), ['1 here', '2 here']);
});

test('one after the other, still on their way: straight, for the order is kept at both ends', () => {
  assert.equal(rows([arrow('a->b', 0, 'X'), arrow('a->b', 0.01, 'Y'), arrow('a->b', 0.02, 'Z')]), ['1 here', '2 here', '3 here']);
});

test('two that cross: the first slants', () => {
  assert.equal(rows([arrow('a->b', 0, 'X'), arrow('b->a', 0.05, 'Y', '', { took: 0.2 })]), ['1 later', '2 here', '1 arrival']);
});

test('one that is overtaken slants', () => {
  assert.equal(rows([arrow('a->b', 0, 'X', '', { took: 1 }), arrow('a->b', 0.1, 'Y')]), ['1 later', '2 here', '1 arrival']);
});

test('something at the receiver before it came makes it slant', () => {
  assert.equal(rows([arrow('a->b', 0, 'X'), mark('b', 0.05, 'paused')]), ['1 later', '2 mark', '1 arrival']);
  assert.equal(rows([arrow('a->b', 0, 'X'), mark('a', 0.05, 'paused')]), ['1 here', '2 mark']);
});

test('a long way slants, a lost one never arrives', () => {
  assert.equal(rows([arrow('a->b', 0, 'X', '', { took: 25 })]), ['1 later', '1 arrival']);
  assert.equal(rows([arrow('a->b', 0, 'X', '', { outcome: 'lost' })]), ['1 never']);
});

test('a frame and the segment that carries it stand straight, one above the other', () => {
  const frame = arrow('a->b', 0, 'SAY', '', { took: 0.5 });
  const segment = arrow('a->b', 0.1, 'DATA', '', { lane: 'segments' });
  assert.equal(rows([frame, segment]), ['1 here', '2 here']);
});

interface Happening {
  readonly row: Row;
  readonly who: string;
  readonly at: number;
}

/** What a row tells of which life lines. */
function happeningsOn(row: Row): readonly Happening[] {
  if (row.kind === 'note') return [];
  if (row.kind === 'mark') return [{ row, who: row.step.actor, at: row.at }];
  const { from, to, sentAt, receivedAt } = row.step;
  if (row.kind === 'arrival') return [{ row, who: to, at: row.at }];
  const leaves = { row, who: from, at: row.at };
  const isSeenArriving = row.arrives === 'here' && from !== to && sentAt !== undefined && receivedAt !== undefined;
  return isSeenArriving ? [leaves, { row, who: to, at: receivedAt }] : [leaves];
}

function carries({ row: one }: Happening, { row: other }: Happening): boolean {
  if (one.step.kind !== 'arrow' || other.step.kind !== 'arrow') return false;
  return one.step.from === other.step.from && one.step.to === other.step.to && one.step.lane !== other.step.lane;
}

test('whatever happens, every life line has its events in order, and every arrow that left arrives', () => {
  fc.assert(
    fc.property(anyStory, ({ steps }) => {
      const drawn = rowsOf(steps);
      const happenings = drawn.flatMap(happeningsOn);
      happenings.forEach((one, i) => {
        for (const before of happenings.slice(0, i)) {
          assert.ok(before.who !== one.who || before.at <= one.at || carries(before, one), `${one.who} goes back to ${one.at}`);
        }
      });
      const leaving = drawn.filter((row) => row.kind === 'arrow' && row.arrives === 'later').map(({ step }) => step.number);
      const arriving = drawn.filter(({ kind }) => kind === 'arrival').map(({ step }) => step.number);
      assert.equal([...arriving].sort(), [...leaving].sort());
    }),
  );
});

test.run();
