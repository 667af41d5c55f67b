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

test('whatever happens, every life line has its events in order, and every arrow that left arrives', () => {
  fc.assert(
    fc.property(anyStory, ({ steps }) => {
      const last = new Map<string, number>();
      const happens = (who: string, at: number): void => {
        assert.ok(at >= (last.get(who) ?? 0), `${who} goes back to ${at}`);
        last.set(who, at);
      };
      const open = new Set<number>();
      for (const row of rowsOf(steps)) {
        if (row.kind === 'mark') happens(row.step.actor, row.at);
        if (row.kind === 'arrow' && row.arrives === 'later') open.add(row.step.number);
        if (row.kind === 'arrow') happens(row.step.from, row.at);
        if (row.kind === 'arrow' && row.arrives === 'here' && row.step.from !== row.step.to) {
          happens(row.step.to, row.step.sentAt === undefined || row.step.receivedAt === undefined ? row.at : row.step.receivedAt);
        }
        if (row.kind === 'arrival') {
          happens(row.step.to, row.at);
          assert.ok(open.delete(row.step.number));
        }
      }
      assert.is(open.size, 0);
    }),
  );
});

test.run();
