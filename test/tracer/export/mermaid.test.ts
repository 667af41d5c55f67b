/*
 * Mermaid itself reads what we export, and finds in it what we meant, however nasty the names are.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mermaid } from '../../../tracer/export/mermaid.js';
import { story as anyStory, text } from '../arbitrary-story.js';
import { isGolden } from '../golden.js';
import { actor, arrow, GROUP, LOSSY, told } from '../told.js';
import { readMermaid } from './read-mermaid.js';

const test = suite('mermaid');

test('the stories are as kept, and Mermaid reads them', async () => {
  for (const [name, story] of Object.entries({ lossy: LOSSY, group: GROUP })) {
    const diagram = mermaid(story, { why: true });
    await readMermaid(diagram);
    isGolden(`${name}.mmd`, diagram);
  }
});

test('it reads any story', async () => {
  await fc.assert(
    fc.asyncProperty(anyStory, fc.boolean(), async (story, why) => {
      await readMermaid(mermaid(story, { why }));
    }),
  );
});

test('names and words come out as they went in', async () => {
  const special = 'a#b; c & <d> % "e" $f `g` \\h {i} @j: wrap: k';
  const story = told([actor(special, 'client', 'a'), actor('server', 'server', 'b')], [arrow('a->b', 0, 'SAY', special)]);
  const { participants, messages } = await readMermaid(mermaid(story));
  assert.equal(participants, [special, 'server']);
  assert.equal(messages, [`1. SAY ${special}`]);
});

test('every message stays one message', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (words) => {
      const story = told(
        [actor('a'), actor('b')],
        words.map((one, i) => arrow('a->b', i, 'SAY', one)),
      );
      assert.is((await readMermaid(mermaid(story))).messages.length, words.length);
    }),
    { numRuns: 50 },
  );
});

test.run();
