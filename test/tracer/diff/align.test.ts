/*
 * Stories aligned: a story is no different from itself, of two it makes no difference which comes first, and no step is
 * lost or told twice, however many there are. Then real ones: the same conversation over three transports.
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
const ofStory = (rows: readonly Aligned[], nth: number): readonly Step[] => rows.flatMap(({ steps }) => steps[nth] ?? []);
const byNumber = (steps: readonly Step[]): readonly number[] => steps.map(({ number }) => number).sort((a, b) => a - b);
const numbers = (rows: readonly Aligned[]): readonly string[] =>
  rows.map(({ kind, steps }) => `${kind} ${steps.map((step) => step?.number ?? 0).join(' ')}`);
const turned = (rows: readonly Aligned[]): readonly Aligned[] => rows.map(({ kind, steps }) => ({ kind, steps: [...steps].reverse() }));

test('a story is no different from itself', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const rows = alignStories([story, story, story]);
      assert.ok(rows.every(({ kind, steps }) => kind === 'same' && steps.every((step) => step === steps[0])));
      assert.equal(ofStory(rows, 0), compared(story));
    }),
  );
});

test('no step is lost or told twice, and those of the first keep their order', () => {
  fc.assert(
    fc.property(fc.array(anyStory, { minLength: 2, maxLength: 4 }), (stories) => {
      const rows = alignStories(stories);
      assert.equal(ofStory(rows, 0), compared(stories[0] as Story));
      for (const [nth, story] of stories.entries()) assert.equal(byNumber(ofStory(rows, nth)), byNumber(compared(story)));
      for (const { kind, steps } of rows) {
        assert.is(steps.length, stories.length);
        assert.is(kind === 'some', steps.includes(undefined));
      }
    }),
  );
});

test('of two it makes no difference which comes first', () => {
  fc.assert(
    fc.property(anyStory, anyStory, (one, other) => {
      assert.equal([...numbers(alignStories([one, other]))].sort(), [...numbers(turned(alignStories([other, one])))].sort());
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
  assert.equal(numbers(alignStories([left, right])), ['reworded 1 2', 'same 2 1', 'some 0 3', 'same 3 4']);
});

test('a third has its place beside the first, the second, both or none', () => {
  const cast = [actor('a'), actor('server', 'server')];
  const said = (...labels: readonly string[]) =>
    told(
      cast,
      labels.map((label, i) => arrow('a->server', i + 1, label)),
    );
  const rows = alignStories([said('HELLO', 'SAY', 'BYE'), said('HELLO', 'WHO', 'BYE'), said('HELLO', 'SAY', 'WHO', 'LEAVE', 'BYE')]);
  assert.equal(numbers(rows), ['same 1 1 1', 'some 2 0 2', 'some 0 2 3', 'some 0 0 4', 'same 3 3 5']);
  assert.equal(summaryOf(rows)[0]?.some, [
    { stories: [2], names: [['LEAVE', 1]] },
    { stories: [0, 2], names: [['SAY', 1]] },
    { stories: [1, 2], names: [['WHO', 1]] },
  ]);
});

test('one conversation over three transports: the chat says the same, the transports do not', () => {
  const rows = alignStories(['tcp-handshake', 'unix-handshake', 'udp-handshake'].map(recordedStory));
  const [frames, segments] = ['frames', 'segments'].map((name) => summaryOf(rows).find(({ lane }) => lane === name));
  assert.equal(frames?.some, []);
  assert.ok((frames?.same ?? 0) > 5);
  const only = (...stories: readonly number[]): readonly string[] =>
    segments?.some.find((part) => part.stories.join() === stories.join())?.names.map(([label]) => label) ?? [];
  for (const label of ['SYN-ACK', 'ACK']) assert.ok(only(0).includes(label), label);
  for (const label of ['COOKIE', 'CONNECT', 'ACK', 'CLOSE']) assert.ok(only(2).includes(label), label);
  assert.ok(only(0, 2).includes('SYN'), 'a Unix socket has no SYN');
});

test.run();
