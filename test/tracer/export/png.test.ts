/*
 * Pictures of pixels: of the figure's size, the same bytes every time, with the letters of the fonts that came along, and
 * refused in a sentence where a picture would take gigabytes.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PngError, png } from '../../../tracer/export/png/index.js';
import { svg } from '../../../tracer/export/svg/svg.js';
import { actor, arrow, NASTY, told } from '../told.js';
import { readXml } from './read-xml.js';

const test = suite('png');
const SIGNATURE = '89504e470d0a1a0a';

const saying = (words: string) => told([actor('a'), actor('b')], [arrow('a->b', 0, 'SAY', words)]);

test('it has twice the size of the figure, and is the same every time', async () => {
  const picture = Buffer.from(await png(NASTY));
  const { root } = readXml(svg(NASTY));
  assert.is(picture.subarray(0, 8).toString('hex'), SIGNATURE);
  assert.is(picture.readUInt32BE(16), Math.ceil(2 * Number(root.width)));
  assert.is(picture.readUInt32BE(20), Math.ceil(2 * Number(root.height)));
  assert.ok(picture.equals(await png(NASTY)));
});

test('letters are drawn, whatever fonts the machine has', async () => {
  for (const [one, other] of [
    ['Hi', 'Ho'],
    ['שלום', 'חברי'],
    ['•×↻', '×↻•'],
    ['Ωé', 'Ψé'],
  ] as const) {
    assert.not.ok(Buffer.from(await png(saying(one))).equals(await png(saying(other))), `${one} ${other}`);
  }
});

test('what it is drawn from is well-formed and has nothing that resvg does not know', () => {
  const figure = svg(NASTY, { colours: 'light' });
  readXml(figure);
  assert.not.match(figure, /var\(|@media/);
});

test('a trace that is too long for a picture is refused', async () => {
  const long = told(
    [actor('a'), actor('b')],
    Array.from({ length: 6000 }, (_, i) => arrow('a->b', i, 'SAY')),
  );
  try {
    await png(long);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, PngError);
    assert.match((error as PngError).message, /^as a picture it would have \d+ by \d+ pixels: choose fewer steps/);
  }
});

test.run();
