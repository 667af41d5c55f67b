/*
 * Figures: well-formed whatever names and words are, accessible, without anything from elsewhere, and the same every time.
 */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { svg } from '../../../tracer/export/svg/svg.js';
import { story as anyStory } from '../arbitrary-story.js';
import { isGolden } from '../golden.js';
import { GROUP, LOSSY, NASTY } from '../told.js';

const test = suite('svg');

interface Found {
  readonly texts: string[];
  readonly root: Readonly<Record<string, string>>;
}

/** Reads XML strictly; throws at the first mistake. */
function read(xml: string): Found {
  const texts: string[] = [];
  let root: Record<string, string> | undefined;
  const parser = new SaxesParser();
  parser.on('opentag', ({ attributes }) => {
    root ??= attributes;
  });
  parser.on('text', (text) => texts.push(text));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return { texts, root: root ?? {} };
}

for (const [name, story] of Object.entries({ lossy: LOSSY, group: GROUP, nasty: NASTY })) {
  test(`${name} is as kept, and well-formed`, () => {
    const figure = svg(story, { why: true });
    read(figure);
    assert.is(svg(story, { why: true }), figure);
    isGolden(`${name}.svg`, figure);
  });
}

test('it is well-formed for any story', () => {
  fc.assert(
    fc.property(anyStory, fc.boolean(), (story, why) => {
      read(svg(story, { why }));
    }),
  );
});

test('what is drawn can be read as text, and the drawing says what it is', () => {
  const { texts, root } = read(svg(LOSSY));
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
