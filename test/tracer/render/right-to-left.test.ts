/*
 * Runs of right-to-left writing: from the first such letter to the last before another script's.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rightToLeftRuns } from '../../../tracer/render/right-to-left.js';

const test = suite('right to left');
const runs = (text: string) => rightToLeftRuns([...text]).map(([first, last]) => [...text].slice(first, last + 1).join(''));

test('names and words are found without what stands beside them', () => {
  assert.equal(runs('group 3784 as דנה, 1 member'), ['דנה']);
  assert.equal(runs('דנה כהן joined, سلام left!'), ['דנה כהן', 'سلام']);
  assert.equal(runs('number 2, דנה: שלום!'), ['דנה: שלום']);
});

test('there is none in other texts', () => {
  assert.equal(runs('naïve 12 日本 🎉'), []);
  assert.equal(runs(''), []);
});

test.run();
