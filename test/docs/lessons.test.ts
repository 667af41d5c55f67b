/*
 * The lecturer's pages: one for each lesson, with everything that such a page has, and with the run that the program makes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fill } from '../../docs/generate/document.js';
import { commandOf, isSteady, lessons, pageOf, partsOf, settingOf } from '../../docs/generate/lessons.js';
import { ask } from '../examples/lessons/asked.js';

const test = suite('lecturer’s pages');

test('there is one for each lesson, and the list leads to it', () => {
  const list = readFileSync('docs/lessons.md', 'utf8');
  assert.equal(readdirSync('docs/lessons').sort(), lessons.map(({ name }) => `${name}.md`).sort());
  for (const { name } of lessons) assert.ok(list.includes(`[\`${name}\`](lessons/${name}.md)`), name);
});

for (const lesson of lessons) {
  const text = readFileSync(pageOf(lesson), 'utf8');

  test(`${lesson.name}: goal, what to show, questions with answers, and misconceptions, on about a page`, () => {
    assert.equal(
      [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading),
      ['Goal', 'What to show', 'What to ask, and what the run says', 'What people get wrong', 'More'],
    );
    assert.ok(text.split('\n').length < 90);
    assert.ok(text.includes(`$ ${commandOf(lesson)}\n`));
    for (const { asks } of lesson.questions(settingOf(lesson))) assert.ok(text.includes(`**${asks}** `), asks);
  });

  if (isSteady(lesson)) {
    test(`${lesson.name}: its run is the one that the program makes (if not: npm run docs:lessons)`, async () => {
      assert.is(text, fill(text, await partsOf(lesson)));
    });
  }
}

/** What the page's table says was kept, for what an answer says of that. */
const KEPT: readonly (readonly [says: RegExp, cell: RegExp])[] = [
  [/nothing to keep/, /^there was nothing to keep/],
  [/had dropped/, /^nothing$/],
  [/had kept/, /^all$/],
];

test('loss: what the page compares, times and what was kept', async () => {
  const page = readFileSync('docs/lessons/loss.md', 'utf8');
  const times: string[] = [];
  for (const arq of ['stop-and-wait', 'go-back-n', 'selective-repeat', 'sack'] as const) {
    const { answers } = await ask('loss', { arq });
    const kept = new RegExp(`^\\| \`${arq}\` \\|.*\\| ([^|]*) \\|$`, 'm').exec(page)?.[1] ?? '';
    assert.match(kept, KEPT.find(([says]) => says.test(answers[1].says))?.[1] ?? /^$/, arq);
    times.push(/arrives at (\d+ ms)/.exec(answers[2].says)?.[1] ?? '');
  }
  assert.ok(page.includes(`(question 3): ${times.join(', ')}.`), times.join());
});

test.run();
