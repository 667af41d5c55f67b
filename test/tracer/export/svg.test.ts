/*
 * Figures: well-formed whatever names and words are, accessible, without anything from elsewhere, and the same every time.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { svg } from '../../../tracer/export/svg/svg.js';
import { story as anyStory } from '../arbitrary-story.js';
import { isGolden } from '../golden.js';
import { GROUP, LOSSY, NASTY } from '../told.js';
import { readXml } from './read-xml.js';

const test = suite('svg');

for (const [name, story] of Object.entries({ lossy: LOSSY, group: GROUP, nasty: NASTY })) {
  test(`${name} is as kept, and well-formed`, () => {
    const figure = svg(story, { why: true });
    readXml(figure);
    assert.is(svg(story, { why: true }), figure);
    isGolden(`${name}.svg`, figure);
  });
}

test('it is well-formed for any story', () => {
  fc.assert(
    fc.property(anyStory, fc.boolean(), (story, why) => {
      readXml(svg(story, { why }));
    }),
  );
});

test('what is drawn can be read as text, and the drawing says what it is', () => {
  const { texts, root } = readXml(svg(LOSSY));
  for (const text of ['SYN', 'handshake', 'again (probe), first in 9', 'lost', 'corrupted', 'duplicate']) {
    assert.ok(
      texts.some((one) => one.includes(text)),
      text,
    );
  }
  assert.is(root['aria-labelledby'], 'title desc');
});

test('it fetches nothing and runs nothing', () => {
  assert.not.match(svg(NASTY), /<script|href=|url\(|@import|on\w+=/);
});

test('it knows dark paper and print', () => {
  const figure = svg(GROUP);
  assert.match(figure, /@media \(prefers-color-scheme:dark\)/);
  assert.match(figure, /@media print/);
});

test.run();
