/*
 * What is remarked on an arrow: that something is sent again stands there once, and of which segment it is said.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Step } from '../../../tracer/join/story.js';
import { remarksOn } from '../../../tracer/layout/index.js';
import { filterStory } from '../../../tracer/select/index.js';
import { actor, arrow, told } from '../told.js';

const test = suite('remarks');
const repeats = { step: 1, segment: 3, cause: 'bundled' } as const;
const story = told(
  [actor('a'), actor('b')],
  [
    arrow('a->b', 0, 'DATA', 'segment 3, 12 bytes (PRESENCE)', { outcome: 'lost' }),
    arrow('a->b', 1, 'DATA', 'segment 3, 12 bytes (PRESENCE); ACK up to 3, credit 95', { repeats }),
    arrow('a->b', 2, 'DATA', 'segment 4, 39 bytes (MESSAGE); segment 3, 12 bytes (PRESENCE)', { repeats }),
    arrow('a->b', 3, 'FIN', 'FIN is segment 5; segment 3, 12 bytes', { repeats, outcome: 'lost' }),
  ],
);
const remarks = (step: Step) => (step.kind === 'arrow' ? remarksOn(step) : []);

test('which segment is sent again is said where there are several', () => {
  assert.equal(story.steps.map(remarks), [
    ['× lost'],
    ['↻ again (bundled), first in 1'],
    ['↻ segment 3 again (bundled), first in 1'],
    ['↻ segment 3 again (bundled), first in 1', '× lost'],
  ]);
});

test('a remark is found by its text', () => {
  const found = (text: string) => filterStory(story, { text }).steps.map(({ number }) => number);
  assert.equal(found('Again (bundled)'), [2, 3, 4]);
  assert.equal(found('lost'), [1, 4]);
});

test.run();
