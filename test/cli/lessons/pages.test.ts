/*
 * Pages of a lesson: nothing is lost, nothing is cut, and none is higher than the screen.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pagesOf } from '../../../cli/lessons/pages.js';
import { ladderLines, ladderRows } from '../../../tracer/render/index.js';
import { ask } from '../../examples/lessons/asked.js';

const test = suite('pages of a lesson');

test('all rows are there, in order, below the heads; a sentence stays with what it is about', async () => {
  const { story } = await ask('loss', { arq: 'go-back-n' });
  const view = { columns: 80, lanes: ['frames', 'segments'] as const };
  const { heads, rows } = ladderRows(story, view);
  const questions = [['1. one', '   answer'], ['2. two'], ['3. three']];
  for (const height of [12, 23, 50, 400]) {
    const pages = pagesOf({ opening: ['title'], story, questions }, view, height);
    for (const page of pages) assert.ok(page.length <= height, `${page.length} of ${height}`);
    const ladder = pages.filter((page) => page[0] === heads[0]);
    assert.equal([...heads, ...ladder.flatMap((page) => page.slice(heads.length))], ladderLines(story, view));
    const numbers = new Map(story.steps.map(({ number, kind }) => [number, kind]));
    const sentences = rows
      .filter(({ number, arrival }) => !arrival && numbers.get(number) === 'note')
      .flatMap(({ lines }) => lines.at(-1) ?? []);
    if (height >= 23) for (const page of ladder.slice(0, -1)) assert.not.ok(sentences.slice(0, -1).includes(page.at(-1) ?? ''));
    assert.equal(pages.filter((page) => page[0] !== heads[0]).flat(), ['title', ...questions.flat()]);
  }
});

test.run();
