/* The cursor: it always stands on a step, and goes where it is sent or stays. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Cursor, cursorAt, type Move, moved, type Sought } from '../../../tracer/step/index.js';
import { story as anyStory } from '../arbitrary-story.js';
import { LOSSY } from '../told.js';

const test = suite('cursor');
const next = (sought: Sought): Move => ({ towards: 'next', sought });
const previous = (sought: Sought): Move => ({ towards: 'previous', sought });
const numberAt = ({ steps, index }: Cursor): number | undefined => steps[index]?.number;

test('to the next and the last of each kind', () => {
  const at = (number: number) => cursorAt(LOSSY.steps, number - 1);
  assert.is(numberAt(moved(at(1), next('step'))), 2);
  assert.is(numberAt(moved(at(1), next('handshake'))), 3);
  assert.is(numberAt(moved(at(4), next('handshake'))), 5);
  assert.is(numberAt(moved(at(5), next('frame'))), 7);
  assert.is(numberAt(moved(at(1), next('loss'))), 9);
  assert.is(numberAt(moved(at(9), next('loss'))), 13);
  assert.is(numberAt(moved(at(13), previous('loss'))), 9);
  assert.is(numberAt(moved(at(9), previous('frame'))), 8);
  assert.is(numberAt(moved(at(9), 'first')), 1);
  assert.is(numberAt(moved(at(9), 'last')), 15);
});

test('where there is nothing to go to it stays, and is the same', () => {
  const last = cursorAt(LOSSY.steps, 99);
  assert.is(numberAt(last), 15);
  for (const move of [next('step'), next('loss'), next('handshake'), 'last'] as const) assert.is(moved(last, move), last);
  const first = cursorAt(LOSSY.steps);
  assert.is(moved(first, previous('step')), first);
  assert.is(moved(cursorAt([]), 'first').index, cursorAt([]).index);
});

test('forward and back again is where one was; it never leaves the story', () => {
  const sought = fc.constantFrom<Sought>('step', 'handshake', 'frame', 'loss');
  fc.assert(
    fc.property(anyStory, fc.array(fc.tuple(fc.boolean(), sought)), ({ steps }, moves) => {
      let cursor = cursorAt(steps);
      for (const [forward, what] of moves) {
        const before = cursor;
        cursor = moved(cursor, forward ? next(what) : previous(what));
        if (steps.length > 0) assert.ok(steps[cursor.index]);
        if (what === 'step' && cursor !== before) assert.is(moved(cursor, forward ? previous(what) : next(what)).index, before.index);
      }
    }),
  );
});

test.run();
