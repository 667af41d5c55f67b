/*
 * Two stories aligned: a story is no different from itself, it makes no difference which one is called left, and no step
 * is lost or told twice. Then real ones: the same conversation over three transports.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Aligned, alignStories, summaryOf } from '../../../tracer/diff/index.js';
import type { Step, Story } from '../../../tracer/join/story.js';
import { story as anyStory } from '../arbitrary-story.js';
import { recordedStory } from '../export/recorded.js';
import { actor, arrow, told } from '../told.js';

const test = suite('align');

const compared = (story: Story): readonly Step[] => story.steps.filter(({ kind }) => kind !== 'note');
const lefts = (rows: readonly Aligned[]): readonly Step[] => rows.flatMap((row) => ('left' in row ? [row.left] : []));
const rights = (rows: readonly Aligned[]): readonly Step[] => rows.flatMap((row) => ('right' in row ? [row.right] : []));
const byNumber = (steps: readonly Step[]): readonly number[] => steps.map(({ number }) => number).sort((a, b) => a - b);
const pairs = (rows: readonly Aligned[], turned = false): readonly string[] =>
  rows.map((row) => {
    const [one, other] = ['left' in row ? row.left.number : 0, 'right' in row ? row.right.number : 0];
    const kind = row.kind === 'left' || row.kind === 'right' ? 'only' : row.kind;
    return turned ? `${other} ${kind} ${one}` : `${one} ${kind} ${other}`;
  });

test('a story is no different from itself', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const rows = alignStories(story, story);
      assert.ok(rows.every((row) => row.kind === 'same' && row.left === row.right));
      assert.equal(lefts(rows), compared(story));
    }),
  );
});

test('no step is lost or told twice, and the left ones keep their order', () => {
  fc.assert(
    fc.property(anyStory, anyStory, (left, right) => {
      const rows = alignStories(left, right);
      assert.equal(lefts(rows), compared(left));
      assert.equal(byNumber(rights(rows)), byNumber(compared(right)));
    }),
  );
});

test('it makes no difference which is called left', () => {
  fc.assert(
    fc.property(anyStory, anyStory, (left, right) => {
      assert.equal([...pairs(alignStories(left, right))].sort(), [...pairs(alignStories(right, left), true)].sort());
    }),
  );
});

test('a step more is one row; a step in other words is one, too; and a step of another connection is no excuse', () => {
  const cast = [actor('a'), actor('b'), actor('server', 'server')];
  const left = told(cast, [arrow('a->server', 1, 'SAY', 'x'), arrow('b->server', 2, 'SAY', 'y'), arrow('a->server', 3, 'BYE')]);
  const right = told(cast, [
    arrow('b->server', 1, 'SAY', 'y'),
    arrow('a->server', 2, 'SAY', 'z'),
    arrow('a->server', 3, 'WHO'),
    arrow('a->server', 4, 'BYE'),
  ]);
  assert.equal(pairs(alignStories(left, right)), ['1 reworded 2', '2 same 1', '0 only 3', '3 same 4']);
});

test('one conversation over three transports: the chat says the same, the transports do not', () => {
  const [tcp, unix, udp] = ['tcp-handshake', 'unix-handshake', 'udp-handshake'].map(recordedStory) as [Story, Story, Story];
  for (const other of [unix, udp]) {
    const frames = summaryOf(alignStories(tcp, other)).find(({ lane }) => lane === 'frames');
    assert.equal([frames?.onlyLeft, frames?.onlyRight], [[], []]);
    assert.ok((frames?.same ?? 0) > 5);
  }
  const segments = summaryOf(alignStories(tcp, udp)).find(({ lane }) => lane === 'segments');
  const names = (only: readonly (readonly [string, number])[] = []): readonly string[] => only.map(([label]) => label);
  for (const label of ['SYN-ACK', 'ACK']) assert.ok(names(segments?.onlyLeft).includes(label), label);
  for (const label of ['COOKIE', 'CONNECT', 'ACK', 'CLOSE']) assert.ok(names(segments?.onlyRight).includes(label), label);
});

test.run();
