/*
 * Figures for paper: strips of one width that are well-formed each, hold together what an arrow joins, and lose nothing of
 * what the figure in one piece says.
 */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { svgStrips } from '../../../tracer/export/svg/strips.js';
import { svg } from '../../../tracer/export/svg/svg.js';
import { story as anyStory } from '../arbitrary-story.js';
import { GROUP, LOSSY } from '../told.js';

/** The texts that are to be seen in a figure; throws if it is not well-formed. */
function textsOf(xml: string): string[] {
  const texts: string[] = [];
  let isSeen = false;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    isSeen = name === 'text';
  });
  parser.on('text', (text) => isSeen && text.trim() !== '' && texts.push(text));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return texts;
}

const sizeOf = (xml: string) => [...(/ width="([\d.]+)" height="([\d.]+)"/.exec(xml) ?? [])].slice(1).map(Number);

test('every piece is well-formed and as wide as the others, for any story', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const { heads, strips } = svgStrips(story, { width: 800 });
      for (const piece of [heads, ...strips]) {
        textsOf(piece);
        assert.is(sizeOf(piece)[0], sizeOf(heads)[0]);
        assert.ok((sizeOf(piece)[1] ?? 0) > 0);
      }
    }),
  );
});

for (const [name, story] of Object.entries({ lossy: LOSSY, group: GROUP })) {
  test(`${name}: the pieces say what the figure in one piece says, in its order`, () => {
    const { strips } = svgStrips(story);
    assert.ok(strips.length > 1);
    const steps = textsOf(svg(story)).filter((text) => /^\(?\d+\)?$/.test(text));
    assert.equal(
      strips.flatMap(textsOf).filter((text) => /^\(?\d+\)?$/.test(text)),
      steps,
    );
  });
}

test('an arrow that arrives later does so in the strip in which it left', () => {
  for (const strip of svgStrips(LOSSY).strips) {
    const texts = textsOf(strip);
    const arrivals = texts.filter((text) => /^\(\d+\)$/.test(text));
    for (const arrival of arrivals) assert.ok(texts.includes(arrival.slice(1, -1)), arrival);
  }
  assert.ok(svgStrips(LOSSY).strips.some((strip) => /\(\d+\)/.test(textsOf(strip).join(' '))));
});

test('a note lies over an arrow that is under way behind it', () => {
  const both = [GROUP, LOSSY]
    .flatMap((told) => svgStrips(told).strips)
    .filter((strip) => /class="step".*class="aside"|class="aside".*class="step"/s.test(strip));
  assert.ok(both.length > 0);
  for (const strip of both) assert.ok(strip.lastIndexOf('class="step"') < strip.indexOf('class="aside"'), strip);
});

test('colours stand in the rules themselves: no variables, no media', () => {
  const { heads, strips } = svgStrips(GROUP);
  for (const piece of [heads, ...strips]) assert.not.match(piece, /var\(|--\w|@media/);
});

test('columns come nearer on a narrow page, and letters stay as large', () => {
  const [wide, narrow] = [svgStrips(GROUP), svgStrips(GROUP, { width: 640 })];
  assert.ok((sizeOf(narrow.heads)[0] ?? 0) < (sizeOf(wide.heads)[0] ?? 0));
  assert.match(narrow.heads, 'font:13px');
});

test.run();
